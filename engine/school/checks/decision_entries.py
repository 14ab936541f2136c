"""The entries of overrides.yaml, as far as they can be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from ...core import Mistake, Path, YamlDocument, build
from ...library import Intervention, Override
from ..school import Decided
from .folder_checks import Checks

OVERRIDES = "overrides.yaml"
_NO_CHANGE = "decision: changes nothing"
"""Said of what is adapted without a word how: or where that word could not be read."""


@dataclass(frozen=True)
class Entry:
    """One entry, with its position in the file and the intervention it is about."""

    path: Path
    given: Override
    item: Intervention

    @cached_property
    def targets(self) -> frozenset[str]:
        """Return the ids an entry names as its targets; empty where it is for all."""
        return frozenset(self.given.for_)

    @property
    def whole(self) -> bool:
        """Tell whether all of an entry could be read: else only the names in it can be checked."""
        return not isinstance(self.given, Part)


def read_overrides(document: YamlDocument, checks: Checks) -> tuple[tuple[Path, Override], ...]:
    """The entries, each with its path; what is wrong goes to the problems. Of an entry that doesn't fit,
    what does is there, so that the rest of what is wrong with it is told too."""
    if document.data is None:
        return ()
    if not isinstance(document.data, list):
        checks.wrong(document.place(), "must be a list", "start each decision with “- ”")
        return ()
    found = []
    for index, data in enumerate(document.data):
        if data is None:
            checks.wrong(document.place(index), "is empty", "take it out")
            continue
        wrong: list[Mistake] = []
        given = build(Override, document, wrong, (index,), data)
        if given is None and isinstance(data, dict):
            wrong = [one for one in wrong if not _told_before(one, document, index, data)]
            given = _what_fits(data)
        checks.problems += wrong
        if given is not None:
            found.append(((index,), given))
    return tuple(found)


def _told_before(
    problem: Mistake, document: YamlDocument, index: int, data: dict[str, Any]
) -> bool:
    """Tell whether a mistake is that of a value which YAML can't read, and was told as such."""
    return any(
        (index, key) in document.unread
        and (problem.place == document.place(index, key) or problem.what.startswith(_NO_CHANGE))
        for key, value in data.items()
        if value is None
    )


class Part(Override):
    """An entry of which not all fits; what has to be there and isn't is None."""


def _what_fits(data: dict[str, Any]) -> Override:
    """Return an override made of the valid keys of a faulty entry.

    Of the other keys, it has None for those that are required and the default for the rest.
    """
    wrong: set[object] = set()
    try:
        Override.model_validate(data)
    except ValidationError as error:
        wrong = {detail["loc"][0] for detail in error.errors() if detail["loc"]}
    found: dict[str, Any] = {}
    for name, info in Override.model_fields.items():
        key = info.alias or name
        default = None if info.is_required() else info.default
        fits = key in data and key not in wrong
        found[name] = _SHAPES[name].validate_python(data[key]) if fits else default
    return Part.model_construct(**found)


_SHAPES = {
    name: TypeAdapter[Any](cast("Any", info.annotation))
    for name, info in Override.model_fields.items()
}


def decided(read: tuple[tuple[Path, Override], ...], checks: Checks) -> tuple[Decided, ...]:
    """The entries of a file in which nothing is wrong, with the titles of what they name."""
    library = checks.library
    return tuple(
        Decided(
            given, library.override_reasons[given.reason].title, library.roles[given.role].title
        )
        for _, given in read
    )

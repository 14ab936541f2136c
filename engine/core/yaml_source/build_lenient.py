"""A record built from what fits of a document, so that the rest of it is checked too."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import Mistake
from .build import build, validated
from .document import Path, YamlDocument, written_part

M = TypeVar("M", bound=BaseModel)
_MOST_ROUNDS = 20
"""What is left out can leave what holds it too small, and so on up."""


def build_what_fits(
    model: type[M], document: YamlDocument, problems: list[Mistake]
) -> tuple[M | None, YamlDocument]:
    """As `build`; where parts don't fit, the record without them, so that the rest can be checked too.

    The second is the document of what is left, in which everything still has its own place. A number
    that is out of range is moved into it, so that what it belongs to is not lost for the checks.
    """
    record = build(model, document, problems)
    if record is not None or not isinstance(document.data, dict):
        return record, document
    rest = replace(
        document,
        data=copy.deepcopy(document.data),
        marks=dict(document.marks),
        instead=dict(document.instead),
    )
    for _ in range(_MOST_ROUNDS):
        try:
            return validated(model, rest.data), rest
        except ValidationError as error:
            details = error.errors(include_url=False)
        bad: dict[Path, int | float | None] = {}
        for detail in details:
            bad[written_part(rest.data, detail["loc"])] = _nearest(detail)
        if () in bad:
            break
        rest.leave_out([path for path, number in bad.items() if not _mended(rest, path, number)])
    return None, document


_NUMBERS = ("int_type", "int_parsing", "int_from_float", "float_type", "float_parsing")


def _nearest(detail: Any) -> int | float | None:
    """A number that would have fitted better than the one that was refused; None: no such number."""
    if detail["type"] in _NUMBERS:
        return 0
    limits = detail.get("ctx", {})
    return limits.get("ge", limits.get("le")) if detail["type"].endswith("_equal") else None


def _mended(document: YamlDocument, path: Path, number: int | float | None) -> bool:
    """Puts a number in a place, where there is one that was not there before."""
    parent, last = document.data, path[-1]
    for part in path[:-1]:
        parent = parent[part]
    if number is None or parent[last] == number:
        return False
    parent[last] = number
    return True

"""What the rules as a whole can and can't do: what is wrong with them, each finding shown on made-up
schools and confirmed by running the rules on them."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar

from ...core import ContentError, Mistake
from ...library import Library, PacksAsked, load_library
from ...school import check_sources
from ..review_report import review_report
from ..rule_testing.examples import check_examples
from . import content, pairs, rules
from . import coverage_grid as grid
from .model import Defect, RulesCheck, Told
from .reachability import Plans
from .symbolic_library import World

R = TypeVar("R")


def check_rules(
    root: str | pathlib.Path | Traversable | None = None, on: datetime.date | None = None
) -> RulesCheck:
    """Everything that is wrong with the rules and knowledge that come with termwise, or those in
    another folder, and with a day how far they have been looked at then. Raises TermwiseError for what
    is no such folder."""
    try:
        library = load_library(root=root)
        others = tuple(_other_packs(root, library))
    except ContentError as error:
        return RulesCheck(rules=None, interventions=None, problems=_told(error.problems))
    added = [part for one, part in others]
    return RulesCheck(
        rules=len(library.rules) + sum(len(part.rules) for part in added),
        interventions=len(library.interventions) + sum(len(part.interventions) for part in added),
        problems=_told(
            sorted(
                {
                    *check_sources(library),
                    *check_examples(library),
                    *(wrong for whole, part in others for wrong in _wrong_in(whole, part)),
                }
            )
        ),
        defects=find_defects(library),
        reviews=review_report(library, on) if on else None,
    )


def _other_packs(
    root: str | pathlib.Path | Traversable | None, library: Library
) -> Iterator[tuple[Library, Library]]:
    """Yield for each pack that the default programme doesn't use a library that does, whole and with the
    rules and interventions of that pack alone. Raises ContentError."""
    seen = {pack.id for pack in library.packs}
    beside = tuple(one for one in library.known_packs if one not in library.known_programmes)
    for programme in (library.programme.id, *library.known_programmes):
        if {programme, *beside} <= seen:
            continue
        whole = load_library(root=root, asked=PacksAsked(programme, beside))
        new = {pack.id for pack in whole.packs} - seen
        seen |= new
        yield (
            whole,
            replace(
                whole,
                rules=_of(whole, "rule", whole.rules, new),
                interventions=_of(whole, "intervention", whole.interventions, new),
            ),
        )


def _of(
    whole: Library, kind: Literal["rule", "intervention"], records: Mapping[str, R], packs: set[str]
) -> dict[str, R]:
    return {id: one for id, one in records.items() if whole.pack_of(kind, id).id in packs}


def _wrong_in(whole: Library, part: Library) -> Iterator[Mistake]:
    """Yield what is wrong in the examples of some of a library's rules."""
    files = {whole.place("rule", name).file for name in part.rules}
    yield from (one for one in check_examples(whole) if one.place.file in files)


def _told(problems: tuple[Mistake, ...] | list[Mistake]) -> tuple[Told, ...]:
    return tuple(Told(place=one.place, what=one.what, hint=one.hint) for one in problems)


def find_defects(library: Library) -> tuple[Defect, ...]:
    """Find the defects of a library's rules taken together, in the order of their places."""
    world = World(library)
    plans = Plans(world)
    found = [
        *content.unused(world),
        *content.unreachable(world, plans),
        *content.unmet(world, plans),
        *rules.never_fires(world),
        *rules.always_fires(world),
        *pairs.covered(world),
        *pairs.contradictions(world),
        *grid.gaps(world),
    ]
    return tuple(sorted(found, key=lambda one: (one.place, one.what)))

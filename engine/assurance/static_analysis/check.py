"""What the rules as a whole can and can't do: what is wrong with them, each finding shown on made-up
schools and confirmed by running the rules on them."""

from __future__ import annotations

import datetime
import pathlib
from importlib.resources.abc import Traversable

from ...core import ContentError, Mistake
from ...library import Library, load_library
from ...school import check_sources
from ..review_report import review_report
from ..rule_testing.examples import check_examples
from . import content, pairs, rules
from . import coverage_grid as grid
from .model import Defect, RulesCheck, Told
from .reachability import Plans
from .symbolic_library import World


def check_rules(
    root: str | pathlib.Path | Traversable | None = None, on: datetime.date | None = None
) -> RulesCheck:
    """Everything that is wrong with the rules and knowledge that come with termwise, or those in
    another folder, and with a day how far they have been looked at then. Raises TermwiseError for what
    is no such folder."""
    try:
        library = load_library(root=root)
    except ContentError as error:
        return RulesCheck(rules=None, interventions=None, problems=_told(error.problems))
    return RulesCheck(
        rules=len(library.rules),
        interventions=len(library.interventions),
        problems=_told(sorted({*check_sources(library), *check_examples(library)})),
        defects=find_defects(library),
        reviews=review_report(library, on) if on else None,
    )


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

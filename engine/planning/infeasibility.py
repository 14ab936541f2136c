"""Infeasibility: why what must be done can't all be done, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..core import EFFORT_STEP
from ..library import Planning
from ..scheduling import (
    Conflict,
    Constraint,
    Prices,
    Problem,
    Repair,
    Shortfall,
    conflict,
    fits,
    preflight,
    solve,
    ways_out,
)
from . import model as view
from .needed import more_needed
from .phrases.conflicts import ConflictPhrases, SeenBesides
from .placement_reasons import Reasons

MOST_PLAIN = 4
FINE = 100
"""Prices are counted in hundredths, so that a tenth of a day has one."""


def prices(planning: Planning) -> Prices:
    """Return an adviser's prices of the ways out as whole hundredths, for the scheduler's units.

    The units are a tenth of a day, a pound, a point of change, a slot.
    """
    given = planning.prices
    return Prices(
        capacity=given.day * FINE // EFFORT_STEP,
        budget=given.hundred_pounds * FINE // 100,
        attention=given.start_point * FINE,
        later=given.later * FINE,
        lighter=given.lighter * FINE,
        waived=given.waived * FINE,
    )


def lighter_forms(reasons: Reasons) -> dict[str, str]:
    """Give the light form of each item that must be done in full."""
    forms = reasons.timetable.forms
    return {
        form.id: other.id
        for form in forms.values()
        if form.must and form.kind == "full"
        for other in forms.values()
        if other.kind == "light" and other.item.id == form.item.id
    }


class Contradiction:
    """The conflict among what must be done in one problem, and the ways out of it."""

    def __init__(self, reasons: Reasons, problem: Problem | None = None) -> None:
        """`problem` in place of the one the reasons are about."""
        self.reasons, self.problem = reasons, problem or reasons.problem
        self.phrases = ConflictPhrases(reasons.timetable, reasons.items, self.problem)
        self.found: Conflict | None = conflict(self.problem)
        self.plain: tuple[Shortfall, ...] = preflight(self.problem) if self.found else ()

    def facts(self) -> Iterator[Shortfall | Constraint | SeenBesides]:
        """Yield the conflict part by part: how much is missing first, then what asks for it; last what
        else can be seen by adding up."""
        if self.found is None:
            return
        yield from self.found.shortfalls
        counted = {short.rule for short in self.found.shortfalls}
        late = {rule.name for rule in self.found.rules if rule.kind == "latest"}
        first = ("must", "latest", "pinned", "earliest")
        for rule in sorted(self.found.rules, key=lambda rule: rule.kind not in first):
            if rule not in counted and not (rule.kind == "must" and rule.name in late):
                yield rule
        for short in self.plain[:MOST_PLAIN]:
            if short.rule not in self.found.rules:
                yield SeenBesides(short)

    def words(self) -> tuple[str, ...]:
        """Say the conflict, sentence by sentence."""
        return tuple(dict.fromkeys(self.phrases.fact(fact) for fact in self.facts()))

    def ways_out(self) -> tuple[view.WayOut, ...]:
        """Return the repairs that make the must-do items fit, cheapest first; each was solved."""
        if self.found is None:
            return ()
        planning = self.reasons.timetable.library.planning
        ways = ways_out(
            self.problem, prices(planning), lighter_forms(self.reasons), planning.most_ways_out
        )
        return tuple(self._offered(way) for way in ways)

    def _offered(self, way: Repair) -> view.WayOut:
        stated, timetable = self._to_state(way), self.reasons.timetable
        capacity = {**way.problem.capacity, **timetable.with_more(stated)}
        solution = way.solution
        if any(capacity[key] < limit for key, limit in way.problem.capacity.items()):
            solution = solve(replace(way.problem, capacity=capacity))
        return view.WayOut(
            words=self.phrases.way_out(way, stated),
            more=tuple(more_needed(way.more, stated, timetable)),
            starts=tuple(
                (timetable.name(shift.item), timetable.time.slots[shift.now].id)
                for shift in way.shifts
                if shift.now is not None
            ),
            lighter=tuple(timetable.name(full) for full, _ in way.lighter),
            waived=tuple(timetable.name(gone.split("|")[0]) for gone in way.waived),
            price=-(-way.price // FINE),
            value=solution.value if solution else 0,
        )

    def _to_state(self, way: Repair) -> dict[tuple[str, int], int]:
        """Give the least that people have to state more for a way out, by person and slot, in tenths of
        a day; each figure is tried."""
        timetable = self.reasons.timetable
        planned = {(one.name, one.slot): one.amount for one in way.more if one.kind == "capacity"}

        def enough(capacity: Mapping[tuple[str, int], int]) -> bool:
            return fits(replace(way.problem, capacity={**way.problem.capacity, **capacity}))

        return timetable.to_state(planned, enough)

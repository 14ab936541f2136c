"""The solved problem with all a plan is composed from: school, advice, dependencies, reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...inference import Advised, Dependencies, DoubtedItem, Firm, Inference, Recommendation
from ...library import Library, Vocabulary
from ...scheduling import Placement, Problem, Purchased, Solution, claimed, items_of, split
from ...school import School, Slot, Timeline
from ..capacity import Capacity
from ..carried_out import CarriedOut
from ..effort_profile import EffortProfile
from ..placement_reasons import Reasons
from ..problem_builder import Timetable
from ..variants import Form


@dataclass(frozen=True, repr=False)
class Solved:
    """A school with its solved timetable, and what it came from."""

    school: School
    library: Library
    inference: Inference
    advised: Advised
    items: dict[str, Recommendation]
    dependencies: Dependencies
    timetable: Timetable
    purchased: Purchased
    """The solved problem, with what was bought for it."""
    reasons: Reasons
    """Why things are where they are."""
    firm: Firm
    """What stands, and what hangs on a judgement."""
    carried: CarriedOut | None = None
    """What of a plan in force it goes by."""

    @cached_property
    def steps(self) -> dict[str, str]:
        """Return the planned form by intervention, in the order of prerequisites."""
        return {
            name: self.reasons.planned[name]
            for name in self.dependencies.names
            if name in self.reasons.planned
        }

    @cached_property
    def undone(self) -> frozenset[str]:
        """Return the must-do interventions, by id, that the plan could not keep."""
        return frozenset(self.timetable.name(form) for form in items_of(self.solution.undone))

    def effort(self, name: str) -> dict[tuple[str, int], int]:
        """The time a step of the plan takes, in tenths of a day by role and slot index: of what is carried out what
        was used and is still needed."""
        planned = self.timetable.effort(self.steps[name], self.placement(name).start)
        if self.carried is None or name not in self.carried.fixed:
            return planned
        return self.carried.effort(name, planned, self.timetable)

    @property
    def stopped(self) -> dict[tuple[str, int], int]:
        """Return the time that was used for what is no longer in the plan, by role and slot index."""
        found: Counter[tuple[str, int]] = Counter()
        if self.carried:
            for name in sorted(self.carried.taken.keys() - self.steps.keys()):
                found.update(self.carried.effort(name, {}, self.timetable))
        return dict(found)

    @property
    def problem(self) -> Problem:
        """The problem as it is after buying."""
        return self.purchased.problem

    @property
    def solution(self) -> Solution:
        return self.purchased.solution

    @property
    def capacity(self) -> Capacity:
        return self.timetable.capacity

    @property
    def time(self) -> Timeline:
        return self.school.timeline

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.time.slots

    @property
    def vocabulary(self) -> Vocabulary:
        return self.inference.vocabulary

    @cached_property
    def firmness(self) -> dict[str, DoubtedItem]:
        """Return the sensitivity of each recommendation, by intervention."""
        return {item.intervention: item for item in self.firm.items}

    def placement(self, name: str) -> Placement:
        """Where a step of the plan stands."""
        return self.solution.chosen[self.steps[name]]

    def form(self, name: str) -> Form:
        """The form in which a step is planned."""
        return self.timetable.forms[self.steps[name]]

    def course(self, name: str) -> EffortProfile:
        """Return the effort profile of a step of the plan from where it starts."""
        start = self.slots[self.placement(name).start]
        course = self.timetable.course(self.steps[name], start)
        assert course is not None
        return course

    @cached_property
    def payments(self) -> dict[tuple[str, str], dict[str, tuple[int, int]]]:
        """Return what each account pays for each claim of a step, in pounds.

        The shape is dict[(step, claim), dict[account, (all of it, the part for keeping going)]]. A
        claim that several lines may pay is paid line by line as the steps stand.
        """
        purse = split(self.problem, claimed(self.solution.chosen.values())) or {}
        found: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
        for name in self.steps:
            course = self.course(name)
            for (kind, index), pounds in sorted(course.cost.items()):
                claim = self.timetable.funds.claim(
                    self.form(name).item.intervention, kind, self.timetable.courses.halves[index]
                )
                running = course.running.get((kind, index), 0)
                into = found.setdefault((name, claim), {})
                for account, amount, going in _drawn(self.problem, purse, claim, pounds, running):
                    old = into.get(account, (0, 0))
                    into[account] = (old[0] + amount, old[1] + going)
        return found

    def position(self, half: int) -> int:
        """The position of the slot in which a half-term lies, given by its index."""
        position = self.time.slot_of_half(half)
        assert position is not None
        return position


def _drawn(
    problem: Problem, purse: dict[tuple[str, int], int], claim: str, pounds: int, running: int
) -> Iterator[tuple[str, int, int]]:
    """The accounts that pay a sum, each with its part and what of that is for keeping going; what is
    invested is paid first."""
    invested = pounds - running
    for place, way in enumerate(problem.pays.get(claim, ((claim,),))):
        part = min(pounds, purse.get((claim, place), 0))
        if part:
            purse[claim, place] -= part
            pounds -= part
            first = min(part, invested)
            invested -= first
            yield way[-1], part, part - first
    if pounds:
        yield claim, pounds, pounds - invested

"""What rules about a step can read: a plan in use as facts, one entity for each step."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ..library import Entity, Raw, StatusMeaning, Value
from ..planning import SlotRef, Step
from ..school import DAYS_A_WEEK, Timeline
from .model import Fidelity, FigureMoved, Ingredient, ProgressEntry, StepProgress, StepPupils, Used

WHOLE = 100
"""Percent."""


@dataclass(frozen=True)
class StepStands:
    """A step on the day of a review: what was planned, what was written down, what moved."""

    step: Step
    progress: StepProgress
    entries: Sequence[ProgressEntry]
    """of this step, in the order of days"""
    slots: dict[str, SlotRef]
    on: datetime.date
    roles: dict[str, str]
    """titles by id"""
    means: dict[str, StatusMeaning]
    """of the statuses by id"""

    @property
    def due(self) -> bool:
        """Tell whether it is over, runs or was to begin by the day."""
        return bool(self.entries) or self.progress.starts < self.on

    @property
    def over(self) -> bool:
        """Tell whether it is done, or its last half-term is over and nobody says that it runs on."""
        if self.progress.means == "done":
            return True
        return self.progress.means is None and self.slots[self.step.ends].ends < self.on

    def delivers(self, timeline: Timeline) -> tuple[datetime.date, datetime.date]:
        """The first and the last day of its delivery: later than planned where a row says so."""
        phases = {one.phase: one for one in self.step.phases}
        deliver = phases.get("deliver")
        first = self.slots[deliver.starts if deliver else self.step.starts].starts
        last = self.slots[deliver.ends if deliver else self.step.ends].ends
        began = self.used().began
        return max(first, began or first), last

    def used(self) -> Used:
        """Tell what came of it, as far as it is written down."""
        ran = [one.date for one in self.entries if self.ran(one)]
        waited = bool(ran) and self.entries[0].date < ran[0]
        began = None if not ran else ran[0] if waited else min(ran[0], self.progress.starts)
        return Used(
            began=began,
            days=self.progress.days_used,
            left=self.progress.days_left,
            pounds=self.progress.pounds_used,
        )

    def ran(self, entry: ProgressEntry) -> bool:
        """Tell whether a row says that the step runs, or ran until it was done."""
        return self.means[entry.status] in ("running", "done")

    def fidelity(self) -> Fidelity:
        """Tell which of its active ingredients were seen, when somebody last looked."""
        last = next((one for one in reversed(self.entries) if one.seen is not None), None)
        signs = next((one for one in reversed(self.entries) if one.signs is not None), None)
        told = self.step.active_ingredients
        share = None
        if last and last.seen is not None and told:
            share = round(WHOLE * len(last.seen) / len(told), 1)
        return Fidelity(
            share=share,
            on=last.date if last else None,
            by=self.roles.get(last.by, last.by) if last else None,
            ingredients=_listed(told, last.seen if last else None),
            signs=_listed(self.step.stop_if, signs.signs if signs else None),
        )


def step_entity(
    stands: StepStands,
    school: Entity,
    timeline: Timeline,
    moved: Sequence[FigureMoved],
    pupils: StepPupils | None,
    built_on: int,
) -> Entity:
    """The facts of a step; what nobody knows is left out."""
    means, fidelity, step = stands.progress.means, stands.fidelity(), stands.step
    begun = None if means is None else means in ("running", "done", "stopped")
    if means == "waiting":
        begun = any(map(stands.ran, stands.entries))
    first, last = stands.delivers(timeline)
    weeks = sum(first <= day <= stands.on for day in timeline.school_days(first)) // DAYS_A_WEEK
    missed = sum(one.met is None and one.due < stands.on for one in stands.progress.milestones)
    known = [one.reached for one in moved if one.reached is not None]
    found: dict[str, Raw | None] = {
        "step_begun": begun,
        "step_over": stands.over,
        "step_weeks": weeks if begun else 0 if begun is False else None,
        "weeks_left_of_plan": len(timeline.school_days(stands.on)) // DAYS_A_WEEK,
        "step_delivered": means == "done" or (bool(begun) and last < stands.on),
        "ingredients_seen": fidelity.share,
        "stop_signs": sum(bool(one.seen) for one in fidelity.signs),
        "milestones_missed": missed,
        "measures_reached": round(WHOLE * sum(known) / len(known), 1) if known else None,
        "step_effort": _effort(stands.progress),
        "step_rating": next((one.rag for one in reversed(stands.entries) if one.rag), None),
        "pupils_moved": pupils.own.moved if pupils else None,
        "pupils_chosen": pupils.chosen if pupils else None,
        "pupils_beside_others": pupils.beside if pupils else None,
        "steps_built_on_it": built_on,
        "for_some_only": step.target.kind != school.kind,
    }
    values = {name: Value(value) for name, value in found.items() if value is not None}
    return Entity("step", step.id, step.title, (school,), values)


def _effort(progress: StepProgress) -> float | None:
    """Percent of the planned days that are used or still needed; None where that isn't written down."""
    used, left, planned = progress.days_used, progress.days_left, progress.days_planned
    if used is None or not planned:
        return None
    if left is None and progress.means != "done" and used <= planned:
        return None
    return round(WHOLE * (used + (left or 0)) / planned, 1)


def _listed(told: Sequence[str], seen: Sequence[int] | None) -> tuple[Ingredient, ...]:
    return tuple(
        Ingredient(number=number, what=what, seen=None if seen is None else number in seen)
        for number, what in enumerate(told, start=1)
    )


__all__ = ["StepStands", "step_entity"]

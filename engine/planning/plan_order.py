"""A plan in the order in which it is read: by priority, then by date; and the code of each step."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from .model import Plan, Priority, Step


class PlanPart(NamedTuple):
    """A priority with the steps that are told under it; null: what has to be done whatever the priorities."""

    priority: Priority | None
    steps: tuple[Step, ...]


def by_priority(plan: Plan) -> tuple[PlanPart, ...]:
    """Put each step under one priority: the first that it is a step of substance for, else the first it serves.

    Every priority has a part, also one without steps; what serves none comes last, where there is such.
    """
    first: dict[str, str] = {}
    ranked = sorted(plan.priorities, key=lambda one: one.rank)
    for priority in ranked:
        for name in priority.covered_by:
            first.setdefault(name, priority.id)
    for priority in ranked:
        for step in plan.steps:
            if priority.id in step.serves:
                first.setdefault(step.id, priority.id)
    of: dict[str, list[Step]] = {priority.id: [] for priority in ranked}
    rest: list[Step] = []
    starts = slot_starts(plan)
    for step in sorted(plan.steps, key=lambda one: (first_day(one, starts), one.id)):
        of.get(first.get(step.id, ""), rest).append(step)
    parts = [PlanPart(priority, tuple(of[priority.id])) for priority in ranked]
    return (*parts, *((PlanPart(None, tuple(rest)),) if rest else ()))


def step_codes(plan: Plan) -> dict[str, str]:
    """Give each step's code, such as S01: its place in the plan as it is read. The same plan has the same codes."""
    ordered = [step for part in by_priority(plan) for step in part.steps]
    return {step.id: f"S{number:02}" for number, step in enumerate(ordered, start=1)}


def slot_starts(plan: Plan) -> dict[str, datetime.date]:
    """Give the first day of each slot."""
    return {slot.id: slot.starts for term in plan.terms for slot in term.slots}


def first_day(step: Step, starts: dict[str, datetime.date]) -> datetime.date:
    """Give the day of the first time of a step, or that on which its first slot begins."""
    if step.occurrences:
        return min(one.date for one in step.occurrences)
    return starts.get(step.starts, datetime.date.max)

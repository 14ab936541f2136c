"""A plan in the order in which it is read: by priority, then by date; and the code of each step."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from .model import Plan, Priority, Step


class PlanPart(NamedTuple):
    """A priority with the steps that are told under it; null: what serves none, because it `must` be done or else."""

    priority: Priority | None
    steps: tuple[Step, ...]
    must: bool = False

    @property
    def id(self) -> str:
        """The priority's id, or what stands in its place."""
        return self.priority.id if self.priority else "required" if self.must else "rest"


def by_priority(plan: Plan) -> tuple[PlanPart, ...]:
    """Put each step under one priority: of those it is a step of substance for, else of those it serves, the
    first of its own strand, or the one that fewest steps work on.

    Every priority has a part, also one without steps; none that a step works on is left empty while another
    has two. What serves none comes last: what must be done, then the rest.
    """
    ranked = sorted(plan.priorities, key=lambda one: one.rank)
    under = _under(plan, ranked)
    starts = slot_starts(plan)
    ordered = sorted(plan.steps, key=lambda one: (first_day(one, starts), one.id))
    parts = [
        PlanPart(one, tuple(step for step in ordered if under[step.id] == one.id)) for one in ranked
    ]
    for must in (True, False):
        rest = tuple(step for step in ordered if under[step.id] is None and step.must is must)
        parts += [PlanPart(None, rest, must)] if rest else []
    return tuple(parts)


def _under(plan: Plan, ranked: Sequence[Priority]) -> dict[str, str | None]:
    """The priority each step is told under."""
    found: dict[str, str | None] = {}
    for step in plan.steps:
        works = [one for one in ranked if step.id in one.covered_by]
        works = works or [one for one in ranked if one.id in step.serves]
        found[step.id] = min(
            works, key=lambda one: (one.strand != step.strand, len(one.covered_by), one.rank)
        ).id if works else None  # fmt: skip
    for priority in ranked:
        many = Counter(found.values())
        if not many[priority.id]:
            able = [one for one in priority.covered_by if many[found[one]] > 1]
            found |= dict.fromkeys(able[:1], priority.id)
    return found


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

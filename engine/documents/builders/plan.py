"""The plan: what is to be done, why, by whom and for how much; each section is a function of its own."""

from __future__ import annotations

from collections.abc import Mapping

from ...planning import Plan
from ...review import StepProgress
from ..tree import Document
from ..words import Names, clean
from .plan_actions import actions, signatures, steps_in_full
from .plan_basis import how_proved, not_known, rests_on, what_was_read
from .plan_calendar import calendar
from .plan_glance import at_a_glance, what_needs_what
from .plan_left_out import left_out
from .plan_opening import opening
from .plan_outcomes import outcomes
from .plan_priorities import decided, own_ways, priorities
from .plan_stopped import what_stops
from .plan_use import bought, budget, held_back, peoples_time


def plan_document(plan: Plan, progress: Mapping[str, StepProgress] | None = None) -> Document:
    """Tell the whole plan: what is to be done by priority, then what it takes, then the reasons for it."""
    names = Names(plan)
    return Document(
        f"{clean(plan.school.name)}: {clean(plan.programme.title)} plan",
        (
            *opening(plan),
            priorities(plan),
            *actions(plan, progress),
            signatures(),
            outcomes(plan),
            decided(plan),
            own_ways(plan),
            at_a_glance(plan, names),
            what_needs_what(plan, names),
            what_stops(plan, names),
            calendar(plan, names),
            peoples_time(plan, names),
            held_back(plan, names),
            bought(plan, names),
            budget(plan),
            left_out(plan),
            *steps_in_full(plan, names),
            rests_on(plan),
            not_known(plan),
            what_was_read(plan),
            how_proved(plan),
        ),
    )


__all__ = ["plan_document"]

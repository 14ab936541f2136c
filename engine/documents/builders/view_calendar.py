"""The plan as a diary: every day and every day by which something is to be done, with the weeks of the country."""

from __future__ import annotations

from ...planning import Plan
from ..plan_words import events
from ..tree import Bullets, Document, Section, items
from ..words import Names, clean
from .plan_calendar import calendar


def calendar_view(plan: Plan) -> Document:
    """Tell the dates of the plan half-term by half-term, and those to plan around."""
    told = Section("Dates to plan around", (Bullets(items(events(plan))),), name="around")
    return Document(
        f"{clean(plan.school.name)}: the plan's dates", (calendar(plan, Names(plan)), told)
    )


__all__ = ["calendar_view"]

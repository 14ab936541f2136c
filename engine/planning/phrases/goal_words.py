"""The words of figures and goals: when a figure was taken, and the rule a goal was made by."""

from __future__ import annotations

import datetime


def agreed_on(day: datetime.date) -> str:
    """Say of when a judgement is."""
    return f"agreed on {day.day} {day:%B %Y}"


def by_rule(title: str, against: str = "", of: datetime.date | None = None) -> str:
    """Say by which rule a goal was made, with the figure it is held against and the month that is of."""
    if not against:
        return title
    return f"{title} ({against}, {of:%B %Y})" if of else f"{title} ({against})"

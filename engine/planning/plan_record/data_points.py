"""Data points: the days of a plan on which all pupils are judged."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from .context import Solved

A_YEAR = datetime.timedelta(weeks=52)
"""A school judges in the same weeks each year."""


def data_points(solved: Solved) -> list[datetime.date]:
    """The days of the plan on which pupils are judged: the next the school has set, and those of the year
    before in the same weeks, each on a school day."""
    asked = solved.school.file.pupils
    if asked is None:
        return []
    halves = solved.time.halves
    first, last = halves[0].starts, halves[-1].ends
    given = [point.date for point in asked.points if point.date and not point.baseline]
    days = [asked.next_point.date] if asked.next_point else []
    for day in given:
        if day > first - A_YEAR:
            days += _each_year(day + A_YEAR, last)
    open_days = solved.time.school_days(first)
    found = {max((o for o in open_days if o <= day), default=None) for day in days}
    return sorted(day for day in found if day is not None and first <= day <= last)


def _each_year(day: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    while day <= last:
        yield day
        day += A_YEAR

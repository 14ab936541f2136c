"""Assessment points: the points in time results were given at, placed in terms and school years."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ...library import Library, Words
from ..calendar import Terms
from ..model import Point, SchoolFile


def terms_of(school: SchoolFile, library: Library) -> Terms:
    """The terms of a school's calendar."""
    return Terms(library.words.parts, library.calendars.get(school.calendar.use))


def year_label(first: int) -> str:
    """A school year by the calendar year it begins in: 2026 gives 2026-27."""
    return f"{first}-{(first + 1) % 100:02d}"


def term_of_birth(month: int, words: Words) -> str:
    """The term in which those born in a month of the year are called born."""
    begun = [term for term, first in words.births.items() if int(first[:2]) <= month]
    return max(begun or words.births, key=words.births.__getitem__)


def year_taken(year: str, taken_in: str | None, groups: Sequence[str], first: int) -> str | None:
    """The school year in which those who are in a year group, in the school year that begins in
    `first`, were (or will be) in the one in which something is taken; None where that isn't known.

    `groups` are all year groups, the youngest first.
    """
    if year not in groups or taken_in not in groups:
        return None
    return year_label(first - groups.index(year) + groups.index(taken_in))


@dataclass(frozen=True, slots=True)
class Year:
    """A year as a heading names it: a school year by the calendar year it begins in, or a calendar
    year."""

    number: int
    of_school: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A point in time in its school year (by the calendar year that begins in), term and half-term."""

    point: Point
    year: int
    term: str
    half: str
    calendar_year: int
    """The year its term is called by: a point noted in the first days of January can be of autumn."""


def placed(point: Point, terms: Terms) -> Placed:
    """Where a point is: in the term or half-term it says, of the year nearest to its date, else in
    those of its date."""
    said = terms.parts.get(point.term or "")
    if said is None:
        year = terms.school_year(point.date)
        term, half = (terms.part_on(point.date, half) for half in (False, True))
    else:
        year, term = terms.nearest(said.part, point.date), said.term
        half = said.part if said.half else _half_of(term, year, point.date, terms)
    begins = terms.begins(term, year) if term in terms.parts else point.date
    return Placed(point, year, term, half, begins.year)


def _half_of(term: str, year: int, date: datetime.date, terms: Terms) -> str:
    """The half of a term that a date is in, or its first or last where it is before or after."""
    halves = [part.part for part in terms.parts.values() if part.half and part.term == term]
    begun = [half for half in halves if terms.begins(half, year) <= date]
    return (begun or halves[:1] or [""])[-1]


class Points:
    """The points a school declares, found by what files call them."""

    def __init__(self, points: tuple[Point, ...], terms: Terms) -> None:
        self.terms = terms
        self.parts = terms.parts
        self.placed = {point.id: placed(point, terms) for point in points}
        self.last_year = max((here.year for here in self.placed.values()), default=0)
        """The last school year with a point, by the calendar year it begins in."""

    def fitting(self, part: str, years: list[Year]) -> list[str]:
        """The ids of the points in a term (or half-term), of a year if one is named; a starting point
        is none of them: it is called by its own name."""
        half = self.parts[part].half
        return [
            here.point.id
            for here in self.placed.values()
            if (here.half if half else here.term) == part
            and all(self.is_in(here.point.id, year) for year in years)
            and not here.point.baseline
        ]

    def is_in(self, point: str, year: Year) -> bool:
        """Tell whether an assessment point is in a year: a school year, or a calendar year."""
        here = self.placed[point]
        return year.number == (here.year if year.of_school else here.calendar_year)

    def of_term(self, part: str, first: int) -> str | None:
        """The point in a term (or half-term) of the school year that begins in a calendar year;
        None where there is none, or more than one."""
        found = self.fitting(part, [Year(first, True)])
        return found[0] if len(found) == 1 else None

    def on(self, date: datetime.date) -> str | None:
        """The point of a date: its own, else the only one of its half-term, else of its term."""
        for here in self.placed.values():
            if here.point.date == date:
                return here.point.id
        first = self.terms.school_year(date)
        for half in (True, False):
            part = self.terms.part_on(date, half)
            found = self.of_term(part, first) if part else None
            if found:
                return found
        return None

    def of_month(self, first: datetime.date) -> str:
        """The point of a month by its first day; “” where its days are of more than one, or none."""
        days = (first + datetime.timedelta(days=n) for n in range(31))
        found = {self.on(day) for day in days if day.month == first.month}
        return (found.pop() or "") if len(found) == 1 else ""

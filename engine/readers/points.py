"""When results were given: points in time and dates, placed in terms and school years."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..records.reading import PartWords
from ..records.school import Point


def school_year_of(date: datetime.date, parts: tuple[PartWords, ...]) -> int:
    """The calendar year in which a date's school year begins."""
    return date.year if date.strftime("%m-%d") >= parts[0].from_ else date.year - 1


def year_label(first: int) -> str:
    """A school year by the calendar year it begins in: 2026 gives 2026-27."""
    return f"{first}-{(first + 1) % 100:02d}"


def read_date(text: str, forms: Iterable[str]) -> datetime.date | None:
    """A date in the first of these ways to write one (of `strptime`) that fits; None where none
    does."""
    for form in forms:
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def year_taken(year: str, taken_in: str | None, groups: Sequence[str], first: int) -> str | None:
    """The school year in which those who are in a year group, in the school year that begins in
    `first`, were (or will be) in the one in which something is taken; None where that isn't known.

    `groups` are all year groups, the youngest first.
    """
    if year not in groups or taken_in not in groups:
        return None
    return year_label(first - groups.index(year) + groups.index(taken_in))


def part_on(date: datetime.date, parts: tuple[PartWords, ...], half: bool) -> str:
    """The term (or half-term) a date falls in: the last that has begun, in a year that begins with
    the first of them."""
    turn = parts[0].from_

    def order(day: str) -> str:
        return ("0" if day >= turn else "1") + day

    here = order(date.strftime("%m-%d"))
    begun = [part for part in parts if part.half == half and order(part.from_) <= here]
    return max(begun, key=lambda part: order(part.from_)).part if begun else ""


@dataclass(frozen=True, slots=True)
class Year:
    """A year as a heading names it: a school year by the calendar year it begins in, or a calendar
    year."""

    number: int
    of_school: bool


@dataclass(frozen=True, slots=True)
class _Placed:
    point: Point
    year: int
    term: str
    half: str


class Points:
    """The points a school declares, found by what files call them."""

    def __init__(self, points: tuple[Point, ...], parts: tuple[PartWords, ...]) -> None:
        self.parts = {part.part: part for part in parts}
        self.all = parts
        self.placed = [
            _Placed(
                point,
                school_year_of(point.date, parts),
                part_on(point.date, parts, half=False),
                part_on(point.date, parts, half=True),
            )
            for point in points
        ]

    def fitting(self, part: str, years: list[Year]) -> list[str]:
        """The ids of the points in a term (or half-term), of a year if one is named; a starting point
        is none of them: it is called by its own name."""
        half = self.parts[part].half
        return [
            here.point.id
            for here in self.placed
            if (here.half if half else here.term) == part
            and all(
                year.number == (here.year if year.of_school else here.point.date.year)
                for year in years
            )
            and not here.point.baseline
        ]

    def of_term(self, part: str, first: int) -> str | None:
        """The point in a term (or half-term) of the school year that begins in a calendar year;
        None where there is none, or more than one."""
        found = self.fitting(part, [Year(first, True)])
        return found[0] if len(found) == 1 else None

    def on(self, date: datetime.date) -> str | None:
        """The point of a date: its own, else the only one of its half-term, else of its term."""
        for here in self.placed:
            if here.point.date == date:
                return here.point.id
        first = school_year_of(date, self.all)
        for half in (True, False):
            part = part_on(date, self.all, half)
            found = self.of_term(part, first) if part else None
            if found:
                return found
        return None

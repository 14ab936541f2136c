"""The school's years, terms and half-terms as dated slots with their working days."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..library import Calendar, PartWords, SchoolYear

Date = datetime.date
HALVES_A_YEAR = 6
DAYS_A_WEEK = 5
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Half:
    """One half-term: `days` counts the days pupils are in school, `training` the staff's own
    days."""

    index: int
    part: str
    title: str
    year: str
    term_part: str
    term_title: str
    starts: Date
    ends: Date
    days: int
    training: int

    @property
    def term(self) -> str:
        """The id of its term, for example autumn-2026."""
        return f"{self.term_part}-{self.starts.year}"

    def holds(self, date: Date) -> bool:
        """Tell whether a date is in it."""
        return self.starts <= date <= self.ends


@dataclass(frozen=True, slots=True)
class Slot:
    """A step of the plan's time: a half-term, or from the second year on a whole term."""

    index: int
    id: str
    title: str
    halves: tuple[Half, ...]

    @property
    def starts(self) -> Date:
        return self.halves[0].starts

    @property
    def ends(self) -> Date:
        return self.halves[-1].ends

    @property
    def term(self) -> str:
        return self.halves[0].term

    @property
    def days(self) -> int:
        """Days pupils are in school."""
        return sum(half.days for half in self.halves)


@dataclass(frozen=True)
class Timeline:
    """The slots of a plan, and the half-terms they are made of."""

    halves: tuple[Half, ...]
    slots: tuple[Slot, ...]
    closed: frozenset[Date]
    training: frozenset[Date]
    past: tuple[Half, ...] = ()
    """The half-terms of the plan's first school year that were over when it begins."""

    @property
    def first_year(self) -> int:
        """The calendar year in which the school year begins that the plan starts in: that of its first
        half-term, so that a plan from the last days of August is one of the new school year."""
        return int(self.halves[0].year[:4])

    def slot_of_half(self, index: int) -> int | None:
        """The index of the slot a half-term is in; None beyond the horizon."""
        for slot in self.slots:
            if slot.halves[0].index <= index <= slot.halves[-1].index:
                return slot.index
        return None

    def slot_on(self, date: Date) -> Slot | None:
        """The slot a date falls in, holidays between counted to the slot before; None outside."""
        found = None
        for slot in self.slots:
            if slot.starts <= date:
                found = slot
        return found if found and date <= self.slots[-1].ends else None

    def is_school_day(self, date: Date) -> bool:
        """Tell whether pupils are in school on a date: it is open, and no training day."""
        return self.why_no_school(date) is None and date not in self.training

    def why_no_school(self, date: Date) -> str | None:
        """Why the school is not open on a date, in words; None when it is, if only for its
        staff. The school year in which the plan begins is known from its first day."""
        if date.weekday() >= 5:
            return "is at a weekend"
        if date in self.closed:
            return "is a bank holiday or a day the school is closed"
        if not any(half.starts <= date <= half.ends for half in (*self.past, *self.halves)):
            return "is in the holidays or outside the plan"
        return None

    @cached_property
    def _in_school(self) -> tuple[Date, ...]:
        """The days pupils are in school over the whole horizon, in order."""
        first, last = self.halves[0].starts, self.halves[-1].ends
        dates = (first + number * _DAY for number in range((last - first).days + 1))
        return tuple(date for date in dates if self.is_school_day(date))

    def school_days(self, start: Date) -> tuple[Date, ...]:
        """The days pupils are in school, from a date to the end of the horizon."""
        return self._in_school[bisect_left(self._in_school, start) :]

    def school_days_in(self, half: Half) -> tuple[Date, ...]:
        """The days of a half-term on which pupils are in school."""
        days = self._in_school
        return days[bisect_left(days, half.starts) : bisect_right(days, half.ends)]

    def after_weeks(self, start: Date, weeks: int) -> Date | None:
        """The last day of the nth school week from a date (five school days to the week), or the school day
        before it where that is the last of a half-term, when nobody can look at anything."""
        days = self.school_days(start)[: weeks * DAYS_A_WEEK + 1]
        if len(days) < weeks * DAYS_A_WEEK:
            return None
        due, *after = days[weeks * DAYS_A_WEEK - 1 :]
        ends = next(half.ends for half in self.halves if due <= half.ends)
        is_last = not after or after[0] > ends
        return days[weeks * DAYS_A_WEEK - 2] if is_last else due


class Terms:
    """The school years, terms and half-terms that dates fall in, holidays counted to what came
    before them: those of a calendar, and in years it doesn't have those of the days from which
    `parts` usually run."""

    def __init__(self, parts: tuple[PartWords, ...], calendar: Calendar | None = None) -> None:
        self.parts = {part.part: part for part in parts}
        self._dated: dict[tuple[str, int], Date] = {}
        for year in calendar.years if calendar else ():
            first = year.terms[0].half_terms[0].starts.year
            for term in year.terms:
                for half in term.half_terms:
                    self._dated[half.part, first] = half.starts
                self._dated[term.part, first] = term.half_terms[0].starts

    def begins(self, part: str, first: int) -> Date:
        """The day a term (or half-term) begins on, in the school year that begins in `first`."""
        dated = self._dated.get((part, first))
        return dated or self._usual(part, first)

    def _usual(self, part: str, first: int) -> Date:
        here = self.parts[part]
        turn = next(iter(self.parts.values())).from_
        year = first if here.from_ >= turn else first + 1
        usual = Date.fromisoformat(f"{year}-{here.from_}")
        if here.after_easter is None:
            return usual
        return max(usual, easter(year) + here.after_easter * _DAY)

    def school_year(self, date: Date) -> int:
        """The calendar year in which a date's school year begins: by the usual day at the latest, and
        earlier where the calendar does."""
        first = next(iter(self.parts))
        begins = min(self._usual(first, date.year), self.begins(first, date.year))
        return date.year if date >= begins else date.year - 1

    def part_on(self, date: Date, half: bool) -> str:
        """The term (or half-term) of its school year that was the last to begin by a date."""
        first = self.school_year(date)
        kind = [part.part for part in self.parts.values() if part.half == half]
        begun = [part for part in kind if self.begins(part, first) <= date]
        return max(begun or kind[:1], key=lambda part: self.begins(part, first), default="")

    def nearest(self, part: str, date: Date) -> int:
        """The school year, by the calendar year it begins in, whose term (or half-term) of this name is
        nearest to a date."""

        def away(first: int) -> int:
            days = (self.begins(part, first) - date).days
            return days if days > 0 else max((date - self._over(part, first)).days + 1, 0)

        year = self.school_year(date)
        return min((year, year - 1, year + 1), key=away)

    def _over(self, part: str, first: int) -> Date:
        """The day on which what comes after a term (or half-term) begins."""
        half, begins = self.parts[part].half, self.begins(part, first)
        later = [
            day
            for year in (first, first + 1)
            for other in self.parts.values()
            if other.half == half and (day := self.begins(other.part, year)) > begins
        ]
        return min(later)


def easter(year: int) -> Date:
    """Easter Sunday of a year, by the rule of Meeus, Jones and Butcher."""
    century, rest = divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - century // 4 - shift + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return Date(year, month, day + 1)


class CalendarError(ValueError):
    """The calendar does not reach over the plan."""


def timeline(
    calendar: Calendar,
    closed: Iterable[Date],
    training: Iterable[Date] | None,
    starts: Date,
    years: int,
) -> Timeline:
    """The slots from the half-term a date is in, for so many years: half-terms in the first year
    (and to the end of a term begun), whole terms after it.

    Raises CalendarError when the calendar has no such dates.
    """
    shut = frozenset([*calendar.closed, *closed])
    staff_only = frozenset(calendar.training_days if training is None else training)
    everything = list(_halves(calendar.years, shut, staff_only))
    first = next((half.index for half in everything if half.ends >= starts), None)
    if first is None or starts < everything[0].starts - 62 * _DAY:
        raise CalendarError(
            f"the calendar “{calendar.id}” runs from {everything[0].starts} "
            f"to {everything[-1].ends}"
        )
    last = first + years * HALVES_A_YEAR
    if last > len(everything):
        raise CalendarError(
            f"the calendar “{calendar.id}” ends on {everything[-1].ends}, "
            f"too early for {years} year{'s' if years > 1 else ''} from {starts}"
        )
    halves = tuple(everything[first:last])
    slots: list[Slot] = []
    rest = list(halves)
    while rest:
        within_first_year = rest[0].index < first + HALVES_A_YEAR
        begun = bool(slots) and slots[-1].halves[0].term == rest[0].term
        if within_first_year or begun:
            group = [rest.pop(0)]
            name, title = f"{group[0].part}-{group[0].starts.year}", group[0].title
        else:
            group = [half for half in rest if half.term == rest[0].term]
            rest = rest[len(group) :]
            name, title = group[0].term, group[0].term_title
        slots.append(Slot(len(slots), name, f"{title} {group[0].starts.year}", tuple(group)))
    past = tuple(half for half in everything[:first] if half.year == halves[0].year)
    return Timeline(halves, tuple(slots), shut, staff_only, past)


def _halves(
    years: Iterable[SchoolYear], closed: frozenset[Date], training: frozenset[Date]
) -> Iterator[Half]:
    index = 0
    for year in years:
        for term in year.terms:
            for half in term.half_terms:
                count = (half.ends - half.starts).days + 1
                dates = [half.starts + offset * _DAY for offset in range(count)]
                open_days = [date for date in dates if date.weekday() < 5 and date not in closed]
                yield Half(
                    index=index,
                    part=half.part,
                    title=half.title,
                    year=year.id,
                    term_part=term.part,
                    term_title=term.title,
                    starts=half.starts,
                    ends=half.ends,
                    days=sum(date not in training for date in open_days),
                    training=sum(date in training for date in open_days),
                )
                index += 1


def financial_year(date: Date) -> str:
    """The financial year (April to March) of a date, for example 2026-27."""
    first = date.year if date.month >= 4 else date.year - 1
    return f"{first}-{(first + 1) % 100:02d}"

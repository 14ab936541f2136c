"""Capacity: roles and those who hold them, their time in each half-term, and what it costs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..core import EFFORT_STEP
from ..library import Event, Library
from ..school import DaysByPart, Half, School, Vacancy, dated_events
from .time_given_back import Freed

Holders = frozenset[str]
PEOPLE = "+"


def pool_name(people: Holders) -> str:
    """The name of people whose time binds together."""
    return PEOPLE.join(sorted(people))


@dataclass(frozen=True, slots=True)
class Worker:
    """A person, or people counted as one, with the time they have; in whole tenths of a day."""

    id: str
    roles: tuple[str, ...]
    time: DaysByPart
    teaches: float
    fee: int
    years: frozenset[str] = frozenset()
    """The year groups of their classes."""
    vacant: Vacancy | None = None
    """When nobody holds the post: it then gives no time."""
    shared: bool = False
    """A network gives out their days: none can be bought on top."""

    def vacant_on(self, first: datetime.date, last: datetime.date) -> bool:
        """Tell whether the post is vacant on every day from the first to the last."""
        return self.vacant is not None and self.vacant.through(first, last)

    def tenths(self, half: Half, busy: int = 0) -> int:
        """Their time in a half-term in which they can't be released on so many days: what is stated for
        that very part of the year stands, a figure for every half-term is cut in proportion. A post that is
        vacant all the time has none."""
        if self.vacant_on(half.starts, half.ends):
            return 0
        if isinstance(self.time, dict):
            return round(self.time.get(half.part, 0.0) * EFFORT_STEP)
        free = max(0, half.days - busy) / half.days if half.days else 0.0
        return round(self.time * EFFORT_STEP * free)

    def meant(self, event: Event) -> bool:
        """Tell whether an event, by its roles and year groups, keeps this person from release."""
        if not set(event.no_release) & set(self.roles):
            return False
        return not (event.years and self.years) or bool(self.years & set(event.years))


class Capacity:
    """The people of one school, asked by role."""

    def __init__(self, school: School, library: Library, freed: Freed | None = None) -> None:
        """`freed` is what people have beside the time that they stated."""
        self.library, self.school, self.freed = library, school, freed or {}
        years = {one.id: one.years for one in school.file.school.classes}
        self.workers = {
            person.id: Worker(
                person.id,
                person.roles,
                person.time,
                person.teaches,
                person.fee_per_day,
                frozenset(year for one in person.classes for year in years[one]),
                person.vacant,
                person.shared,
            )
            for person in school.staff.people
        }
        calendar = library.calendars[school.file.calendar.use]
        self.events = dated_events(calendar, school.file.calendar.events)
        for role, time in school.staff.together.items():
            self.workers[role] = Worker(role, (role,), time, 0.0, 0)
        self._holders: dict[str, Holders] = {}
        self._there: dict[tuple[str, int], Holders] = {}
        self._busy: dict[tuple[str, int], frozenset[datetime.date]] = {}
        first, last = school.timeline.halves[0].starts, school.timeline.halves[-1].ends
        for worker in self.workers.values():
            for role in () if worker.vacant_on(first, last) else worker.roles:
                self._holders[role] = self._holders.get(role, frozenset()) | {worker.id}
        self.cover_per_day = (
            library.costs.cover_per_day
            if school.file.money.cover_per_day is None
            else school.file.money.cover_per_day
        )

    def role(self, name: str, half: Half | None = None) -> str | None:
        """The role that is held here for a role that is asked for: itself, or the first it falls to
        that somebody holds; None when nobody can do it. With a half-term, those whose posts are vacant
        all through it hold nothing."""
        if self.holders(name, half):
            return name
        for other in self.library.roles[name].falls_to:
            if self.holders(other, half):
                return other
        for other in self.library.roles[name].falls_to:
            found = self.role(other, half)
            if found is not None:
                return found
        return None

    def works(self, name: str, half: Half) -> str | None:
        """The role that does a role's work in a half-term: whoever it falls to stands in while its post is
        vacant. Where nobody can then, the role that is held at another time; None when nobody ever can."""
        return self.role(name, half) or self.role(name)

    def holders(self, role: str, half: Half | None = None) -> Holders:
        """The people who hold a role; with a half-term, those whose posts are not vacant all through it."""
        held = self._holders.get(role, frozenset())
        if half is None:
            return held
        if (role, half.index) not in self._there:
            self._there[role, half.index] = frozenset(
                one for one in held if not self.workers[one].vacant_on(half.starts, half.ends)
            )
        return self._there[role, half.index]

    def time(self, people: Holders, half: Half) -> int:
        """The time people have together in a half-term, in tenths of a day: what they stated and what is
        given back to them."""
        stated = sum(self.workers[name].tenths(half, len(self.busy(name, half))) for name in people)
        return stated + sum(self.freed.get((name, half.index), 0) for name in people)

    def busy(self, name: str, half: Half) -> frozenset[datetime.date]:
        """The school days of a half-term on which somebody can't be released, or nobody holds the
        post."""
        if (name, half.index) not in self._busy:
            worker = self.workers[name]
            kept = {date for event in self.events if worker.meant(event) for date in _days(event)}
            self._busy[name, half.index] = frozenset(
                date
                for date in self.school.timeline.school_days_in(half)
                if date in kept or worker.vacant_on(date, date)
            )
        return self._busy[name, half.index]

    def gives_less(self, event: Event) -> Iterator[tuple[str, int, int]]:
        """For each role that an event keeps from the plan: how many of those it means have less time
        for it, and how many it means. Time that is stated half-term by half-term is not less."""
        days = set(_days(event))
        for role in event.no_release:
            meant = [
                worker
                for worker in self.workers.values()
                if role in worker.roles
                and worker.meant(event)
                and not worker.vacant_on(event.starts, event.ends)
            ]
            less = sum(
                any(
                    worker.tenths(half, len(days & self.busy(worker.id, half)))
                    < worker.tenths(half)
                    for half in self.school.timeline.halves
                )
                for worker in meant
            )
            yield role, less, len(meant)

    def cover(self, role: str, tenths: int) -> float:
        """Return the cost in pounds of covering lessons while a role works so many tenths of a day.

        It is the share of the week that the role's holders teach, on average, times the price of a
        day of cover.
        """
        people = self.holders(role)
        share = sum(self.workers[name].teaches for name in people) / max(1, len(people))
        return tenths / EFFORT_STEP * share * self.cover_per_day

    def fee(self, role: str, tenths: int) -> float:
        """Return the fee in pounds for some tenths of a day of a role, by its holders' average."""
        people = self.holders(role)
        fees = sum(self.workers[name].fee for name in people) / max(1, len(people))
        return tenths / EFFORT_STEP * fees

    def pools(self, roles: Iterable[str]) -> dict[Holders, tuple[str, ...]]:
        """The sets of people whose time binds, each with the roles that only they hold.

        People may share the work of the roles they hold in any way. Then a division of the work exists
        exactly when no set of people is asked for more than their time by the roles held by nobody
        else (Hall's theorem for fractions of a day). Unions of groups without a common person follow
        from their parts, so only unions of overlapping groups are listed.
        """
        groups = {self.holders(role) for role in roles if self.holders(role)}
        unions = set(groups)
        frontier = list(groups)
        while frontier:
            one = frontier.pop()
            for other in groups:
                if one & other and not other <= one:
                    union = one | other
                    if union not in unions:
                        unions.add(union)
                        frontier.append(union)
        return {
            people: tuple(sorted(role for role in roles if self.holders(role) <= people))
            for people in sorted(unions, key=lambda people: (len(people), sorted(people)))
        }


def _days(time: Event | Half) -> Iterator[datetime.date]:
    for offset in range((time.ends - time.starts).days + 1):
        yield time.starts + datetime.timedelta(days=offset)

"""Event dates: the days of all that takes place, settled together so that nobody has two events on one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Date = datetime.date
Taken = dict[Date, "OneDayEvent"]


@dataclass(frozen=True, slots=True)
class OneDayEvent:
    """Something that takes place on one day."""

    id: str
    people: frozenset[str]
    wanted: Date
    """The day it would have if there were nothing else; of what is fixed, its day."""
    days: tuple[Date, ...] = ()
    """The days it may have, in order; none: its day is fixed."""
    out_of_class: bool = True
    """Whether it takes people away from their pupils: a meeting after lessons, or a review that has its place
    after what it looks back on, does not."""

    def away(self, date: Date) -> int:
        """Measure how far a day is from the one wanted; of two that are as far, the earlier is nearer."""
        days = (date - self.wanted).days
        return 2 * abs(days) + (days > 0)

    def meets(self, other: OneDayEvent) -> bool:
        """Tell whether somebody takes part in both."""
        return bool(self.people & other.people)


def settle(events: Iterable[OneDayEvent], apart: int = 0) -> dict[str, Date]:
    """Return the day of each event, by id; the same events have the same days, in whatever order they are given.

    What takes the same people away from their work is then moved `apart`, so many days or as near to it as
    there are days for, in the order it was in.

    What is fixed stays. Of the others, those that people or days link have a day each, with the least
    distance from the days wanted in all; what finds none shares one with an event of other people, or
    else has the day wanted, and clashes.

    Each is added by a shortest augmenting path, which keeps what stands a minimum-cost matching of events
    and days (Jonker and Volgenant 1987; the paths found as by Bellman and Ford).
    """
    ordered = sorted(events, key=lambda event: (len(event.days), event.wanted, event.id))
    settled = [(event, event.wanted) for event in ordered if not event.days]
    fixed = list(settled)
    for group in _linked([event for event in ordered if event.days]):
        taken: Taken = {}
        free = {
            event.id: [d for d in event.days if not _clashes(event, d, fixed)] for event in group
        }
        left = [event for event in group if not _add(event, free, taken)]
        settled += [(event, date) for date, event in taken.items()]
        for event in left:
            open_days = [d for d in event.days if not _clashes(event, d, settled)]
            settled.append((event, min(open_days or event.days, key=event.away)))
    return _apart(dict(settled), apart) if apart else {e.id: date for e, date in settled}


def _apart(settled: Mapping[OneDayEvent, Date], apart: int) -> dict[str, Date]:
    """Move what can be moved, one by one and again, to the day on which least is near.

    Minimises for each Σ over the others of the same people of max(0, apart − days between), then the
    distance from the day wanted; none passes another of the same people.
    """
    dates = dict(settled)
    ordered = sorted(dates, key=lambda event: (dates[event], event.id))
    moved = [event for event in ordered if event.out_of_class]
    beside = {
        event: [other for other in ordered if other is not event and event.meets(other)]
        for event in ordered
    }

    def near(event: OneDayEvent, date: Date) -> int:
        return sum(
            max(0, apart - abs((date - dates[other]).days))
            for other in beside[event]
            if other.out_of_class
        )

    def passes(event: OneDayEvent, date: Date) -> bool:
        now = dates[event]
        return any(
            dates[other] == date
            or (other.out_of_class and (dates[other] < now) != (dates[other] < date))
            for other in beside[event]
        )

    for _ in ordered:
        before = dict(dates)
        for event in moved:
            free = [day for day in event.days if not passes(event, day)]
            if free and near(event, dates[event]):
                dates[event] = min(free, key=lambda day: (near(event, day), event.away(day)))
        if dates == before:
            break
    return {event.id: date for event, date in dates.items()}


def clashes(
    events: Iterable[OneDayEvent], dates: Mapping[str, Date]
) -> Iterator[tuple[OneDayEvent, OneDayEvent]]:
    """Yield each two events of the same people that are on one day."""
    ordered = sorted(events, key=lambda event: (dates[event.id], event.id))
    for place, event in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if dates[other.id] != dates[event.id]:
                break
            if event.meets(other):
                yield event, other


def _clashes(event: OneDayEvent, date: Date, settled: Iterable[tuple[OneDayEvent, Date]]) -> bool:
    return any(day == date and event.meets(other) for other, day in settled)


def _linked(events: Sequence[OneDayEvent]) -> Iterator[list[OneDayEvent]]:
    """Yield groups of events, of which none shares both people and days with one of another group."""
    rest = list(events)
    while rest:
        group = [rest.pop(0)]
        for event in group:
            near = [o for o in rest if event.meets(o) and not set(event.days).isdisjoint(o.days)]
            group += near
            rest = [other for other in rest if other not in near]
        yield group


def _add(event: OneDayEvent, free: Mapping[str, Sequence[Date]], taken: Taken) -> bool:
    """Give an event a day, moving others where that costs least; False where none can be had."""
    cost = {date: event.away(date) for date in free[event.id]}
    before: dict[Date, Date] = {}
    changed = True
    while changed:
        changed = False
        for date in sorted(cost.keys() & taken.keys()):
            moved = taken[date]
            for other in free[moved.id]:
                through = cost[date] - moved.away(date) + moved.away(other)
                if other != date and (other not in cost or through < cost[other]):
                    cost[other], before[other] = through, date
                    changed = True
    ends = [date for date in sorted(cost) if date not in taken]
    if not ends:
        return False
    date = min(ends, key=cost.__getitem__)
    while date in before:
        taken[date] = taken[before[date]]
        date = before[date]
    taken[date] = event
    return True

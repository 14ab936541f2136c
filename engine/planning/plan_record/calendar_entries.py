"""The plan's calendar: what takes place on which day, with whom, and what is to be done by a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from ...inference import Recommendation
from ...library import Series
from .. import model as view
from ..effort_profile import Visit
from ..event_dates import OneDayEvent, clashes
from ..phrases import plan_notes as phrases
from .context import Solved
from .data_points import data_points
from .team_meetings import TeamMeeting, step_of, team_meetings

LATE = 6
"""What looks back on a term comes this part of its last half-term before its end."""
LOOKS_BACK = ("half-term", "term", "year")
SETTLES = 2
"""The school days from what looks back on one of these to what looks back on the next."""
Dates = Mapping[str, datetime.date]


def event_id(step: str, number: int) -> str:
    """The id of one time of a step that comes back, counted from 0."""
    return f"{step} {number}"


def what_takes_place(solved: Solved) -> Iterator[OneDayEvent]:
    """Yield each time of each step that comes back: with the day the school has set, or with those on
    which all who take part can be released and the place that it would have among them by itself. The
    meetings of teams have theirs."""
    for meeting in team_meetings(solved):
        yield meeting.event
    for name in solved.steps:
        item = solved.form(name).item
        for number, visit in enumerate(solved.course(name).visits):
            yield _event(event_id(name, number), item, visit, solved)


def _event(id: str, item: Recommendation, visit: Visit, solved: Solved) -> OneDayEvent:
    half, series, roles = visit.half, item.intervention.series, _roles(item, solved)
    holders = {name for role in roles for name in solved.capacity.holders(role)}
    people = frozenset(holders | _meeting(roles, solved))
    busy = {date for name in holders for date in solved.capacity.busy(name, half)}
    open_days = solved.time.school_days_in(half)
    open_days = open_days[:-1] or open_days  # nobody has a mind for it on the last
    days = [date for date in open_days if date not in busy] or list(open_days)
    if visit.date or not days:
        return OneDayEvent(id, people, visit.date or half.starts)
    place = (2 * visit.position + 1) * len(days) // (2 * visit.of)
    if series and series.at == "end":
        return _looking_back(id, people, days, series, visit, solved)
    return OneDayEvent(id, people, days[max(0, place)], tuple(days))


def _looking_back(
    id: str,
    people: frozenset[str],
    days: Sequence[datetime.date],
    series: Series,
    visit: Visit,
    solved: Solved,
) -> OneDayEvent:
    """One time of what looks back: after the data point of its half-term where that leaves days for it, else late
    in the half-term; on a year after on a term."""
    half, later = visit.half, SETTLES * LOOKS_BACK.index(series.every)
    judged = [day for day in data_points(solved) if half.starts <= day <= half.ends]
    after = [day for day in days if day > max(judged, default=half.ends)]
    if len(after) > later:
        return OneDayEvent(id, people, after[later], tuple(after), out_of_class=False)
    place = (visit.position + 1) * len(days) // visit.of - 1 - len(days) // LATE + later
    wanted = days[max(0, min(place, len(days) - 1))]
    return OneDayEvent(id, people, wanted, tuple(days), out_of_class=False)


def _roles(item: Recommendation, solved: Solved) -> list[str]:
    """The roles that take part, as they are held here."""
    held = (solved.capacity.role(work.role) for work in item.intervention.deliver.effort)
    return list(dict.fromkeys(role for role in held if role))


def _meeting(roles: Sequence[str], solved: Solved) -> set[str]:
    """All of the school's staff where a role is that of the staff who meet; else nobody."""
    kinds = solved.library.roles
    if all(kinds[role].kind != "together" for role in roles):
        return set()
    people = solved.school.staff.people
    return {one.id for one in people if any(kinds[role].kind == "staff" for role in one.roles)}


def calendar(
    solved: Solved, steps: Sequence[view.Step], events: Sequence[OneDayEvent], dates: Dates
) -> tuple[view.CalendarEntry, ...]:
    """All that stands in the calendar, in order of date; what two events of the same people share a day
    for is noted on both."""
    notes: dict[str, list[str]] = {}
    fixed = {event.id for event in events if not event.days}
    titles = {
        event_id(step.id, number): _called(step, solved)
        for step in steps
        for number, _ in enumerate(step.occurrences)
    }
    meetings = tuple(team_meetings(solved))
    titles |= {meeting.event.id: phrases.team_meeting([meeting.team.title]) for meeting in meetings}
    for one, other in clashes(events, dates):
        for event, beside in ((one, other), (other, one)):
            shared = one.people & other.people
            words = phrases.same_day(titles[beside.id], sorted(shared), {one.id, other.id} <= fixed)
            notes.setdefault(event.id, []).append(words)
    found = [entry for step in steps for entry in _entries(step, solved, notes)]
    found += _team_entries(meetings, solved, notes)
    return tuple(
        sorted(found, key=lambda entry: (entry.date, entry.by, entry.step or "", entry.what))
    )


def _team_entries(
    meetings: Sequence[TeamMeeting], solved: Solved, notes: Mapping[str, list[str]]
) -> Iterator[view.CalendarEntry]:
    """The teams that meet on a day, in one line."""
    titles = solved.library.roles
    people = {one.id: one for one in solved.school.staff.people}
    for date in sorted({meeting.date for meeting in meetings}):
        those = [meeting for meeting in meetings if meeting.date == date]
        slot = solved.time.slot_on(date)
        assert slot is not None
        yield view.CalendarEntry(
            date=date,
            what=phrases.team_meeting([meeting.team.title for meeting in those]),
            people=tuple(
                dict.fromkeys(
                    titles[people[one].roles[0]].title
                    for meeting in those
                    for one in meeting.people
                )
            ),
            step=step_of(date, solved),
            duty=False,
            slot=slot.id,
            fixed=True,
            teams=tuple(meeting.team.id for meeting in those),
            notes=tuple(
                dict.fromkeys(note for meeting in those for note in notes.get(meeting.event.id, ()))
            ),
        )


def _called(step: view.Step, solved: Solved) -> str:
    """Name one time of a step."""
    series = solved.library.intervention(step.intervention).series
    return series.called if series and series.called else step.title


def _entries(
    step: view.Step, solved: Solved, notes: Mapping[str, list[str]]
) -> Iterator[view.CalendarEntry]:
    item = solved.form(step.id).item
    intervention = item.intervention
    called, roles = _called(step, solved), _roles(item, solved)
    people = tuple(solved.library.roles[role].title for role in roles)
    duty = intervention.duty is not None
    dated = {milestone.what for milestone in intervention.milestones if milestone.event}

    def by(milestone: view.DatedMilestone, slot: str, what: str) -> view.CalendarEntry:
        return view.CalendarEntry(
            date=milestone.due,
            what=what,
            people=(step.lead.title,),
            step=step.id,
            duty=duty,
            slot=slot,
            by=True,
        )

    for number, time in enumerate(step.occurrences):
        yield view.CalendarEntry(
            date=time.date,
            what=called,
            people=people,
            step=step.id,
            duty=duty,
            slot=time.slot,
            fixed=time.fixed,
            notes=tuple(notes.get(event_id(step.id, number), ())),
        )
        for milestone in time.follow_ups:
            if milestone.what in dated:
                yield by(milestone, _slot(milestone, solved), f"{called}: {milestone.what}")
    for milestone in step.milestones:
        if milestone.what in dated:
            yield by(milestone, _slot(milestone, solved), f"{called}: {milestone.what}")
    if duty and not step.occurrences and step.milestones:
        last = max(step.milestones, key=lambda milestone: milestone.due)
        if last.what not in dated:
            yield by(last, _slot(last, solved), called)


def _slot(milestone: view.DatedMilestone, solved: Solved) -> str:
    slot = solved.time.slot_on(milestone.due)
    assert slot is not None
    return slot.id

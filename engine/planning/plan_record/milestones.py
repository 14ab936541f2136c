"""The dated milestones of all steps: on working days, before a half-term's last, spread over its weeks."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...library import Milestone, filled
from ...school import Half
from .. import model as view
from ..effort_profile import EffortProfile
from .context import Solved
from .team_meetings import all_have_met

FROM, TO = 1 / 2, 5 / 6
"""What is due by the end of a phase is looked at in this part of its last half-term: late enough that it
can be there, early enough that there is a week left to act on it."""
A_WEEK = 5


class _Wanted(NamedTuple):
    """A milestone with the days it may be looked at on."""

    step: str
    what: str
    days: tuple[datetime.date, ...]


def milestones(solved: Solved) -> dict[str, tuple[view.DatedMilestone, ...]]:
    """Return the dated milestones of each step by its id, earliest first; a series has follow-ups instead.

    Each falls on the day within its weeks on which fewest others do, and after those of its step before it.
    """
    wanted = [
        one
        for name in solved.steps
        if not solved.form(name).item.intervention.series
        for one in _wanted(name, solved)
    ]
    wanted.sort(key=lambda one: (one.days[-1], one.days[0], one.step))
    due_on: Counter[datetime.date] = Counter()
    found: dict[str, list[view.DatedMilestone]] = {name: [] for name in solved.steps}
    for one in wanted:
        told = found[one.step]
        later = [day for day in one.days if not told or day > told[-1].due] or one.days
        day = min(reversed(later), key=lambda day: due_on[day])
        due_on[day] += 1
        told.append(view.DatedMilestone(what=one.what, due=day))
    return {
        name: tuple(sorted(told, key=lambda one: one.due)) for name, told in sorted(found.items())
    }


def _wanted(name: str, solved: Solved) -> list[_Wanted]:
    course = solved.course(name)
    phases = dict(course.phases)
    last = {half.ends: _before_last(half, solved) for half in solved.time.halves}
    found: list[_Wanted] = []
    for milestone in solved.form(name).item.intervention.milestones:
        days: Sequence[datetime.date]
        if milestone.by:
            halves = phases.get(milestone.by)
            days = closing_days(halves[-1], solved) if halves else ()
            from_ = days[0] if days else None
        else:
            days = _after_meetings(milestone, course, solved) or _week(
                milestone, course, last, solved
            )
            from_ = solved.time.after_weeks(course.begins.starts, milestone.week or 1)
        days = at_event(milestone, from_, solved) or days
        if days:
            counts = {"half_terms": _half_terms(milestone, course)}
            found.append(_Wanted(name, filled(milestone.what, counts), tuple(days)))
    return found


def _before_last(half: Half, solved: Solved) -> tuple[datetime.date, ...]:
    """The days pupils are in school in a half-term, without its last, which is no day to look at work."""
    return solved.time.school_days_in(half)[:-1]


def closing_days(half: Half, solved: Solved) -> Sequence[datetime.date]:
    """The school days of a half-term on which it is looked at what has become of it."""
    days = _before_last(half, solved)
    first, last = int(FROM * len(days)), int(TO * len(days))
    return days[first:last] or days[-1:]


def _week(
    milestone: Milestone,
    course: EffortProfile,
    kept: Mapping[datetime.date, tuple[datetime.date, ...]],
    solved: Solved,
) -> list[datetime.date]:
    """The days of the school week a milestone names, counted from the start of its step; none where the
    plan is over by then."""
    if milestone.week is None:
        return []
    able = {day for days in kept.values() for day in days}
    school = solved.time.school_days(course.begins.starts)
    week = school[(milestone.week - 1) * A_WEEK : milestone.week * A_WEEK]
    return [day for day in week if day in able] if len(week) == A_WEEK else []


def _after_meetings(
    milestone: Milestone, course: EffortProfile, solved: Solved
) -> Sequence[datetime.date]:
    """The school days from when every team has met so often as a milestone says, of a week at most and in one
    half-term; none where it says nothing of meetings, or the staff list does not have them."""
    if milestone.meeting is None:
        return ()
    date = all_have_met(milestone.meeting, course.begins, course.phases[-1][1][-1], solved)
    if date is None:
        return ()
    half = next(half for half in solved.time.halves if half.holds(date))
    after = [day for day in solved.time.school_days_in(half) if day >= date]
    return (after[:-1] or after)[:A_WEEK]


def at_event(
    milestone: Milestone, from_: datetime.date | None, solved: Solved
) -> Sequence[datetime.date]:
    """The last school day of the first event from a day on at which a milestone is seen, but the last of a
    half-term; none where it names none, or the plan ends before."""
    if milestone.at is None or from_ is None:
        return ()
    school = solved.time.school_days(from_)
    ends = sorted(event.ends for event in solved.capacity.events if event.id == milestone.at)
    last = {half.ends for half in solved.time.halves}
    for end in ends:
        days = [day for day in school if day <= end]
        if end >= from_ and days:
            return [day for day in days if day not in last][-1:] or days[-1:]
    return ()


def _half_terms(milestone: Milestone, course: EffortProfile) -> int:
    """Count the half-terms from the start of the delivery to the end of the phase a milestone is of, as they
    are in this plan."""
    names = [name for name, _ in course.phases]
    first = names.index("deliver")
    last = names.index(milestone.by) if milestone.by in names else len(names) - 1
    return sum(len(halves) for _, halves in course.phases[first : last + 1])


__all__ = ["at_event", "closing_days", "milestones"]

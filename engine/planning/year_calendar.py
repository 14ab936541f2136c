"""The calendar of a plan's school year: what is due and when, and who looks at what and by which day."""

from __future__ import annotations

from ..core import Day, Record
from ..library import Library
from ..school import School
from .inspection_preparation import inspection_may_come
from .model import Plan

_INSPECTION = "An inspection may come in any of these weeks (expected)"


class YearLine(Record):
    """A line of the calendar: something that takes place, or is due or looked at by a day."""

    starts: Day
    ends: Day
    what: str
    who: tuple[str, ...] = ()
    """titles of roles; none: the school as a whole"""


class YearCalendar(Record):
    """The duties and dates of a plan's year, and its monitoring, each in the order of days."""

    school: str
    starts: Day
    ends: Day
    duties: tuple[YearLine, ...]
    """what the calendar of the country and of the school has, and the steps that are duties"""
    monitoring: tuple[YearLine, ...]
    """milestones, each with who looks whether it was reached"""


def calendar_of_year(plan: Plan, school: School, library: Library) -> YearCalendar:
    """Sort the dates of a plan into duties and monitoring, with the weeks in which an inspection may come;
    meetings of its steps stand in the plan itself."""
    duties = [
        YearLine(starts=one.starts, ends=one.ends, what=one.title, who=one.no_release)
        for one in plan.events
    ]
    duties += [
        YearLine(starts=one.date, ends=one.date, what=one.what, who=one.people)
        for one in plan.calendar
        if one.duty
    ]
    opens = inspection_may_come(school, library)
    if opens is not None and opens <= plan.ends:
        starts = max(opens, plan.starts)
        duties.append(YearLine(starts=starts, ends=plan.ends, what=_INSPECTION))
    monitoring = [
        YearLine(
            starts=milestone.due,
            ends=milestone.due,
            what=f"{step.title}: {milestone.what}",
            who=(step.monitoring.title,),
        )
        for step in plan.steps
        for milestone in step.milestones
    ]

    def by_day(line: YearLine) -> tuple[Day, Day, str]:
        return line.starts, line.ends, line.what

    return YearCalendar(
        school=plan.school.name,
        starts=plan.starts,
        ends=plan.ends,
        duties=tuple(sorted(duties, key=by_day)),
        monitoring=tuple(sorted(monitoring, key=by_day)),
    )

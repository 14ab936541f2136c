"""The meetings of the teams on the staff list: their days, who comes, and the step that each is part of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from ...school import Half, Team
from ..event_dates import OneDayEvent
from .context import Solved


@dataclass(frozen=True, slots=True)
class TeamMeeting:
    """One meeting of one team."""

    team: Team
    date: datetime.date
    people: tuple[str, ...]
    """Who comes, by id: the leader, and the teachers of the team's classes whose posts are not vacant then."""

    @property
    def event(self) -> OneDayEvent:
        """The meeting on its day, which is the school's own."""
        name = f"team {self.team.id} {self.date}"
        return OneDayEvent(name, frozenset(self.people), self.date, out_of_class=False)


def team_meetings(solved: Solved) -> Iterator[TeamMeeting]:
    """Yield the meetings within the plan, in the order of the staff list."""
    for team in solved.school.staff.teams:
        for date in sorted(team.meets):
            if solved.time.slot_on(date) is not None:
                people = (
                    one.id
                    for one in solved.school.staff.people
                    if (one.id == team.leader or set(one.classes) & set(team.classes))
                    and not one.away(date, date)
                )
                yield TeamMeeting(team, date, tuple(people))


def step_of(date: datetime.date, solved: Solved) -> str | None:
    """The step that the meetings on a day are part of: of those that are at team meetings and go on then, the
    one begun last; None where there is none."""
    going_on = [
        (course.begins.index, name)
        for name in solved.steps
        if solved.form(name).item.intervention.at_team_meetings
        for course in [solved.course(name)]
        if course.begins.starts <= date <= course.phases[-1][1][-1].ends
    ]
    return max(going_on)[1] if going_on else None


def all_have_met(number: int, begins: Half, ends: Half, solved: Solved) -> datetime.date | None:
    """The day by which every team has met so often from the start of one half-term to the end of another; None
    where the staff list does not say, or not all have."""
    days = []
    for team in solved.school.staff.teams:
        held = sorted(day for day in team.meets if begins.starts <= day <= ends.ends)
        if len(held) < number:
            return None
        days.append(held[number - 1])
    return max(days, default=None)

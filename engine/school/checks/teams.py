"""The teams in staff.yaml, held against its people, the school's classes and its days."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...core import Mistake, Place, unknown
from ..calendar import Timeline
from ..model import SchoolFile, StaffFile


def check_teams(
    staff: StaffFile, school: SchoolFile, time: Timeline | None, place: Callable[..., Place]
) -> Iterator[Mistake]:
    """Every mistake in the teams, each at its place in staff.yaml; without `time` nothing is said
    of the days they meet on."""
    people = {person.id for person in staff.people}
    classes = {item.id for item in school.school.classes}
    seen: set[str] = set()
    team_of: dict[str, str] = {}
    for index, team in enumerate(staff.teams):
        here = ("teams", index)
        if team.id in seen:
            what = f"the team “{team.id}” stands twice"
            yield Mistake(place(*here, "id"), what, "give each an id of its own")
        seen.add(team.id)
        yield from unknown(place(*here, "leader"), "person", team.leader, people)
        for position, name in enumerate(team.classes):
            where = place(*here, "classes", position)
            if name in team_of:
                what = f"the class “{name}” is in the team “{team_of[name]}” already"
                yield Mistake(where, what, "a class is in one team")
            elif name not in classes:
                yield from unknown(where, "class", name, classes)
            team_of.setdefault(name, team.id)
        for position, day in enumerate(team.meets):
            where, reason = place(*here, "meets", position), time and time.why_no_school(day)
            if reason:
                yield Mistake(where, f"{day} {reason}", "choose a day in term")
            elif day in team.meets[:position]:
                yield Mistake(where, f"{day} stands twice", "take one of them out")

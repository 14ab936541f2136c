"""Teams in staff.yaml are held against the school's people, classes and days."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from termwise.engine.core.errors import Place
from termwise.engine.school.calendar import Timeline
from termwise.engine.school.checks.teams import check_teams
from termwise.engine.school.model import Team
from termwise.engine.school.school import School

CLASS, OTHER = "Wren", "Heron"


def team(name: str, *classes: str, **more: Any) -> Team:
    data = {"id": name, "title": name, "leader": "headteacher", "classes": classes}
    return Team.model_validate(data | more)


def told(school: School, *teams: Team, time: Timeline | None = None) -> list[tuple[str, str]]:
    staff = school.staff.model_copy(update={"teams": teams})
    problems = check_teams(staff, school.file, time, lambda *path: Place(".".join(map(str, path))))
    return [(problem.place.file, problem.what) for problem in problems]


def test_the_teams_of_an_example_are_right(little_fen: School) -> None:
    assert told(little_fen, *little_fen.staff.teams, time=little_fen.timeline) == []
    assert {CLASS, OTHER} <= {item.id for item in little_fen.file.school.classes}


def test_each_mistake_is_told_at_its_place(little_fen: School) -> None:
    found = told(
        little_fen,
        team("one", CLASS, "Nowhere", leader="nobody"),
        team("one", OTHER),
        team("two", CLASS),
    )
    assert [place for place, _ in found] == [
        "teams.0.leader",
        "teams.0.classes.1",
        "teams.1.id",
        "teams.2.classes.0",
    ]
    assert "nobody" in found[0][1] and "Nowhere" in found[1][1]
    assert found[2][1] == "the team “one” stands twice"
    assert found[3][1] == f"the class “{CLASS}” is in the team “one” already"


@pytest.mark.parametrize(
    ("day", "what"),
    [("2026-09-12", "is at a weekend"), ("2026-12-28", "is in the holidays or outside the plan")],
)
def test_a_team_meets_on_days_of_the_term_where_these_are_known(
    little_fen: School, day: str, what: str
) -> None:
    meets = team("one", CLASS, meets=[day])
    closed = replace(little_fen.timeline, closed=frozenset())
    assert told(little_fen, meets, time=closed) == [("teams.0.meets.0", f"{day} {what}")]
    assert told(little_fen, meets) == []


def test_a_day_is_named_once(little_fen: School) -> None:
    day = little_fen.timeline.school_days(datetime.date(2026, 10, 1))[0]
    meets = team("one", CLASS, meets=[day, day])
    assert told(little_fen, meets) == [("teams.0.meets.1", f"{day} stands twice")]

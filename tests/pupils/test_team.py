"""A team on a day: who is in it, and its commitments as they stood then."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from termwise.engine.core.errors import TermwiseError, UnknownNameError
from termwise.engine.library.loader import Library
from termwise.engine.pupils.commitment import Commitment
from termwise.engine.pupils.team import TeamView, title_of
from termwise.engine.school.school import School

ON = datetime.date(2026, 11, 24)


@pytest.fixture(scope="module")
def team(little_fen: School, library: Library) -> TeamView:
    return TeamView(little_fen, library, little_fen.staff.teams[0].id, ON)


def commitment(view: TeamView, number: int = 1, **more: Any) -> Commitment:
    return Commitment.model_validate(
        {"id": f"agreed-{number:03d}", "team": view.team.id, "agreed": "2026-10-08"}
        | {"teacher": view.teachers()[0].id, "pupils": ["ABCD-2345"], "subject": "maths"}
        | {"strategy": "Everybody answers", "review": "2026-11-24", "evidence": "A page"}
        | more
    )


def test_a_team_that_is_not_there_is_refused(little_fen: School, library: Library) -> None:
    with pytest.raises(UnknownNameError, match="there is no team"):
        TeamView(little_fen, library, "nobody", ON)


def test_its_classes_stand_in_the_order_of_the_school(team: TeamView, little_fen: School) -> None:
    order = [item.id for item in little_fen.file.school.classes]
    assert list(team.classes) == [name for name in order if name in team.team.classes]
    years = {y for c in little_fen.file.school.classes if c.id in team.classes for y in c.years}
    assert team.years() == years


def test_its_teachers_are_those_of_its_classes_each_once(team: TeamView) -> None:
    people = [teacher.id for teacher in team.teachers()]
    assert people and len(people) == len(set(people))
    for name in team.classes:
        assert all(name in teacher.classes for teacher in team.teachers(name))


def test_nothing_is_known_of_a_commitment_before_it_was_seen_nor_of_one_agreed_later(
    team: TeamView,
) -> None:
    seen = {"kept": "yes", "worked": "yes", "note": "Well."}
    told = team.own(
        [
            commitment(team, 1, **seen, seen=ON),
            commitment(team, 2, **seen, seen=ON + datetime.timedelta(days=1)),
            commitment(team, 3, agreed=ON + datetime.timedelta(days=1)),
            commitment(team, 4, agreed=ON),
            commitment(team, 5, team="another"),
        ]
    )
    assert [(one.id[-3:], one.kept, one.note) for one in told] == [
        ("001", "yes", "Well."),
        ("002", None, None),
        ("004", None, None),
    ]


def test_a_review_is_overdue_from_the_day_after_it_while_nothing_is_known(team: TeamView) -> None:
    before = ON - datetime.timedelta(days=1)
    assert not team.overdue(commitment(team, review=ON))
    assert team.overdue(commitment(team, review=before))
    assert not team.overdue(commitment(team, review=before, kept="yes", seen=before))


def test_pupils_who_left_are_counted_and_not_named(team: TeamView) -> None:
    here = sorted(team.refs)[0]
    told = team.told(commitment(team, pupils=[here, "ZZZZ-9999"]), {here: "Ada"})
    assert (told.pupils, told.left) == (("Ada",), 1)
    assert told.teacher is not None and told.teacher.classes
    assert team.told(commitment(team, teacher="gone")).teacher is None


def test_an_outcome_has_its_title_and_none_has_none(team: TeamView) -> None:
    first = team.words.kept[0]
    assert title_of(first.id, team.words.kept) == first.title
    assert title_of("never", team.words.kept) is title_of(None, team.words.kept) is None


def test_a_school_without_teams_is_told_where_to_write_them(
    little_fen: School, library: Library
) -> None:
    staff = little_fen.staff.model_copy(update={"teams": ()})
    with pytest.raises(TermwiseError, match="has no teams"):
        TeamView(replace(little_fen, staff=staff), library, "all", ON)

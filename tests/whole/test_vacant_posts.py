"""A post that nobody holds is a fact: it gives no time, no rule is about its teacher, and the plan says so."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from termwise.engine.advise import advise
from termwise.engine.core.errors import ContentError
from termwise.engine.documents.plan_words import vacant
from termwise.engine.library.loader import Library
from termwise.engine.planning.capacity import Capacity
from termwise.engine.pupils.team import TeamView
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Change, Data

Date = datetime.date


def days(first: str | None, last: str | None) -> Data:
    given = {"from": first, "until": last}
    return {key: Date.fromisoformat(day) for key, day in given.items() if day}


def post(name: str, first: str | None = None, last: str | None = None) -> Any:
    """Makes a post vacant."""

    def edit(staff: Data) -> None:
        person = next(one for one in staff["people"] if one["id"] == name)
        person["vacant"] = days(first, last)

    return edit


@pytest.mark.parametrize(
    ("first", "last", "shares"),
    [
        ("2026-09-01", None, [0, 0, 0, 0, 0, 0]),
        ("2027-01-01", None, [1, 1, 0, 0, 0, 0]),
        (None, "2026-12-31", [0, 0, 1, 1, 1, 1]),
        ("2027-01-01", "2027-02-28", [1, 1, 0, None, 1, 1]),
        ("2026-10-05", "2027-02-21", [None, 0, 0, 1, 1, 1]),
        ("2028-01-01", None, [1, 1, 1, 1, 1, 1]),
    ],
)
def test_a_vacant_post_gives_no_time(
    changed: Change, library: Library, first: str | None, last: str | None, shares: list[Any]
) -> None:
    school = load_school(changed("hillside", None, post("senco", first, last)), library)
    capacity, halves = Capacity(school, library), school.timeline.halves
    found = [capacity.time(frozenset(["senco"]), half) / 30 for half in halves]
    assert len(found) == len(shares)
    for share, expected in zip(found, shares, strict=True):
        assert share == expected if expected is not None else 0 < share < 1


def test_the_roles_of_a_post_that_is_vacant_through_the_plan_fall_to_others(
    changed: Change, library: Library
) -> None:
    school = load_school(changed("hillside", None, post("senco", "2026-09-01")), library)
    through = Capacity(school, library)
    assert through.role("senco") not in (None, "senco")
    school = load_school(changed("hillside", None, post("senco", "2027-01-01")), library)
    assert Capacity(school, library).role("senco") == "senco"


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [("2026-09-01", None, 13), ("2027-01-01", None, 14), (None, "2026-12-31", 13)],
)
def test_no_rule_is_about_the_teacher_of_a_vacant_post_and_the_plan_tells_it(
    changed: Change, library: Library, first: str | None, last: str | None, there: int
) -> None:
    folder = changed("hillside", None, post("teacher-4b", first, last))
    school = load_school(folder, library)
    facts = entities(school, library)
    assert "teacher-4b" not in {teacher.id for teacher in facts.of("teacher")}
    assert facts.of("school")[0].values["teacher_count"].value == there
    (class_4b,) = (one for one in facts.of("class") if one.id == "4B")
    assert {elder.kind for elder in class_4b.parents} == {"school"}
    plan = advise(school, library).plan
    (told,) = vacant(plan)
    assert "“teacher-4b”" in told
    assert "Class 4B" in told
    assert "the teacher of 4B" not in plan.model_dump_json()


def test_a_team_does_not_meet_whoever_is_not_there(changed: Change, library: Library) -> None:
    school = load_school(changed("hillside", None, post("teacher-4b", "2027-01-01")), library)
    for day, there in ((Date(2026, 12, 1), True), (Date(2027, 2, 1), False)):
        team = TeamView(school, library, "middle", day)
        assert ("teacher-4b" in {one.id for one in team.teachers()}) == there


def mistakes(folder: Path, library: Library) -> str:
    with pytest.raises(ContentError) as caught:
        load_school(folder, library)
    return str(caught.value)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "says nothing; give “from”, “until”, or both"),
        (days("2027-01-01", "2026-12-01"), "until: is before from"),
        ("yes", "vacant"),
    ],
)
def test_a_vacancy_says_its_days(changed: Change, library: Library, given: Any, says: str) -> None:
    def edit(staff: Data) -> None:
        staff["people"][1]["vacant"] = given

    assert says in mistakes(changed("hillside", None, edit), library)


def test_a_class_that_nobody_teaches_is_a_question_with_its_answer(
    changed: Change, library: Library
) -> None:
    def leaves(staff: Data) -> None:
        staff["people"] = [one for one in staff["people"] if one["id"] != "teacher-4b"]

    assert "if the post is vacant, write it among the people" in mistakes(
        changed("hillside", None, leaves), library
    )
    answered = changed("hillside", None, post("teacher-4b", "2026-09-01"))
    assert load_school(answered, library).doubts == ()


def test_nothing_is_decided_for_a_teacher_who_is_not_there(
    changed: Change, library: Library
) -> None:
    folder = changed("hillside", None, post("teacher-4b", "2027-01-01"))
    item = next(i for i in library.interventions.values() if i.target == "teacher" and not i.duty)
    reason = next(r.id for r in library.override_reasons.values() if "accept" in r.for_)
    (folder / "overrides.yaml").write_text(
        f"- {{intervention: {item.id}, decision: accept, reason: {reason}, role: headteacher, "
        "on: 2026-07-01, for: [teacher-4b]}\n",
        "utf-8",
    )
    assert "the post “teacher-4b” is vacant for a time of the plan" in mistakes(folder, library)


def test_others_do_the_work_of_a_post_that_is_vacant_for_part_of_the_plan(
    changed: Change, library: Library
) -> None:
    folder = changed("hillside", None, post("deputy-head", None, "2026-12-31"))
    found = advise(load_school(folder, library), library)
    plan = found.plan
    assert not plan.conflict
    starts = {slot.id: slot.starts for term in plan.terms for slot in term.slots}
    filled = min(day for day in starts.values() if day > Date(2026, 12, 31))
    roles = {"deputy-head", "leadership-lead"}
    asked = {starts[part.slot] for step in plan.steps for part in step.effort if part.role in roles}
    assert asked
    assert min(asked) >= filled
    acting = [step for step in plan.steps if step.lead.acting_for]
    assert acting
    for step in acting:
        assert starts[step.starts] < filled
        assert step.lead.people == ("headteacher",)
    (told,) = vacant(plan)
    assert "its work falls to: Headteacher" in told


def test_where_nobody_can_stand_in_the_work_waits_until_the_post_is_filled(
    changed: Change, library: Library
) -> None:
    def edit(staff: Data) -> None:
        for person in staff["people"]:
            if "business-manager" in person["roles"] or "headteacher" in person["roles"]:
                person["vacant"] = days(None, "2026-12-31")

    school = load_school(changed("hillside", None, edit), library)
    capacity, halves = Capacity(school, library), school.timeline.halves
    assert capacity.role("business-manager", halves[0]) is None
    assert capacity.works("business-manager", halves[0]) == "business-manager"
    assert capacity.works("business-manager", halves[2]) == "business-manager"
    plan = advise(school, library).plan
    slots = [slot for term in plan.terms for slot in term.slots]
    early = {slot.id for slot in slots if slot.ends <= Date(2026, 12, 31)}
    assert not [
        part
        for step in plan.steps
        for part in step.effort
        if part.role == "business-manager" and part.slot in early
    ]

"""Agreed priorities first: what serves one, what covers it, and what a plan says where nothing does."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.core import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.planning import Priority, Step
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data

Agreed = Callable[..., Advice]

WRITING = {
    "strand": "pedagogy",
    "title": "Raise attainment in writing",
    "subjects": ["writing"],
    "target": "secure",
    "by": "2027-07-16",
    "lead": "english-lead",
}
ABSENCE = {
    "strand": "support",
    "title": "Fewer pupils persistently absent",
    "outcome": {"indicator": "persistent_absence", "from": 19.5, "to": 12, "by": "2027-07-16"},
    "target": "secure",
    "lead": "senco",
}


@pytest.fixture(scope="module")
def agreed(changed: Change, library: Library) -> Agreed:
    """The advice for hillside with other priorities agreed."""

    def make(*priorities: Data, **context: float) -> Advice:
        def edit(cqa: Data) -> None:
            cqa["priorities"] = list(priorities)

        def known(school: Data) -> None:
            school["context"] |= context

        return advise(load_school(changed("hillside", known, cqa=edit), library), library)

    return make


@pytest.fixture(scope="module")
def writing_first(agreed: Agreed) -> Advice:
    return agreed(WRITING, ABSENCE)


def step(advice: Advice, name: str) -> Step:
    return next(one for one in advice.plan.steps if one.id == name)


def first(advice: Advice) -> Priority:
    return advice.plan.priorities[0]


def test_a_school_whose_first_priority_is_writing_gets_a_step_for_writing(
    writing_first: Advice,
) -> None:
    covering = first(writing_first).covered_by
    assert first(writing_first).uncovered is None
    assert {"accelerating-progress-writing", "writing-transcription"} & set(covering)


def test_a_step_serves_a_priority_only_where_a_finding_within_its_scope_asks_for_it(
    writing_first: Advice,
) -> None:
    for one in writing_first.plan.steps:
        subjects = writing_first.library.intervention(one.intervention).subjects
        if subjects and "writing" not in subjects:
            assert "P1" not in one.priorities, one.id
    assert "P1" in step(writing_first, "accelerating-progress-writing").priorities


def test_a_duty_a_review_or_what_prepares_covers_nothing(writing_first: Advice) -> None:
    library = writing_first.library
    for priority in writing_first.plan.priorities:
        for name in priority.covered_by:
            intervention = library.intervention(name)
            assert intervention.substance and intervention.duty is None


def test_where_no_rule_asks_for_what_moves_an_outcome_the_plan_says_so(
    agreed: Agreed,
) -> None:
    absence = agreed(WRITING, ABSENCE, absence=4.9, persistent_absence=13).plan.priorities[1]
    assert absence.outcome is not None and absence.outcome.to == 12
    assert absence.covered_by == ()
    assert absence.uncovered is not None and absence.uncovered.kind == "nothing-advised"


def test_what_covers_a_priority_is_ready_by_its_day(writing_first: Advice) -> None:
    slots = {slot.id: slot for term in writing_first.plan.terms for slot in term.slots}
    for name in first(writing_first).covered_by:
        ready = slots[step(writing_first, name).ready]
        assert str(ready.ends) <= str(WRITING["by"])


def test_a_day_too_early_for_any_step_leaves_a_priority_uncovered(agreed: Agreed) -> None:
    soon = agreed({**WRITING, "by": "2026-09-30"})
    told = first(soon).uncovered
    assert told is not None and told.kind == "too-early"


def test_a_priority_that_is_outranked_names_those_before_it_and_ways_that_were_tried(
    changed: Change, library: Library
) -> None:
    def edit(staff: Data) -> None:
        people = {person["id"]: person for person in staff["people"]}
        people["headteacher"]["time"] = 1.2

    # without the rule that asks no teaching head to lead a programme alone: it takes the head's time
    rules = {name: rule for name, rule in library.rules.items() if name != "RLD-14"}
    other = dataclasses.replace(library, rules=rules)
    plan = advise(load_school(changed("little-fen", staff=edit), other), other).plan
    *before, last = plan.priorities
    assert last.uncovered is not None and last.uncovered.kind == "outranked"
    assert any(priority.title in last.uncovered.words[0] for priority in before)
    assert last.uncovered.ways_out


@pytest.mark.parametrize("school", ["carrick-junior", "hillside", "little-fen"])
def test_every_agreed_priority_has_a_step_of_substance(
    school: str, all_advice: dict[str, Advice]
) -> None:
    for priority in all_advice[school].plan.priorities:
        assert priority.covered_by, priority.title


def test_what_rules_advise_against_as_strongly_covers_nothing(
    all_advice: dict[str, Advice],
) -> None:
    help_checked = all_advice["hillside"].plan.priorities[3]
    assert help_checked.covered_by == ("attendance-improvement", "provision-review")


@pytest.mark.parametrize(
    ("given", "place", "near"),
    [
        ({"subjects": ["writting"]}, "subjects", "did you mean “writing”"),
        ({"groups": ["seb"]}, "groups", "did you mean “sen”"),
        ({"classes": ["9Z"]}, "classes", "unknown class"),
        ({"year_groups": ["13"]}, "year_groups", "unknown year group"),
        ({"outcome": {"indicator": "abscence"}}, "outcome", "did you mean “absence”"),
        ({"outcome": {"to": 3}}, "outcome", "“indicator” is missing"),
    ],
)
def test_a_scope_that_nothing_in_the_school_matches_is_told_with_its_place(
    given: dict[str, Any], place: str, near: str, changed: Change, library: Library
) -> None:
    def edit(cqa: Data) -> None:
        bare = {key: value for key, value in WRITING.items() if key != "subjects"}
        cqa["priorities"] = [{**bare, **given}]

    with pytest.raises(ContentError) as wrong:
        load_school(changed("hillside", cqa=edit), library)
    assert len(wrong.value.problems) == 1
    assert near in str(wrong.value)


# --- what can't wait


def test_a_teacher_whose_practice_requires_support_has_it_from_the_first_half_term(
    all_advice: dict[str, Advice],
) -> None:
    support = step(all_advice["hillside"], "structured-teacher-support")
    assert support.starts == all_advice["hillside"].plan.terms[0].slots[0].id
    assert support.urgent == ("RPE-04",)


def test_what_is_urgent_is_in_time_in_every_example(all_advice: dict[str, Advice]) -> None:
    for advice in all_advice.values():
        level = advice.solution.level("urgent")
        assert level.value == level.bound


# --- promised for some


def test_what_is_promised_for_one_teacher_is_for_that_teacher(
    changed: Change, library: Library
) -> None:
    def edit(school: Data) -> None:
        school["must"] = [
            {
                "intervention": "structured-teacher-support",
                "for": ["teacher-3a"],
                "because": "The board asked for it.",
            }
        ]

    folder = changed("hillside", edit)
    teachers = [p.id for p in load_school(folder, library).staff.people if p.classes]
    assert "teacher-3a" in teachers
    advice = advise(load_school(folder, library), library)
    targets = step(advice, "structured-teacher-support").target
    assert "teacher-3a" in targets.ids and len(targets.ids) < len(teachers)

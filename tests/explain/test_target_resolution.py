"""Whom a question is about is found by name, where the intervention is for such."""

from __future__ import annotations

import pytest

from termwise.engine.advise import Advice
from termwise.engine.core.errors import TermwiseError, UnknownNameError
from termwise.engine.explain.target_resolution import asked_for
from termwise.engine.library.model import Intervention


@pytest.fixture
def advice(all_advice: dict[str, Advice]) -> Advice:
    return all_advice["hillside"]


def first(advice: Advice, target: str) -> Intervention:
    return next(one for one in advice.library.interventions.values() if one.target == target)


def test_a_teacher_is_found_by_id_by_label_and_by_class(advice: Advice) -> None:
    item = first(advice, "teacher")
    for teacher in advice.findings.facts.of("teacher"):
        for name in (teacher.id, teacher.label.upper(), f" {teacher.label} "):
            found = asked_for(advice, item, name)
            assert found.entities == (teacher,) and found.aimed and found.words == teacher.label
    person = next(one for one in advice.school.staff.people if len(one.classes) == 1)
    found = asked_for(advice, item, f"class {person.classes[0]}")
    assert person.id in {one.id for one in found.entities}


def test_what_is_said_of_the_school_concerns_each_and_of_another_teacher_none(
    advice: Advice,
) -> None:
    one, other = advice.findings.facts.of("teacher")[:2]
    found = asked_for(advice, first(advice, "teacher"), one.id)
    assert found.concerns(one) and not found.concerns(other)
    assert found.concerns(advice.findings.facts.school)


def test_who_it_is_not_for_is_refused_with_whom_it_is_for(advice: Advice) -> None:
    item = first(advice, "school")
    teacher = advice.findings.facts.of("teacher")[0]
    with pytest.raises(TermwiseError, match="for the whole school") as caught:
        asked_for(advice, item, teacher.id)
    assert teacher.label in str(caught.value)


def test_a_name_that_is_not_there_and_no_name_are_refused(advice: Advice) -> None:
    item = first(advice, "teacher")
    with pytest.raises(UnknownNameError):
        asked_for(advice, item, "class 99Z")
    with pytest.raises(TermwiseError, match="nobody is named"):
        asked_for(advice, item, " ")

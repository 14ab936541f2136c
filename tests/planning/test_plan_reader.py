"""Who reads a part of a plan, and what in it names them."""

from __future__ import annotations

import pytest

from termwise.engine.advise import Advice
from termwise.engine.core import UnknownNameError
from termwise.engine.library.loader import Library
from termwise.engine.planning import leader, teacher


def test_a_person_who_alone_holds_a_role_reads_for_all_their_roles(
    all_advice: dict[str, Advice], library: Library
) -> None:
    advice = all_advice["hillside"]
    found = leader("leadership-lead", advice.school, library)
    assert found.title == "Leadership strand lead"
    assert found.roles[:2] == ("deputy-head", "leadership-lead")
    assert leader("deputy-head", advice.school, library).people == found.people
    assert leader("class-teacher", advice.school, library).roles[:1] == ("class-teacher",)


def test_a_teacher_takes_part_in_what_is_for_all_and_for_their_class_alone(
    all_advice: dict[str, Advice], library: Library
) -> None:
    advice = all_advice["hillside"]
    found = teacher("4B", advice.school, library)
    mine = {step.id for step in advice.plan.steps if found.takes_part(step)}
    assert {"structured-teacher-support", "accelerating-progress-maths"} <= mine
    for other in ("early-career-induction", "accelerating-progress-reading", "coaching-cycles"):
        assert other not in mine
    assert "learning-sequences" in mine  # asks every class teacher for time


def test_a_teacher_goes_to_the_meetings_of_their_own_team(
    all_advice: dict[str, Advice], library: Library
) -> None:
    advice = all_advice["hillside"]
    found = teacher("4B", advice.school, library)
    meetings = [one for one in advice.plan.calendar if one.teams and found.has(one)]
    assert meetings and {one.teams for one in meetings} == {("middle",)}
    assert len(meetings) < sum(bool(one.teams) for one in advice.plan.calendar)


@pytest.mark.parametrize(("find", "name"), [(leader, "caretaker"), (teacher, "9Z")])
def test_who_is_not_on_the_staff_list_is_told(
    find: object, name: str, all_advice: dict[str, Advice], library: Library
) -> None:
    assert callable(find)
    with pytest.raises(UnknownNameError, match=f"there is no .* “{name}”"):
        find(name, all_advice["hillside"].school, library)

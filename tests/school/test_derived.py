"""What is worked out of a school's records is of the type and range that is declared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termwise.engine.library.facts import Entity, Value
from termwise.engine.library.loader import Library
from termwise.engine.school.derived import (
    FORMULAS,
    Formulas,
    OfSchool,
    OfTeacher,
    of_school,
    of_teacher,
)
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.model import Person
from termwise.engine.school.school import School


@pytest.fixture(scope="module")
def facts(library: Library, hillside: School, little_fen: School, carrick: School) -> list[Entity]:
    return [one for each in (hillside, little_fen, carrick) for one in entities(each, library)]


NOT_IN_THE_EXAMPLES = {
    "own_pathway",
    "test_score",
    "test_error",
    "test_score_at_most",
    "test_change",
    "test_change_in_errors",
}
"""No example has a pathway of its own or standardised tests; tests/school/test_pupil_facts.py has."""


def values(facts: list[Entity], name: str) -> list[Value]:
    return [one.values[name] for one in facts if name in one.values]


@pytest.mark.parametrize("about", [one.about for one in FORMULAS])
def test_each_formula_gives_a_value_of_its_type_in_one_of_the_examples(
    facts: list[Entity], library: Library, about: str
) -> None:
    [group] = [one for one in FORMULAS if one.about == about]
    kinds = {"yes-no": bool, "category": str, "set": frozenset, "count": int, "grade": int}
    without = set()
    for name in group.functions:
        indicator = library.indicators[name]
        found = values([one for one in facts if one.kind == about], name)
        without |= set() if found else {name}
        for value in found:
            assert isinstance(value.value, kinds.get(indicator.type, int | float)), name
            if indicator.range and isinstance(value.value, int | float):
                low, high = indicator.range
                assert low <= value.value <= high, name
    assert without <= NOT_IN_THE_EXAMPLES


def test_what_can_not_be_told_is_left_out() -> None:
    made_up = Formulas[int]("school")

    @made_up
    def even(number: int) -> Value | None:
        return Value(True) if number % 2 == 0 else None

    assert made_up.of(2) == {"even": Value(True)}
    assert made_up.of(3) == {}
    assert made_up.functions == {"even": even}


def with_people(school: School, *people: Person) -> School:
    return replace(school, staff=school.staff.model_copy(update={"people": people}))


def school_value(school: School, library: Library, name: str) -> object:
    found = of_school.functions[name](OfSchool(school, library))
    return found and found.value


def test_people_are_counted_by_what_they_do(hillside: School, library: Library) -> None:
    head = next(p for p in hillside.staff.people if "headteacher" in p.roles)
    teacher = next(p for p in hillside.staff.people if p.classes and p.profile is not None)
    other = teacher.model_copy(update={"id": "other", "profile": None})
    school = with_people(hillside, head.model_copy(update={"teaches": 0.25}), teacher, other)
    told = {name: school_value(school, library, name) for name in of_school.functions}
    assert told["staff_count"] == 3
    assert told["teacher_count"] == 2 + bool(head.classes)
    assert told["teachers_to_profile"] == 1
    assert told["head_teaches"] == 25
    assert told["most_roles_held"] == max(len(p.roles) for p in (head, teacher))
    assert told["adviser_days"] == 0


def test_without_people_there_are_no_teachers_and_nothing_is_said_of_the_head(
    hillside: School, library: Library
) -> None:
    school = with_people(hillside)
    assert school_value(school, library, "head_teaches") is None
    assert school_value(school, library, "teacher_count") == 0


def test_a_teacher_of_several_classes_teaches_the_final_year_with_one_of_them(
    hillside: School,
) -> None:
    final = hillside.file.school.year_groups[-1]
    classes = hillside.file.school.classes
    last = next(one.id for one in classes if final in one.years)
    first = next(one.id for one in classes if final not in one.years)
    person = next(p for p in hillside.staff.people if p.classes)
    for given, expected in (((first,), False), ((first, last), True)):
        one = OfTeacher(person.model_copy(update={"classes": given}), 0, hillside)
        assert of_teacher.of(one)["teaches_final_year"].value is expected


def test_a_practice_is_in_place_or_partly_in_place_as_the_file_says(
    hillside: School, library: Library
) -> None:
    practice = hillside.cqa.in_place[0]
    both = tuple(
        practice.model_copy(update={"practice": name, "how": how})
        for name, how in (("first", "fully"), ("second", "partly"))
    )
    school = replace(hillside, cqa=hillside.cqa.model_copy(update={"in_place": both}))
    assert school_value(school, library, "in_place") == {"first"}
    assert school_value(school, library, "partly_in_place") == {"second"}

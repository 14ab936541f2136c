"""Effort that fits: what a step takes grows with what the school has, and with what isn't there yet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.inference import Recommendation
from termwise.engine.library import Cell, Entity, ForEach, Value
from termwise.engine.library.loader import Library
from termwise.engine.planning.capacity import Capacity
from termwise.engine.planning.effort_profile import Courses, EffortProfile
from termwise.engine.planning.variants import Form
from termwise.engine.school import School
from termwise.engine.school.folder import load_school
from tests.places import EXAMPLES

SIZES = (30, 200, 420, 900)
"""Pupils on roll."""
GROWING = (
    "learning-sequences",
    "pupil-premium-strategy",
    "quality-of-teaching",
    "systematic-phonics",
    "targeted-tuition",
)


@pytest.fixture(scope="module")
def school(library: Library) -> School:
    return load_school(Path(EXAMPLES) / "hillside", library)


def counted(**counts: int) -> Entity:
    """A school of which so much is known."""
    cell = Cell("school.yaml", 1, "1")
    values = {name: Value(count, (cell,)) for name, count in counts.items()}
    return Entity("school", "school", "the school", values=values)


def sized(pupils: int) -> Entity:
    """A school of so many pupils as such schools are: a class for each thirty, a third of all at risk in
    something, a quarter eligible, no teacher with a profile."""
    classes = max(2, round(pupils / 30))
    return counted(
        roll=pupils,
        class_count=classes,
        teacher_count=classes,
        teachers_to_profile=classes,
        school_count_at_risk=pupils // 3,
        eligible_pupils=pupils // 4,
    )


def profile(name: str, counts: Entity, school: School, library: Library) -> EffortProfile:
    item = Recommendation(library.intervention(name), [counts])
    courses = Courses(school, library, Capacity(school, library), counts)
    found = courses.course(Form(name, "full", item, 1.0, None, False), school.timeline.halves[0])
    assert found is not None
    return found


def days(found: EffortProfile) -> float:
    return sum(found.effort.values()) / 10


@pytest.mark.parametrize("name", GROWING)
def test_a_step_takes_more_in_a_larger_school_and_little_in_a_small_one(
    name: str, school: School, library: Library
) -> None:
    taken = [profile(name, sized(pupils), school, library) for pupils in SIZES]
    told = [days(one) for one in taken]
    assert told == sorted(told)
    assert told[0] < 0.8 * told[2] < 0.8 * told[3]
    pounds = [sum(one.cost.values()) for one in taken]
    assert pounds == sorted(pounds)


@pytest.mark.parametrize("name", ["systematic-phonics", "targeted-tuition"])
def test_what_is_bought_for_pupils_costs_less_where_there_are_fewer(
    name: str, school: School, library: Library
) -> None:
    pounds = [sum(profile(name, sized(size), school, library).cost.values()) for size in SIZES]
    assert pounds[0] < 0.5 * pounds[2] < pounds[3]


def test_twelve_of_fourteen_profiles_leave_two_to_establish(
    school: School, library: Library
) -> None:
    known, none = (
        days(profile("quality-of-teaching", counted(teachers_to_profile=many), school, library))
        for many in (2, 14)
    )
    assert known < 0.6 * none


def test_a_schools_own_factor_multiplies_the_days_of_its_strand_alone(
    school: School, library: Library
) -> None:
    asked = school.file.plan.model_copy(update={"effort": {"pedagogy": 1.5}})
    own = replace(school, file=school.file.model_copy(update={"plan": asked}))
    for name, factor in (("systematic-phonics", 1.5), ("governor-development", 1)):
        told = [days(profile(name, sized(420), one, library)) for one in (school, own)]
        assert told[1] == pytest.approx(factor * told[0], abs=0.6)


def test_where_a_number_is_not_known_the_usual_one_counts(school: School, library: Library) -> None:
    usual, ninety, more = (
        days(profile("learning-sequences", counts, school, library))
        for counts in (
            counted(),
            counted(school_count_at_risk=90),
            counted(school_count_at_risk=91),
        )
    )
    assert usual == ninety < more


@given(st.integers(0, 500), st.integers(1, 60), st.integers(0, 300))
def test_a_step_that_is_begun_counts_whole(count: int, size: int, usual: int) -> None:
    of = ForEach(count="roll", steps_of=size, usual=usual)
    assert (of.steps(count) - 1) * size < count <= of.steps(count) * size
    assert of.steps(None) == of.steps(usual)

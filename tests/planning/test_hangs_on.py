"""The plan says which of its steps hang on a hair, and on what."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from termwise.engine.advise import advise
from termwise.engine.scheduling import exchanges
from tests.schedule_rules import broken

if TYPE_CHECKING:
    from termwise.engine.advise import Advice
    from termwise.engine.library.loader import Library
    from termwise.engine.planning import Plan
    from termwise.engine.school import School


def coarse(library: Library, worth: float = 0.0, points: float = 0.0) -> Library:
    """The library with another idea of what a hair is."""
    hair = library.planning.hair.model_copy(update={"worth": worth, "points": points})
    planning = library.planning.model_copy(update={"hair": hair})
    return dataclasses.replace(library, planning=planning)


def of(plan: Plan, kind: str) -> set[str]:
    return {one.step for one in plan.hangs_on if one.kind == kind}


def test_what_hangs_on_a_judgement_is_what_firm_says(all_advice: dict[str, Advice]) -> None:
    hanging = 0
    for advice in all_advice.values():
        steps = {step.id for step in advice.plan.steps if step.depends_on}
        assert of(advice.plan, "judgement") == steps
        hanging += len(steps)
    assert hanging


def test_a_step_rests_on_a_share_near_its_line_only_where_all_its_reasons_do(
    hillside: School, library: Library
) -> None:
    fine, rough = coarse(library), coarse(library, points=20)
    plan = advise(hillside, rough).plan
    near = of(plan, "share")
    assert near
    assert of(advise(hillside, fine).plan, "share") == set()
    steps = {step.id: step for step in plan.steps}
    for one in plan.hangs_on:
        if one.kind == "share":
            assert not steps[one.step].must
            assert "The rule asks for" in one.words


@pytest.mark.parametrize("worth", [0.0, 0.5])
def test_what_could_stand_in_a_steps_place_makes_a_plan(
    worth: float, carrick: School, library: Library
) -> None:
    advice = advise(carrick, coarse(library, worth))
    told = {one.step: one for one in advice.plan.hangs_on if one.kind == "near-equal"}
    assert told or not worth
    timetable = advice.reasons.timetable
    for one in exchanges(advice.problem, advice.solution, worth, timetable.name):
        place = advice.problem.item(one.into).at(one.start)
        rest = {key: where for key, where in advice.solution.chosen.items() if key != one.out}
        assert list(broken(advice.problem, {**rest, one.into: place})) == []
        named = told.pop(timetable.name(one.out))
        assert named.other == timetable.name(one.into) != timetable.name(one.out)
        assert advice.solution.chosen[one.out].value * (1 - worth) <= place.value
    assert told == {}

"""Whatever a school agrees and however little time it has: nothing that could be covered or in time is not."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.scheduling import GOALS, Goal
from termwise.engine.scheduling.cp_model import Model, ask
from termwise.engine.scheduling.problem import items_of
from termwise.engine.school.folder import load_school

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termwise.engine.library.loader import Library
    from tests.conftest import Change, Data

SCHOOLS = ("hillside", "little-fen", "carrick-junior")
SUBJECTS = ("reading", "writing", "maths")
GROUPS = ("sen", "pp", "eal")


def other_priorities(rnd: random.Random, cqa: Data) -> None:
    """The priorities in another order, each about something else, with other days."""
    agreed = cqa["priorities"]
    rnd.shuffle(agreed)
    for priority in agreed:
        for key in ("subjects", "groups", "classes", "year_groups", "outcome", "by"):
            priority.pop(key, None)
        kind = rnd.choice(("subjects", "groups", "by", "nothing", "nothing"))
        if kind == "subjects":
            priority["subjects"] = [rnd.choice(SUBJECTS)]
        elif kind == "groups":
            priority["groups"] = [rnd.choice(GROUPS)]
        elif kind == "by":
            priority["by"] = rnd.choice(("2026-10-23", "2026-12-18", "2027-03-26"))


def other_time(rnd: random.Random, staff: Data) -> None:
    """Every person with another share of the time they have."""
    for person in staff["people"]:
        share = rnd.choice((0.6, 0.8, 1.0))
        given = person["time"]
        person["time"] = (
            {part: round(days * share, 1) for part, days in given.items()}
            if isinstance(given, dict)
            else round(given * share, 1)
        )


@pytest.fixture(scope="module", params=(2, 4, 10))
def generated(request: pytest.FixtureRequest, changed: Change, library: Library) -> Advice:
    seed: int = request.param
    rnd = random.Random(seed)
    folder = changed(
        SCHOOLS[seed % len(SCHOOLS)],
        staff=partial(other_time, rnd),
        cqa=partial(other_priorities, rnd),
    )
    return advise(load_school(folder, library), library)


def possible(advice: Advice, goals: Iterable[Goal]) -> bool:
    """Whether any plan does all that must be done and can be, and reaches these goals."""
    undone = items_of(advice.solution.undone)
    asked = replace(
        advice.problem,
        items=tuple(
            replace(item, placements=(), must=False) if item.id in undone else item
            for item in advice.problem.items
        ),
        goals=(),
        relations=(*advice.problem.relations, *(goal.relation for goal in goals)),
    )
    return ask(Model(asked)) is not None


def missed(advice: Advice) -> list[tuple[Goal, list[Goal]]]:
    """Each goal that is not reached, with all that come before it and are: of an earlier aim, or heavier."""
    place = {aim: number for number, aim in enumerate(GOALS)}

    def order(goal: Goal) -> tuple[int, int]:
        return place[goal.aim], -goal.weight

    reached = [goal for goal in advice.problem.goals if goal.id in advice.solution.met]
    return [
        (goal, [one for one in reached if order(one) < order(goal)])
        for goal in advice.problem.goals
        if goal.id not in advice.solution.met
    ]


def test_what_is_not_reached_could_not_be_without_giving_up_what_comes_before(
    generated: Advice,
) -> None:
    for goal, before in missed(generated):
        heavier = [one for one in before if one.aim == goal.aim and one.weight < 2 * goal.weight]
        if heavier:  # several lighter ones may outweigh it together
            continue
        assert not possible(generated, [*before, goal]), goal.id


def test_a_priority_without_a_step_of_substance_says_why(generated: Advice) -> None:
    for priority in generated.plan.priorities:
        if priority.agreed:
            assert bool(priority.covered_by) != bool(priority.uncovered), priority.title
            if priority.uncovered:
                assert priority.uncovered.words


def test_what_covers_a_priority_is_a_step_of_the_plan_that_serves_it(generated: Advice) -> None:
    steps = {step.id: step for step in generated.plan.steps}
    slots = {slot.id: slot for term in generated.plan.terms for slot in term.slots}
    for priority in generated.plan.priorities:
        for name in priority.covered_by if priority.agreed else ():
            assert priority.id in steps[name].serves
            assert generated.library.intervention(name).substance
            if priority.by is not None:
                assert slots[steps[name].ready].ends <= priority.by

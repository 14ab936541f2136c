"""A plan in force as a new plan goes by it: for whom its steps run, and the time they take."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from termwise.engine.advise import Advice
from termwise.engine.inference.recommendations import Advised
from termwise.engine.library.decision import Override
from termwise.engine.planning.carried_out import CarriedOut, StepStood, TimeTaken
from termwise.engine.school.school import Decided, School

RUNS = "accelerating-progress-maths"


@pytest.fixture
def advice(all_advice: dict[str, Advice]) -> Advice:
    return all_advice["hillside"]


def advised(advice: Advice) -> Advised:
    """What is advised, with a step of its own that may be changed."""
    item = advice.recommendations.items[RUNS]
    assert [one.id for one in item.targets] == ["4B", "6A", "6B"]
    items = {RUNS: replace(item, targets=[*item.targets])}
    return replace(advice.recommendations, items=items, refused=[])


def runs_for(*classes: str) -> CarriedOut:
    return CarriedOut(now=1, fixed={RUNS: StepStood(0, False, frozenset(classes))}, to_come={})


def narrowed(advice: Advice, carried: CarriedOut, school: School | None = None) -> Advised:
    found = advised(advice)
    carried.narrowed(found, school or advice.school, advice.library)
    return found


def ids(found: Advised) -> list[str]:
    return [one.id for one in found.items[RUNS].targets]


def test_what_runs_for_one_class_waits_for_the_others_it_is_advised_for_now(
    advice: Advice,
) -> None:
    found = narrowed(advice, runs_for("6A"))
    assert ids(found) == ["6A"]
    [waits] = found.refused
    assert ([one.id for one in waits.targets], waits.kind) == (["4B", "6B"], "waits")
    assert waits.words.startswith("It runs for class 6A, and goes on.")
    about = {entity.label for told in waits.arguments for entity in told.entity.lineage}
    assert "class 6A" not in about and {"class 4B", "class 6B"} & about


def test_whom_the_school_names_itself_is_in_beside_those_it_runs_for(advice: Advice) -> None:
    said = {"intervention": RUNS, "decision": "accept", "for": ("6B",), "role": "headteacher"}
    reason = advice.library.overrides.reasons[0].id
    override = Override.model_validate({**said, "reason": reason, "on": datetime.date(2026, 11, 2)})
    school = replace(advice.school, decided=(Decided(override, "We want it.", "Headteacher"),))
    assert ids(narrowed(advice, runs_for("6A"), school)) == ["6A", "6B"]


@pytest.mark.parametrize("classes", [("4B", "6A", "6B"), ("1A",)])
def test_who_is_advised_already_or_is_another_altogether_changes_nothing(
    classes: tuple[str, ...], advice: Advice
) -> None:
    found = narrowed(advice, runs_for(*classes))
    assert ids(found) == ["4B", "6A", "6B"] and not found.refused


def test_the_time_a_step_takes_is_what_was_used_and_is_needed_where_that_is_known(
    advice: Advice,
) -> None:
    timetable = advice.reasons.timetable
    planned = {("headteacher", 0): 5, ("headteacher", 1): 7, ("no-such-role", 1): 3}
    known = {"a": TimeTaken(used={("senco", 0): 2}), "b": TimeTaken(needed={("senco", 1): 4})}
    carried = CarriedOut(now=1, fixed={}, to_come={}, taken=known)
    assert carried.effort("a", planned, timetable) == {("senco", 0): 2, ("headteacher", 1): 7}
    assert carried.effort("b", planned, timetable) == {("headteacher", 0): 5, ("senco", 1): 4}
    assert carried.effort("c", planned, timetable) == {
        ("headteacher", 0): 5,
        ("headteacher", 1): 7,
    }

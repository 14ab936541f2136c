"""Milestones: on working days, before a half-term's last, spread, and counting what the plan has room for."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.library.counted_text import filled, wrong_counts
from termwise.engine.library.loader import Library
from termwise.engine.planning import Step
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data

SCHOOLS = ("hillside", "little-fen", "carrick-junior")


@pytest.fixture(params=SCHOOLS)
def advice(request: pytest.FixtureRequest, all_advice: dict[str, Advice]) -> Advice:
    return all_advice[request.param]


def dates(advice: Advice) -> Iterator[tuple[Step, datetime.date]]:
    for step in advice.plan.steps:
        for milestone in step.milestones:
            yield step, milestone.due
        for time in step.occurrences:
            yield from ((step, after.due) for after in time.follow_ups)


def test_a_milestone_is_on_a_school_day_that_is_not_the_last_of_a_half_term(
    advice: Advice,
) -> None:
    time = advice.school.timeline
    last = {max(d for d in time.school_days(h.starts) if d <= h.ends) for h in time.halves}
    assert list(dates(advice))
    for step, due in dates(advice):
        assert time.is_school_day(due), (step.id, due)
        assert due not in last, (step.id, due)


def test_milestones_are_not_all_on_the_same_days(advice: Advice) -> None:
    on = Counter(milestone.due for step in advice.plan.steps for milestone in step.milestones)
    assert max(on.values()) <= 2
    assert len({due.weekday() for due in on}) >= 4


def test_the_milestones_of_a_step_are_within_it_and_in_order(advice: Advice) -> None:
    slots = {slot.id: slot for term in advice.plan.terms for slot in term.slots}
    for step in advice.plan.steps:
        due = [milestone.due for milestone in step.milestones]
        assert due == sorted(due), step.id
        light = step.form == "light"
        found = advice.library.intervention(step.intervention)
        told = (found.light.milestones if light and found.light else ()) or found.milestones
        seen_at = {one.what for one in told if one.at}
        for milestone in step.milestones:
            if milestone.what in seen_at:
                continue
            day = milestone.due
            assert slots[step.starts].starts <= day < slots[step.ends].ends, (step.id, day)


def test_what_is_seen_at_a_meeting_of_the_board_is_due_on_one_of_its_days(advice: Advice) -> None:
    board = [one for one in advice.plan.events if one.title.startswith("A meeting of the board")]
    found = 0
    for step in advice.plan.steps:
        intervention = advice.library.intervention(step.intervention)
        seen_at = {one.what for one in intervention.milestones if one.at == "board"}
        told = [*step.milestones, *(one for time in step.occurrences for one in time.follow_ups)]
        for milestone in told:
            if milestone.what in seen_at:
                found += 1
                assert any(one.starts <= milestone.due <= one.ends for one in board), step.id
    assert found >= 2


def test_a_term_is_looked_back_on_after_its_data_and_a_year_after_its_terms(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["hillside"]
    points = (datetime.date(2026, 12, 11), datetime.date(2027, 3, 19), datetime.date(2027, 6, 25))
    (termly,) = (one for one in advice.plan.steps if one.id == "termly-review")
    (yearly,) = (one for one in advice.plan.steps if one.id == "yearly-review")
    reviews = [time.date for time in termly.occurrences]
    assert all(point < review for point, review in zip(points, reviews, strict=True))
    assert reviews[-1] < yearly.occurrences[0].date


def test_rounds_are_counted_as_the_plan_has_room_for_them(all_advice: dict[str, Advice]) -> None:
    said = {
        name: [
            milestone.what
            for step in advice.plan.steps
            if step.id == "achievement-team-cycle"
            for milestone in step.milestones
        ][-1]
        for name, advice in all_advice.items()
    }
    for name, advice in all_advice.items():
        (step,) = (one for one in advice.plan.steps if one.id == "achievement-team-cycle")
        if all(phase.phase != "sustain" for phase in step.phases):
            continue  # the plan ends before the rounds do
        slots = [slot.id for term in advice.plan.terms for slot in term.slots]
        rounds = slots.index(step.ends) - slots.index(step.starts) + 1
        word = ("no", "one", "two", "three", "four")[rounds]
        assert said[name].endswith(f"through {word} round{'' if rounds == 1 else 's'}"), name


def test_a_count_is_told_in_words_with_its_noun() -> None:
    assert filled("{half_terms: round} held", {"half_terms": 1}) == "one round held"
    assert filled("held {half_terms: round}", {"half_terms": 4}) == "held four rounds"
    assert filled("nothing is counted", {}) == "nothing is counted"


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("{half_term: round}", "{half_term} is nothing that can be counted", "did you mean"),
        ("{half_terms}", "{half_terms} doesn't say what is counted", "write {half_terms: round}"),
        ("four {rounds", "a brace has no partner", "or no brace"),
    ],
)
def test_what_can_not_be_counted_is_told(text: str, what: str, hint: str) -> None:
    ((told, helps),) = wrong_counts(text)
    assert told == what
    assert hint in helps


def test_a_light_form_has_milestones_of_its_own_where_the_full_ones_promise_too_much(
    changed: Change, library: Library
) -> None:
    def edit(school: Data) -> None:
        promise = {"intervention": "core-subject-leaders", "form": "light", "because": "Promised."}
        school["must"] = [promise]

    plan = advise(load_school(changed("little-fen", edit), library), library).plan
    (step,) = (s for s in plan.steps if s.id == "core-subject-leaders")
    assert step.form == "light"
    assert "three year groups" in step.milestones[0].what

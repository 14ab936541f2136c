"""The changes that could bring something in, or take it out, are read off what asks for it and needs it."""

from __future__ import annotations

import pytest

from termwise.engine.advise import Advice
from termwise.engine.explain.counterfactual_candidates import Candidates, kind_of
from termwise.engine.explain.rule_flips import FIGURES, MOST
from termwise.engine.inference.counterfactual_facts import Change


@pytest.fixture
def advice(all_advice: dict[str, Advice]) -> Advice:
    return all_advice["little-fen"]


def test_what_needs_something_needs_it_itself_or_by_what_it_needs(advice: Advice) -> None:
    items = advice.library.interventions
    chains = 0
    for name in items:
        candidates = Candidates(advice, name)
        direct, every = candidates.needing(direct=True), candidates.needing()
        assert name not in every and len(every) == len(set(every))
        for one in direct:
            groups = (*items[one].requires, *items[one].together_with)
            assert name in groups or any(name in group for group in items[one].requires_one_of)
        assert every[: len(direct)] == direct
        chains += len(every) > len(direct)
    assert chains


def test_no_candidate_changes_more_than_anybody_can_follow_or_one_fact_twice(
    advice: Advice,
) -> None:
    planned = [step.id for step in advice.plan.steps][:6]
    outside = [one for one in advice.library.interventions if one not in advice.dependencies.names]
    indicators, tried = advice.library.indicators, 0
    for name in (*planned, *outside[:6]):
        candidates = Candidates(advice, name)
        for flip in candidates.out_of() if name in planned else candidates.into():
            tried += 1
            assert len(flip) <= MOST
            assert len({change.about for change in flip}) == len(flip)
            assert candidates.flips.figures(flip) <= FIGURES
            assert not any(indicators[change.key].settled for change in flip)
    assert tried


def test_being_in_place_already_takes_nothing_out(advice: Advice) -> None:
    for step in advice.plan.steps:
        for flip in Candidates(advice, step.id).out_of():
            assert not any((one.key, one.member) == ("in_place", step.id) for one in flip)


def test_changes_are_of_a_kind_whichever_class_they_are_about() -> None:
    one = frozenset({Change("class-subject", "1A maths", "share", 40)})
    other = frozenset({Change("class-subject", "2B maths", "share", 30)})
    assert kind_of(one) == kind_of(other) != kind_of(frozenset({Change("school", "s", "roll", 1)}))

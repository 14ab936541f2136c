"""What turned between two worlds is told of the rules that came out otherwise, and of no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termwise.engine.advise import Advice
from termwise.engine.explain.rule_diff import ComparedAdvice, Turns
from termwise.engine.inference.counterfactual_facts import Change, suppose
from termwise.engine.inference.recommendations import recommend


@pytest.fixture
def today(all_advice: dict[str, Advice]) -> Advice:
    return all_advice["hillside"]


def other(advice: Advice, strand: str, rank: int) -> Advice:
    """What the rules would say with another judgement; the plan is left as it is."""
    change = Change("question", strand, "judgement", rank)
    then = suppose(advice.findings, advice.library, [change])
    advised = recommend(then, advice.school, advice.library)
    return replace(advice, findings=then, recommendations=advised)


def test_nothing_turned_between_a_world_and_itself(today: Advice) -> None:
    same = Turns(ComparedAdvice(today), ComparedAdvice(today))
    for name in today.library.interventions:
        assert [*same.arguments(name), *same.shapes(name)] == []
    assert [*same.whole()] == []


def test_a_rule_that_begins_to_ask_is_told_with_what_turned_and_back_again(today: Advice) -> None:
    told = 0
    for strand in today.library.strands:
        for rank in range(len(today.school.scales["judgement"].grades)):
            then = other(today, strand, rank)
            there, back = ComparedAdvice(today), ComparedAdvice(then)
            for name in there.asks.keys() | back.asks.keys():
                before = {rule for rule, _ in there.asks.get(name, ())}
                after = {rule for rule, _ in back.asks.get(name, ())}
                forth = {one.rule for one in Turns(there, back).arguments(name)}
                again = {one.rule for one in Turns(back, there).arguments(name)}
                assert before ^ after <= forth and before ^ after <= again
                told += len(before ^ after)
    assert told


def test_what_turned_is_what_was_changed(today: Advice) -> None:
    question = next(one for one in today.findings.facts.of("question") if "judgement" in one.values)
    most = len(today.school.scales["judgement"].grades) - 1
    was = question.values["judgement"].value
    then = other(today, question.id, 0 if was == most else most)
    turns = Turns(ComparedAdvice(today), ComparedAdvice(then))
    reasons = [one for name in today.library.interventions for one in turns.arguments(name)]
    assert reasons
    for reason in reasons:
        assert reason.turned and reason.rule in today.library.rules

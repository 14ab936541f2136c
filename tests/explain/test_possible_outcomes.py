"""What could change if facts were known is read off the rules, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from termwise.engine.advise import Advice
from termwise.engine.explain.missing_inputs import Behind
from termwise.engine.explain.possible_outcomes import Fact, Reach


@pytest.fixture
def advice(all_advice: dict[str, Advice]) -> Advice:
    return all_advice["carrick-junior"]


def missing(advice: Advice, reach: Reach) -> Iterator[Fact]:
    behind = Behind(advice.findings, advice.library, reach)
    for finding in advice.findings.unknown:
        yield from behind.of(finding.verdict, finding.entity)


def test_nothing_could_change_where_nothing_new_is_known(advice: Advice) -> None:
    assert Reach(advice.findings, advice.library).turns([], True) == []


def test_what_could_change_could_come_to_something_it_is_not(advice: Advice) -> None:
    reach = Reach(advice.findings, advice.library)
    facts = sorted(set(missing(advice, reach)), key=lambda fact: (str(fact[0]), fact[1]))
    turns = reach.turns(facts, False)
    assert turns
    for turn in turns:
        assert turn.could - {turn.now}
        assert turn.now is advice.findings.on(turn.rule, turn.entity).result
        assert not (turn.may_fire and turn.may_stop)


def test_a_rule_that_waits_for_a_fact_could_change_once_it_is_known(advice: Advice) -> None:
    reach = Reach(advice.findings, advice.library)
    facts = list(missing(advice, reach))
    could = {(one.rule.id, id(one.entity)) for one in reach.turns(facts, True)}
    behind = Behind(advice.findings, advice.library, reach)
    waiting = [one for one in advice.findings.unknown if behind.of(one.verdict, one.entity)]
    assert waiting
    assert all((one.rule.id, id(one.entity)) in could for one in waiting)

"""What the rules found is worked out once, and stays with the finding."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.explain.why_in_plan import why_not
from termwise.engine.inference.counterfactual_facts import Change, suppose
from termwise.engine.inference.recommendations import recommend
from termwise.engine.library.conditions import Lookup, Verdict, Vocabulary, evaluate
from termwise.engine.library.facts import Entity
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Condition
from termwise.engine.school.school import School

Pair = tuple[str, str]


@contextmanager
def evaluations(library: Library) -> Iterator[Counter[Pair]]:
    """Count how often a rule is evaluated on an entity as it is, whichever module does it."""
    rules = {id(rule.when): rule.id for rule in library.rules.values()}
    pairs: Counter[Pair] = Counter()

    def counted(condition: Condition, lookup: Lookup, vocabulary: Vocabulary) -> Verdict:
        entity = getattr(lookup, "__self__", None)
        if id(condition) in rules and isinstance(entity, Entity):
            pairs[rules[id(condition)], str(entity)] += 1
        return evaluate(condition, lookup, vocabulary)

    with ExitStack() as patches:
        for name, module in list(sys.modules.items()):
            if name.startswith("termwise.") and vars(module).get("evaluate") is evaluate:
                patches.enter_context(mock.patch.object(module, "evaluate", counted))
        yield pairs


@pytest.fixture(scope="module")
def counted(hillside: School, library: Library) -> tuple[Advice, Counter[Pair]]:
    advise(hillside, library)
    with evaluations(library) as pairs:
        return advise(hillside, library), pairs


def test_advising_evaluates_no_rule_twice_on_one_thing(
    counted: tuple[Advice, Counter[Pair]],
) -> None:
    _, pairs = counted
    assert len(pairs) > 100
    assert {pair: times for pair, times in pairs.items() if times > 1} == {}


def test_a_question_asked_afterwards_evaluates_only_what_was_not(
    counted: tuple[Advice, Counter[Pair]], library: Library
) -> None:
    advice, before = counted
    before = before.copy()
    left_out = next(one.intervention for one in advice.plan.left_out if one.kind == "not-asked")
    with evaluations(library) as pairs:
        first = why_not(advice, left_out)
        asked = pairs.copy()
        assert why_not(advice, left_out) == first
    assert asked and pairs == asked
    assert max(asked.values()) == 1 and not asked.keys() & before.keys()


def test_a_doubted_judgement_is_advised_on_without_evaluating_any_rule(
    counted: tuple[Advice, Counter[Pair]], hillside: School, library: Library
) -> None:
    findings = counted[0].findings
    question = next(one for one in findings.facts.of("question") if "judgement" in one.values)
    with evaluations(library) as pairs:
        then = suppose(findings, library, [Change("question", question.id, "judgement", 0)])
        assert recommend(then, hillside, library).items
    assert not pairs


def test_what_is_supposed_keeps_the_findings_it_does_not_touch_and_no_others(
    counted: tuple[Advice, Counter[Pair]], library: Library
) -> None:
    findings = counted[0].findings
    question = next(one for one in findings.facts.of("question") if "judgement" in one.values)
    then = suppose(findings, library, [Change("question", question.id, "judgement", 0)])
    today = {id(one): one.rule.stratum for one in (*findings.fired, *findings.unknown)}
    kept = [one for one in (*then.fired, *then.unknown) if id(one) in today]
    assert kept and {one.rule.stratum for one in kept} == {"screen"}
    assert all(then.on(one.rule, one.entity) is one for one in kept)


@pytest.mark.parametrize("result", [True, None])
def test_a_finding_is_found_again_by_its_rule_and_entity(
    counted: tuple[Advice, Counter[Pair]], result: bool | None
) -> None:
    findings = counted[0].findings
    made = findings.fired if result else findings.unknown
    assert made and all(findings.on(one.rule, one.entity) is one for one in made)
    assert {one.result for one in made} == {result}


def test_a_rule_that_stays_silent_has_one_finding_too(
    counted: tuple[Advice, Counter[Pair]], library: Library
) -> None:
    findings = counted[0].findings
    fired = {(one.rule.id, id(one.entity)) for one in (*findings.fired, *findings.unknown)}
    silent = [
        (rule, entity)
        for rule in library.rules.values()
        if rule.stratum != "screen"
        for entity in findings.facts.of(rule.about)
        if (rule.id, id(entity)) not in fired
    ]
    assert silent
    for rule, entity in silent:
        finding = findings.on(rule, entity)
        assert finding.result is finding.verdict.result is False
        assert findings.on(rule, entity) is finding

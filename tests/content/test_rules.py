"""Every shipped rule, held to the examples that stand in its own file."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from termwise.engine.assurance.rule_testing.examples import OUTCOMES, check_examples, example_lookup
from termwise.engine.assurance.rule_testing.rule_coverage import rules_coverage
from termwise.engine.library.conditions import evaluate, say
from termwise.engine.library.facts import Value
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.rule import STRATA, Example, Rule, Scalar

LIBRARY = load_library()
RULES = [pytest.param(rule, id=rule.id) for rule in LIBRARY.rules.values()]
CASES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.say}")
    for rule in LIBRARY.rules.values()
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_rule_does_what_its_example_says(rule: Rule, example: Example) -> None:
    values = example_lookup(LIBRARY, rule, example)
    verdict = evaluate(rule.when, values.get, LIBRARY.vocabulary())
    assert OUTCOMES[verdict.result] == example.expect


@pytest.mark.parametrize("rule", RULES)
def test_every_comparison_is_seen_true_and_false_in_some_example(rule: Rule) -> None:
    vocabulary = LIBRARY.vocabulary()
    seen: dict[int, set[bool | None]] = {}
    for example in rule.examples:
        values = example_lookup(LIBRARY, rule, example)
        verdict = evaluate(rule.when, values.get, vocabulary)
        for number, leaf in enumerate(verdict.leaves()):
            seen.setdefault(number, set()).add(leaf.result)
    assert {number: found >= {True, False} for number, found in seen.items()} == dict.fromkeys(
        seen, True
    )


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(rule, id=rule.id)
        for rule in LIBRARY.rules.values()
        if rule.screen and rule.screen.clear is not None
    ],
)
def test_a_reason_is_clear_in_one_example_and_within_error_in_another(rule: Rule) -> None:
    assert {example.clear for example in rule.examples if example.expect == "fires"} == {
        True,
        False,
    }


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_can_be_said_in_words(rule: Rule) -> None:
    lines = say(rule.when, LIBRARY.vocabulary())
    assert lines
    assert not any("<" in line or "None" in line for line in lines)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_tells_what_was_found_and_why_it_matters_in_its_own_words(rule: Rule) -> None:
    told = (rule.title, rule.because, rule.why, rule.limits)
    assert len(set(told)) == 4
    assert all(len(text) > 10 for text in told)
    assert not any("<" in text for text in told), "a label was not put in"


@pytest.mark.parametrize("rule", RULES)
def test_the_examples_of_a_rule_are_told_apart_by_what_they_say(rule: Rule) -> None:
    said = [example.say for example in rule.examples]
    assert len(said) == len(set(said))
    given = [(repr(sorted(example.given.items())), example.expect) for example in rule.examples]
    assert len(given) == len(set(given))


def test_no_example_is_left_that_the_content_check_would_refuse() -> None:
    assert [str(problem) for problem in check_examples(LIBRARY)] == []


@pytest.mark.parametrize("rule", RULES)
def test_the_examples_of_a_rule_leave_nothing_of_it_unseen_and_no_change_unnoticed(
    rule: Rule,
) -> None:
    [found] = rules_coverage(LIBRARY, [rule.id]).rules
    assert [f"{one.place}: {one.words}" for one in found.unseen] == []
    assert [f"{one.place}: {one.change}" for one in found.alive] == []


def test_there_are_at_least_70_rules_and_some_in_every_stratum() -> None:
    assert len(LIBRARY.rules) >= 70
    assert {rule.stratum for rule in LIBRARY.rules.values()} == set(STRATA)


def test_no_two_rules_tell_the_same_reason() -> None:
    rules = LIBRARY.rules.values()
    assert len({rule.because for rule in rules}) == len(rules)


def test_no_two_rules_have_the_same_title() -> None:
    rules = LIBRARY.rules.values()
    assert len({rule.title for rule in rules}) == len(rules)


def test_the_reasons_of_screening_rules_are_unique() -> None:
    reasons = [rule.screen.reason for rule in LIBRARY.rules.values() if rule.screen]
    assert len(reasons) == len(set(reasons))


def spend_share(**given: Scalar) -> float:
    """The share of a budget line that may be committed, by the rules about a school that know no more of it."""
    values, vocabulary = {key: Value(value) for key, value in given.items()}, LIBRARY.vocabulary()
    for need in LIBRARY.needs:
        values[f"need {need}"] = Value(False)

    def fire(stratum: str) -> Iterator[Rule]:
        for rule in LIBRARY.rules.values():
            asked = (rule.about, rule.stratum) == ("school", stratum)
            if asked and evaluate(rule.when, values.get, vocabulary).result:
                yield rule

    for rule in fire("diagnose"):
        assert rule.diagnose is not None
        values[f"need {rule.diagnose.need}"] = Value(True)
    shapes = [rule.shape for rule in fire("shape") if rule.shape]
    return min([s.spend_share for s in shapes if s.spend_share is not None], default=1.0)


@pytest.mark.parametrize(
    ("given", "share"),
    [
        ({"in_year_balance": 0, "in_year_balance_share": 0, "reserves_share": 5}, 1.0),
        ({"in_year_balance": -9000, "in_year_balance_share": -6, "reserves_share": 20}, 1.0),
        ({"in_year_balance": 500, "in_year_balance_share": 0.1, "reserves_share": 1}, 0.8),
        ({"in_year_balance": -900, "in_year_balance_share": -0.5, "reserves_share": 5}, 0.8),
        ({"in_year_balance": -900, "in_year_balance_share": -0.5, "reserves_share": 1}, 0.6),
        ({"in_year_balance": -9000, "in_year_balance_share": -3, "reserves_share": 5}, 0.6),
        ({"in_year_balance": -9000, "reserves_share": 5}, 0.6),
        ({"in_year_balance": -9000}, 0.6),
        ({"in_year_balance": -9000, "in_year_balance_share": -6, "reserves_share": 5}, 0.4),
        ({"in_year_balance_share": -6}, 0.4),
        ({"in_year_balance": -9000, "revenue_balance": -20000, "reserves_share": -2}, 0.4),
        ({"in_year_balance": 4000, "teaching_spend_share": 60, "reserves_share": 5}, 0.8),
        ({}, 1.0),
    ],
    ids=str,
)
def test_the_worse_the_finances_the_less_of_a_line_is_committed(
    given: dict[str, Scalar], share: float
) -> None:
    assert spend_share(**given) == share


A_RULE: dict[str, Any] = {
    "id": "LED-01",
    "title": "A title",
    "status": "draft",
    "since": "2026.1",
    "about": "school",
    "when": {"indicator": "roll", "below": 150},
    "because": "There are {roll} pupils.",
    "why": "It matters.",
    "limits": "A school that is about to grow.",
    "sources": ["house"],
    "examples": [
        {"say": "A small one", "given": {"roll": 80}, "expect": "fires"},
        {"say": "A large one", "given": {"roll": 400}, "expect": "silent"},
    ],
    "diagnose": {"need": "small-school"},
}


def test_a_complete_rule_is_accepted() -> None:
    assert Rule.model_validate(A_RULE).stratum == "diagnose"


@pytest.mark.parametrize(
    "key", ["title", "because", "why", "limits", "sources", "examples", "since", "status"]
)
def test_a_rule_without_one_of_its_parts_is_refused(key: str) -> None:
    with pytest.raises(ValidationError, match=key):
        Rule.model_validate({name: value for name, value in A_RULE.items() if name != key})


@pytest.mark.parametrize("limits", ["none", "None.", "n/a", "No", "no limits", " ", ""])
def test_limits_are_never_none(limits: str) -> None:
    with pytest.raises(ValidationError):
        Rule.model_validate({**A_RULE, "limits": limits})


@pytest.mark.parametrize("expect", ["fires", "silent"])
def test_a_rule_needs_an_example_that_fires_and_one_that_is_silent(expect: str) -> None:
    rule = copy.deepcopy(A_RULE)
    for example in rule["examples"]:
        example["expect"] = expect
    missing = "stays silent" if expect == "fires" else "fires"
    with pytest.raises(ValidationError, match=f"no example that {missing}"):
        Rule.model_validate(rule)


@pytest.mark.parametrize("name", ["led-01", "L-01", "LED1", "LED-1", "LEDGE-01", "LED-0001"])
def test_a_rule_is_cited_by_a_short_id(name: str) -> None:
    with pytest.raises(ValidationError, match="id"):
        Rule.model_validate({**A_RULE, "id": name})


@pytest.mark.parametrize(
    "when",
    [
        {"indicator": "roll"},
        {"indicator": "roll", "below": 5, "above": 3},
        {"indicator": "roll", "bellow": 5},
        {"all": []},
        {"any": []},
        {"not": []},
        {},
        {"all": [{"indicator": "roll", "below": 5}], "any": [{"indicator": "roll", "below": 5}]},
    ],
    ids=str,
)
def test_a_condition_that_says_nothing_or_two_things_is_refused(when: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Rule.model_validate({**A_RULE, "when": when})


def test_a_rule_with_two_outcomes_has_no_stratum() -> None:
    both = {**A_RULE, "shape": {"new_starts": 1}}
    assert Rule.model_validate(both).stratum is None
    neither = {name: value for name, value in A_RULE.items() if name != "diagnose"}
    assert Rule.model_validate(neither).stratum is None

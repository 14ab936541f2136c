"""Rules put to the test: every kind of change is tried, what no example notices is named, and the
example that is suggested for it notices it."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from termwise.cli import main
from termwise.commands import shared
from termwise.engine.assurance.rule_testing.examples import (
    OUTCOMES,
    check_examples,
    example_entity,
    example_lookup,
    rules_tried,
)
from termwise.engine.assurance.rule_testing.model import RuleCoverage
from termwise.engine.assurance.rule_testing.mutants import mutants
from termwise.engine.assurance.rule_testing.rule_coverage import rules_coverage
from termwise.engine.assurance.rule_testing.sample_values import SampleValues, judge
from termwise.engine.core.errors import UnknownNameError
from termwise.engine.core.yaml_source.build import build
from termwise.engine.core.yaml_source.parse import parse_yaml
from termwise.engine.documents.answers import rendered
from termwise.engine.documents.builders.rule_testing import example_as_yaml
from termwise.engine.inference import durable_rules as match
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.conditions import evaluate, leaves
from termwise.engine.library.facts import Value
from termwise.engine.library.load_checked import load_library
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Indicator, Need
from termwise.engine.library.record_reader import Origin
from termwise.engine.library.rule import Condition, Example, Rule
from termwise.engine.library.validate.conditions_of_rules import rule_conditions

LIBRARY = load_library()
CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


def indicator(name: str, kind: str, **more: Any) -> Indicator:
    data = {"id": name, "about": "school", "title": name, "type": kind, "from": "school", **more}
    return Indicator.model_validate(data)


MADE_UP = {
    one.id: one
    for one in (
        indicator("size", "count", range=[0, 5]),
        indicator("share", "percent", range=[0, 2], step=0.5),
        indicator("open", "yes-no"),
        indicator("hue", "category", values=["red", "green", "blue"]),
        indicator("marks", "set"),
        indicator("grade", "grade", scale="judgement"),
    )
}
NEED = Need.model_validate({"id": "help", "title": "help", "strand": "x", "about": "school"})
GRADES = [grade.id for grade in LIBRARY.default_scales()["judgement"].grades]

RULE = """\
id: GEN-01
title: Made up
status: draft
since: "2026.1"
about: {about}
when: {when}
because: What was found
why: A reason
limits: It is made up
sources: [house]
{outcome}
examples:
{examples}
"""
EITHER = "- {say: a, expect: fires}\n- {say: b, expect: silent}"


def library_with(
    when: str,
    examples: str = EITHER,
    outcome: str = "diagnose: {need: help}",
    about: str = "school",
) -> Library:
    """A library with one rule, read from text so that everything in it has its place."""
    text = RULE.format(when=when, examples=examples, outcome=outcome, about=about)
    problems: list[Any] = []
    document = parse_yaml(text, "made-up.yaml", problems)
    assert document is not None
    rule = build(Rule, document, problems)
    assert rule is not None, problems
    return replace(
        LIBRARY,
        rules={rule.id: rule},
        indicators={**LIBRARY.indicators, **MADE_UP},
        needs={**LIBRARY.needs, "help": NEED},
        origins={**LIBRARY.origins, ("rule", rule.id): Origin(document)},
    )


def covered(library: Library, suggest: bool = False) -> RuleCoverage:
    [rule] = rules_coverage(library, suggest=suggest).rules
    return rule


def changes(when: str) -> list[str]:
    """The changes that are tried on a condition, in words."""
    library = library_with(when)
    vocabulary = library.vocabulary()
    return [one.words for one in mutants(library.rules["GEN-01"].when, ("when",), vocabulary)]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (
            "{indicator: size, at_least: 3}",
            [
                "size: at_least 3 -> at_least 4",
                "size: at_least 3 -> at_least 2",
                "size: at_least 3 -> above 3",
                "size: at_least 3 -> at_most 3",
                "size: at_least 3 -> below 3",
            ],
        ),
        (
            "{indicator: share, below: 1}",
            [
                "share: below 1 -> below 1.5",
                "share: below 1 -> below 0.5",
                "share: below 1 -> at_least 1",
                "share: below 1 -> above 1",
                "share: below 1 -> at_most 1",
            ],
        ),
        (
            "{indicator: size, is: 3}",
            ["size: is 3 -> is 4", "size: is 3 -> is 2", "size: is 3 -> not"],
        ),
        ("{indicator: open, is: true}", ["open: is true -> is false"]),
        ("{indicator: open, known: false}", ["open: known false -> known true"]),
        ("{indicator: hue, is: red}", ["hue: is red -> not"]),
        (
            "{indicator: hue, one_of: [red, blue]}",
            [
                "hue: one_of [red, blue] -> one_of [blue]",
                "hue: one_of [red, blue] -> one_of [red]",
                "hue: one_of [red, blue] -> one_of [red, blue, green]",
                "hue: one_of [red, blue] -> not",
            ],
        ),
        ("{indicator: marks, includes: clear}", ["marks: includes clear -> not"]),
        ("{need: help}", ["need help -> not"]),
        ("{not: {need: help}}", ["not -> taken away"]),
        (
            "{all: [{need: help}, {not: {indicator: open, is: true}}]}",
            [
                "all -> any",
                "need help -> dropped",
                "need help -> not",
                "not open is -> dropped",
                "not -> taken away",
                "open: is true -> is false",
            ],
        ),
        (
            "{any: [{need: help}, {indicator: hue, is: red}]}",
            [
                "any -> all",
                "need help -> dropped",
                "need help -> not",
                "hue is -> dropped",
                "hue: is red -> not",
            ],
        ),
        ("{all: [{need: help}]}", ["need help -> not"]),
        (
            "{not: {indicator: hue, one_of: [red, blue]}}",
            [
                "not -> taken away",
                "hue: one_of [red, blue] -> one_of [blue]",
                "hue: one_of [red, blue] -> one_of [red]",
                "hue: one_of [red, blue] -> one_of [red, blue, green]",
            ],
        ),
    ],
)
def test_every_kind_of_change_is_tried(when: str, expected: list[str]) -> None:
    assert changes(when) == expected


def test_a_grade_moves_to_the_next_one_and_never_off_its_scale() -> None:
    lowest = changes(f"{{indicator: grade, at_most: {GRADES[0]}}}")
    moved = [words for words in lowest if words.split(" -> ")[1].startswith("at_most")]
    assert moved == [f"grade: at_most {GRADES[0]} -> at_most {GRADES[1]}"]


def test_a_threshold_moves_for_this_rule_alone() -> None:
    name, threshold = next(
        (name, one) for name, one in LIBRARY.thresholds.items() if one.value == 2
    )
    written = f"size: at_least 2 ({name})"
    assert changes(f"{{indicator: size, at_least: {{threshold: {name}}}}}")[:2] == [
        f"{written} -> at_least 3",
        f"{written} -> at_least 1",
    ]
    assert threshold.value == 2


def test_a_change_is_told_at_the_line_and_column_of_what_was_changed() -> None:
    when = "\n  all:\n  - {indicator: size, at_least: 3}\n  - {not: {indicator: open, is: true}}"
    found = covered(library_with(when, "- {say: a, expect: fires}\n- {say: b, expect: silent}"))
    places = {one.change: (one.place.file, one.place.line) for one in found.alive}
    assert places["size: at_least 3 -> above 3"] == ("made-up.yaml", 8)
    assert places["not -> taken away"] == ("made-up.yaml", 9)
    assert places["all -> any"][1] in (6, 7)


ENOUGH = """\
- {say: on the line, given: {size: 3}, expect: fires}
- {say: below it, given: {size: 2}, expect: silent}
- {say: above it, given: {size: 5}, expect: fires}
"""


def test_examples_on_both_sides_of_a_line_leave_no_change_unnoticed() -> None:
    found = covered(library_with("{indicator: size, at_least: 3}", ENOUGH))
    assert (found.conditions, found.seen_true, found.seen_false) == (1, 1, 1)
    assert (found.mutants, found.killed) == (5, 5)
    assert found.complete


def test_without_the_example_on_the_line_the_changes_there_live() -> None:
    far = ENOUGH.replace("{size: 3}", "{size: 4}")
    found = covered(library_with("{indicator: size, at_least: 3}", far))
    assert [one.change for one in found.alive] == [
        "size: at_least 3 -> at_least 4",
        "size: at_least 3 -> above 3",
    ]
    assert not found.complete


def test_an_example_that_comes_out_otherwise_shows_nothing() -> None:
    wrong = ENOUGH.replace("{size: 3}, expect: fires", "{size: 3}, expect: unknown")
    library = library_with("{indicator: size, at_least: 3}", wrong)
    assert [one.change for one in covered(library).alive] == [
        "size: at_least 3 -> at_least 4",
        "size: at_least 3 -> above 3",
    ]
    [told] = rules_tried(library).otherwise
    coverage = rules_coverage(library, ["GEN-01"])
    assert coverage.rules[0].otherwise == (told,) and not coverage.complete
    first, second, *_ = rendered(coverage, "text").splitlines()
    assert first == f"{told.place}: {told.words}"
    assert second == (
        "Of the examples 1 comes out otherwise than it says, and shows nothing here: mend that first."
    )
    assert str(told.place) == "made-up.yaml:13:3"
    assert told.words == "GEN-01: “on the line” fires, expected: unknown"


def test_a_comparison_never_seen_true_is_told_and_an_example_for_it_suggested() -> None:
    when = "{any: [{indicator: size, at_least: 3}, {indicator: hue, is: red}]}"
    found = covered(library_with(when, ENOUGH.replace("size: 2", "size: 2, hue: blue")), True)
    [unseen] = found.unseen
    assert (unseen.key, unseen.seen_true, unseen.seen_false) == ("hue", False, True)
    assert any("hue is seen true" in words for one in found.missing for words in one.notices)


CLEAR = """\
screen:
  state: at-risk
  reason: made-up
  clear: {indicator: size, at_most: 1}
"""


def test_what_makes_a_reason_clear_is_changed_too() -> None:
    examples = """\
- {say: a, given: {open: true, size: 0}, expect: fires, clear: true}
- {say: b, given: {open: true, size: 3}, expect: fires, clear: false}
- {say: c, given: {open: false, size: 0}, expect: silent}
"""
    library = library_with("{indicator: open, is: true}", examples, CLEAR, "pupil-subject")
    found = covered(library, suggest=True)
    assert (found.conditions, found.seen_true, found.seen_false) == (2, 2, 2)
    assert {one.change for one in found.alive} == {
        "size: at_most 1 -> at_most 2",
        "size: at_most 1 -> at_most 0",
        "size: at_most 1 -> below 1",
    }
    suggested = [(one.example.given["size"], one.example.clear) for one in found.missing]
    assert sorted(suggested, key=str) == [(1, True), (2, False)]


def test_what_makes_a_reason_clear_is_seen_only_where_the_rule_fires() -> None:
    examples = """\
- {say: a, given: {open: true, size: 0}, expect: fires, clear: true}
- {say: b, given: {open: false, size: 3}, expect: silent}
"""
    library = library_with("{indicator: open, is: true}", examples, CLEAR, "pupil-subject")
    found = covered(library)
    assert (found.seen_true, found.seen_false) == (2, 1)
    assert [one.key for one in found.unseen] == ["size"]


def test_a_condition_too_many_is_told_apart_as_the_same_rule() -> None:
    when = "{all: [{indicator: size, at_least: 3}, {indicator: size, at_least: 2}]}"
    examples = ENOUGH + "- {say: far below, given: {size: 1}, expect: silent}\n"
    found = covered(library_with(when, examples))
    assert [one.change for one in found.same] == [
        "size at_least -> dropped",
        "size: at_least 2 -> at_least 3",
        "size: at_least 2 -> at_least 1",
        "size: at_least 2 -> above 2",
    ]
    assert found.complete
    text = rendered(rules_coverage(library_with(when, examples)), "text")
    assert "is there a condition too many?\nmade-up.yaml:" in text


def test_more_values_than_can_be_gone_through_are_owned_up_to() -> None:
    parts = ", ".join(f"{{indicator: marks, includes: m{n}}}" for n in range(12))
    marks = ", ".join(f"m{n}" for n in range(12))
    examples = f"- {{say: a, given: {{marks: [{marks}]}}, expect: fires}}\n"
    examples += "- {say: b, given: {marks: []}, expect: silent}\n"
    found = covered(library_with(f"{{all: [{parts}]}}", examples), suggest=True)
    assert found.alive
    assert all(one.unsettled for one in found.alive)
    assert found.missing, "the nearest examples are suggested all the same"


# --- suggestions ----------------------------------------------------------------------------------


def with_examples(library: Library, rule: Rule, examples: tuple[Example, ...]) -> Library:
    again = rule.model_copy(update={"examples": examples})
    return replace(library, rules={rule.id: again})


@pytest.mark.parametrize("rule", LIBRARY.rules.values(), ids=LIBRARY.rules)
def test_what_is_suggested_for_a_rule_with_two_examples_shows_all_of_it(rule: Rule) -> None:
    two = tuple(
        next(e for e in rule.examples if e.expect == wanted) for wanted in ("fires", "silent")
    )
    found = covered(with_examples(LIBRARY, rule, two), suggest=True)
    suggested = tuple(one.example for one in found.missing)
    again = with_examples(LIBRARY, rule, (*two, *suggested))
    assert rules_tried(again).otherwise == ()
    assert covered(again).complete
    assert len({example.say for example in (*two, *suggested)}) == 2 + len(suggested)


@pytest.mark.parametrize("rule", list(LIBRARY.rules.values())[::9], ids=list(LIBRARY.rules)[::9])
def test_a_suggestion_notices_the_very_change_it_is_for(rule: Rule) -> None:
    two = tuple(
        next(e for e in rule.examples if e.expect == wanted) for wanted in ("fires", "silent")
    )
    library = with_examples(LIBRARY, rule, two)
    found = covered(library, suggest=True)
    for one in found.missing:
        left = covered(with_examples(LIBRARY, rule, (*two, one.example)))
        still = {f"{mutant.place}: {mutant.change}" for mutant in left.alive}
        still |= {f"{unseen.place}: {unseen.key} is seen true" for unseen in left.unseen}
        told = [words for words in one.notices if " is seen " not in words]
        assert one.notices
        assert not still & set(told)


def test_a_suggestion_can_be_pasted_as_it_is() -> None:
    rule = next(r for r in LIBRARY.rules.values() if r.screen and r.screen.clear)
    found = covered(with_examples(LIBRARY, rule, rule.examples[:2]), suggest=True)
    assert found.missing
    for one in found.missing:
        [read] = yaml.safe_load("\n".join(example_as_yaml(one)))
        assert Example.model_validate(read) == one.example


def test_a_suggestion_changes_one_value_where_one_is_enough() -> None:
    far = ENOUGH.replace("{size: 3}", "{size: 4, hue: red}")
    found = covered(library_with("{indicator: size, at_least: 3}", far), suggest=True)
    [one] = found.missing
    assert one.example.given == {"hue": "red", "size": 3}
    assert one.example.expect == "fires"
    assert one.example.say == "As “on the line”, but size: 3"
    assert len(one.notices) == 2


def test_the_suggestion_that_notices_most_comes_first() -> None:
    far = "- {say: many, given: {size: 5}, expect: fires}\n- {say: none, given: {size: 0}, expect: silent}\n"
    found = covered(library_with("{indicator: size, at_least: 3}", far), suggest=True)
    assert [(one.example.given["size"], len(one.notices)) for one in found.missing] == [
        (3, 2),
        (2, 1),
    ]


def test_of_values_that_are_judged_alike_the_one_at_the_line_is_tried() -> None:
    library = library_with("{indicator: size, at_least: 3}")
    [leaf] = leaves(library.rules["GEN-01"].when)
    assert [point.given for point in SampleValues(library).points("size", [leaf])] == [3, 2, None]


BOTH = "{all: [{indicator: share, at_least: 1}, {indicator: open, is: true}]}"


def test_a_suggestion_stands_a_step_from_the_line() -> None:
    examples = """\
- {say: at most, given: {share: 2, open: true}, expect: fires}
- {say: on the line, given: {share: 1, open: true}, expect: fires}
- {say: nothing, given: {share: 0, open: true}, expect: silent}
- {say: shut, given: {share: 2, open: false}, expect: silent}
"""
    found = covered(library_with(BOTH, examples), suggest=True)
    assert [one.change for one in found.alive] == ["share: at_least 1 -> at_least 0.5"]
    [one] = found.missing
    assert one.example.given == {"open": True, "share": 0.5}


def test_a_suggestion_changes_two_values_of_an_example_where_it_must() -> None:
    examples = """\
- {say: open, given: {share: 2, open: true, hue: red}, expect: fires}
- {say: shut, given: {share: 0, open: false, hue: red}, expect: silent}
"""
    when = "{any: [{all: [{indicator: share, at_least: 1}, {indicator: open, is: true}]}, "
    when += "{all: [{indicator: share, at_most: 0}, {indicator: open, is: false}, {need: help}]}]}"
    found = covered(library_with(when, examples), suggest=True)
    bases = {example["say"]: example["given"] for example in yaml.safe_load(examples)}
    apart = []
    for one in found.missing:
        base = bases[one.example.say[4:].partition("”")[0]]
        keys = base.keys() | one.example.given.keys()
        apart.append(sum(base.get(key) != one.example.given.get(key) for key in keys))
    assert apart
    assert set(apart) <= {1, 2}


# --- the proof ------------------------------------------------------------------------------------

COMPARED = st.one_of(
    st.builds(
        lambda op, n: {"indicator": "size", op: n},
        st.sampled_from(["at_least", "at_most", "above", "below", "is"]),
        st.integers(0, 5),
    ),
    st.builds(
        lambda op, n: {"indicator": "share", op: n},
        st.sampled_from(["at_least", "at_most", "above", "below", "is"]),
        st.sampled_from([0, 0.5, 0.75, 1, 2]),
    ),
    st.builds(lambda name, truth: {"indicator": name, "known": truth},
              st.sampled_from(["size", "open"]), st.booleans()),
    st.builds(lambda truth: {"indicator": "open", "is": truth}, st.booleans()),
    st.builds(lambda hue: {"indicator": "hue", "is": hue}, st.sampled_from(["red", "blue"])),
    st.builds(lambda m: {"indicator": "marks", "includes": m}, st.sampled_from(["a", "b"])),
    st.just({"need": "help"}),
)  # fmt: skip
CONDITIONS = st.recursive(
    COMPARED,
    lambda parts: st.one_of(
        st.builds(lambda items: {"all": items}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda items: {"any": items}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda item: {"not": item}, parts),
    ),
    max_leaves=4,
)
EVERYTHING: dict[str, list[Any]] = {
    "size": [None, 0, 1, 2, 3, 4, 5],
    "share": [None, *(n / 8 for n in range(17))],
    "open": [None, True, False],
    "hue": [None, "red", "green", "blue"],
    "marks": [None, *(frozenset(c) for n in range(4) for c in itertools.combinations("abc", n))],
    "need help": [True, False],
}


def between(name: str, low: float, high: float) -> dict[str, Any]:
    return {"all": [{"indicator": name, "above": low}, {"indicator": name, "below": high}]}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (between("share", 1, 1.5), between("share", 1, 1), False),
        (between("share", 0, 2), between("share", 2, 0), False),
        (between("size", 1, 2), between("size", 3, 4), True),
        (between("size", 1, 3), between("size", 3, 4), False),
        ({"indicator": "share", "at_most": 2}, {"indicator": "share", "at_most": 3}, True),
        ({"indicator": "size", "at_most": 5}, {"indicator": "size", "known": True}, False),
    ],
)
def test_what_lies_between_two_lines_and_beyond_the_range_is_known(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    """Of whole numbers there is none between 1 and 2; of shares there is; and none is out of range."""
    library = library_with("{indicator: open, is: true}")
    first, second = CONDITION.validate_python(one), CONDITION.validate_python(other)
    vocabulary = library.vocabulary()
    found = SampleValues(library).difference(
        judge(first, None, vocabulary),
        judge(second, None, vocabulary),
        [*leaves(first), *leaves(second)],
    )
    assert (found is None) is same


@settings(max_examples=150)
@given(CONDITIONS)
def test_the_same_rule_is_the_same_for_all_there_can_be(data: dict[str, Any]) -> None:
    """The proof over critical values, against every value there can be."""
    library = library_with("{indicator: open, is: true}")
    values, vocabulary = SampleValues(library), library.vocabulary()
    condition = CONDITION.validate_python(data)
    whole = judge(condition, None, vocabulary)
    for changed in mutants(condition, ("when",), vocabulary):
        mutant = judge(changed.condition, None, vocabulary)
        compared = [*leaves(condition), *leaves(changed.condition)]
        found = values.difference(whole, mutant, compared)
        keys = list(dict.fromkeys(leaf.key for leaf in compared))
        every = (
            {
                key: None if item is None else Value(item)
                for key, item in zip(keys, row, strict=True)
            }
            for row in itertools.product(*(EVERYTHING[key] for key in keys))
        )
        differs = any(whole(row) != mutant(row) for row in every)
        assert (found is not None) is differs, changed.words


# --- the shipped rules ----------------------------------------------------------------------------


@pytest.mark.parametrize("rule", list(LIBRARY.rules.values())[::7], ids=list(LIBRARY.rules)[::7])
def test_durable_rules_and_conditions_agree_on_changed_rules(rule: Rule) -> None:
    vocabulary = LIBRARY.vocabulary()
    changed = [
        rule.model_copy(update={"id": f"GEN-{number:03d}", "when": one.condition})
        for number, one in enumerate(mutants(rule.when, ("when",), vocabulary))
    ]
    things = [
        example_entity(rule, example_lookup(LIBRARY, rule, example), f"{number}")
        for number, example in enumerate(rule.examples)
    ]

    def named(pairs: list[tuple[Rule, Any]]) -> list[tuple[str, str]]:
        return sorted((rule.id, entity.id) for rule, entity in pairs)

    assert named(match.fired(changed, things, vocabulary)) == named(
        fired_by_conditions(changed, things, vocabulary)
    )


def test_the_mutants_of_shipped_rules_are_counted_the_same_by_the_verdict_trees() -> None:
    """A second way: each change as a condition read anew, and evaluated to its tree."""
    vocabulary = LIBRARY.vocabulary()
    total = killed = 0
    for rule in LIBRARY.rules.values():
        for condition, path in rule_conditions(rule):
            for one in mutants(condition, path, vocabulary):
                plain = one.condition.model_dump(by_alias=True, exclude_none=True)
                again = CONDITION.validate_python(plain)
                total += 1
                killed += any(
                    outcome(rule, again, path, example) != (example.expect, example.clear)
                    for example in rule.examples
                )
    coverage = rules_coverage(LIBRARY)
    same = sum(len(rule.same) for rule in coverage.rules)
    assert (coverage.mutants + same, coverage.killed) == (total, killed)


def outcome(
    rule: Rule, changed: Condition, path: tuple[Any, ...], example: Example
) -> tuple[str, bool | None]:
    values, vocabulary = example_lookup(LIBRARY, rule, example), LIBRARY.vocabulary()
    when = changed if path == ("when",) else rule.when
    found = OUTCOMES[evaluate(when, values.get, vocabulary).result]
    clear = rule.screen.clear if rule.screen else None
    if clear is None or found != "fires":
        return found, None
    sure = clear if path == ("when",) else changed
    return found, evaluate(sure, values.get, vocabulary).result is True


def broken(rule: Rule, at: int) -> Library:
    """The shipped library with one example of a rule that expects something else."""
    was = rule.examples[at]
    other = "silent" if was.expect == "fires" else "fires"
    example = was.model_copy(update={"expect": other})
    examples = (*rule.examples[:at], example, *rule.examples[at + 1 :])
    again = rule.model_copy(update={"examples": examples})
    return replace(LIBRARY, rules={**LIBRARY.rules, rule.id: again})


@pytest.mark.parametrize("rule", list(LIBRARY.rules.values())[::30], ids=list(LIBRARY.rules)[::30])
def test_a_broken_example_of_a_shipped_rule_is_named_with_its_place(rule: Rule) -> None:
    at = len(rule.examples) - 1
    [told] = rules_tried(broken(rule, at)).otherwise
    assert told.rule == rule.id
    assert told.place == LIBRARY.place("rule", rule.id, "examples", at)
    assert told.place.line > 1
    assert f"“{rule.examples[at].say}”" in told.words


def test_an_example_that_gives_what_can_not_be_is_told_and_shows_nothing() -> None:
    text = ENOUGH + "- {say: d, given: {size: many}, expect: silent}\n"
    text += f"- {{say: e, given: {{grade: {GRADES[0]}-ish}}, expect: unknown}}\n"
    library = library_with("{indicator: size, at_least: 3}", text)
    found = [str(problem) for problem in check_examples(library)]
    assert found == [
        "made-up.yaml:16:3: gives 'many' for “size”, which is a count",
        "made-up.yaml:17:3: gives a grade that is not on its scale",
    ]
    assert [one.words for one in rules_tried(library).otherwise] == [
        "gives 'many' for “size”, which is a count",
        "gives a grade that is not on its scale",
    ]
    assert covered(library).complete


def test_where_the_engines_differ_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    library = library_with("{indicator: size, at_least: 3}", ENOUGH)
    monkeypatch.setattr("termwise.engine.assurance.rule_testing.examples.fired", lambda *_: [])
    told = rules_tried(library).otherwise
    assert [one.place.line for one in told] == [13, 15]
    assert "“on the line” does not fire in" in told[0].words
    assert "2 come out otherwise than they say." in rendered(rules_tried(library), "text")


def test_all_shipped_examples_come_out_as_they_say() -> None:
    tried = rules_tried(LIBRARY)
    assert tried.otherwise == ()
    assert tried.rules == len(LIBRARY.rules)
    assert tried.examples == sum(len(rule.examples) for rule in LIBRARY.rules.values())


def test_the_strata_add_up_to_the_whole() -> None:
    coverage = rules_coverage(LIBRARY)
    for name in ("conditions", "seen_true", "seen_false", "mutants", "killed"):
        total = getattr(coverage, name)
        assert sum(getattr(one, name) for one in coverage.strata.values()) == total
        assert sum(getattr(one, name) for one in coverage.rules) == total


def test_rules_are_called_by_name_and_a_wrong_one_names_the_near_ones() -> None:
    first, last = next(iter(LIBRARY.rules)), list(LIBRARY.rules)[-1]
    assert [one.rule for one in rules_coverage(LIBRARY, [last, first, last]).rules] == [first, last]
    with pytest.raises(UnknownNameError, match=f"there is no rule “{first}0”; did you mean “"):
        rules_tried(LIBRARY, [f"{first}0"])


# --- the commands ---------------------------------------------------------------------------------


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["rules", *words])
    return result.exit_code, result.output


def test_the_commands_exit_with_1_when_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = next(iter(LIBRARY.rules.values()))
    monkeypatch.setattr(shared, "library", lambda: broken(rule, 0))
    code, text = run("test")
    assert code == 1
    assert text.startswith(f"{LIBRARY.place('rule', rule.id, 'examples', 0)}: {rule.id}: ")
    assert run("coverage", rule.id)[0] == 1
    code, text = run("test", list(LIBRARY.rules)[1])
    assert code == 0
    assert "all come out as they say" in text


def test_the_commands_print_json(monkeypatch: pytest.MonkeyPatch) -> None:
    far = ENOUGH.replace("{size: 3}", "{size: 4}")
    library = library_with("{indicator: size, at_least: 3}", far)
    monkeypatch.setattr(shared, "library", lambda: library)
    code, text = run("test", "--format", "json")
    assert (code, json.loads(text)["otherwise"]) == (0, [])
    code, text = run("coverage", "--suggest", "--format", "json")
    found = json.loads(text)
    assert code == 1
    assert {name: found[name] for name in ("conditions", "seen_true", "seen_false")} == {
        "conditions": 1, "seen_true": 1, "seen_false": 1,
    }  # fmt: skip
    assert (found["mutants"], found["killed"]) == (5, 3)
    [rule] = found["rules"]
    assert (rule["mutants"], rule["killed"]) == (5, 3)
    place = {"file": "made-up.yaml", "line": 6, "column": 1}
    assert rule["alive"][0]["place"].items() >= place.items()
    assert rule["missing"][0]["example"]["given"] == {"size": 3}


def test_coverage_as_text_says_what_is_missing_only_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    far = ENOUGH.replace("{size: 3}", "{size: 4}")
    library = library_with("{indicator: size, at_least: 3}", far)
    monkeypatch.setattr(shared, "library", lambda: library)
    code, text = run("coverage")
    assert code == 1
    assert "made-up.yaml:6:1: GEN-01: size: at_least 3 -> above 3\n" in text
    assert "- say:" not in text
    code, text = run("coverage", "--suggest")
    assert "# notices made-up.yaml:6:1: size: at_least 3 -> above 3\n- say: " in text
    assert "  given: {size: 3}\n  expect: fires\n" in text


def test_the_same_library_gives_the_same_bytes() -> None:
    once = rendered(rules_coverage(LIBRARY, suggest=True), "text")
    assert rendered(rules_coverage(load_library(), suggest=True), "text") == once

"""durable-rules and conditions agree, and what durable-rules does unexpectedly is met.

A fault in the C extension takes the whole process with it. So what was once found to be unsafe runs
in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.assurance.rule_testing.examples import OUTCOMES, example_lookup
from termwise.engine.inference import durable_rules as match
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.conditions import Vocabulary
from termwise.engine.library.facts import Entity, Raw, Value
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import STRATA, Rule
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.school import School
from tests.places import EXAMPLES

if TYPE_CHECKING:
    from tests.conftest import World

needs_durable = pytest.mark.skipif(
    match.NAME != "durable-rules", reason="durable-rules is not installed"
)
Fired = list[tuple[str, str]]


def rule(number: int, when: dict[str, Any], about: str = "school") -> Rule:
    """A made-up rule; only its condition matters here."""
    return Rule.model_validate(
        {
            "id": f"GEN-{number:03d}",
            "title": "Generated",
            "status": "draft",
            "since": "2026.1",
            "about": about,
            "when": when,
            "because": "-",
            "why": "-",
            "limits": "made up",
            "sources": ["house"],
            "examples": [{"say": "a", "expect": "fires"}, {"say": "b", "expect": "silent"}],
            "diagnose": {"need": "help"},
        }
    )


ALARM = rule(999, {"indicator": "sentinel", "is": True})
BELL = Entity("school", "bell", "", (), {"sentinel": Value(True)})


def named(pairs: Iterable[tuple[Rule, Entity]]) -> Fired:
    return [(rule.id, entity.id) for rule, entity in pairs]


def both(
    rules: Sequence[Rule], things: Sequence[Entity], vocabulary: Vocabulary
) -> tuple[Fired, Fired]:
    """What durable-rules makes of it and what conditions make of it."""
    return (
        named(match.fired([*rules, ALARM], [*things, BELL], vocabulary)),
        named(fired_by_conditions([*rules, ALARM], [*things, BELL], vocabulary)),
    )


@needs_durable
@given(data=st.data())
def test_durable_rules_and_conditions_agree_on_generated_rules(
    world: World, data: st.DataObject
) -> None:
    trees = data.draw(st.lists(world.conditions, min_size=4, max_size=16))
    rules = [rule(number, tree) for number, tree in enumerate(trees)]
    drawn = data.draw(st.lists(st.tuples(world.values, world.needs), min_size=3, max_size=10))
    things = [
        Entity("school", f"e{number}", "", (), values, needs)
        for number, (values, needs) in enumerate(drawn)
    ]
    compiled, evaluated = both(rules, things, world.vocabulary)
    assert compiled == evaluated


MARKS: list[Raw] = [frozenset(), frozenset(["gamma-ray"]), frozenset(["alpha"])]
EDGES: list[tuple[dict[str, Any], str, list[Raw]]] = [
    ({"indicator": "size", "at_least": 0}, "size", [-1, -0.0, 0, 0.0, 0.0000001, 1]),
    ({"indicator": "size", "below": 0}, "size", [-1, -0.5, -0.0000001, 0, 0.5]),
    ({"indicator": "size", "at_most": -2}, "size", [-3, -2.5, -2, -2.0, -1.5, 2]),
    ({"indicator": "size", "above": -0.5}, "size", [-1, -0.5, -0.4, 0, 0.5]),
    ({"indicator": "size", "above": 0}, "size", [1e-9, 0.00001, 0.00006, 0.0001, -0.00001]),
    ({"indicator": "size", "is": 0}, "size", [0, 0.0, -0.0, 1, -1]),
    ({"indicator": "size", "is": -1}, "size", [-1, -1.0, 1, 0]),
    ({"indicator": "size", "is": 2.5}, "size", [2.5, 2, 3, -2.5]),
    ({"indicator": "size", "at_least": 0.3}, "size", [0.1 + 0.2, 0.3, 0.29]),
    ({"indicator": "part", "at_least": 33.333333}, "part", [100 / 3, 33.33, 34]),
    ({"indicator": "balance", "below": -100000.5}, "balance", [-100001, -100000.5, 1e7, -1e7]),
    ({"indicator": "part", "at_least": {"threshold": "line"}}, "part", [12, 12.5, 13]),
    ({"indicator": "open", "is": True}, "open", [True, False]),
    ({"indicator": "open", "is": False}, "open", [True, False]),
    ({"indicator": "kind", "is": "gamma-ray"}, "kind", ["alpha", "beta", "gamma-ray"]),
    ({"indicator": "kind", "one_of": ["alpha", "beta"]}, "kind", ["alpha", "beta", "gamma-ray"]),
    ({"indicator": "kind", "one_of": ["1", "2"]}, "kind", ["1", "2", "3", "R"]),
    ({"indicator": "marks", "includes": "gamma-ray"}, "marks", MARKS),
    ({"indicator": "grade", "at_most": "low"}, "grade", [0, 1, 3]),
    ({"indicator": "grade", "is": "low"}, "grade", [0, 1, 3]),
    ({"indicator": "grade", "is": {"grade": "strong"}}, "grade", [0, 1, 3]),
    ({"indicator": "size", "known": True}, "size", [0, -1, 2.5]),
    ({"indicator": "size", "known": False}, "size", [0]),
]  # fmt: skip


@needs_durable
@pytest.mark.parametrize("turned", [False, True], ids=["as it is", "turned"])
@pytest.mark.parametrize(("when", "name", "values"), EDGES, ids=lambda item: str(item))
def test_durable_rules_and_conditions_agree_on_edges(
    world: World, when: dict[str, Any], name: str, values: list[Raw], turned: bool
) -> None:
    things = [
        Entity("school", f"e{number}", "", (), {name: Value(value)})
        for number, value in enumerate(values)
    ]
    things.append(Entity("school", "nothing known", ""))
    one = rule(1, {"not": when} if turned else when)
    compiled, evaluated = both([one], things, world.vocabulary)
    assert compiled == evaluated
    assert ("GEN-001", "nothing known") not in evaluated or "known" in when


@needs_durable
@pytest.mark.parametrize(
    ("when", "value"),
    [
        ({"indicator": "grade", "one_of": ["low", "top"]}, 3),
        ({"indicator": "size", "one_of": [1, 2]}, 2),
    ],
    ids=["grade", "number"],
)
def test_durable_rules_and_conditions_agree_on_one_of_several_ordered_values(
    world: World, when: dict[str, Any], value: Raw
) -> None:
    name = str(when["indicator"])
    thing = Entity("school", "e", "", (), {name: Value(value)})
    compiled, evaluated = both([rule(1, when)], [thing], world.vocabulary)
    assert compiled == evaluated


@needs_durable
def test_durable_rules_and_conditions_agree_on_a_fraction_that_is_compared_with_is(
    world: World,
) -> None:
    thing = Entity("school", "e", "", (), {"size": Value(0.1 + 0.2)})
    compiled, evaluated = both(
        [rule(1, {"indicator": "size", "is": 0.3})], [thing], world.vocabulary
    )
    assert compiled == evaluated


@needs_durable
@given(data=st.data())
def test_the_same_rules_and_entities_give_the_same_twice(world: World, data: st.DataObject) -> None:
    trees = data.draw(st.lists(world.conditions, min_size=1, max_size=4))
    rules = [*(rule(number, tree) for number, tree in enumerate(trees)), ALARM]
    values = data.draw(st.lists(world.values, min_size=1, max_size=4))
    things = [*(Entity("school", f"e{i}", "", (), v) for i, v in enumerate(values)), BELL]
    first = named(match.fired(rules, things, world.vocabulary))
    assert named(match.fired(rules, things, world.vocabulary)) == first


@needs_durable
def test_what_one_run_found_is_not_there_in_the_next(world: World) -> None:
    one = rule(1, {"indicator": "open", "is": True})
    opened = Entity("school", "e", "", (), {"open": Value(True)})
    closed = Entity("school", "e", "", (), {"open": Value(False)})
    assert ("GEN-001", "e") in both([one], [opened], world.vocabulary)[0]
    assert ("GEN-001", "e") not in both([one], [closed], world.vocabulary)[0]


@needs_durable
def test_entities_that_are_alike_fire_each_for_themselves(world: World) -> None:
    one = rule(1, {"indicator": "open", "is": True})
    things = [Entity("school", f"e{i}", "", (), {"open": Value(True)}) for i in range(50)]
    compiled, _ = both([one], things, world.vocabulary)
    assert [entity for found, entity in compiled if found == "GEN-001"] == [t.id for t in things]


def test_a_rule_is_matched_only_with_entities_of_its_kind(world: World) -> None:
    school = Entity("school", "s", "", (), {"open": Value(True)})
    question = Entity("question", "q", "", (school,))
    when = {"indicator": "open", "is": True}
    rules = [rule(1, when), rule(2, when, about="question")]
    found = named(match.fired(rules, [school, question], world.vocabulary))
    assert found == [("GEN-001", "s"), ("GEN-002", "q")]
    assert named(fired_by_conditions(rules, [school, question], world.vocabulary)) == found


def examples_as_entities(library: Library, kind: str) -> tuple[list[Rule], list[Entity]]:
    """The rules about one kind of entity, and an entity for each of their examples."""
    rules = [rule for rule in library.rules.values() if rule.about == kind]
    things: list[Entity] = []
    for one in rules:
        for index, example in enumerate(one.examples):
            given = example_lookup(library, one, example)
            needs = {key[5:]: bool(v.value) for key, v in given.items() if key[:5] == "need "}
            values = {key: v for key, v in given.items() if key[:5] != "need "}
            things.append(Entity(one.about, f"{one.id} {index}", "", (), values, dict(needs)))
    return rules, things


KINDS = (
    "school", "question", "subject", "teacher", "initiative", "class-subject", "year-subject", "group-subject",
    "pupil-subject", "step",
)  # fmt: skip


def test_the_kinds_of_all_shipped_rules_are_compared_below(library: Library) -> None:
    assert {rule.about for rule in library.rules.values()} <= set(KINDS)


@needs_durable
@pytest.mark.parametrize("kind", KINDS)
def test_durable_rules_and_conditions_agree_on_the_examples_of_all_shipped_rules(
    library: Library, kind: str
) -> None:
    """Every rule about a kind over every example of every rule about it."""
    rules, things = examples_as_entities(library, kind)
    vocabulary = library.vocabulary()
    compiled = named(match.fired(rules, things, vocabulary))
    assert compiled == named(fired_by_conditions(rules, things, vocabulary))
    # And on its own example each rule does what the example says.
    own = {entity for found, entity in compiled if entity.startswith(f"{found} ")}
    assert own == {
        f"{one.id} {index}"
        for one in rules
        for index, example in enumerate(one.examples)
        if example.expect == OUTCOMES[True]
    }


@pytest.mark.parametrize("stratum", STRATA)
def test_every_stratum_is_compared_too(library: Library, stratum: str) -> None:
    assert any(rule.stratum == stratum for rule in library.rules.values())


def separately(code: str) -> subprocess.CompletedProcess[str]:
    """Runs a program in a process of its own, with the allocator told to notice what is wrong."""
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "MALLOC_CHECK_": "3", "MALLOC_PERTURB_": "165", "PYTHONUTF8": "1"},
        check=False,
    )


QUIET_RUNS = """
from termwise.engine.inference import durable_rules as match, fired_by_conditions
from termwise.engine.library import load_library
from termwise.engine.library import Entity
library = load_library()
vocabulary = library.vocabulary()
things = [Entity("teacher", str(number), "") for number in range(5)]
quiet = [
    rule for rule in library.rules.values()
    if rule.about == "teacher" and not fired_by_conditions([rule], things, vocabulary)
]
for number in range(1, len(quiet) + 1):
    assert match.fired(quiet[:number], things, vocabulary) == []
print("came to the end")
"""


@needs_durable
def test_a_run_in_which_nothing_fires_ends_well() -> None:
    found = separately(QUIET_RUNS)
    assert "came to the end" in found.stdout, found.stderr


@needs_durable
def test_a_run_without_entities_finds_nothing(library: Library) -> None:
    rules = [rule for rule in library.rules.values() if rule.stratum == "screen"]
    assert match.fired(rules, [], library.vocabulary()) == []


COMPARED = """
from termwise.engine.inference import infer
from termwise.engine.library import load_library
from termwise.engine.inference import fired, fired_by_conditions
from termwise.engine.school import entities, load_school
library = load_library()
school = load_school({folder!r}, library)
found = []
for matcher in (fired, fired_by_conditions):
    facts = entities(school, library)
    inference = infer(facts, library, library.vocabulary(school.scales), matcher)
    told = inference.fired + inference.unknown
    found.append([(one.rule.id, str(one.entity), one.result) for one in told])
print("agree" if found[0] == found[1] else sorted(set(found[0]) ^ set(found[1])))
"""


@needs_durable
@pytest.mark.parametrize(
    "name",
    [
        "hillside",
        "carrick-junior",
        pytest.param(
            "little-fen",
        ),
    ],
)
def test_durable_rules_and_conditions_agree_on_a_whole_school(name: str) -> None:
    found = separately(COMPARED.format(folder=str(EXAMPLES / name)))
    assert found.stdout.strip() == "agree", found.stderr


def test_an_inference_by_conditions_alone_needs_no_durable_rules(
    library: Library, little_fen: School
) -> None:
    facts = entities(little_fen, library)
    vocabulary = library.vocabulary(little_fen.scales)
    assert infer(facts, library, vocabulary, fired_by_conditions).fired

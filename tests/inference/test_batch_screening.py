"""Screening by columns finds what conditions and durable-rules find, row by row."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.core.errors import TermwiseError
from termwise.engine.inference import batch_screening as columns
from termwise.engine.inference import durable_rules as match
from termwise.engine.inference.forward_chaining import infer
from termwise.engine.inference.screening import KIND, put_states
from termwise.engine.inference.truth_columns import fired_by_conditions
from termwise.engine.library.conditions import Vocabulary, evaluate, leaves
from termwise.engine.library.facts import Entity, FactBase, Raw, Value
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Indicator
from termwise.engine.library.rule import Leaf, Rule
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.school import School

if TYPE_CHECKING:
    import polars as pl

    from tests.conftest import World
else:
    pl = pytest.importorskip("polars")

PUT = ("state", "reasons", "rules", "certainty")
Found = list[dict[str, Any]]


def made_rule(number: int, when: Any, state: str, clear: Any = None, reason: str = "") -> Rule:
    """A made-up screening rule; only its conditions and what it says matter here."""
    return Rule.model_validate(
        {
            "id": f"GEN-{number:02d}",
            "title": "Generated",
            "status": "draft",
            "since": "2026.1",
            "about": KIND,
            "when": when,
            "because": "-",
            "why": "-",
            "limits": "made up",
            "sources": ["house"],
            "examples": [{"say": "a", "expect": "fires"}, {"say": "b", "expect": "silent"}],
            "screen": {"state": state, "reason": reason or f"made-up-{number}", "clear": clear},
        }
    )


def with_rules(library: Library, vocabulary: Vocabulary, rules: Sequence[Rule]) -> Library:
    """The library with another vocabulary and these rules alone."""
    return dataclasses.replace(
        library,
        indicators=vocabulary.indicators,
        needs=vocabulary.needs,
        thresholds=vocabulary.thresholds,
        rules={rule.id: rule for rule in rules},
    )


def row_by_row(
    library: Library, vocabulary: Vocabulary, things: Iterable[Entity], matcher: Any
) -> Found:
    """What the other path finds: rules matched, and states put, entity by entity."""
    facts, rules = FactBase(), [rule for rule in library.rules.values() if rule.screen]
    for thing in things:
        facts.add(Entity(thing.kind, thing.id, "", thing.parents, dict(thing.values), thing.needs))
    fired = matcher(rules, facts.of(KIND), vocabulary)
    undecided = [
        entity
        for entity in facts.of(KIND)
        for rule in rules
        if evaluate(rule.when, entity.lookup, vocabulary).result is None
    ]
    put_states(facts, library, vocabulary, fired, undecided)
    return [
        put_of(entity) | {"rules": sorted(rule.id for rule, one in fired if one is entity)}
        for entity in facts.of(KIND)
    ]


def put_of(entity: Entity) -> dict[str, Any]:
    """State, reasons and certainty as they stand with an entity."""
    state, reasons, certainty = (
        entity.values.get(key) for key in ("state", "reasons", "certainty")
    )
    assert state is not None and reasons is not None and isinstance(reasons.value, frozenset)
    return {
        "state": state.value,
        "reasons": sorted(reasons.value),
        "certainty": certainty.value if certainty else None,
    }


def by_columns(library: Library, vocabulary: Vocabulary, things: Sequence[Entity]) -> Found:
    facts = FactBase()
    for thing in things:
        facts.add(thing)
    found = columns.screen(columns.frame_of(facts, library), library, vocabulary.scales)
    assert found["id"].to_list() == [thing.id for thing in things]
    rows: Found = found.select(PUT).to_dicts()
    return rows


def agree(library: Library, vocabulary: Vocabulary, things: Sequence[Entity]) -> None:
    found = by_columns(library, vocabulary, things)
    keyed = [{key: row[key] for key in sorted(PUT)} for row in found]
    for matcher in (fired_by_conditions, match.fired):
        other = row_by_row(library, vocabulary, things, matcher)
        assert keyed == [{key: row[key] for key in sorted(PUT)} for row in other]


@given(data=st.data())
def test_columns_conditions_and_durable_rules_agree_on_generated_rules(
    library: Library, world: World, data: st.DataObject
) -> None:
    says = st.sampled_from([state.id for state in library.screening.states])
    clear, reason = st.none() | world.conditions, st.sampled_from(["", "shared"])
    drawn = data.draw(
        st.lists(st.tuples(world.conditions, says, clear, reason), min_size=1, max_size=8)
    )
    # durable-rules needs a rule that every session fires
    bell = made_rule(99, {"indicator": "sentinel", "is": True}, library.screening.default)
    rules = [made_rule(number, *one) for number, one in enumerate(drawn)]
    known = data.draw(st.lists(st.tuples(world.values, world.needs), min_size=1, max_size=10))
    things = [Entity(KIND, f"e{i}", "", (), *one) for i, one in enumerate(known)]
    things.append(Entity(KIND, "bell", "", (), {"sentinel": Value(True)}))
    agree(with_rules(library, world.vocabulary, [*rules, bell]), world.vocabulary, things)


NEAR = [0.5e-6, 0.4999999e-6, 1.5e-6, 2.5e-6, 1e-6, 1e-9, 0.0]


@given(data=st.data())
def test_numbers_are_compared_as_rounded_in_python(
    library: Library, world: World, data: st.DataObject
) -> None:
    operands = st.sampled_from([0, -2, 3, 12.5, 0.3, 33.333333, -100000.5, 0.000001])
    comparisons = st.sampled_from(["is", "at_least", "at_most", "above", "below"])
    whens = data.draw(st.lists(st.tuples(comparisons, operands), min_size=1, max_size=6))
    rules = [
        made_rule(number, {"indicator": "size", comparison: operand}, "watch")
        for number, (comparison, operand) in enumerate(whens)
    ]
    near = st.builds(
        lambda value, off, sign: value + sign * off,
        operands | st.integers(-3, 3),
        st.sampled_from(NEAR) | st.floats(0, 3e-6),
        st.sampled_from([-1, 1]),
    )
    values = data.draw(st.lists(near, min_size=1, max_size=20))
    things = [Entity(KIND, f"e{i}", "", (), {"size": Value(v)}) for i, v in enumerate(values)]
    changed = with_rules(library, world.vocabulary, rules)
    found = by_columns(changed, world.vocabulary, things)
    other = row_by_row(changed, world.vocabulary, things, fired_by_conditions)
    assert [row["rules"] for row in found] == [row["rules"] for row in other]


def screening_rules(library: Library) -> list[Rule]:
    return [rule for rule in library.rules.values() if rule.screen]


def read_by(rules: Iterable[Rule]) -> list[Leaf]:
    """The comparisons that screening rules make, those that say whether they are clear too."""
    found: list[Leaf] = []
    for rule in rules:
        assert rule.screen is not None
        for condition in (rule.when, *([rule.screen.clear] if rule.screen.clear else [])):
            found.extend(leaf for leaf in leaves(condition) if isinstance(leaf, Leaf))
    return found


def values_of(
    indicator: Indicator, read: Sequence[Leaf], vocabulary: Vocabulary
) -> st.SearchStrategy[Raw]:
    """Values an indicator can have: those that rules compare it with, their neighbours, others."""
    operands: set[Any] = set()
    for leaf in read:
        if leaf.indicator == indicator.id and leaf.comparison != "known":
            operand = vocabulary.number(leaf)
            operands |= operand if isinstance(operand, frozenset) else {operand}
    scale = vocabulary.scale_of(indicator)
    if scale is not None:
        return st.integers(0, len(scale.grades) - 1)
    if indicator.type == "yes-no":
        return st.booleans()
    if indicator.type == "category":
        return st.sampled_from(sorted({*indicator.values, *operands, "another"}))
    if indicator.type == "set":
        return st.frozensets(st.sampled_from(sorted({*operands, "another"})))
    near = sorted({number + step for number in operands for step in (-1, 0, 1, 1e-7)} | {0})
    low, high = indicator.range or (-100, 100)
    # durable-rules reads no number that is written with an exponent, such as 1e-05
    others = st.floats(low, high).map(lambda number: round(number, 3))
    return st.sampled_from(near) | st.integers(int(low), int(high)) | others


@given(data=st.data())
def test_columns_conditions_and_durable_rules_agree_on_the_shipped_rules(
    library: Library, data: st.DataObject
) -> None:
    vocabulary, read = library.vocabulary(), read_by(screening_rules(library))
    known = {
        leaf.key: values_of(library.indicators[leaf.indicator], read, vocabulary).map(Value)
        for leaf in read
    }
    given = data.draw(st.lists(st.fixed_dictionaries({}, optional=known), min_size=20, max_size=20))
    things = [Entity(KIND, f"e{i}", "", (), values) for i, values in enumerate(given)]
    agree(library, vocabulary, things)


def test_columns_agree_on_every_example_of_the_shipped_rules(library: Library) -> None:
    from termwise.engine.assurance.rule_testing.examples import example_lookup

    things = [
        Entity(KIND, f"{rule.id} {number}", "", (), example_lookup(library, rule, example))
        for rule in screening_rules(library)
        for number, example in enumerate(rule.examples)
    ]
    agree(library, library.vocabulary(), things)


@pytest.mark.parametrize("name", ["hillside", "little_fen", "carrick"])
def test_a_whole_school_comes_out_as_infer_has_it(
    library: Library, request: pytest.FixtureRequest, name: str
) -> None:
    school: School = request.getfixturevalue(name)
    facts = entities(school, library)
    inference = infer(facts, library, library.vocabulary(school.scales))
    found = columns.screen(columns.frame_of(facts, library), library, school.scales)
    pupils = facts.of(KIND)
    assert found.height == len(pupils) > 0
    assert found.select("state", "reasons", "certainty").to_dicts() == [
        put_of(pupil) for pupil in pupils
    ]
    fired: dict[str, list[str]] = {pupil.id: [] for pupil in pupils}
    for finding in inference.of("screen"):
        fired[finding.entity.id].append(finding.rule.id)
    assert found["rules"].to_list() == [sorted(fired[pupil.id]) for pupil in pupils]


def test_what_is_not_there_is_unknown(library: Library) -> None:
    """A column that isn't there, a null, a NaN and a column of nothing come to the same."""
    when = {"indicator": "test_score", "at_most": 84}
    one = with_rules(library, library.vocabulary(), [made_rule(1, when, "watch")])
    frames = [
        pl.DataFrame({"id": ["a"]}),
        pl.DataFrame({"test_score": [None]}),
        pl.DataFrame({"test_score": [None]}, schema={"test_score": pl.Int64}),
        pl.DataFrame({"test_score": [float("nan")]}),
    ]
    for frame in frames:
        assert columns.screen(frame, one).select(PUT).to_dicts() == [
            {
                "state": library.screening.when_unknown,
                "reasons": [],
                "rules": [],
                "certainty": None,
            }
        ]


def test_rows_keep_their_order_and_their_other_columns(library: Library) -> None:
    when = {"indicator": "test_score", "at_most": 84}
    one = with_rules(library, library.vocabulary(), [made_rule(1, when, "watch")])
    scores = [(number * 37) % 140 for number in range(500)]
    frame = pl.DataFrame({"score of": scores, "test_score": scores, "state": ["x"] * 500})
    found = columns.screen(frame, one)
    assert set(found.columns) == {*frame.columns, *PUT}
    assert found["score of"].to_list() == scores
    assert found["rules"].to_list() == [["GEN-01"] if score <= 84 else [] for score in scores]


def test_a_frame_without_rows_gives_none(library: Library) -> None:
    found = columns.screen(pl.DataFrame({"current": []}), library)
    assert found.height == 0 and set(PUT) <= set(found.columns)


def test_columns_of_another_type_are_refused_together_and_no_value_is_shown(
    library: Library,
) -> None:
    frame = pl.DataFrame({"current": ["secret"], "own_pathway": ["secret"], "id": [1]})
    with pytest.raises(TermwiseError) as caught:
        columns.screen(frame, library)
    told = str(caught.value).splitlines()
    assert len(told) == 2 and "secret" not in str(caught.value)
    assert any("“current” should hold numbers" in line for line in told)
    assert any("“own_pathway” should hold true and false" in line for line in told)


def test_without_polars_one_sentence_says_what_to_install(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    columns._polars.cache_clear()
    with pytest.raises(TermwiseError, match=r"pip install 'termwise\[columns\]'"):
        columns.screen(pl.DataFrame(), library)

"""Conditions on many entities at once say of each what its verdict says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.inference.truth_columns import TruthColumns, fired_by_conditions
from termwise.engine.library.conditions import evaluate
from termwise.engine.library.facts import Entity, Value
from tests.conftest import World
from tests.inference.test_durable_rules import rule


@given(data=st.data())
def test_each_entity_is_told_what_its_verdict_tells(world: World, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(st.tuples(world.values, world.needs), max_size=6))
    entities = [
        Entity("teacher", str(place), "", values=values, needs=needs)
        for place, (values, needs) in enumerate(drawn)
    ]
    columns = TruthColumns(entities, world.vocabulary)
    for condition in map(
        world.built, data.draw(st.lists(world.conditions, min_size=1, max_size=3))
    ):
        verdicts = [evaluate(condition, one.lookup, world.vocabulary).result for one in entities]
        assert columns.truths(condition) == verdicts
        assert columns.true(condition) == [
            place for place, verdict in enumerate(verdicts) if verdict is True
        ]
        assert columns.unknown(condition) == [
            one for one, verdict in zip(entities, verdicts, strict=True) if verdict is None
        ]


def test_a_value_is_read_once_for_all_conditions(world: World) -> None:
    asked: list[str] = []

    class Watched(Entity):
        def lookup(self, key: str) -> Value | None:
            asked.append(key)
            return super().lookup(key)

    columns = TruthColumns([Watched("teacher", "t", "")], world.vocabulary)
    for line in (1, 2):
        for _ in range(2):
            columns.truths(world.built({"indicator": "size", "at_least": line}))
    assert asked == ["size"]


def test_pairs_come_by_kind_then_by_entity_then_by_rule(world: World) -> None:
    small = {"indicator": "size", "at_most": 1}
    known = {"indicator": "size", "known": True}
    rules = [rule(1, small, "teacher"), rule(2, known, "class"), rule(3, known, "teacher")]
    things = [
        Entity("class", "c", "", values={"size": Value(1)}),
        Entity("teacher", "a", "", values={"size": Value(1)}),
        Entity("teacher", "b", "", values={"size": Value(2)}),
    ]
    found = fired_by_conditions(rules, things, world.vocabulary)
    assert [(one.id, on.id) for one, on in found] == [
        ("GEN-001", "a"),
        ("GEN-003", "a"),
        ("GEN-003", "b"),
        ("GEN-002", "c"),
    ]

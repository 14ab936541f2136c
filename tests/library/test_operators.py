"""Every face of a comparison agrees with the others, and a new one is one object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from termwise.engine.inference import durable_rules
from termwise.engine.inference.batch_screening import expression
from termwise.engine.library.comparison_phrases import compared
from termwise.engine.library.conditions import evaluate, say, truth_of
from termwise.engine.library.facts import Entity, Raw, Value
from termwise.engine.library.operators import OPERATORS, Operator, Truth
from termwise.engine.library.rule import Condition, Leaf, Rule

if TYPE_CHECKING:
    from tests.conftest import World

OPERANDS: dict[str, list[tuple[str, Any]]] = {
    "line": [("size", 2), ("part", {"threshold": "line"}), ("balance", -0.5), ("grade", "fair")],
    "value": [("size", 2), ("open", True), ("kind", "beta"), ("grade", "fair")],
    "values": [("size", [1, 2]), ("kind", ["alpha", "beta"]), ("grade", ["low", "top"])],
    "member": [("marks", "beta"), ("marks", "gamma-ray")],
    "presence": [("size", True), ("kind", False), ("marks", True), ("open", False)],
}
"""What can stand beside a comparison, by what it takes, with an indicator it can be asked of."""
VALUES: dict[str, list[Raw]] = {
    "size": [1, 2, 2.0, 3, 1.99996, 2.00004],
    "part": [12, 12.5, 13, 12.49996],
    "balance": [-1, -0.5, 0],
    "grade": [0, 1, 2, 3],
    "open": [True, False],
    "kind": ["alpha", "beta", "gamma-ray"],
    "marks": [frozenset(), frozenset(["beta"]), frozenset(["alpha", "gamma-ray"])],
}
EACH = [
    pytest.param(one, indicator, operand, id=f"{one.name} {indicator}")
    for one in OPERATORS.values()
    for indicator, operand in OPERANDS[one.takes]
]
LINES = [one for one in OPERATORS.values() if one.takes == "line"]
each = pytest.mark.parametrize(("operator", "indicator", "operand"), EACH)


def rule(when: Condition) -> Rule:
    """A made-up rule; only its condition matters here."""
    example = {"say": "a", "expect": "fires"}
    made = Rule.model_validate(
        {"id": "GEN-001", "title": "-", "status": "draft", "since": "2026.1", "about": "school"}
        | {
            "when": {"indicator": "open", "is": True},
            "because": "-",
            "why": "-",
            "limits": "made up",
        }
        | {"sources": ["house"], "diagnose": {"need": "help"}}
        | {"examples": [example, example | {"expect": "silent"}]}
    )
    return made.model_copy(update={"when": when})


def things(indicator: str) -> list[Entity]:
    """One for each value, and one of which nothing is known."""
    values = [{indicator: Value(value)} for value in VALUES[indicator]]
    known = [Entity("school", f"e{n}", "", (), dict(one)) for n, one in enumerate(values)]
    return [*known, Entity("school", "nothing", "")]


def truths(world: World, condition: Condition, indicator: str) -> list[Truth]:
    return [evaluate(condition, one.lookup, world.vocabulary).result for one in things(indicator)]


def by_durable(world: World, condition: Condition, indicator: str) -> list[bool]:
    found = durable_rules.fired([rule(condition)], things(indicator), world.vocabulary)
    fired = {entity.id for _, entity in found}
    return [one.id in fired for one in things(indicator)]


def by_columns(world: World, condition: Condition, indicator: str) -> list[Truth]:
    values = [sorted(v) if isinstance(v, frozenset) else v for v in VALUES[indicator]]
    frame = pl.DataFrame({indicator: pl.Series([*values, None], strict=False)})
    return list(frame.select(expression(condition, world.vocabulary)).to_series())


def test_every_comparison_has_a_field_and_every_field_a_comparison() -> None:
    fields = {field.alias or name for name, field in Leaf.model_fields.items()}
    assert fields - {"indicator", "of"} == set(OPERATORS)


@each
def test_an_operator_is_the_same_in_every_engine(
    world: World, operator: Operator, indicator: str, operand: Any
) -> None:
    leaf = {"indicator": indicator, operator.name: operand}
    for data in (leaf, {"not": leaf}):
        condition = world.built(data)
        evaluated = truths(world, condition, indicator)
        assert len(set(evaluated)) > 1
        test = truth_of(condition, world.vocabulary)
        assert [test(one.lookup) for one in things(indicator)] == evaluated
        assert by_durable(world, condition, indicator) == [one is True for one in evaluated]
        assert by_columns(world, condition, indicator) == evaluated


@each
def test_a_type_it_takes_has_words_for_both_outcomes(
    world: World, operator: Operator, indicator: str, operand: Any
) -> None:
    condition = world.built({"indicator": indicator, operator.name: operand})
    assert world.vocabulary.indicators[indicator].type in operator.types
    assert "{" not in say(condition, world.vocabulary)[0]
    for one in things(indicator):
        leaf = evaluate(condition, one.lookup, world.vocabulary)
        for wanted in (True, False):
            assert "{" not in compared(leaf, wanted, world.vocabulary)
    for kind in operator.types:
        assert operator.asked(True, kind) != operator.asked(False, kind)
        assert operator.shown(True, kind) != operator.shown(False, kind)
        for told in (operator.asked(True, kind), operator.shown(False, kind), operator.says):
            assert told.count("{}") == 1


@pytest.mark.parametrize("operator", LINES, ids=lambda one: one.name)
def test_the_opposite_of_a_line_holds_of_exactly_the_other_values(operator: Operator) -> None:
    opposite = OPERATORS[operator.opposite]
    assert opposite.opposite == operator.name
    assert (opposite.takes, opposite.types) == (operator.takes, operator.types)
    for value in (1, 2, 3, 1.99996, 2.00004, 2.1):
        assert operator.holds(value, 2) is not opposite.holds(value, 2)
    assert operator.asked(False, "count") == opposite.asked(True, "count")
    assert operator.falls_short and operator.falls_short != opposite.falls_short


@pytest.mark.parametrize("operator", LINES, ids=lambda one: one.name)
def test_the_nearest_value_is_the_first_of_which_it_holds(operator: Operator) -> None:
    for line in (-1, 0, 2.5):
        found = operator.nearest(line, 0.5)
        assert operator.holds(found, line)
        assert (found == line) is operator.on_the_line
        assert (found > line) is (operator.upwards and not operator.on_the_line)


def test_nothing_known_is_neither_true_nor_false_but_for_whether_it_is_known() -> None:
    for one in OPERATORS.values():
        operand = OPERANDS[one.takes][0][1]
        assert (one.truth(None, operand) is None) is (one.takes != "presence")
    assert OPERATORS["known"].truth(None, False) is True
    assert OPERATORS["known"].truth(None, True) is False


class Begins(Leaf):
    """A comparison with a made-up operator."""

    begins_with: str | None = None


def test_a_new_operator_is_one_object(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = Operator(
        "begins_with",
        takes="value",
        types=frozenset({"category"}),
        test=lambda value, start: bool(value.startswith(start)),
        column=lambda column, start: column.str.starts_with(start),
        says="begins with {}",
    )
    monkeypatch.setitem(OPERATORS, made_up.name, made_up)
    condition = Begins(indicator="kind", begins_with="al")
    assert truths(world, condition, "kind") == [True, False, False, None]
    assert by_columns(world, condition, "kind") == [True, False, False, None]
    assert by_durable(world, condition, "kind") == [True, False, False, False]
    assert say(condition, world.vocabulary) == ["the kind begins with al"]
    with pytest.raises(ValueError, match="more than one: is, begins_with"):
        Begins.model_validate({"indicator": "kind", "is": "al", "begins_with": "al"})

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.core.errors import EngineError
from termwise.engine.library.conditions import (
    Verdict,
    Vocabulary,
    evaluate,
    keys,
    leaves,
    say,
    truth_of,
)
from termwise.engine.library.facts import Entity, Raw, Value
from termwise.engine.library.operators import OPERATORS, Truth

if TYPE_CHECKING:
    from tests.conftest import World

TRUTHS: tuple[Truth, ...] = (True, False, None)
GRADES = ("low", "middling", "fair", "top")
ANCHORS = {"weak": "middling", "strong": "top"}


def entity(values: dict[str, Value], needs: dict[str, bool | None]) -> Entity:
    return Entity("school", "x", "x", (), dict(values), dict(needs))


def verdict(world: World, data: dict[str, Any], **values: Raw) -> Verdict:
    known = {name: Value(value) for name, value in values.items()}
    return evaluate(world.built(data), entity(known, {}).lookup, world.vocabulary)


def part(truth: Truth) -> dict[str, Any]:
    """A comparison that comes out as wanted when `open` is yes and nothing else is known."""
    return {"indicator": "size", "is": 1} if truth is None else {"indicator": "open", "is": truth}


def naive(data: dict[str, Any], values: dict[str, Value], needs: dict[str, bool | None]) -> Truth:
    """The meaning of a condition, written a second time and as plainly as possible."""
    if "all" in data or "any" in data:
        parts = data["all"] if "all" in data else data["any"]
        results = [naive(item, values, needs) for item in parts]
        if "all" in data:
            return False if False in results else None if None in results else True
        return True if True in results else None if None in results else False
    if "not" in data:
        result = naive(data["not"], values, needs)
        return None if result is None else not result
    if "need" in data:
        return needs.get(data["need"], False)
    name = data["indicator"]
    if "known" in data:
        return (name in values) is bool(data["known"])
    if name not in values:
        return None
    value = values[name].value
    [(comparison, operand)] = [item for item in data.items() if item[0] != "indicator"]
    if comparison == "includes":
        assert isinstance(value, frozenset)
        return operand in value
    if comparison == "one_of":
        return bool(value in operand)
    if isinstance(operand, dict):
        operand = 12.5 if "threshold" in operand else ANCHORS[operand["grade"]]
    if name == "grade":
        operand = GRADES.index(operand)
    if comparison == "is":
        return bool(value == operand)
    assert isinstance(value, int | float)
    apart: float = round(value, 6) - round(operand, 6)
    meanings: dict[str, bool] = {
        "at_least": apart >= 0,
        "at_most": apart <= 0,
        "above": apart > 0,
        "below": apart < 0,
    }
    return meanings[str(comparison)]


@pytest.mark.parametrize("truths", list(product(TRUTHS, repeat=2)), ids=str)
def test_all_is_false_with_one_false_part_and_else_unknown_with_one_unknown(
    world: World, truths: tuple[Truth, Truth]
) -> None:
    expected = False if False in truths else None if None in truths else True
    assert verdict(world, {"all": [part(t) for t in truths]}, open=True).result is expected


@pytest.mark.parametrize("truths", list(product(TRUTHS, repeat=2)), ids=str)
def test_any_is_true_with_one_true_part_and_else_unknown_with_one_unknown(
    world: World, truths: tuple[Truth, Truth]
) -> None:
    expected = True if True in truths else None if None in truths else False
    assert verdict(world, {"any": [part(t) for t in truths]}, open=True).result is expected


@pytest.mark.parametrize(("truth", "expected"), [(True, False), (False, True), (None, None)])
def test_not_turns_true_and_false_and_leaves_unknown(
    world: World, truth: Truth, expected: Truth
) -> None:
    assert verdict(world, {"not": part(truth)}, open=True).result is expected


@pytest.mark.parametrize("kind", ["all", "any"])
@pytest.mark.parametrize("truth", TRUTHS)
def test_a_group_of_one_is_its_part(world: World, kind: str, truth: Truth) -> None:
    assert verdict(world, {kind: [part(truth)]}, open=True).result is truth


@pytest.mark.parametrize(
    ("comparison", "below", "same", "above"),
    [
        ("at_least", False, True, True),
        ("at_most", True, True, False),
        ("above", False, False, True),
        ("below", True, False, False),
        ("is", False, True, False),
    ],
)
@pytest.mark.parametrize("operand", [-2, 0, 3, 2.5])
def test_a_number_is_compared_as_written(
    world: World, comparison: str, below: bool, same: bool, above: bool, operand: float
) -> None:
    condition = {"indicator": "size", comparison: operand}
    found = [verdict(world, condition, size=operand + step).result for step in (-0.5, 0, 0.5)]
    assert found == [below, same, above]
    assert verdict(world, condition).result is None


def test_numbers_that_agree_to_four_decimals_are_the_same(world: World) -> None:
    condition = {"indicator": "size", "at_least": 0.3}
    assert verdict(world, condition, size=0.1 + 0.2).result is True
    assert verdict(world, condition, size=0.299999).result is True
    assert verdict(world, condition, size=0.2999).result is False


def test_the_same_to_four_decimals_holds_for_is_too(world: World) -> None:
    assert verdict(world, {"indicator": "size", "is": 0.3}, size=0.1 + 0.2).result is True


def test_a_threshold_is_compared_by_its_value_and_named_in_the_verdict(world: World) -> None:
    found = verdict(world, {"indicator": "size", "at_least": {"threshold": "line"}}, size=12.5)
    assert (found.result, found.operand, found.standard) == (True, 12.5, "line")


@pytest.mark.parametrize(("rank", "result"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_grade_is_compared_by_its_place_on_the_scale(
    world: World, rank: int, result: bool
) -> None:
    for operand in ("middling", {"grade": "weak"}):
        assert verdict(world, {"indicator": "grade", "at_most": operand}, grade=rank).result is (
            result
        )


def test_a_grade_can_be_one_of_several(world: World) -> None:
    condition = {"indicator": "grade", "one_of": ["low", "top"]}
    assert [verdict(world, condition, grade=rank).result for rank in range(4)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_category_is_one_of_several(world: World) -> None:
    condition = {"indicator": "kind", "one_of": ["alpha", "beta"]}
    assert verdict(world, condition, kind="beta").result is True
    assert verdict(world, condition, kind="gamma-ray").result is False
    assert verdict(world, condition).result is None


def test_a_number_can_be_one_of_several(world: World) -> None:
    assert verdict(world, {"indicator": "size", "one_of": [1, 2]}, size=2.0).result is True


def test_a_set_includes_a_member_and_the_empty_set_none(world: World) -> None:
    condition = {"indicator": "marks", "includes": "alpha"}
    assert verdict(world, condition, marks=frozenset(["alpha", "beta"])).result is True
    assert verdict(world, condition, marks=frozenset()).result is False
    assert verdict(world, condition).result is None


@pytest.mark.parametrize("known", [True, False])
def test_known_is_never_unknown(world: World, known: bool) -> None:
    condition = {"indicator": "size", "known": known}
    assert verdict(world, condition, size=0).result is known
    assert verdict(world, condition).result is not known


@pytest.mark.parametrize(
    ("state", "result"), [({"help": True}, True), ({}, False), ({"help": None}, None)]
)
def test_a_need_is_found_not_found_or_unknown(
    world: World, state: dict[str, bool | None], result: Truth
) -> None:
    found = evaluate(world.built({"need": "help"}), entity({}, state).lookup, world.vocabulary)
    assert found.result is result


def test_what_can_not_be_compared_is_a_bug_and_not_false() -> None:
    with pytest.raises(EngineError):
        OPERATORS["at_least"].holds("seven", 7)
    with pytest.raises(EngineError):
        OPERATORS["includes"].holds("alpha", "alpha")
    with pytest.raises(EngineError):
        OPERATORS["one_of"].holds(1, 1)


@given(data=st.data())
def test_a_verdict_is_what_a_second_reading_of_the_language_gives(
    world: World, data: st.DataObject
) -> None:
    raw, values = data.draw(world.conditions), data.draw(world.values)
    needs = data.draw(world.needs)
    found = evaluate(world.built(raw), entity(values, needs).lookup, world.vocabulary)
    assert found.result is naive(raw, values, needs)
    quick = truth_of(world.built(raw), world.vocabulary)
    assert quick(entity(values, needs).lookup) is found.result


@given(data=st.data())
def test_each_part_of_a_verdict_is_what_a_second_reading_gives(
    world: World, data: st.DataObject
) -> None:
    raw, values = data.draw(world.conditions), data.draw(world.values)
    needs = data.draw(world.needs)

    def agree(found: Verdict, written: dict[str, Any]) -> None:
        assert found.result is naive(written, values, needs)
        for kind in ("all", "any"):
            if kind in written:
                assert found.kind == kind
                for one, other in zip(found.parts, written[kind], strict=True):
                    agree(one, other)
        if "not" in written:
            assert found.kind == "not"
            agree(found.parts[0], written["not"])

    agree(evaluate(world.built(raw), entity(values, needs).lookup, world.vocabulary), raw)


@given(data=st.data())
def test_de_morgan_holds_with_three_values(world: World, data: st.DataObject) -> None:
    parts = data.draw(st.lists(world.conditions, min_size=1, max_size=3))
    one = entity(data.draw(world.values), data.draw(world.needs))

    def result(raw: dict[str, Any]) -> Truth:
        return evaluate(world.built(raw), one.lookup, world.vocabulary).result

    turned = [{"not": item} for item in parts]
    assert result({"not": {"all": parts}}) is result({"any": turned})
    assert result({"not": {"any": parts}}) is result({"all": turned})
    assert result({"not": {"not": parts[0]}}) is result(parts[0])


@given(data=st.data())
def test_knowing_less_leaves_a_verdict_or_makes_it_unknown(
    world: World, data: st.DataObject
) -> None:
    condition = world.built(data.draw(world.plain_conditions))
    values, needs = data.draw(world.values), data.draw(world.needs)
    before = evaluate(condition, entity(values, needs).lookup, world.vocabulary).result
    for name in values:
        fewer = {key: value for key, value in values.items() if key != name}
        after = evaluate(condition, entity(fewer, needs).lookup, world.vocabulary).result
        assert after in (before, None)
    for name in ("help", "time-off"):
        unsure = {**needs, name: None}
        after = evaluate(condition, entity(values, unsure).lookup, world.vocabulary).result
        assert after in (before, None)


@given(data=st.data())
def test_some_comparison_decides_every_verdict(world: World, data: st.DataObject) -> None:
    condition = world.built(data.draw(world.conditions))
    one = entity(data.draw(world.values), data.draw(world.needs))
    found = evaluate(condition, one.lookup, world.vocabulary)
    deciding = list(found.deciding())
    assert deciding
    assert all(leaf in list(found.leaves()) for leaf in deciding)
    if found.result is None:
        assert found.missing()
        assert all(leaf.result is None for leaf in deciding)
    else:
        assert found.missing() == ()
        assert all(leaf.result is not None for leaf in deciding)


@given(data=st.data())
def test_only_what_is_missing_keeps_a_verdict_unknown(world: World, data: st.DataObject) -> None:
    condition = world.built(data.draw(world.plain_conditions))
    values, needs = data.draw(world.values), data.draw(world.needs)
    found = evaluate(condition, entity(values, needs).lookup, world.vocabulary)
    for key in found.missing():
        name = key.removeprefix("need ")
        assert needs.get(name, False) is None if key.startswith("need ") else name not in values


@given(data=st.data())
def test_leaves_and_keys_name_every_comparison_in_order(world: World, data: st.DataObject) -> None:
    condition = world.built(data.draw(world.conditions))
    found = evaluate(condition, entity({}, {}).lookup, world.vocabulary)
    assert [leaf.key for leaf in leaves(condition)] == [leaf.key for leaf in found.leaves()]
    assert keys(condition) == tuple(dict.fromkeys(leaf.key for leaf in leaves(condition)))


@given(data=st.data())
def test_every_condition_can_be_said_in_words(world: World, data: st.DataObject) -> None:
    condition = world.built(data.draw(world.conditions))
    lines = say(condition, world.vocabulary)
    assert len(lines) >= len(list(leaves(condition)))
    assert all(line.strip() for line in lines)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            {"indicator": "part", "at_least": {"threshold": "line"}},
            "the part is at least 12.5 % (the line, judgement)",
        ),
        ({"indicator": "balance", "below": -1200}, "the balance is below −£1,200"),
        ({"indicator": "size", "above": -2}, "the size is above −2"),
        ({"indicator": "open", "is": True}, "the open is yes"),
        ({"indicator": "grade", "at_most": {"grade": "weak"}}, "the grade is at most Middling"),
        ({"indicator": "marks", "includes": "alpha"}, "the marks include alpha"),
        ({"indicator": "size", "known": False}, "the size is not known"),
        ({"need": "help"}, "found: a need of help"),
    ],
)
def test_a_comparison_is_said_with_its_unit_and_the_standing_of_its_threshold(
    world: World, data: dict[str, Any], words: str
) -> None:
    assert say(world.built(data), world.vocabulary) == [words]


def test_one_of_several_grades_is_said_by_their_titles(world: World) -> None:
    condition = world.built({"indicator": "grade", "one_of": ["low", "top"]})
    assert say(condition, world.vocabulary) == ["the grade is one of Low, Top"]


def test_groups_are_said_by_indenting(world: World) -> None:
    condition = world.built({"all": [part(True), {"not": {"any": [part(False), part(None)]}}]})
    assert say(condition, world.vocabulary) == [
        "all of:",
        "  the open is yes",
        "  not:",
        "    any of:",
        "      the open is no",
        "      the size is 1",
    ]


def test_values_are_said_as_people_write_them(world: World) -> None:
    vocabulary: Vocabulary = world.vocabulary
    said = [
        vocabulary.say("balance", 1234567),
        vocabulary.say("part", 100 / 3),
        vocabulary.say("grade of support", 0),
        vocabulary.say("marks", frozenset()),
        vocabulary.say("marks", frozenset(["beta", "alpha"])),
        vocabulary.say("open", False),
    ]
    assert said == ["£1,234,567", "33.3 %", "Low", "nothing", "alpha, beta", "no"]

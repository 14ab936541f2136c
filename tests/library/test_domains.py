"""Which values an indicator can have is said in one place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.library.domains import (
    few_values,
    is_possible,
    range_of,
    turning_values,
    values_around,
)
from termwise.engine.library.operators import OPERATORS

if TYPE_CHECKING:
    from tests.conftest import World


def test_a_grade_a_yes_or_no_and_a_declared_category_have_few_values(world: World) -> None:
    known = world.vocabulary.indicators
    assert few_values(known["grade"], world.vocabulary) == (0, 1, 2, 3)
    assert few_values(known["open"], world.vocabulary) == (False, True)
    hue = known["kind"].model_copy(update={"values": ("red", "blue")})
    assert few_values(hue, world.vocabulary) == ("red", "blue")
    assert few_values(known["size"], world.vocabulary) == ()


def test_a_figure_lies_within_what_is_declared_or_what_its_type_allows(world: World) -> None:
    size = world.vocabulary.indicators["size"].model_copy(update={"range": None})

    def of(kind: str) -> tuple[float, float]:
        return range_of(size.model_copy(update={"type": kind}))

    assert of("percent") == (0, 100)
    assert of("count") == (0, math.inf)
    assert of("pounds") == of("number") == (-math.inf, math.inf)
    assert range_of(size.model_copy(update={"range": (1, 7)})) == (1, 7)


def test_what_is_no_number_is_always_possible_and_a_grade_on_its_scale_only(world: World) -> None:
    known = world.vocabulary.indicators
    count = known["size"].model_copy(update={"range": None, "type": "count"})
    for value, possible in ((-1, False), (0, True), (True, True), ("a", True)):
        assert is_possible(value, count, world.vocabulary) is possible
    for rank, possible in ((-1, False), (0, True), (3, True), (4, False)):
        assert is_possible(rank, known["grade"], world.vocabulary) is possible


@pytest.mark.parametrize(
    ("name", "operands", "values"),
    [
        ("size", [3], [3, 2, 4]),
        ("size", [frozenset({5, 1})], [1, 5]),
        ("open", [True], [False, True]),
        ("grade", [2], [0, 1, 2, 3, 2, 1, 3]),
        ("kind", ["alpha"], ["alpha", "beta", "gamma-ray", "alpha"]),
        ("size", [True], []),
    ],
)
def test_the_values_that_matter_are_the_few_there_are_and_those_beside_what_is_named(
    world: World, name: str, operands: list[Any], values: list[Any]
) -> None:
    indicator = world.vocabulary.indicators[name]
    assert [*values_around(indicator, operands, world.vocabulary)] == values


@pytest.mark.parametrize(
    ("name", "comparison", "operand", "wanted", "values"),
    [
        ("size", "at_least", 3, True, {3}),
        ("size", "at_least", 3, False, {2}),
        ("size", "above", 3, True, {4}),
        ("size", "is", 3, True, {3}),
        ("size", "is", 3, False, {2, 4}),
        ("size", "known", True, True, set()),
        ("grade", "at_most", 1, False, {2}),
        ("grade", "is", 0, False, {1}),
        ("grade", "known", True, True, {0, 1, 2, 3}),
        ("grade", "known", True, False, set()),
        ("open", "is", True, False, {False}),
        ("kind", "is", "beta", False, {"alpha", "gamma-ray"}),
        ("kind", "one_of", frozenset({"alpha", "beta"}), True, {"alpha", "beta"}),
        ("kind", "one_of", frozenset({"alpha", "beta"}), False, {"gamma-ray"}),
    ],
)
def test_a_comparison_is_turned_by_the_nearest_values(
    world: World, name: str, comparison: str, operand: Any, wanted: bool, values: set[Any]
) -> None:
    indicator = world.vocabulary.indicators[name]
    found = turning_values(OPERATORS[comparison], operand, wanted, indicator, world.vocabulary)
    possible = [value for value in found if is_possible(value, indicator, world.vocabulary)]
    assert len(possible) == len(values) and set(possible) == values


@given(
    line=st.integers(0, 100),
    of=st.integers(1, 40),
    comparison=st.sampled_from(["at_least", "at_most", "above", "below"]),
    wanted=st.booleans(),
)
def test_a_share_is_turned_by_the_nearest_that_so_many_pupils_can_make(
    world: World, line: int, of: int, comparison: str, wanted: bool
) -> None:
    part, compared = world.vocabulary.indicators["part"], OPERATORS[comparison]
    [value] = turning_values(compared, line, wanted, part, world.vocabulary, of)
    makes = [100 * count / of for count in range(-1, of + 2)]
    turned = [share for share in makes if compared.truth(share, line) is wanted]
    assert value == pytest.approx(min(turned, key=lambda share: abs(share - line)))

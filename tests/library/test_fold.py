"""A condition is walked in one place: what comes of it is worked out from its comparisons up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.library.conditions import (
    comparisons,
    conjuncts,
    evaluate,
    fold,
    fold_wanted,
    gather,
    leaves,
    needs_read,
)
from termwise.engine.library.facts import Entity, Value
from termwise.engine.library.rule import Leaf, NeedLeaf

if TYPE_CHECKING:
    from tests.conftest import World

OPEN = {"indicator": "open", "is": True}
SIZE = {"indicator": "size", "above": 2}
HELP = {"need": "help"}
NESTED: dict[str, Any] = {"all": [OPEN, {"any": [HELP, {"not": {"all": [SIZE, HELP]}}]}]}


def written(world: World, data: dict[str, Any]) -> str:
    """A condition with brackets, as the parts come up."""
    return fold(
        world.built(data),
        leaf=lambda leaf: leaf.indicator,
        need=lambda need: need.need,
        not_=lambda part: f"not({part})",
        all_=lambda parts: f"all({', '.join(parts)})",
        any_=lambda parts: f"any({', '.join(parts)})",
    )


def pushed(world: World, data: dict[str, Any], wanted: bool) -> str:
    return fold_wanted(
        world.built(data),
        wanted,
        leaf=lambda leaf, wanted: f"{leaf.indicator}{'+' if wanted else '-'}",
        need=lambda need, wanted: f"{need.need}{'+' if wanted else '-'}",
        both=lambda parts: f"both({', '.join(parts)})",
        either=lambda parts: f"either({', '.join(parts)})",
    )


def test_every_kind_of_part_is_given_what_came_of_the_parts_below(world: World) -> None:
    assert written(world, NESTED) == "all(open, any(help, not(all(size, help))))"
    assert written(world, OPEN) == "open"
    assert written(world, {"not": HELP}) == "not(help)"


def test_negation_is_pushed_to_the_comparisons(world: World) -> None:
    assert pushed(world, NESTED, True) == "both(open+, either(help+, either(size-, help-)))"
    assert pushed(world, NESTED, False) == "either(open-, both(help-, both(size+, help+)))"
    assert pushed(world, {"not": {"not": OPEN}}, True) == "open+"


def test_comparisons_come_left_to_right(world: World) -> None:
    condition = world.built(NESTED)
    assert [leaf.key for leaf in leaves(condition)] == ["open", "need help", "size", "need help"]
    assert [leaf.indicator for leaf in comparisons(condition)] == ["open", "size"]
    assert needs_read(condition) == ("help", "help")
    assert gather(condition, lambda leaf: leaf.indicator, lambda need: "*") == tuple("open*size*")


@pytest.mark.parametrize(
    ("data", "count"),
    [(OPEN, 1), ({"any": [OPEN, SIZE]}, 1), ({"not": {"all": [OPEN, SIZE]}}, 1)]
    + [({"all": [OPEN, {"all": [SIZE, HELP]}, {"any": [HELP]}]}, 4)],
)
def test_what_has_to_hold_together(world: World, data: dict[str, Any], count: int) -> None:
    assert len(conjuncts(world.built(data))) == count


@given(data=st.data())
def test_pushing_negation_down_keeps_the_meaning(world: World, data: st.DataObject) -> None:
    condition = world.built(data.draw(world.plain_conditions))
    values: dict[str, Value] = data.draw(world.values)
    entity = Entity("school", "x", "x", (), values, data.draw(world.needs))

    def came(part: Leaf | NeedLeaf, wanted: bool) -> bool | None:
        result = evaluate(part, entity.lookup, world.vocabulary).result
        return None if result is None else result is wanted

    def both(parts: list[bool | None]) -> bool | None:
        return False if False in parts else None if None in parts else True

    def either(parts: list[bool | None]) -> bool | None:
        return True if True in parts else None if None in parts else False

    result = evaluate(condition, entity.lookup, world.vocabulary).result
    for wanted in (True, False):
        expected = None if result is None else result is wanted
        assert fold_wanted(condition, wanted, came, came, both, either) is expected

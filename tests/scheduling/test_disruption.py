"""Of the plans worth nearly as much as the best, the one that moves least of a plan before it."""

from __future__ import annotations

from dataclasses import replace

from termwise.engine.scheduling.constraints import AtMostOne
from termwise.engine.scheduling.disruption import (
    LEAST_DISRUPTION,
    Stood,
    least_disturbed,
    undisturbed,
)
from termwise.engine.scheduling.problem import Item, Problem, laid_out
from termwise.engine.scheduling.solver import solve


def item(name: str, *values: int) -> Item:
    """An item that takes one unit of a worker in the slot it starts in, and is worth so much there."""
    return Item(name, laid_out(len(values), 1, {"worker": (1,)}, values))


def starts(problem: Problem, stood: dict[str, Stood], allowance: float) -> dict[str, int]:
    found = least_disturbed(problem, solve(problem), stood, {}, allowance)
    return {name: place.start for name, place in found.chosen.items()}


ONE_A_SLOT = Problem(
    3,
    (item("a", 100, 99, 98), item("b", 100, 98, 96)),
    capacity={("worker", slot): 1 for slot in range(3)},
)
WAS = {"a": Stood("a", 1), "b": Stood("b", 2)}


def test_nothing_moves_where_the_old_plan_is_worth_nearly_as_much() -> None:
    assert starts(ONE_A_SLOT, WAS, 0.03) == {"a": 1, "b": 2}


def test_only_so_much_worth_is_given_up_for_it() -> None:
    assert starts(ONE_A_SLOT, WAS, 0.0) == {"a": 1, "b": 0}  # the best; a stays where it was
    assert starts(ONE_A_SLOT, {"a": Stood("a", 2), "b": Stood("b", 1)}, 0.005) == {"a": 1, "b": 0}


def test_what_counts_for_more_is_the_last_to_move() -> None:
    room = replace(ONE_A_SLOT, capacity={("worker", 0): 0, ("worker", 1): 1, ("worker", 2): 1})
    was = {"a": Stood("a", 1), "b": Stood("b", 1, weight=3)}
    assert starts(room, was, 0.5) == {"a": 2, "b": 1}


def test_something_new_counts_as_a_change_and_has_to_be_worth_it() -> None:
    little = replace(ONE_A_SLOT, items=(*ONE_A_SLOT.items, item("new", 0, 0, 1)))
    assert "new" not in starts(little, {"a": Stood("a", 1), "b": Stood("b", 0)}, 0.02)
    much = replace(ONE_A_SLOT, items=(*ONE_A_SLOT.items, item("new", 0, 0, 90)))
    assert starts(much, {"a": Stood("a", 1), "b": Stood("b", 0)}, 0.02)["new"] == 2


def test_another_form_in_its_place_is_a_change() -> None:
    problem = replace(
        ONE_A_SLOT,
        items=(item("a", 90, 90, 90), item("a/light", 91, 91, 91)),
        relations=(AtMostOne(("a", "a/light")),),
    )
    found = least_disturbed(problem, solve(problem), {"a": Stood("a", 2)}, {"a/light": "a"}, 0.6)
    assert {name: place.start for name, place in found.chosen.items()} == {"a": 2}


def test_the_level_says_how_much_was_disturbed() -> None:
    found = least_disturbed(ONE_A_SLOT, solve(ONE_A_SLOT), WAS, {}, 0.0)
    level = found.level(LEAST_DISRUPTION)
    assert (level.value, level.bound, level.status) == (1, 1, "optimal")


def test_as_many_as_can_stay_whatever_that_is_worth() -> None:
    was = {"a": Stood("a", 2), "b": Stood("b", 2)}
    assert len(undisturbed(ONE_A_SLOT, was, {})) == 1
    assert undisturbed(ONE_A_SLOT, was | {"b": Stood("b", 2, weight=2)}, {}) == {"b"}
    impossible = replace(
        ONE_A_SLOT, items=(replace(item("a", 1), must=True),), capacity={("worker", 0): 0}
    )
    assert undisturbed(impossible, {"a": Stood("a", 0)}, {}) == frozenset()

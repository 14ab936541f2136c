"""What could stand in an item's place for nearly the same value, against a search through every plan."""

from __future__ import annotations

from hypothesis import given, settings

from termwise.engine.scheduling.near_equal import exchanges
from termwise.engine.scheduling.problem import Item, Placement, Problem
from termwise.engine.scheduling.solver import solve
from tests.schedule_rules import every_plan, problems, worth


@settings(max_examples=60, deadline=None)
@given(problems())
def test_every_exchange_is_found_and_is_a_plan(problem: Problem) -> None:
    solution = solve(problem.unsmoothed)
    if solution.undone:
        return
    found = {one.out: one for one in exchanges(problem, solution, 1.0, str)}
    plans = list(every_plan(problem))
    for name, placement in solution.chosen.items():
        if problem.item(name).must:
            assert name not in found
            continue
        rest = {key: place for key, place in solution.chosen.items() if key != name}
        there = [
            placement.value - new.value
            for plan in plans
            if name not in plan and len(plan) == len(rest) + 1
            for new in [next(place for key, place in plan.items() if key not in rest)]
            if all(plan.get(key) == place for key, place in rest.items())
            and new.value >= 0
            and plan.keys() - rest.keys()
        ]
        assert (name in found) == bool(there)
        if name in found:
            assert found[name].lost == min(there)
            assert found[name].lost >= 0
            assert worth(solution.chosen) - found[name].lost in {worth(plan) for plan in plans}


def test_only_what_is_worth_nearly_as_much_is_told() -> None:
    def item(name: str, value: int) -> Item:
        return Item(name, (Placement(0, 0, 0, value, {("ada", 0): 10}),))

    problem = Problem(
        1, (item("best", 100), item("near", 96), item("far", 60)), capacity={("ada", 0): 10}
    )
    solution = solve(problem)
    assert [(one.out, one.into, one.lost) for one in exchanges(problem, solution, 0.05, str)] == [
        ("best", "near", 4)
    ]
    assert list(exchanges(problem, solution, 0.03, str)) == []
    assert list(exchanges(problem, solution, 0.5, lambda name: name[0])) == [
        *exchanges(problem, solution, 0.5, str)
    ]
    assert list(exchanges(problem, solution, 0.5, lambda name: "one")) == []


def test_a_resource_without_a_limit_keeps_nothing_out() -> None:
    def item(name: str, value: int, resource: str) -> Item:
        return Item(name, (Placement(0, 0, 0, value, {(resource, 0): 10, ("free", 0): 5}),))

    items = (item("best", 100, "ada"), item("near", 98, "ada"), item("there", 100, "ben"))
    problem = Problem(1, items, capacity={("ada", 0): 10, ("ben", 0): 10})
    found = exchanges(problem, solve(problem), 0.05, str)
    assert [(one.out, one.into) for one in found] == [("best", "near")]

"""What it would take to have a plan otherwise, against a search through every plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from termwise.engine.scheduling.alternatives import (
    Alternative,
    More,
    Prices,
    blockers,
    nearest,
    nearest_earlier,
    room_for,
    without,
)
from termwise.engine.scheduling.constraints import AtMostOne, OneOf, Requires
from termwise.engine.scheduling.problem import Item, Placement, Problem, Solution, laid_out
from termwise.engine.scheduling.solver import solve
from tests.schedule_rules import a_school, broken, changes, every_plan, problems, worth

quick = settings(max_examples=40, deadline=None)

Plan = Mapping[str, Placement]

PAID_ELSEWHERE = Problem(
    2,
    (Item("a", (Placement(0, 0, 0, 9), Placement(1, 1, 1, 5, {}, {"books": 5}))),),
    budget={"fund": 1},
    pays={"books": (("fund",), ("purse",))},
)
"""The purse has no limit."""


def asked(problem: Problem, solution: Solution) -> Iterator[tuple[Item, int]]:
    """Each item with the slot before its own; one left out, with every slot there is."""
    for item in problem.items:
        if item.id in solution.chosen:
            yield item, solution.chosen[item.id].start - 1
        else:
            yield from ((item, slot) for slot in range(problem.slots))


def check(
    problem: Problem,
    solution: Solution,
    found: Alternative | None,
    plans: list[dict[str, Placement]],
    name: str,
    most: int,
) -> None:
    """That an alternative is the best of the plans that are asked for."""
    if found is None:
        assert plans == []
        return
    assert list(broken(problem, found.chosen, solution.undone)) == []
    assert found.chosen in plans
    by_changes = [(changes(solution.chosen, plan, besides=name), plan) for plan in plans]
    near = [plan for count, plan in by_changes if count <= most]
    least = min(count for count, _ in by_changes)
    best = max(map(worth, near or [plan for count, plan in by_changes if count == least]))
    assert found.value_lost == solution.value - best == solution.value - worth(found.chosen)
    assert found.proved
    told = {
        move.item: (
            None if move.was is None else problem.item(move.item).at(move.was),
            None if move.now is None else problem.item(move.item).at(move.now),
        )
        for move in found.moves
    }
    others = {*solution.chosen, *found.chosen} - {name}
    assert told == {
        other: (was, now)
        for other in sorted(others)
        if (was := solution.chosen.get(other)) != (now := found.chosen.get(other))
    }
    assert found.item == name
    if found.fewest:
        assert len(found.moves) == least
    else:
        assert len(found.moves) <= most


@quick
@given(problems(most_items=5), st.integers(0, 3))
def test_the_nearest_alternative_is_the_best_that_changes_so_little(
    problem: Problem, most: int
) -> None:
    solution = solve(problem)
    plans = list(every_plan(problem, solution.undone))
    for item, start in asked(problem, solution):
        there = [plan for plan in plans if item.id in plan and plan[item.id].start == start]
        found = nearest(problem, solution, item.id, start, most)
        check(problem, solution, found, there, item.id, most)


@quick
@given(problems(most_items=5), st.integers(0, 3))
def test_any_slot_will_do_when_none_is_named(problem: Problem, most: int) -> None:
    solution = solve(problem)
    plans = list(every_plan(problem, solution.undone))
    for item in problem.items:
        inside = [plan for plan in plans if item.id in plan]
        found = nearest(problem, solution, item.id, None, most)
        check(problem, solution, found, inside, item.id, most)


@quick
@given(problems(most_items=5), st.integers(0, 3))
def test_what_it_costs_to_do_without_an_item(problem: Problem, most: int) -> None:
    solution = solve(problem)
    plans = list(every_plan(problem, solution.undone))
    for item in problem.items:
        outside = [plan for plan in plans if item.id not in plan]
        found = without(problem, solution, item.id, most)
        check(problem, solution, found, outside, item.id, most)


@quick
@given(problems(most_items=5), st.integers(0, 3))
def test_another_form_of_something_counts_as_one_change(problem: Problem, most: int) -> None:
    """The items are forms of two things, by turns; at most one form of each may be in a plan."""
    names = [item.id for item in problem.items]
    kin = {name: "odd" if place % 2 else "even" for place, name in enumerate(names)}
    groups = [tuple(name for name in names if kin[name] == one) for one in ("even", "odd")]
    problem = replace(
        problem,
        items=tuple(replace(item, must=False) for item in problem.items),
        relations=(
            *(one for one in problem.relations if not isinstance(one, OneOf)),
            *(AtMostOne(group) for group in groups if len(group) > 1),
        ),
    )
    solution = solve(problem)
    plans = list(every_plan(problem, solution.undone))

    def changed(plan: Plan, besides: str) -> int:
        was, now = (
            {kin[name]: (name, place) for name, place in one.items()}
            for one in (solution.chosen, plan)
        )
        return sum(was.get(one) != now.get(one) for one in {*was, *now} - {besides})

    for item, start in asked(problem, solution):
        there = [plan for plan in plans if item.id in plan and plan[item.id].start == start]
        found = nearest(problem, solution, item.id, start, most, kin)
        assert (found is None) == (not there)
        if found is None:
            continue
        counted = [(changed(plan, kin[item.id]), worth(plan)) for plan in there]
        least = min(count for count, _ in counted)
        limit = least if found.fewest else most
        assert found.fewest == (least > most)
        best = max(value for count, value in counted if count <= limit)
        assert found.value_lost == solution.value - best


@quick
@given(problems(most_items=6, most_slots=4))
@example(a_school(11))
@example(a_school(12))
@example(PAID_ELSEWHERE)
def test_something_blocks_an_item_exactly_when_moving_it_alone_breaks_a_rule(
    problem: Problem,
) -> None:
    solution = solve(problem)
    for item in problem.items:
        for placement in item.placements:
            blocked = list(blockers(problem, solution, item.id, placement))
            alone = {**solution.chosen, item.id: placement}
            told = list(broken(problem, alone, solution.undone))
            assert bool(blocked) == bool(told), (item.id, placement.start, blocked, told)


@quick
@given(problems(most_items=6, most_slots=4))
@example(a_school(11))
def test_what_blocks_for_want_of_room_says_how_much_is_left(problem: Problem) -> None:
    solution = solve(problem)
    for item in problem.items:
        for placement in item.placements:
            others = [place for name, place in solution.chosen.items() if name != item.id]
            for blocker in blockers(problem, solution, item.id, placement):
                assert set(blocker.users) <= set(solution.chosen) - {item.id}
                if blocker.kind == "capacity":
                    assert blocker.slot is not None
                    key = (blocker.name, blocker.slot)
                    used = sum(place.load.get(key, 0) for place in others)
                    assert blocker.wanted == placement.load[key]
                    assert blocker.left == problem.capacity[key] - used < blocker.wanted


def test_the_school_sized_alternatives_break_nothing_and_count_right() -> None:
    problem = a_school(13)
    solution = solve(problem)
    for item, start in asked(problem, solution):
        found = nearest(problem, solution, item.id, start)
        if found is not None:
            assert list(broken(problem, found.chosen)) == []
            assert found.chosen[item.id].start == start
            assert found.value_lost == solution.value - worth(found.chosen)
            assert len(found.moves) == changes(solution.chosen, found.chosen, besides=item.id)
            assert found.fewest or len(found.moves) <= 3


def test_more_is_moved_only_when_less_will_not_do() -> None:
    # "last" a slot earlier takes "first" and "second" with it, and there is room for that.
    chain = (Requires(("first",), "second"), Requires(("second",), "last"))
    items = tuple(
        Item(name, laid_out(4, 1, value=value), must=True)
        for name, value in (("first", (1, 5, 1, 1)), ("second", 3), ("last", 2))
    )
    problem = Problem(4, items, chain)
    solution = solve(problem)
    assert [solution.chosen[name].start for name in ("first", "second", "last")] == [1, 2, 3]
    few = nearest(problem, solution, "last", 2, most=1)
    assert few is not None and few.fewest
    assert [(move.item, move.was, move.now) for move in few.moves] == [
        ("first", 1, 0),
        ("second", 2, 1),
    ]
    assert few.value_lost == 4
    enough = nearest(problem, solution, "last", 2, most=2)
    assert enough == replace(few, fewest=False)
    assert nearest(problem, solution, "last", 1) is None


def test_the_earlier_slot_that_is_looked_at_is_the_next_one() -> None:
    items = (
        Item("in", (*laid_out(4, 1, value=1)[:2], *laid_out(4, 1, value=9)[3:])),
        Item("out", laid_out(4, 1, load={"ada": (1,)}, value=2)),
    )
    problem = Problem(4, items, capacity={("ada", slot): 0 for slot in range(3)} | {("ada", 3): -1})
    solution = solve(replace(problem, capacity={**problem.capacity, ("ada", 3): 0}))
    assert set(solution.chosen) == {"in"}
    earlier = nearest_earlier(problem, solution, "in")
    assert earlier is not None and earlier.start == 1
    least = nearest_earlier(problem, solution, "out")
    assert least is not None and least.start == 0
    assert nearest_earlier(Problem(1, (Item("a", ()),)), Solution("optimal", {}, ()), "a") is None


# --- room


def price(problem: Problem, plan: Plan, prices: Prices) -> int:
    """What it would cost to widen every limit a plan goes beyond; each claim is an account."""
    total = 0
    for key, limit in problem.capacity.items():
        used = sum(place.load.get(key, 0) for place in plan.values())
        total += prices.capacity * max(0, used - limit)
    for account, limit in problem.budget.items():
        used = sum(place.cost.get(account, 0) for place in plan.values())
        total += prices.budget * max(0, used - limit)
    for (watcher, slot), limit in problem.attention.items():
        begun = [problem.item(name) for name, place in plan.items() if place.start == slot]
        used = sum(item.attention.get(watcher, 0) for item in begun)
        total += prices.attention * max(0, used - limit)
    return total


def widened(problem: Problem, more: More) -> Problem:
    """The problem with so much more of a limit; a claim nobody pays gets an account of its own."""
    key: Any = more.name if more.kind == "budget" else (more.name, more.slot)
    limits = getattr(problem, more.kind)
    changed: Any = {more.kind: {**limits, key: limits.get(key, 0) + more.amount}}
    if more.kind == "budget" and problem.pays.get(more.name) == ():
        changed["pays"] = {**problem.pays, more.name: ((more.name,),)}
    return replace(problem, **changed)


@quick
@given(problems(), st.builds(Prices, *[st.integers(1, 5)] * 3))
def test_room_for_an_item_is_the_cheapest_there_is_and_is_enough(
    problem: Problem, prices: Prices
) -> None:
    solution = solve(problem)
    free = replace(problem, capacity={}, budget={}, attention={})
    anyhow = list(every_plan(replace(free, pays={}), solution.undone))
    for item in problem.items:
        if item.id in solution.chosen:
            continue
        room = room_for(problem, solution, item.id, prices)
        wanted = {item.id, *solution.chosen}
        plans = [plan for plan in anyhow if wanted <= set(plan)]
        if not problem.pays:
            assert (room is None) == (not plans)
        if room is None:
            continue
        assert wanted <= set(room.chosen)
        wider = problem
        total = 0
        for more in room.more:
            assert more.amount > 0
            wider = widened(wider, more)
            total += more.amount * getattr(prices, more.kind)
        assert room.price == total
        assert list(broken(wider, room.chosen, solution.undone)) == []
        if not problem.pays:
            assert room.price == min(price(problem, plan, prices) for plan in plans)


def test_there_is_no_room_beside_what_excludes_it() -> None:
    items = (Item("a", laid_out(1, 1, value=2)), Item("b", laid_out(1, 1, value=1)))
    problem = Problem(1, items, (OneOf(("a", "b")),))
    assert room_for(problem, solve(problem), "b", Prices()) is None

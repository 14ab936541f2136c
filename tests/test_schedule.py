"""The scheduler against a second opinion: a checker and a search that know nothing of the solver."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from termwise.engine.schedule import Item, Placement, Problem, Solution, conflict, solve

RESOURCES = ("ada", "ben")
ACCOUNTS = ("fund", "grant")
Chosen = Mapping[str, Placement]

quick = settings(max_examples=40, deadline=None)


# --- the second opinion


def broken(problem: Problem, chosen: Chosen, excused: Collection[str] = ()) -> Iterator[str]:
    """Every constraint of the problem a choice breaks; must-do items that are excused may be out."""
    for item in problem.items:
        if item.id in chosen and chosen[item.id] not in item.placements:
            yield f"{item.id} has no such placement"
        if item.must and item.id not in chosen and item.id not in excused:
            yield f"{item.id} must be in"

    def ready(before: str, after: str) -> bool:
        return before in chosen and chosen[before].ready < chosen[after].start

    for before, after in problem.requires:
        if after in chosen and not ready(before, after):
            yield f"{after} requires {before}"
    for options, after in problem.requires_any:
        if after in chosen and not any(ready(option, after) for option in options):
            yield f"{after} requires one of {options}"
    for before, after in problem.follows:
        if before in chosen and after in chosen and not ready(before, after):
            yield f"{after} follows {before}"
    for group in problem.at_most_one:
        if len(set(group) & set(chosen)) > 1:
            yield f"more than one of {group}"
    for key, capacity in problem.capacity.items():
        if sum(placement.load.get(key, 0) for placement in chosen.values()) > capacity:
            yield f"too much work for {key}"
    for account, budget in problem.budget.items():
        if sum(placement.cost.get(account, 0) for placement in chosen.values()) > budget:
            yield f"too much money from {account}"
    for slot, allowed in enumerate(problem.starts):
        change = sum(
            item.change
            for item in problem.items
            if item.id in chosen and chosen[item.id].start == slot
        )
        if change > allowed:
            yield f"too much starts in {slot}"


def every_plan(problem: Problem, excused: Collection[str] = ()) -> Iterator[dict[str, Placement]]:
    """All choices that break nothing."""
    options: list[tuple[Placement | None, ...]] = [
        (None, *item.placements) for item in problem.items
    ]
    for row in itertools.product(*options):
        pairs = zip(problem.items, row, strict=True)
        chosen = {item.id: placement for item, placement in pairs if placement is not None}
        if not any(broken(problem, chosen, excused)):
            yield chosen


def kept_and_value(problem: Problem, chosen: Chosen) -> tuple[int, int]:
    """What is to be as great as can be: must-do items kept, then value."""
    musts = sum(item.must and item.id in chosen for item in problem.items)
    return musts, sum(placement.value for placement in chosen.values())


def narrowed(problem: Problem, names: Collection[str]) -> Problem:
    """The problem with the named must-do items and limits, and no other."""
    return replace(
        problem,
        items=tuple(replace(item, must=f"must:{item.id}" in names) for item in problem.items),
        capacity={k: v for k, v in problem.capacity.items() if f"capacity:{k[0]}" in names},
        budget={k: v for k, v in problem.budget.items() if f"budget:{k}" in names},
        starts=problem.starts if "starts" in names else (),
    )


def feasible(problem: Problem) -> bool:
    return next(every_plan(problem), None) is not None


def settled(solution: Solution) -> int:
    """The value that was found before anything was given up for a smoother load."""
    return solution.levels[0].value


# --- made-up problems


@st.composite
def an_item(draw: st.DrawFn, name: str, slots: int, musts: st.SearchStrategy[bool]) -> Item:
    ready = 0
    placements = []
    for start in sorted(draw(st.sets(st.integers(0, slots - 1), max_size=slots))):
        ready = draw(st.integers(max(ready, start), max(ready, slots - 1)))
        end = draw(st.integers(start, slots - 1))
        keys = st.tuples(st.sampled_from(RESOURCES), st.integers(start, end))
        placements.append(
            Placement(
                start=start,
                end=end,
                ready=ready,
                value=draw(st.integers(0, 20)),
                load=draw(st.dictionaries(keys, st.integers(1, 4), max_size=3)),
                cost=draw(
                    st.dictionaries(st.sampled_from(ACCOUNTS), st.integers(1, 4), max_size=2)
                ),
            )
        )
    return Item(name, tuple(placements), must=draw(musts), change=draw(st.integers(0, 2)))


@st.composite
def problems(
    draw: st.DrawFn,
    most_items: int = 4,
    most_slots: int = 3,
    musts: st.SearchStrategy[bool] | None = None,
) -> Problem:
    musts = st.sampled_from([False, False, True]) if musts is None else musts
    slots = draw(st.integers(1, most_slots))
    names = [f"item-{number}" for number in range(draw(st.integers(1, most_items)))]
    items = tuple(draw(an_item(name, slots, musts)) for name in names)
    # An edge goes from an earlier name to a later one, so that nothing needs itself.
    pairs = list(itertools.combinations(names, 2))
    some: dict[str, Any] = {"max_size": 2, "unique": True}
    edges = st.lists(st.sampled_from(pairs), **some) if pairs else st.just([])
    wide = [
        (options, after)
        for position, after in enumerate(names)
        for options in itertools.combinations(names[:position], 2)
    ]
    groups = [group for size in (2, 3) for group in itertools.combinations(names, size)]
    limit = st.integers(0, 6)
    keys = st.tuples(st.sampled_from(RESOURCES), st.integers(0, slots - 1))
    starts = st.lists(st.integers(0, 4), min_size=slots, max_size=slots).map(tuple)
    return Problem(
        slots=slots,
        items=items,
        requires=tuple(draw(edges)),
        requires_any=tuple(draw(st.lists(st.sampled_from(wide), max_size=1)) if wide else ()),
        follows=tuple(draw(edges)),
        at_most_one=tuple(draw(st.lists(st.sampled_from(groups), max_size=1)) if groups else ()),
        capacity=draw(st.dictionaries(keys, limit, max_size=6)),
        budget=draw(st.dictionaries(st.sampled_from(ACCOUNTS), limit)),
        starts=draw(st.one_of(st.just(()), starts)),
        smooth_above=draw(st.sampled_from([0.5, 0.8, 1.0])),
        allowance=draw(st.sampled_from([0.0, 0.1, 0.5])),
    )


TOO_MUCH = Problem(
    slots=1,
    items=(
        Item("one", (Placement(0, 0, 0, 5, {("ada", 0): 2}),), must=True),
        Item("two", (Placement(0, 0, 0, 7, {("ada", 0): 2}),), must=True),
        Item("three", (Placement(0, 0, 0, 9),), must=True),
    ),
    capacity={("ada", 0): 3},
)


# --- the tests


@quick
@given(problems(most_items=7, most_slots=4))
@example(TOO_MUCH)
def test_a_solution_breaks_no_constraint(problem: Problem) -> None:
    solution = solve(problem)
    assert list(broken(problem, solution.chosen, solution.undone)) == []
    musts = {item.id for item in problem.items if item.must}
    assert set(solution.undone) == musts - set(solution.chosen)


@quick
@given(problems())
@example(TOO_MUCH)
def test_no_other_plan_is_worth_more(problem: Problem) -> None:
    solution = solve(problem)
    everything = {item.id for item in problem.items}
    kept, value = max(kept_and_value(problem, plan) for plan in every_plan(problem, everything))
    assert kept_and_value(problem, solution.chosen)[0] == kept
    assert settled(solution) == value
    assert solution.levels[0].status == "optimal"
    assert (solution.status == "infeasible") == (not feasible(problem)) == bool(solution.undone)


@quick
@given(problems())
def test_a_smoother_load_gives_up_no_more_than_the_allowance(problem: Problem) -> None:
    solution = solve(problem)
    least = settled(solution) - int(settled(solution) * problem.allowance)
    assert least <= solution.value <= settled(solution)


@quick
@given(problems(musts=st.just(False)))
def test_the_proved_bound_is_the_value_when_the_plan_is_optimal(problem: Problem) -> None:
    level = solve(problem).levels[0]
    assert (level.status, level.bound) == ("optimal", level.value)


def test_the_bound_is_in_points_of_value_when_not_all_musts_fit() -> None:
    level = solve(TOO_MUCH).levels[0]
    assert level.bound <= sum(item.placements[0].value for item in TOO_MUCH.items)


@quick
@given(problems(most_items=6), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(problem: Problem, random: Any) -> None:
    def mixed(things: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(things, len(things)))

    shuffled = replace(
        problem,
        items=mixed(problem.items),
        requires=mixed(problem.requires),
        follows=mixed(problem.follows),
        at_most_one=tuple(mixed(group) for group in problem.at_most_one),
        capacity=dict(mixed(tuple(problem.capacity.items()))),
        budget=dict(mixed(tuple(problem.budget.items()))),
    )
    assert solve(shuffled) == solve(problem)


@quick
@given(problems(most_items=6), st.integers(1, 3))
def test_more_time_and_money_never_make_a_plan_worse(problem: Problem, more: int) -> None:
    wider = replace(
        problem,
        capacity={key: limit + more for key, limit in problem.capacity.items()},
        budget={key: limit + more for key, limit in problem.budget.items()},
        starts=tuple(limit + more for limit in problem.starts),
    )
    tight, wide = solve(problem), solve(wider)
    assert (-len(wide.undone), settled(wide)) >= (-len(tight.undone), settled(tight))


@quick
@given(problems(musts=st.just(True)))
@example(TOO_MUCH)
def test_a_conflict_can_not_hold_and_would_hold_without_any_one_of_it(problem: Problem) -> None:
    found = conflict(problem)
    assert bool(found) == (not feasible(problem))
    assume(found)
    assert not feasible(narrowed(problem, found))
    for name in found:
        assert feasible(narrowed(problem, set(found) - {name})), name


def test_a_conflict_names_what_collides_and_nothing_else() -> None:
    assert conflict(TOO_MUCH) == ("capacity:ada", "must:one", "must:two")


def test_there_is_no_conflict_where_nothing_must_be_done() -> None:
    assert conflict(narrowed(TOO_MUCH, {"capacity:ada"})) == ()


def test_as_many_musts_are_kept_as_can_be_and_the_others_are_named() -> None:
    solution = solve(TOO_MUCH)
    assert set(solution.chosen) == {"two", "three"}
    assert solution.undone == ("one",)
    assert solution.status == "infeasible"


def test_an_item_without_a_place_that_must_be_in_is_undone() -> None:
    problem = Problem(slots=2, items=(Item("late", (), must=True),))
    assert solve(problem).undone == ("late",)
    assert conflict(problem) == ("must:late",)


def test_the_empty_problem_has_the_empty_plan() -> None:
    solution = solve(Problem(slots=1, items=()))
    assert (solution.chosen, solution.value, solution.status) == ({}, 0, "optimal")


def test_a_placement_that_is_not_there_is_asked_for_in_vain() -> None:
    with pytest.raises(KeyError, match="one can't start in slot 3"):
        TOO_MUCH.item("one").at(3)

"""The scheduler against a second opinion: a checker and a search that know nothing of the solver."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termwise.engine.scheduling.constraints import (
    AtMostOne,
    Follows,
    OneOf,
    Relation,
    Requires,
    Together,
)
from termwise.engine.scheduling.greedy import greedy
from termwise.engine.scheduling.payments import split
from termwise.engine.scheduling.problem import Aim, Item, Placement, Problem, Solution, laid_out
from termwise.engine.scheduling.solver import solve
from tests.made_up_problems import made_up
from tests.places import ROOT
from tests.schedule_rules import (
    CLAIMS,
    a_school,
    broken,
    every_plan,
    musts,
    payable,
    problems,
    undone,
    worth,
)

quick = settings(max_examples=40, deadline=None)

LEAST = {"smooth load", "finish early", "tie-break"}
"""The levels where less is better."""


def settled(solution: Solution) -> int:
    """The value that was found before anything was given up for a smoother load."""
    return solution.level("value").value


def places(slots: int, length: int = 1, **more: Any) -> tuple[Placement, ...]:
    return laid_out(slots, length, **more)


TOO_MUCH = Problem(
    slots=1,
    items=(
        Item("one", (Placement(0, 0, 0, 5, {("ada", 0): 2}),), must=True),
        Item("two", (Placement(0, 0, 0, 7, {("ada", 0): 2}),), must=True),
        Item("three", (Placement(0, 0, 0, 9),), must=True),
    ),
    capacity={("ada", 0): 3},
)


# --- the second opinion itself

ABC = tuple(Item(name, places(4)) for name in "abc")


@pytest.mark.parametrize(
    ("relation", "starts", "kept_to"),
    [
        (Requires(("a",), "b"), {"b": 1}, False),
        (Requires(("a",), "b"), {"a": 1, "b": 1}, False),
        (Requires(("a",), "b"), {"a": 0, "b": 1}, True),
        (Requires(("a",), "b"), {"a": 3}, True),
        (Requires(("a", "c"), "b"), {"a": 3, "c": 0, "b": 1}, True),
        (Requires(("a", "c"), "b"), {"a": 3, "c": 1, "b": 1}, False),
        (Requires(("a",), "b", 3), {"a": 0, "b": 2}, True),
        (Requires(("a",), "b", 4), {"a": 0, "b": 2}, False),
        (Requires(("a",), "b", 4), {"a": 0, "b": 3}, True),
        (Follows("a", "b"), {"b": 0}, True),
        (Follows("a", "b"), {"a": 0}, True),
        (Follows("a", "b"), {"a": 2, "b": 1}, False),
        (Follows("a", "b", 1), {"a": 0, "b": 1}, False),
        (Together(("a", "b")), {}, True),
        (Together(("a", "b")), {"a": 1}, False),
        (Together(("a", "b")), {"a": 1, "b": 2}, False),
        (Together(("a", "b")), {"a": 1, "b": 1}, True),
        (AtMostOne(("a", "b")), {}, True),
        (AtMostOne(("a", "b")), {"a": 0, "c": 0}, True),
        (AtMostOne(("a", "b")), {"a": 0, "b": 3}, False),
        (OneOf(("a", "b")), {"c": 0}, False),
        (OneOf(("a", "b")), {"b": 0}, True),
        (OneOf(("a", "b")), {"a": 1, "b": 0}, False),
    ],
)
def test_the_checker_knows_each_relation(
    relation: Relation, starts: dict[str, int], kept_to: bool
) -> None:
    problem = Problem(4, ABC, (relation,), lengths=(1, 3, 1, 2))
    chosen = {name: problem.item(name).at(start) for name, start in starts.items()}
    assert (not any(broken(problem, chosen))) == kept_to


@pytest.mark.parametrize(
    ("rule", "start", "told"),
    [
        ({"earliest": 2}, 1, "a starts in 1, before 2"),
        ({"latest": 2}, 3, "a starts in 3, after 2"),
        ({"pinned": 2}, 3, "a starts in 3, not in 2"),
        ({"earliest": 1, "latest": 1, "pinned": 1}, 1, None),
        ({"pinned": 2}, None, None),
        ({"must": True}, None, "a must be in"),
    ],
)
def test_the_checker_knows_an_items_own_rules(
    rule: dict[str, Any], start: int | None, told: str | None
) -> None:
    problem = Problem(4, (Item("a", places(4), **rule),))
    chosen = {} if start is None else {"a": problem.item("a").at(start)}
    assert list(broken(problem, chosen)) == ([] if told is None else [told])
    assert list(broken(problem, chosen, excused=("a",))) == (
        [] if told in (None, "a must be in") else [told]
    )


def test_the_checker_knows_the_limits_of_work_and_of_starts() -> None:
    items = tuple(
        Item(name, places(2, 2, load={"ada": (2, 1)}), attention={"school": 1}) for name in "ab"
    )
    chosen = {item.id: item.placements[0] for item in items}
    limits: dict[str, Any] = {
        "capacity": {("ada", 0): 3, ("ada", 1): 2, ("ben", 0): 0},
        "attention": {("school", 0): 1, ("school", 1): 0, ("staff", 0): 0},
    }
    assert list(broken(Problem(2, items, **limits), chosen)) == [
        "4 of ada in 0, where there are 3",
        "2 for school starts in 0, where 1 may",
    ]
    assert list(broken(Problem(2, items), {**chosen, "c": chosen["a"]})) == ["nothing is called c"]
    strange = replace(chosen["a"], value=1)
    assert list(broken(Problem(2, items), {"a": strange})) == ["a has no such placement"]


@pytest.mark.parametrize(
    ("claimed", "can"),
    [
        ({"fund": 5}, True),
        ({"fund": 6}, False),
        ({"free": 99}, True),
        ({"books": 7}, True),  # five from the fund, two from grant and tier together
        ({"books": 8}, False),
        ({"books": 7, "cover": 1}, False),
        ({"books": 5, "cover": 2}, True),
        ({"cover": 3}, False),
        ({"fund": 4, "books": 3}, True),
        ({"fund": 4, "books": 4}, False),
        ({"orphan": 0}, True),
        ({"orphan": 1}, False),
        ({"anyhow": 99}, True),
    ],
)
def test_the_checker_knows_what_can_be_paid_in_parts(claimed: dict[str, int], can: bool) -> None:
    problem = Problem(
        1,
        (),
        budget={"fund": 5, "grant": 4, "tier": 2},
        pays={
            "books": (("fund",), ("grant", "tier")),
            "cover": (("grant", "tier"),),
            "orphan": (),
            "anyhow": (("fund",), ("purse",)),
        },
    )
    assert payable(problem, claimed) == can


# --- the plan


@quick
@given(problems(most_items=7, most_slots=4))
@example(TOO_MUCH)
def test_a_solution_breaks_no_rule(problem: Problem) -> None:
    solution = solve(problem)
    assert list(broken(problem, solution.chosen, solution.undone)) == []
    assert set(solution.undone) == undone(problem, solution.chosen)


@quick
@given(problems())
@example(TOO_MUCH)
def test_no_other_plan_is_worth_more(problem: Problem) -> None:
    solution = solve(problem)
    plans = every_plan(problem, musts(problem))
    lost, value = max((-len(undone(problem, plan)), worth(plan)) for plan in plans)
    assert (-len(solution.undone), settled(solution)) == (lost, value)
    assert solution.level("value").status == "optimal"
    assert (solution.status == "infeasible") == bool(lost)


@quick
@given(problems(most_items=7, most_slots=4))
@example(a_school(1))
@example(a_school(2))
def test_no_greedy_plan_breaks_a_rule_or_is_worth_more(problem: Problem) -> None:
    draft = greedy(problem)
    if draft is None:
        return
    assert list(broken(problem, draft)) == []
    solution = solve(problem)
    assert solution.undone == ()
    assert settled(solution) >= worth(draft)


@quick
@given(problems())
@example(a_school(1))
def test_a_smoother_load_gives_up_no_more_than_the_allowance(problem: Problem) -> None:
    solution = solve(problem)
    least = settled(solution) - int(settled(solution) * problem.allowance)
    assert least <= solution.value <= settled(solution)


@quick
@given(problems())
@example(TOO_MUCH)
@example(a_school(3))
def test_each_level_is_within_its_bound(problem: Problem) -> None:
    for level in solve(problem).levels:
        if level.name in LEAST:
            assert level.bound <= level.value, level
        else:
            assert level.value <= level.bound, level
        assert level.status != "optimal" or level.value == level.bound, level


@quick
@given(problems(musts=st.just(True), aims=("must-do", "finish early")))
def test_what_is_to_finish_early_ends_as_early_as_any_plan(problem: Problem) -> None:
    solution = solve(problem)
    assert list(broken(problem, solution.chosen, solution.undone)) == []
    plans = every_plan(problem, solution.undone)
    assert _end(solution.chosen.values()) == min(_end(plan.values()) for plan in plans)


@quick
@given(problems(aims=("must-do", "value", "finish early")))
def test_finishing_early_costs_no_value_when_value_comes_first(problem: Problem) -> None:
    solution = solve(problem)
    plans = list(every_plan(problem, solution.undone))
    best = max(map(worth, plans))
    assert solution.value == best
    ends = [_end(plan.values()) for plan in plans if worth(plan) == best]
    assert _end(solution.chosen.values()) == min(ends)


def _end(placements: Iterable[Placement]) -> int:
    return max((placement.end for placement in placements), default=-1)


AIMS: tuple[tuple[Aim, ...], ...] = (
    ("must-do",),
    ("must-do", "smooth load"),
    ("must-do", "finish early", "value"),
    ("must-do", "value", "finish early", "smooth load"),
)


@quick
@given(problems(), st.sampled_from(AIMS))
@example(TOO_MUCH, ("must-do",))
def test_must_dos_are_kept_whatever_else_is_aimed_at(problem: Problem, aims: Any) -> None:
    solution = solve(replace(problem, aims=aims))
    assert list(broken(problem, solution.chosen, solution.undone)) == []
    plans = every_plan(problem, musts(problem))
    assert len(solution.undone) == min(len(undone(problem, plan)) for plan in plans)
    assert set(solution.undone) == undone(problem, solution.chosen)


# --- who pays

BILLS = Problem(
    1,
    (),
    budget={"fund": 1},
    pays={"books": (("fund",), ("purse",)), "cover": (("purse",), ("fund",)), "orphan": ()},
)
"""The purse has no limit."""


@quick
@given(problems(), st.dictionaries(st.sampled_from(CLAIMS), st.integers(0, 8)))
@example(BILLS, {"books": 5})
@example(BILLS, {"cover": 5, "books": 1})
@example(BILLS, {"orphan": 1})
@example(BILLS, {"orphan": 0, "books": 0})
def test_what_can_be_paid_is_split_among_its_ways(problem: Problem, claims: dict[str, int]) -> None:
    found = split(problem, claims)
    assert (found is not None) == payable(problem, claims)
    if found is None:
        return
    ways = {claim: problem.pays.get(claim, ((claim,),)) for claim in claims}
    spent: dict[str, int] = {}
    for (claim, place), amount in found.items():
        assert amount >= 0
        for account in ways[claim][place]:
            spent[account] = spent.get(account, 0) + amount
    assert all(spent.get(account, 0) <= most for account, most in problem.budget.items())
    for claim, wanted in claims.items():
        assert sum(amount for (name, _), amount in found.items() if name == claim) == wanted


# --- the same plan every time


@quick
@given(problems(most_items=6))
@example(a_school(4))
def test_a_plan_to_begin_with_does_not_change_the_answer(problem: Problem) -> None:
    answer = solve(problem)
    assert solve(problem, hint=answer.chosen) == answer


@quick
@given(problems(most_items=6), st.randoms(use_true_random=False))
@example(a_school(4), Random(4))
def test_the_order_of_what_is_given_does_not_matter(problem: Problem, random: Any) -> None:
    assert solve(_shuffled(problem, random)) == solve(problem)


@pytest.mark.parametrize("effort", [0.05, 0.2])
def test_a_plan_that_is_not_proved_has_a_bound_that_holds_and_is_one_plan(effort: float) -> None:
    problem = replace(made_up(35, 6), effort=effort)
    hurried = solve(problem)
    assert hurried.status == "within-gap"
    assert not list(broken(problem, hurried.chosen))
    best = solve(replace(problem, effort=4.0)).level("value")
    assert best.status == "optimal"
    assert hurried.level("value").value <= best.value <= hurried.level("value").bound
    assert solve(_shuffled(problem, Random(4))) == hurried


def _shuffled(problem: Problem, random: Any) -> Problem:
    def mixed(things: Any) -> Any:
        if isinstance(things, tuple):
            return tuple(random.sample(things, len(things)))
        return dict(random.sample(list(things.items()), len(things)))

    def turned(relation: Relation) -> Relation:
        match relation:
            case Requires(options):
                return replace(relation, options=mixed(options))
            case Together() | AtMostOne() | OneOf():
                return replace(relation, items=mixed(relation.items))
            case _:
                return relation

    return replace(
        problem,
        items=mixed(
            tuple(replace(item, attention=mixed(item.attention)) for item in problem.items)
        ),
        relations=mixed(tuple(turned(relation) for relation in problem.relations)),
        capacity=mixed(problem.capacity),
        budget=mixed(problem.budget),
        pays=mixed({claim: mixed(ways) for claim, ways in problem.pays.items()}),
        attention=mixed(problem.attention),
    )


PRINT_PLANS = """
from tests.schedule_rules import a_school
from termwise.engine.scheduling import solve
for seed in (5, 6):
    solution = solve(a_school(seed))
    print(solution.levels, [(name, place.start) for name, place in solution.chosen.items()])
"""


def test_the_plan_is_the_same_under_every_hash_seed() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", PRINT_PLANS],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
    assert "step-" in said.pop()


# --- more never hurts


@quick
@given(problems(most_items=6), st.integers(1, 3))
@example(a_school(7), 1)
def test_more_time_money_or_attention_never_lowers_the_value(problem: Problem, more: int) -> None:
    tight = solve(problem)
    for field in ("capacity", "budget", "attention"):
        limits = {key: limit + more for key, limit in getattr(problem, field).items()}
        wider: Any = {field: limits}
        wide = solve(replace(problem, **wider))
        assert (-len(wide.undone), settled(wide)) >= (-len(tight.undone), settled(tight)), field


# --- corners


def test_as_many_musts_are_kept_as_can_be_and_the_others_are_named() -> None:
    solution = solve(TOO_MUCH)
    assert set(solution.chosen) == {"two", "three"}
    assert solution.undone == ("one",)
    assert solution.status == "infeasible"


def test_the_bound_is_in_points_of_value_when_not_all_musts_fit() -> None:
    level = solve(TOO_MUCH).level("value")
    assert level.bound <= sum(item.placements[0].value for item in TOO_MUCH.items)


def test_an_item_without_a_place_that_must_be_in_is_undone() -> None:
    problem = Problem(slots=2, items=(Item("late", (), must=True),))
    assert solve(problem).undone == ("late",)


def test_an_item_without_a_place_is_left_out_with_what_requires_it() -> None:
    items = (Item("a", ()), Item("b", places(2, value=3)), Item("c", places(2, value=1)))
    solution = solve(Problem(2, items, (Requires(("a",), "b"), Together(("a", "c")))))
    assert (solution.chosen, solution.status) == ({}, "optimal")


def test_the_empty_problem_has_the_empty_plan() -> None:
    solution = solve(Problem(slots=1, items=()))
    assert (solution.chosen, solution.value, solution.status) == ({}, 0, "optimal")


def test_a_placement_that_is_not_there_is_asked_for_in_vain() -> None:
    with pytest.raises(KeyError, match="one can't start in slot 3"):
        TOO_MUCH.item("one").at(3)
    with pytest.raises(KeyError):
        TOO_MUCH.item("four")


def test_a_level_that_was_not_asked_for_is_not_there() -> None:
    with pytest.raises(KeyError, match="finish early"):
        solve(TOO_MUCH).level("finish early")


def test_what_is_laid_out_starts_wherever_it_can_end_in_time() -> None:
    found = laid_out(4, 3, load={"ada": (2, 0, 1)}, value=(9, 7), cost={"fund": 4})
    assert found == (
        Placement(0, 2, 2, 9, {("ada", 0): 2, ("ada", 2): 1}, {"fund": 4}),
        Placement(1, 3, 3, 7, {("ada", 1): 2, ("ada", 3): 1}, {"fund": 4}),
    )
    assert laid_out(2, 3) == ()
    assert [place.value for place in laid_out(2, 1, value=5)] == [5, 5]

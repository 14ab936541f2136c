"""Goals are met before any value is looked at, the more important first, and never at the cost of a duty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.engine.scheduling import Goal, Placement, Problem, StartedBy, blockers, kept, nearest
from termwise.engine.scheduling.greedy import greedy
from termwise.engine.scheduling.problem import Aim, Item, laid_out
from termwise.engine.scheduling.solver import solve
from tests.schedule_rules import broken, every_plan, problems, worth

AIMS: tuple[Aim, ...] = ("must-do", "coverage", "urgent", "value", "smooth load")


@st.composite
def with_goals(draw: st.DrawFn) -> Problem:
    """A problem with up to four goals on two levels."""
    problem = draw(problems())
    names = [item.id for item in problem.items]
    pairs = st.tuples(st.sampled_from(names), st.integers(0, problem.slots - 1))
    goals = tuple(
        Goal(
            f"goal {number}",
            draw(st.sampled_from(("coverage", "urgent"))),
            draw(st.integers(1, 5)),
            StartedBy(tuple(sorted(draw(st.sets(pairs, min_size=1, max_size=3))))),
        )
        for number in range(draw(st.integers(1, 4)))
    )
    return replace(problem, goals=goals, aims=AIMS, allowance=0.0)


def reached(problem: Problem, chosen: Mapping[str, Placement], aim: str) -> int:
    """The weight of the goals of a level that a plan meets."""
    return sum(
        goal.weight
        for goal in problem.goals
        if goal.aim == aim
        and any(
            name in chosen and chosen[name].start <= slot for name, slot in goal.relation.options
        )
    )


@settings(max_examples=120, deadline=None)
@given(with_goals())
def test_no_plan_meets_more_goals_and_none_that_meets_as_many_is_worth_more(
    problem: Problem,
) -> None:
    plans = [
        plan for plan in every_plan(replace(problem, goals=())) if not [*broken(problem, plan)]
    ]
    if not plans:
        return
    best = max(
        (reached(problem, plan, "coverage"), reached(problem, plan, "urgent"), worth(plan))
        for plan in plans
    )
    solution = solve(problem)
    found = solution.chosen
    assert not [*broken(problem, found)]
    mine = (reached(problem, found, "coverage"), reached(problem, found, "urgent"), worth(found))
    assert mine == best
    assert set(solution.met) == {g.id for g in problem.goals if g.relation.met(found)}


A = Item("a", laid_out(2, 1, {"ada": [1]}, [9, 9]))
B = Item("b", laid_out(2, 1, {"ada": [1]}, [1, 0]))
ONE_HOUR = Problem(2, (A, B), capacity={("ada", 0): 1, ("ada", 1): 0}, aims=AIMS)


def covering(name: str, slot: int, aim: Aim = "coverage", weight: int = 1) -> Goal:
    return Goal(f"{name} by {slot}", aim, weight, StartedBy(((name, slot),)))


def test_a_goal_comes_before_more_value() -> None:
    assert set(solve(ONE_HOUR).chosen) == {"a"}
    covered = solve(replace(ONE_HOUR, goals=(covering("b", 0),)))
    assert set(covered.chosen) == {"b"}
    assert covered.met == ("b by 0",)
    assert covered.level("coverage").bound == 1


def test_of_two_goals_that_exclude_each_other_the_heavier_is_met() -> None:
    goals = (covering("a", 1, weight=1), covering("b", 1, weight=2))
    assert solve(replace(ONE_HOUR, goals=goals)).met == ("b by 1",)


def test_a_goal_of_an_earlier_level_outweighs_any_of_a_later_one() -> None:
    goals = (covering("a", 1, "urgent", 99), covering("b", 1, "coverage"))
    assert solve(replace(ONE_HOUR, goals=goals)).met == ("b by 1",)


def test_a_duty_comes_before_a_goal() -> None:
    must = replace(ONE_HOUR, items=(replace(A, must=True), B), goals=(covering("b", 1),))
    solution = solve(must)
    assert set(solution.chosen) == {"a"}
    assert solution.met == ()


def test_a_level_without_a_place_among_the_aims_counts_for_nothing() -> None:
    asked = replace(ONE_HOUR, goals=(covering("b", 0),), aims=("must-do", "value"))
    assert set(solve(asked).chosen) == {"a"}


ROOMY = replace(ONE_HOUR, capacity={("ada", 0): 1, ("ada", 1): 1}, goals=(covering("b", 0),))


def test_a_goal_that_is_met_holds_an_item_where_it_is() -> None:
    solution = solve(ROOMY)
    assert solution.chosen["b"].start == 0
    later = ROOMY.item("b").at(1)
    kinds = {one.kind for one in blockers(ROOMY, solution, "b", later)}
    assert "goal" in kinds
    assert nearest(ROOMY, solution, "b", 1) is None


def test_what_a_plan_meets_has_to_be_met_when_it_is_asked_about() -> None:
    solution = solve(ROOMY)
    held = kept(ROOMY, solution)
    assert held.goals == ()
    assert ROOMY.goals[0].relation in held.relations


@settings(max_examples=60, deadline=None)
@given(with_goals())
def test_a_draft_starts_in_time_what_has_to_start_in_time(problem: Problem) -> None:
    relations = (*problem.relations, *(goal.relation for goal in problem.goals))
    draft = greedy(replace(problem, relations=relations, goals=()))
    if draft is not None:
        assert all(goal.relation.met(draft) for goal in problem.goals)

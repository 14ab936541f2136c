"""What is bought: exactly what brings more than it has to, within the money and the limits."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.engine.scheduling import (
    Bought,
    Goal,
    Offer,
    Problem,
    StartedBy,
    purchase,
    purchase_at_once,
)
from termwise.engine.scheduling.offers import with_bought
from termwise.engine.scheduling.problem import Item, laid_out
from termwise.engine.scheduling.solver import solve
from tests.schedule_rules import broken, every_plan, problems, worth

ADA = ("ada", 0)


def offer(name: str = "cover", **given: object) -> Offer:
    """A unit of ada's time in the first slot for £3, that has to bring 2 points; two there are."""
    told: dict[str, object] = {
        "kinds": (),
        "adds": (ADA,),
        "unit": 1,
        "most": 2,
        "price": {"pot": 3},
        "points": 2,
    }
    return Offer(name, **{**told, **given})  # type: ignore[arg-type]


def asked(worth_of_b: int = 5, must: bool = False, **more: object) -> Problem:
    """Two items that need a unit of ada's time each, of which there is one; £10 in the pot."""
    items = (
        Item("a", laid_out(1, 1, {"ada": [1]}, [9])),
        Item("b", laid_out(1, 1, {"ada": [1]}, [worth_of_b]), must),
    )
    told: dict[str, object] = {
        "capacity": {ADA: 1},
        "budget": {"pot": 10},
        "offers": (offer(),),
    }
    return Problem(1, items, **{**told, **more})  # type: ignore[arg-type]


@st.composite
def with_offers(draw: st.DrawFn) -> Problem:
    """A problem with one or two offers of more of a capacity it has."""
    problem = draw(problems())
    keys = sorted(problem.capacity)
    accounts = sorted(problem.budget)
    offers = tuple(
        Offer(
            f"offer {number}",
            ("all",),
            tuple(draw(st.sets(st.sampled_from(keys), min_size=1, max_size=2))),
            draw(st.integers(1, 2)),
            draw(st.integers(1, 2)),
            {draw(st.sampled_from(accounts)): draw(st.integers(0, 3))} if accounts else {},
            draw(st.integers(0, 6)),
        )
        for number in range(draw(st.integers(1, 2)) if keys else 0)
    )
    return replace(
        problem,
        aims=("must-do", "value"),
        offers=offers,
        offer_limits={"all": draw(st.integers(0, 3))},
    )


@settings(max_examples=80, deadline=None)
@given(with_offers())
def test_nothing_else_that_could_be_bought_brings_more(problem: Problem) -> None:
    best = None
    plain = replace(problem, offers=())
    for units in itertools.product(*(range(offer.most + 1) for offer in problem.offers)):
        if sum(units) > problem.offer_limits["all"]:
            continue
        bought = [Bought(*pair) for pair in zip(problem.offers, units, strict=True)]
        after = with_bought(plain, bought)
        if any(amount < 0 for amount in after.budget.values()):
            continue
        points = sum(one.offer.points * one.units for one in bought)
        for plan in every_plan(after):
            if not [*broken(after, plan)]:
                best = max(worth(plan) - points, worth(plan) - points if best is None else best)
    found = purchase(problem)
    if found.solution.undone:
        assert not found.bought
        return
    assert not [*broken(found.problem, found.solution.chosen)]
    assert sum(one.units for one in found.bought) <= problem.offer_limits["all"]
    points = sum(one.offer.points * one.units for one in found.bought)
    assert worth(found.solution.chosen) - points == best


@settings(max_examples=80, deadline=None)
@given(with_offers())
def test_asked_at_once_the_same_is_bought_for_a_plan_worth_the_same(problem: Problem) -> None:
    """The aims are so chosen that some goals can be met only by buying, or not at all."""
    goals = tuple(
        Goal(f"{item.id} begun", "coverage", place + 1, StartedBy(((item.id, problem.slots - 1),)))
        for place, item in enumerate(problem.items[:2])
        if item.placements
    )
    problem = replace(problem, goals=goals, aims=("must-do", "coverage", "value"))
    whole, once = purchase(problem), purchase_at_once(problem)
    assert once.solution.undone == whole.solution.undone
    assert once.solution.met == whole.solution.met
    assert worth(once.solution.chosen) == worth(whole.solution.chosen)
    assert once.pounds == whole.pounds
    assert not [*broken(once.problem, once.solution.chosen, once.solution.undone)]


def test_what_is_bought_makes_room_and_is_paid_for() -> None:
    found = purchase(asked())
    assert [(one.offer.id, one.units) for one in found.bought] == [("cover", 1)]
    assert set(found.solution.chosen) == {"a", "b"} and set(found.before) == {"a"}
    assert (found.problem.budget, found.pounds) == ({"pot": 7}, 3)
    assert found.problem.capacity == {ADA: 2}


def test_nothing_is_bought_that_brings_less_than_it_has_to() -> None:
    found = purchase(asked(worth_of_b=1))
    assert not found.bought and set(found.solution.chosen) == {"a"}


def test_nothing_is_bought_without_the_money_or_above_the_limit_of_its_kind() -> None:
    assert not purchase(asked(budget={"pot": 2})).bought
    limited = asked(offers=(offer(kinds=("k",)),), offer_limits={"k": 0})
    assert not purchase(limited).bought


def test_a_price_that_two_accounts_bear_is_charged_to_both_and_counted_once() -> None:
    found = purchase(
        asked(offers=(offer(price={"part": 3, "pot": 3}),), budget={"part": 3, "pot": 10})
    )
    assert (found.problem.budget, found.pounds) == ({"part": 0, "pot": 7}, 3)


def test_a_goal_that_only_a_purchase_can_meet_is_bought_whatever_its_points() -> None:
    goal = Goal("b at all", "coverage", 1, StartedBy((("b", 0),)))
    problem = asked(
        worth_of_b=1,
        goals=(Goal("a at all", "coverage", 2, StartedBy((("a", 0),))), goal),
        aims=("must-do", "coverage", "value"),
    )
    found = purchase(problem)
    assert set(found.solution.met) == {"a at all", "b at all"}


def test_nothing_is_bought_where_not_all_that_must_be_done_fits() -> None:
    problem = asked(must=True, capacity={ADA: 0})
    found = purchase(problem)
    assert found.solution.undone == ("b",) and not found.bought


def test_solving_buys_nothing() -> None:
    assert set(solve(asked()).chosen) == {"a"}

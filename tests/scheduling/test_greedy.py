"""The draft without a solver keeps every rule, misses no must-do item, and is the same every time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.engine.scheduling.budget_ledger import Purse
from termwise.engine.scheduling.constraints import AtMostOne, Follows, OneOf, Requires, Together
from termwise.engine.scheduling.greedy import greedy
from termwise.engine.scheduling.problem import Item, Placement, Problem, laid_out
from tests.made_up_problems import HALF_TERMS_THEN_TERMS, made_up
from tests.schedule_rules import broken, every_plan, payable, problems, some_relations, worth


def draft(*items: Item, slots: int = 3, **rest: object) -> dict[str, int] | None:
    """Where each item starts in the draft of a problem."""
    problem = Problem(slots, items, **rest)  # type: ignore[arg-type]
    found = greedy(problem)
    if found is None:
        return None
    assert not list(broken(problem, found))
    return {name: placement.start for name, placement in found.items()}


def a(name: str, value: int = 1, **rest: object) -> Item:
    """An item of one slot, worth more the earlier it starts."""
    early = [value * (3 - start) for start in range(3)]
    return Item(name, laid_out(3, 1, {"ada": [1]}, early, {"fund": 1}), **rest)  # type: ignore[arg-type]


# --- properties


@st.composite
def roomy(draw: st.DrawFn) -> Problem:
    """Problems with room for several items, so that what ties them to one another matters."""
    slots, many = draw(st.integers(2, 4)), draw(st.integers(3, 5))
    names = [f"item-{number}" for number in range(many)]
    few, values = st.integers(1, 2), st.lists(st.integers(0, 20), min_size=slots, max_size=slots)
    claim = st.sampled_from(["fund", "books", "cover"])
    items = tuple(
        Item(
            name,
            laid_out(
                slots,
                length := draw(few),
                {"ada": [draw(few)] * length},
                draw(values),
                {draw(claim): draw(few)},
            ),
            must=draw(st.sampled_from([False, False, False, True])),
            attention={"school": 1},
        )
        for name in names
    )
    each = range(slots)
    return Problem(
        slots,
        items,
        draw(some_relations(names)),
        capacity={("ada", slot): draw(st.integers(2, 5)) for slot in each},
        budget={account: draw(st.integers(1, 6)) for account in ("fund", "grant", "tier")},
        pays={"books": (("grant",), ("fund",)), "cover": (("grant", "tier"), ("fund",))},
        attention={("school", slot): draw(st.integers(1, 3)) for slot in each},
        lengths=tuple(draw(few) for _ in each),
    )


some = st.one_of(roomy(), roomy(), problems(most_items=5))


@settings(max_examples=200)
@given(some)
def test_it_breaks_no_rule(problem: Problem) -> None:
    found = greedy(problem)
    if found is not None:
        assert not list(broken(problem, found))
        assert list(found) == sorted(found)


@given(some)
def test_no_plan_is_better_than_the_best(problem: Problem) -> None:
    found = greedy(problem)
    best = max((worth(plan) for plan in every_plan(problem)), default=None)
    if found is not None:
        assert best is not None and worth(found) <= best


@given(problems(musts=st.just(False)))
def test_with_no_duty_there_is_always_a_draft(problem: Problem) -> None:
    free = tuple(one for one in problem.relations if not isinstance(one, OneOf))
    assert greedy(replace(problem, relations=free)) is not None


@given(some)
def test_the_order_things_are_given_in_does_not_matter(problem: Problem) -> None:
    shuffled = replace(
        problem,
        items=tuple(reversed(problem.items)),
        relations=tuple(reversed(problem.relations)),
        capacity=dict(reversed(list(problem.capacity.items()))),
        budget=dict(reversed(list(problem.budget.items()))),
        attention=dict(reversed(list(problem.attention.items()))),
    )
    assert greedy(shuffled) == greedy(problem)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("tight", [False, True])
def test_a_school_sized_draft_breaks_no_rule(seed: int, tight: bool) -> None:
    lengths = HALF_TERMS_THEN_TERMS if seed % 2 else (1,) * 6
    problem = made_up(50, seed, tight, lengths, 6 if seed % 2 else 3)
    found = greedy(problem)
    assert found is not None
    # Brute force can't divide sums this large: here the grants are spent first, as far as they go.
    assert not list(broken(replace(problem, budget={}), found))
    assert Purse(problem).pay(costs(found))


def costs(chosen: dict[str, Placement]) -> dict[str, int]:
    """What a choice costs, by claim."""
    claims: dict[str, int] = {}
    for placement in chosen.values():
        for claim, amount in placement.cost.items():
            claims[claim] = claims.get(claim, 0) + amount
    return claims


# --- paying

limits = st.dictionaries(st.sampled_from("abc"), st.integers(0, 5), min_size=2)
claims = st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 4)), max_size=6)


@given(limits, claims, st.dictionaries(st.sampled_from("xyz"), st.sets(st.sampled_from("abc"))))
def test_claims_are_paid_exactly_when_they_can_be(
    budget: dict[str, int], asked: list[tuple[str, int]], ways: dict[str, set[str]]
) -> None:
    pays = {claim: tuple((account,) for account in sorted(ways.get(claim, ()))) for claim in "xyz"}
    problem = Problem(1, (), budget=budget, pays=pays)
    purse, paid = Purse(problem), dict.fromkeys("xyz", 0)
    for claim, amount in asked:
        wanted = {**paid, claim: paid[claim] + amount}
        fits = payable(problem, wanted)
        assert purse.pay({claim: amount}) == fits
        if fits:
            paid = wanted
        assert all(amount >= 0 for amount in purse.left.values())
    purse.refund(paid)
    assert purse.left == budget


@given(problems())
def test_what_is_paid_from_several_accounts_at_once_could_be(problem: Problem) -> None:
    purse = Purse(problem)
    paid: dict[str, int] = {}
    for item in problem.items:
        for placement in item.placements:
            if purse.pay(placement.cost):
                for claim, amount in placement.cost.items():
                    paid[claim] = paid.get(claim, 0) + amount
                assert payable(problem, paid)


# --- by hand


def test_what_is_required_comes_along_and_first() -> None:
    assert draft(a("base", 0), a("gain", 9), relations=(Requires(("base",), "gain"),)) == {
        "base": 0,
        "gain": 1,
    }


def test_a_lag_is_kept_in_units_of_time() -> None:
    needs = (Requires(("base",), "gain", 2),)
    items = a("base", 0), a("gain", 9, earliest=1)
    assert draft(*items, relations=needs, lengths=(1, 2, 1)) == {"base": 0, "gain": 2}
    assert draft(*items, relations=needs, lengths=(1, 1, 1)) == {}


def test_another_option_will_do() -> None:
    needs = (Requires(("first", "other"), "gain"), AtMostOne(("first", "held")))
    items = a("first"), a("gain", 9), a("held", must=True), a("other", 0)
    found = draft(*items, relations=needs)
    assert found is not None and found["gain"] == 1 and found["other"] == 0


def test_what_is_worth_nothing_stays_out() -> None:
    assert draft(a("nothing", 0)) == {}
    assert draft(a("some"), aims=("must-do", "finish early")) == {}


def test_a_bundle_that_does_not_fit_leaves_nothing_behind() -> None:
    found = draft(
        a("base"),
        a("gain", 9),
        a("small"),
        relations=(Requires(("base",), "gain"),),
        budget={"fund": 1},
    )
    assert found in ({"base": 0}, {"small": 0})


def test_together_in_one_slot_or_not_at_all() -> None:
    pair = (Together(("one", "two")),)
    two_at_once = {("ada", 0): 1, ("ada", 1): 2}
    found = draft(a("one"), a("two"), relations=pair, capacity=two_at_once)
    assert found == {"one": 1, "two": 1}
    one_at_once = {("ada", slot): 1 for slot in range(3)}
    assert draft(a("one"), a("two"), relations=pair, capacity=one_at_once) == {}


def test_the_order_of_two_that_are_both_in() -> None:
    order = (Follows("one", "two"),)
    assert draft(a("one", must=True), a("two", 9, must=True), relations=order) == {
        "one": 0,
        "two": 1,
    }
    assert draft(a("one"), a("two", 9, pinned=0, must=True), relations=order) == {"two": 0}


def test_must_do_items_go_before_what_is_worth_more() -> None:
    found = draft(a("dear", 9), a("duty", 0, must=True), budget={"fund": 1})
    assert found == {"duty": 0}
    assert draft(a("duty", must=True), a("other", must=True), budget={"fund": 1}) is None


def test_a_must_do_item_that_finds_no_room_goes_first_the_next_time() -> None:
    one_at_once = {("ada", slot): 1 for slot in range(3)}
    long = Item("long", laid_out(3, 2, {"ada": [1, 1]}, 5), must=True)  # takes 0 and 1 if it may
    short = a("short", must=True, latest=1)
    assert draft(long, short, capacity=one_at_once) == {"long": 1, "short": 0}
    assert draft(long, short, a("last", must=True), capacity=one_at_once) is None


def test_one_of_a_group_is_in_even_if_worth_nothing() -> None:
    found = draft(a("one", 0), a("two", 0), relations=(OneOf(("one", "two")),))
    assert found is not None and len(found) == 1
    assert draft(a("one", pinned=9), relations=(OneOf(("one",)),)) is None


def test_needs_that_go_in_a_circle_leave_both_out() -> None:
    circle = (Requires(("one",), "two"), Requires(("two",), "one"))
    assert draft(a("one"), a("two"), a("three"), relations=circle) == {"three": 0}


def test_names_that_nothing_has_are_never_in() -> None:
    lost = (Requires(("ghost",), "one"), Together(("two", "ghost")), AtMostOne(("three", "ghost")))
    assert draft(a("one"), a("three"), a("two"), relations=lost) == {"three": 0}


def test_an_empty_problem_has_an_empty_draft() -> None:
    assert draft() == {}

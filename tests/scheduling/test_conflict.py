"""Conflicts and ways out of them, against a checker and a search that know nothing of the solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termwise.engine.scheduling.alternatives import More, Prices
from termwise.engine.scheduling.constraints import AtMostOne, OneOf, Relation, Requires, Together
from termwise.engine.scheduling.infeasible_subset import Conflict, conflict
from termwise.engine.scheduling.presolve_checks import preflight
from termwise.engine.scheduling.problem import Constraint, Item, Placement, Problem, laid_out
from termwise.engine.scheduling.repairs import Repair, ways_out
from termwise.engine.scheduling.solver import solve
from tests.schedule_rules import broken, every_plan, fits, musts, only, problems, undone, without

quick = settings(max_examples=40, deadline=None)

PRICES = Prices(capacity=3, budget=1, attention=4, later=2, lighter=5, waived=20)


# --- thirty conflicts of six kinds


def tightest(steps: Iterable[Problem]) -> Problem:
    """The first of ever tighter problems in which not all that must be done fits."""
    return next(problem for problem in steps if not fits(problem))


def beside(dice: Random, problem: Problem) -> Problem:
    """The problem with others in it that need not be done or get in nobody's way."""
    slots = problem.slots
    more = [
        Item(f"other-{number}", laid_out(slots, 1, {"ben": (2,)}, 9, {"shop": number}))
        for number in range(3)
    ]
    calm = Item("calm", laid_out(slots, 1, {"ben": (1,)}), must=True)
    relations: tuple[Relation, ...] = (
        Requires(("other-0",), "other-1"),
        Requires(("calm",), "other-2"),
    )
    items = [*problem.items, *more, calm]
    dice.shuffle(items)
    return replace(
        problem,
        items=tuple(items),
        relations=(*problem.relations, *relations),
        capacity={**problem.capacity, **{("ben", slot): 2 for slot in range(slots)}},
        budget={**problem.budget, "shop": 2},
    )


def deadlines(dice: Random) -> Problem:
    """What must be done one after the other, and the last of it too soon."""
    slots, names = 6, "abcd"[: dice.randint(2, 3)]
    items = [Item(name, laid_out(slots, dice.randint(1, 2), value=3)) for name in names]
    chain = tuple(
        Requires((one,), other, dice.randint(0, 2))
        for one, other in zip(names, names[1:], strict=False)
    )
    lengths = tuple(dice.randint(1, 2) for _ in range(slots))
    *before, last = items

    def due(latest: int) -> Problem:
        end = replace(last, must=True, latest=latest)
        return Problem(slots, (*before, end), chain, lengths=lengths)

    return tightest(due(latest) for latest in range(slots - 1, -1, -1))


def money(dice: Random) -> Problem:
    """More to be paid than the accounts can pay, each in its ways."""
    claims = ("fund", "books", "cover")
    items = tuple(
        Item(name, laid_out(2, 1, cost={dice.choice(claims): dice.randint(2, 6)}), must=True)
        for name in "abcd"
    )
    pays = {"books": (("grant",), ("fund",)), "cover": (("grant", "tier"), ("fund",))}
    return tightest(
        Problem(2, items, budget={"fund": most, "grant": most // 2, "tier": 2}, pays=pays)
        for most in range(30, -1, -1)
    )


def attention(dice: Random) -> Problem:
    """More to begin in the first slots than may."""
    items = tuple(
        Item(
            name,
            laid_out(4, 1),
            must=True,
            attention={"school": dice.randint(1, 3), "staff": 1},
            latest=dice.randint(0, 2),
        )
        for name in "abcde"
    )
    return tightest(
        Problem(4, items, attention={("school", slot): most for slot in range(3)})
        for most in range(15, -1, -1)
    )


def exclusive(dice: Random) -> Problem:
    """What must be done needs things that exclude each other."""
    kind = dice.choice((AtMostOne, OneOf))
    relations: list[Relation] = [
        kind(("left", "right", "middle")),
        Requires(("left",), "a", dice.randint(0, 1)),
        Requires(("step",), "b"),
        Requires(("right",), "step") if dice.random() < 0.5 else Together(("right", "step")),
    ]
    dice.shuffle(relations)
    free = ("left", "right", "middle", "step")
    return Problem(
        5,
        tuple(Item(name, laid_out(5, 1, value=dice.randint(0, 5))) for name in free)
        + tuple(Item(name, laid_out(5, 1), must=True) for name in "ab"),
        tuple(relations),
    )


def pins(dice: Random) -> Problem:
    """What is pinned to a slot can't have what it needs by then."""
    length, slot = dice.randint(1, 3), dice.randint(1, 3)
    first = Item("first", laid_out(6, length, value=4))
    later = Item("later", laid_out(6, 1), must=True, pinned=slot)
    if length > slot:
        pass  # no time for it before the slot
    elif dice.random() < 0.5:
        first = replace(first, pinned=slot)
    else:
        first = replace(first, earliest=slot)
    return Problem(6, (first, later), (Requires(("first",), "later"),))


def capacity(dice: Random) -> Problem:
    """Somebody has less time than what must be done takes."""
    items = tuple(
        Item(
            name,
            laid_out(3, dice.randint(1, 2), {"ada": (dice.randint(1, 4),)}),
            must=True,
        )
        for name in "abcd"
    )
    return tightest(
        Problem(3, items, capacity={("ada", slot): most for slot in range(3)})
        for most in range(12, -1, -1)
    )


KINDS: dict[str, Callable[[Random], Problem]] = {
    "deadlines": deadlines,
    "money": money,
    "attention": attention,
    "exclusive": exclusive,
    "pins": pins,
    "capacity": capacity,
}
LONE = {"deadlines", "exclusive", "pins"}
"""The kinds with no second conflict behind the first."""

thirty = pytest.mark.parametrize(
    ("kind", "seed"), [(kind, seed) for kind in KINDS for seed in range(5)]
)


def made(kind: str, seed: int) -> Problem:
    dice = Random(f"{kind} {seed}")
    return beside(dice, KINDS[kind](dice))


def check(problem: Problem, found: Conflict) -> None:
    """That no plan keeps all these rules, that without any one of them there is a plan, and that what is
    said to be needed of each limit is."""
    assert len(set(found.rules)) == len(found.rules)
    assert not fits(only(problem, found.rules))
    for rule in found.rules:
        assert fits(only(problem, set(found.rules) - {rule})), rule
    limits = {rule for rule in found.rules if rule.kind in ("capacity", "budget", "attention")}
    assert {shortfall.rule for shortfall in found.shortfalls} == limits
    assert len(found.shortfalls) == len(limits)
    for shortfall in found.shortfalls:
        alone = only(problem, found.rules)
        assert shortfall.have == limit(problem, shortfall.rule) < shortfall.need
        assert fits(limited(alone, shortfall.rule, shortfall.need))
        assert not fits(limited(alone, shortfall.rule, shortfall.need - 1))
        assert set(shortfall.users) <= {item.id for item in problem.items}


def limit(problem: Problem, rule: Constraint) -> int:
    """What there is of a limit."""
    if rule.kind == "budget":
        return problem.budget.get(rule.name, 0)
    assert rule.slot is not None
    limits = problem.capacity if rule.kind == "capacity" else problem.attention
    return limits[rule.name, rule.slot]


def limited(problem: Problem, rule: Constraint, amount: int) -> Problem:
    """The problem with so much of a limit; a claim nobody pays gets an account of its own."""
    key: Any = rule.name if rule.kind == "budget" else (rule.name, rule.slot)
    ways = {
        claim: ((claim,),) if not ways and claim == key else ways
        for claim, ways in problem.pays.items()
    }
    changed: Any = {rule.kind: {**getattr(problem, rule.kind), key: amount}}
    return replace(problem, pays=ways, **changed)


@thirty
def test_a_generated_conflict_is_found_and_is_as_small_as_can_be(kind: str, seed: int) -> None:
    problem = made(kind, seed)
    found = conflict(problem)
    assert found is not None
    check(problem, found)
    assert not any("other" in rule.name or rule.name == "calm" for rule in found.rules)
    if kind in LONE:
        assert all(fits(without(problem, rule)) for rule in found.rules)


@thirty
def test_the_conflict_does_not_hang_on_the_order_of_what_is_given(kind: str, seed: int) -> None:
    problem = made(kind, seed)
    turned = replace(problem, items=problem.items[::-1], relations=problem.relations[::-1])
    assert conflict(turned) == conflict(problem)


@thirty
def test_every_way_out_is_a_problem_where_all_that_must_be_done_fits(kind: str, seed: int) -> None:
    problem = made(kind, seed)
    ways = ways_out(problem, PRICES)
    assert ways
    check_ways(problem, ways)


def check_ways(problem: Problem, ways: tuple[Repair, ...]) -> None:
    assert [way.price for way in ways] == sorted(way.price for way in ways)
    assert len({(way.more, way.shifts, way.lighter, way.waived) for way in ways}) == len(ways)
    for way in ways:
        assert way.solution is not None
        assert way.solution.undone == ()
        assert list(broken(way.problem, way.solution.chosen)) == []
        assert fits(way.problem)
        assert way.price == told_price(problem, way) > 0
        assert problem_told(problem, way) == way.problem
    # What one of the plainest changes costs is the most that the cheapest may.
    for item in problem.items:
        if item.must and fits(without(problem, Constraint("must", item.id))):
            assert ways[0].price <= PRICES.waived


def told_price(problem: Problem, way: Repair) -> int:
    """What the changes that are told of cost."""
    each = {"capacity": PRICES.capacity, "budget": PRICES.budget, "attention": PRICES.attention}
    total = sum(each[more.kind] * more.amount for more in way.more)
    for shift in way.shifts:
        assert shift.was is not None and shift.now is not None
        total += PRICES.later * abs(shift.now - shift.was)
    return total + PRICES.lighter * len(way.lighter) + PRICES.waived * len(way.waived)


def problem_told(problem: Problem, way: Repair) -> Problem:
    """The problem with the changes that are told of, and no other."""
    for more in way.more:
        if more.kind == "budget":
            rule = Constraint("budget", more.name)
            problem = limited(problem, rule, limit(problem, rule) + more.amount)
            continue
        limits = {
            (name, slot): most
            + more.amount * (slot == more.slot and more.name in problem.makers.get(name, (name,)))
            for (name, slot), most in getattr(problem, more.kind).items()
        }
        grown: Any = {more.kind: limits}
        problem = replace(problem, **grown)
    moved = {shift.item: shift.now for shift in way.shifts}
    stand_ins = dict(way.lighter)

    def changed(item: Item) -> Item:
        must = item.must and item.id not in way.waived and item.id not in stand_ins
        item = replace(item, must=must or item.id in stand_ins.values())
        if (now := moved.get(item.id)) is None:
            return item
        return replace(
            item,
            earliest=None if item.earliest is None else min(item.earliest, now),
            latest=None if item.latest is None else max(item.latest, now),
            pinned=None if item.pinned is None else now,
        )

    relations = tuple(
        AtMostOne(one.items)
        if isinstance(one, OneOf) and "|".join(sorted(one.items)) in way.waived
        else one
        for one in problem.relations
    )
    return replace(problem, items=tuple(map(changed, problem.items)), relations=relations)


# --- anything


@quick
@given(problems(musts=st.just(True)))
def test_a_conflict_is_found_exactly_where_not_everything_fits(problem: Problem) -> None:
    found = conflict(problem)
    assert (found is None) == fits(problem)
    if found is not None:
        check(problem, found)


MAKERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"ada": ("ann",), "ben": ("ann",)},
    {"ada": ("ann", "bea"), "ben": ("bea",), "school": ("bea",)},
)


@quick
@given(problems(musts=st.just(True)), st.sampled_from(MAKERS))
def test_whatever_does_not_fit_has_ways_out_and_what_fits_needs_none(
    problem: Problem, makers: dict[str, tuple[str, ...]]
) -> None:
    problem = replace(problem, makers=makers)
    ways = ways_out(problem, PRICES)
    assert bool(ways) == (not fits(problem))
    if ways:
        check_ways(problem, ways)


@quick
@given(problems(musts=st.just(True)))
def test_no_change_is_cheaper_than_the_first_way_out(problem: Problem) -> None:
    problem = replace(problem, pays={})  # each claim is an account
    anything = replace(
        problem, capacity={}, budget={}, attention={}, items=tuple(map(_free, problem.items))
    )
    plans = every_plan(anything, musts(problem))
    least = min(_asked_of(problem, plan) for plan in plans)
    ways = ways_out(problem, PRICES)
    assert [way.price for way in ways[:1]] == ([least] if least else [])


def _free(item: Item) -> Item:
    return replace(item, earliest=None, latest=None, pinned=None, must=False)


def _asked_of(problem: Problem, plan: Mapping[str, Placement]) -> int:
    """What it costs to change the problem so that a plan keeps to it."""
    total = PRICES.waived * len(undone(problem, plan))
    for key, most in problem.capacity.items():
        used = sum(place.load.get(key, 0) for place in plan.values())
        total += PRICES.capacity * max(0, used - most)
    for account, most in problem.budget.items():
        spent = sum(place.cost.get(account, 0) for place in plan.values())
        total += PRICES.budget * max(0, spent - most)
    for (watcher, slot), most in problem.attention.items():
        begun = [problem.item(name) for name, place in plan.items() if place.start == slot]
        taken = sum(item.attention.get(watcher, 0) for item in begun)
        total += PRICES.attention * max(0, taken - most)
    for name, place in plan.items():
        item = problem.item(name)
        ends = [item.earliest, item.latest, item.pinned]
        if not item.allowed(place.start):
            total += sum(PRICES.later * abs(place.start - end) for end in ends if end is not None)
    return total


@quick
@given(problems(musts=st.just(True)))
def test_what_the_preflight_finds_is_true(problem: Problem) -> None:
    for shortfall in preflight(problem):
        rule, last = shortfall.rule, shortfall.until
        assert shortfall.need > shortfall.have
        assert not fits(problem)
        if rule.kind == "must":
            assert not fits(replace(problem, capacity={}, budget={}, attention={}))
        elif rule.kind == "budget":
            assert not fits(limited(problem, rule, shortfall.need - 1))
        else:
            assert rule.slot is not None and last is not None
            assert rule.kind in ("capacity", "attention")
            slots = range(rule.slot, last + 1)
            limits = [limit(problem, replace(rule, slot=slot)) for slot in slots]
            assert shortfall.have == sum(limits)
            free = problem
            for slot in slots:
                free = without(free, replace(rule, slot=slot))
            for plan in every_plan(free):
                used = 0
                for name, place in plan.items():
                    if rule.kind == "capacity":
                        used += sum(place.load.get((rule.name, slot), 0) for slot in slots)
                    elif place.start in slots:
                        used += problem.item(name).attention.get(rule.name, 0)
                assert used >= shortfall.need


@quick
@given(problems(musts=st.just(False)))
@example(Problem(1, ()))
def test_where_everything_fits_there_is_nothing_to_say(problem: Problem) -> None:
    free = tuple(one for one in problem.relations if not isinstance(one, OneOf))
    problem = replace(problem, relations=free)
    assert fits(problem)
    assert conflict(problem) is None
    assert preflight(problem) == ()
    assert ways_out(problem, PRICES) == ()


# --- by hand


def test_a_conflict_names_what_collides_and_nothing_else() -> None:
    items = tuple(
        Item(name, laid_out(1, 1, {"ada": (hours,)}), must=True)
        for name, hours in (("one", 2), ("two", 2), ("three", 0))
    )
    problem = Problem(1, items, capacity={("ada", 0): 3, ("ben", 0): 0})
    found = conflict(problem)
    assert found is not None
    assert set(found.rules) == {
        Constraint("capacity", "ada", 0),
        Constraint("must", "one"),
        Constraint("must", "two"),
    }
    (shortfall,) = found.shortfalls
    assert (shortfall.need, shortfall.have, shortfall.users) == (4, 3, ("one", "two"))
    assert preflight(problem) == (replace(shortfall, until=0),)


def test_what_has_no_slot_at_all_is_a_conflict_by_itself() -> None:
    problem = Problem(2, (Item("late", (), must=True),))
    found = conflict(problem)
    assert found is not None
    assert found.rules == (Constraint("must", "late"),)
    assert [shortfall.rule for shortfall in preflight(problem)] == [Constraint("must", "late")]
    (way,) = ways_out(problem, PRICES)
    assert (way.waived, way.price) == (("late",), PRICES.waived)


def test_a_claim_nobody_pays_is_not_laid_at_the_door_of_other_accounts() -> None:
    item = Item("a", laid_out(1, 1, cost={"orphan": 3}), must=True)
    problem = Problem(1, (item,), budget={"fund": 2, "grant": 1}, pays={"orphan": ()})
    found = conflict(problem)
    assert found is not None
    assert set(found.rules) == {Constraint("budget", "orphan"), Constraint("must", "a")}
    check(problem, found)
    assert [(lack.need, lack.have, lack.users) for lack in found.shortfalls] == [(3, 0, ("a",))]
    assert {shortfall.rule.name for shortfall in preflight(problem)} <= {"orphan", "a"}


def test_a_short_account_names_those_whose_claims_it_pays() -> None:
    item = Item("a", laid_out(1, 1, cost={"books": 5}), must=True)
    problem = Problem(1, (item,), budget={"fund": 3}, pays={"books": (("fund",),)})
    found = conflict(problem)
    assert found is not None
    check(problem, found)
    assert [lack.users for lack in found.shortfalls] == [("a",)]


def test_a_lighter_form_is_offered_in_the_place_of_the_full_one() -> None:
    items = (
        Item("full", laid_out(2, 1, {"ada": (5,)}, 9), must=True),
        Item("light", laid_out(2, 1, {"ada": (2,)}, 4)),
    )
    limits = {("ada", slot): 3 for slot in range(2)}
    problem = Problem(2, items, (AtMostOne(("full", "light")),), limits)
    ways = ways_out(problem, PRICES, {"full": "light"})
    assert [(way.lighter, way.waived, way.price) for way in ways][0] == (
        (("full", "light"),),
        (),
        PRICES.lighter,
    )
    check_ways(problem, ways)
    assert all(not way.lighter for way in ways_out(problem, PRICES))
    assert ways[0].solution is not None and set(ways[0].solution.chosen) == {"light"}


def test_more_time_of_one_person_is_more_of_all_their_roles() -> None:
    items = tuple(Item(role, laid_out(1, 1, {role: (3,)}), must=True) for role in ("head", "lead"))
    limits = {("head", 0): 2, ("lead", 0): 2}
    problem = Problem(1, items, capacity=limits, makers={"head": ("ann",), "lead": ("ann", "bea")})
    way, *_ = ways_out(problem, PRICES)
    assert way.more == (More("capacity", "ann", 0, 1),)
    assert dict(way.problem.capacity) == {("head", 0): 3, ("lead", 0): 3}


def test_no_more_ways_are_offered_than_asked_for() -> None:
    problem = made("capacity", 0)
    every = ways_out(problem, PRICES, most=9)
    assert ways_out(problem, PRICES, most=1) == every[:1]


def test_a_way_out_that_was_taken_leaves_no_conflict() -> None:
    for way in _ways():
        assert conflict(way.problem) is None
        assert solve(way.problem).undone == ()


def _ways() -> Iterator[Repair]:
    for kind in KINDS:
        yield from ways_out(made(kind, 1), PRICES)

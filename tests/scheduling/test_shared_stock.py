"""What several problems share is given where it is worth most, must-dos and floors first, and never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.scheduling.constraints import StartedBy, Together
from termwise.engine.scheduling.problem import Goal, Item, Problem, laid_out
from termwise.engine.scheduling.shared_stock import Draw, Member, Stock, in_units, share_out
from termwise.engine.scheduling.solver import solve

WHO = "adviser"


def item(name: str, takes: int, value: int, must: bool = False) -> Item:
    """Something that takes so much of the adviser in one slot."""
    return Item(name, laid_out(1, 1, {WHO: [takes]}, value), must=must)


def member(
    name: str, *items: Item, asks: int = 20, floor: int = 0, weight: float = 1.0, part: float = 1.0
) -> Member:
    problem = Problem(1, items, capacity={(WHO, 0): asks})
    floors = {WHO: floor} if floor else {}
    return Member(
        name,
        problem,
        {(WHO, 0): Draw(0, part, ((WHO, 0),))},
        {(WHO, 0): asks},
        floors,
        weight,
    )


def shares(*members: Member, there: int) -> dict[str, float]:
    found = share_out(members, {(WHO, 0): there})
    return {name: round(own[WHO, 0], 3) for name, own in found.given.items()}


def test_it_goes_where_it_is_worth_most() -> None:
    assert shares(member("a", item("x", 5, 10)), member("b", item("x", 5, 20)), there=5) == {
        "a": 0,
        "b": 5,
    }


def test_need_counts_for_more() -> None:
    needy = member("a", item("x", 5, 10), weight=3)
    assert shares(needy, member("b", item("x", 5, 20)), there=5) == {"a": 5, "b": 0}


def test_what_must_be_done_comes_before_any_value() -> None:
    bound = member("a", item("x", 5, 1, must=True))
    assert shares(bound, member("b", item("x", 5, 900), floor=5), there=5) == {"a": 5, "b": 0}


def test_a_floor_comes_before_value_and_no_further_than_it() -> None:
    assert shares(
        member("a", item("x", 5, 1), floor=2), member("b", item("x", 5, 900)), there=5
    ) == {"a": 2, "b": 3}


def test_a_floor_is_of_all_slots_together() -> None:
    late = replace(
        member("a", Item("x", laid_out(2, 1, {WHO: [3]}, [0, 5])), floor=3),
        draws={(WHO, slot): Draw(0, 1, ((WHO, slot),)) for slot in (0, 1)},
        asks={(WHO, 0): 9, (WHO, 1): 9},
    )
    late = replace(late, problem=replace(late.problem, slots=2))
    found = share_out([late], {(WHO, 0): 9, (WHO, 1): 9})
    assert found.given["a"] == pytest.approx({(WHO, 0): 0, (WHO, 1): 3})


def test_nobody_is_given_more_than_asked_for_or_than_is_of_use() -> None:
    assert shares(member("a", item("x", 5, 10), asks=3), there=9) == {"a": 3}
    assert shares(member("a", item("x", 5, 10), asks=9), there=9) == {"a": 5}


def test_of_what_is_given_a_part_may_be_planned() -> None:
    assert shares(member("a", item("x", 4, 10), part=0.8), there=9) == {"a": 5}


def test_what_there_is_besides_is_used_first() -> None:
    own = replace(member("a", item("x", 5, 10)), draws={(WHO, 0): Draw(4, 1, ((WHO, 0),))})
    assert shares(own, there=9) == {"a": 1}


def test_a_goal_comes_before_value_in_its_own_school() -> None:
    one = member("a", item("x", 5, 10), item("y", 5, 12))
    goal = Goal("g", "coverage", 1, StartedBy((("x", 0),)))
    found = share_out([replace(one, problem=replace(one.problem, goals=(goal,)))], {(WHO, 0): 5})
    assert found.done["a"] == pytest.approx({"x": 1, "y": 0}, abs=1e-6)


def test_what_goes_together_is_paid_for_together() -> None:
    one = member("a", item("x", 3, 0), item("y", 2, 10))
    tied = replace(one.problem, relations=(Together(("x", "y")),))
    assert shares(replace(one, problem=tied), there=9) == {"a": 5}


def test_the_value_is_that_of_what_would_be_done() -> None:
    members = [member("a", item("x", 5, 10), weight=3), member("b", item("x", 5, 20))]
    for there, value in ((4, 8), (7, 18), (10, 30), (12, 30)):
        found = share_out(members, {(WHO, 0): there})
        assert found.value == pytest.approx(value, abs=0.01)


MEMBERS = st.lists(
    st.builds(
        lambda takes, value, must, floor, weight: (takes, value, must, floor, weight),
        st.integers(1, 9),
        st.integers(0, 99),
        st.booleans(),
        st.integers(0, 6),
        st.sampled_from([1.0, 2.5]),
    ),
    min_size=1,
    max_size=5,
)


@given(MEMBERS, st.integers(0, 30))
def test_no_more_is_given_than_there_is_and_must_dos_that_fit_are_kept(
    told: list[tuple[int, int, bool, int, float]], there: int
) -> None:
    members = [
        member(str(at), item("x", takes, value, must), asks=9, floor=floor, weight=weight)
        for at, (takes, value, must, floor, weight) in enumerate(told)
    ]
    found = share_out(members, {(WHO, 0): there})
    given_out = [own[WHO, 0] for own in found.given.values()]
    assert sum(given_out) <= there + 1e-6
    assert all(-1e-9 <= one <= 9 + 1e-6 for one in given_out)
    needed = sum(takes for takes, _, must, _, _ in told if must)
    if needed <= there:
        for at, (_, _, must, _, _) in enumerate(told):
            assert not must or found.done[str(at)]["x"] == pytest.approx(1, abs=1e-6)
        left = there - needed
        if sum(floor for *_, floor, _ in told) <= left:
            for at, (*_, floor, _) in enumerate(told):
                assert found.given[str(at)][WHO, 0] >= min(9, floor) - 1e-6


def test_no_plan_is_worth_more_than_the_programme_says() -> None:
    one = member("a", *(item(f"i{at}", at + 2, 7 * at + 3) for at in range(5)), asks=11)
    best = solve(replace(one.problem, aims=("value",))).value
    found = share_out([one], {(WHO, 0): 11})
    most = sum((7 * int(name[1]) + 3) * part for name, part in found.done["a"].items())
    assert most >= best - 1e-6


PARTS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.tuples(st.just(WHO), st.integers(0, 2))),
    st.floats(0.05, 0.95),
    max_size=9,
)


@given(PARTS)
def test_parts_are_rounded_within_both_sums(parts: dict[tuple[str, Stock], float]) -> None:
    left = {
        stock: int(sum(part for (_, at), part in parts.items() if at == stock) + 1 - 1e-9)
        for stock in {stock for _, stock in parts}
    }
    found = in_units(parts, left)
    assert found <= parts.keys()
    for stock, units in left.items():
        assert sum(at == stock for _, at in found) <= units
    for name in {name for name, _ in parts}:
        own = sum(part for (who, _), part in parts.items() if who == name)
        assert sum(who == name for who, _ in found) >= int(own + 1e-6)


def test_where_too_few_are_left_for_both_sums_no_more_is_given_than_is_left() -> None:
    parts = {("a", (WHO, 0)): 0.5, ("a", (WHO, 1)): 0.75}
    assert in_units(parts, {(WHO, 0): 0, (WHO, 1): 0}) == frozenset()


def test_who_is_short_of_a_whole_unit_comes_before_a_larger_part() -> None:
    parts = {
        ("a", (WHO, 0)): 0.5,
        ("a", (WHO, 1)): 0.6,
        ("b", (WHO, 1)): 0.9,
        ("b", (WHO, 0)): 0.05,
    }
    assert in_units(parts, {(WHO, 0): 0, (WHO, 1): 1}) == {("a", (WHO, 1))}


def test_the_largest_part_is_rounded_up_first() -> None:
    parts = {("a", (WHO, 0)): 0.3, ("b", (WHO, 0)): 0.7}
    assert in_units(parts, {(WHO, 0): 1}) == {("b", (WHO, 0))}

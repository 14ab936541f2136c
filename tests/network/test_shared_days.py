"""Shared days are given out in whole units; what is left goes by need; must-dos fit before all else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.network.shared_days import DaysGivenOut, give_out, with_share
from termwise.engine.scheduling import Draw, Item, Member, Problem, fits, laid_out

WHO = "adviser"
FIRST = (WHO, 0)


def member(name: str, *items: Item, asks: int = 20, floor: int = 0, slots: int = 1) -> Member:
    stocks = [(WHO, slot) for slot in range(slots)]
    return Member(
        name,
        Problem(slots, items, capacity=dict.fromkeys(stocks, asks)),
        {stock: Draw(0, 1, (stock,)) for stock in stocks},
        dict.fromkeys(stocks, asks),
        {WHO: floor} if floor else {},
    )


def item(name: str, takes: int, value: int, must: bool = False) -> Item:
    return Item(name, laid_out(1, 1, {WHO: [takes]}, value), must=must)


def given_first(found: DaysGivenOut) -> dict[str, int]:
    return {name: own[FIRST] for name, own in found.given.items()}


def test_days_are_given_in_whole_units_and_a_full_ask_as_it_is() -> None:
    found = give_out(
        [member("a", item("x", 7, 90)), member("b", item("x", 9, 50), asks=7)], {FIRST: 20}, 5
    )
    assert given_first(found) == {"a": 13, "b": 7}  # 7 used, cut to 5, then by need what is left


def test_what_nobody_has_use_for_goes_by_need_to_who_asked() -> None:
    found = give_out([member("a", asks=8), member("b", asks=8)], {FIRST: 12}, 5)
    assert given_first(found) == {"a": 7, "b": 5}
    assert found.next[FIRST].school is None


def test_a_further_unit_is_told_with_who_would_have_it_and_for_what() -> None:
    found = give_out([member("a", item("x", 5, 10)), member("b", item("y", 5, 20))], {FIRST: 5}, 5)
    assert given_first(found) == {"a": 0, "b": 5}
    assert found.next[FIRST].points == pytest.approx(10, abs=0.1)
    assert (found.next[FIRST].school, found.next[FIRST].step) == ("a", "x")


def test_nothing_is_given_where_nothing_is_shared() -> None:
    assert give_out([member("a")], {}, 5) == DaysGivenOut({"a": {}}, {}, ())


def halves(name: str, asks: int) -> Member:
    """Two must-dos that a programme of parts spreads over two slots, where each needs one whole."""
    items = tuple(Item(one, laid_out(2, 1, {WHO: [6]}, [3, 3]), must=True) for one in "xy")
    return member(name, *items, asks=asks, slots=2)


def test_a_school_whose_must_dos_would_not_fit_is_helped() -> None:
    stocks = {(WHO, 0): 6, (WHO, 1): 12}
    greedy = member("rich", Item("z", laid_out(2, 1, {WHO: [6]}, [900, 0])), asks=6, slots=2)
    needy = replace(halves("needy", 12), weight=1)
    found = give_out([greedy, needy], stocks, 5)
    assert fits(with_share(needy, found.given["needy"]).problem)
    for stock, there in stocks.items():
        assert sum(own[stock] for own in found.given.values()) <= there


def test_days_are_taken_from_who_does_without_them_so_that_must_dos_fit() -> None:
    bound = member("bound", item("x", 6, 1, must=True), asks=6)
    other = member("other", item("y", 4, 90), asks=4)
    found = give_out([other, bound], {FIRST: 8}, 5)
    assert found.given["bound"][FIRST] == 6
    assert found.given["other"][FIRST] == 2


SCHOOLS = st.lists(
    st.tuples(st.integers(1, 12), st.integers(0, 60), st.booleans(), st.integers(0, 10)),
    min_size=1,
    max_size=5,
)


@given(SCHOOLS, st.integers(0, 40), st.sampled_from([1, 2, 5]))
def test_never_more_than_there_is_or_is_asked_and_must_dos_fit_where_they_can(
    told: list[tuple[int, int, bool, int]], there: int, unit: int
) -> None:
    members = [
        member(str(at), item("x", takes, value, must), asks=12, floor=floor // unit * unit)
        for at, (takes, value, must, floor) in enumerate(told)
    ]
    found = give_out(members, {FIRST: there}, unit)
    shares = given_first(found)
    assert sum(shares.values()) <= there
    assert all(0 <= share <= 12 for share in shares.values())
    assert sum(shares.values()) == min(
        there, 12 * len(members)
    )  # nothing lies idle that is asked for
    needed = sum(takes for takes, _, must, _ in told if must)
    if needed <= there:
        for at, (takes, _, must, _) in enumerate(told):
            assert not must or shares[str(at)] >= takes

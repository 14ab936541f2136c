"""No small group can be worked out from the counts a network is told: not by sums, not by who knows their own."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.network.pupil_counts import rounded, told_counts, told_sums

FEWEST = 6
STATES = ("at-risk", "watch", "thin", "on-track")


def told(*counts: int) -> list[int | None]:
    own = dict(zip(STATES, counts, strict=False))
    return list(told_counts({"a": own}, FEWEST)["a"].values())


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((20, 31, 8, 40), [20, 30, 10, 40]),
        ((20, 0, 8, 40), [20, 0, 10, 40]),
        ((20, 3, 8, 40), [20, None, None, 40]),  # the whole would give the only one away
        ((20, 3, 5, 40), [20, None, None, 40]),
        ((20, 1, 2, 40), [None, None, None, 40]),  # three together are few as well
        ((0, 4, 0, 0), [None, None, None, None]),
    ],
)
def test_small_counts_are_held_back_and_no_sum_gives_them_away(
    counts: tuple[int, ...], shown: list[int | None]
) -> None:
    assert told(*counts) == shown


def test_a_sum_is_told_only_where_nothing_in_it_is_held_back() -> None:
    counts = {
        "a": {"at-risk": 12, "watch": 3, "on-track": 30},
        "b": {"at-risk": 11, "watch": 9, "on-track": 31},
    }
    found = told_counts(counts, FEWEST)
    assert found["a"] == {"at-risk": None, "watch": None, "on-track": 30}
    assert told_sums(counts, found) == {"at-risk": None, "watch": None, "on-track": 60}


SCHOOL = st.tuples(*[st.one_of(st.integers(0, 9), st.integers(6, 14))] * 3)


def possible(shown: list[int | None], whole: int) -> list[tuple[int, ...]]:
    """All that a school's counts may be, for who knows the whole and what is told of it."""
    ranges = [
        range(whole + 1)
        if one is None
        else [
            count
            for count in range(whole + 1)
            if rounded(count) == one and (count == 0 or count >= FEWEST)
        ]
        for one in shown
    ]
    return [
        counts
        for counts in itertools.product(*ranges)
        if sum(counts) == whole and list(told(*counts)) == shown
    ]


@given(SCHOOL)
def test_who_knows_the_whole_and_the_rule_knows_no_small_count(counts: tuple[int, ...]) -> None:
    shown = told(*counts)
    found = possible(shown, sum(counts))
    assert counts in found
    for at, count in enumerate(counts):
        if 0 < count < FEWEST and sum(counts) > FEWEST:
            assert len({one[at] for one in found}) > 1, found


@given(st.lists(SCHOOL, min_size=2, max_size=4))
def test_no_difference_between_sums_and_parts_shows_what_is_held_back(
    schools: list[tuple[int, ...]],
) -> None:
    counts = {str(at): dict(zip(STATES, one, strict=False)) for at, one in enumerate(schools)}
    found = told_counts(counts, FEWEST)
    for state, total in told_sums(counts, found).items():
        assert (total is None) == any(own[state] is None for own in found.values())


@given(SCHOOL, st.integers(0, 2), st.integers(1, 5))
def test_two_days_held_against_each_other_show_no_few(
    counts: tuple[int, ...], at: int, more: int
) -> None:
    later = tuple(count + more * (place == at) for place, count in enumerate(counts))
    for before, after in zip(told(*counts), told(*later), strict=True):
        if before is not None and after is not None:
            assert (after - before) % 5 == 0

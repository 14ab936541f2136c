"""Error of the measure: what it alone can do is not called progress, what goes beyond it is."""

from __future__ import annotations

import random

import pytest

from termwise.engine.review.change_by_error import (
    ByError,
    half_width,
    moved,
    of_judgements,
    of_scores,
)

IN_100 = 10
AT_MOST = 5


def judged(chance: random.Random, band: int) -> int:
    """A judgement of a pupil who stands in a band: one of ten is a band off."""
    return band + chance.choices((-1, 0, 1), (5, 90, 5))[0]


@pytest.mark.parametrize("pupils", [1, 8, 30, 200])
def test_noise_alone_is_seldom_called_progress(pupils: int) -> None:
    chance, errors = random.Random(pupils), [of_judgements(IN_100)] * pupils
    rounds = 400
    told = [
        moved(sum(judged(chance, 3) - judged(chance, 3) for _ in range(pupils)), errors, AT_MOST)
        for _ in range(rounds)
    ]
    # five of 100, and what 400 rounds may be off by
    assert told.count("gained") <= 0.05 * rounds + 9
    assert told.count("fell") <= 0.05 * rounds + 9


def test_of_pupils_chosen_for_standing_low_noise_alone_is_seldom_called_progress() -> None:
    chance, rounds, gained, naive = random.Random(7), 200, 0, 0
    for _ in range(rounds):
        true = [chance.choices((1, 2, 3, 4), (10, 20, 50, 20))[0] for _ in range(120)]
        first = [judged(chance, band) for band in true]
        low = [n for n, band in enumerate(first) if band <= 2]
        errors = [
            of_judgements(IN_100, (first.count(b - 1), first.count(b), first.count(b + 1)))
            for b in (first[n] for n in low)
        ]
        total = sum(judged(chance, true[n]) - first[n] for n in low)
        gained += moved(total, errors, AT_MOST) == "gained"
        naive += moved(total, [of_judgements(IN_100)] * len(low), AT_MOST) == "gained"
    assert gained <= 0.05 * rounds + 6
    assert naive > gained  # who is chosen for standing low rises by themselves


def test_scores_of_those_chosen_rise_by_themselves_and_that_is_expected() -> None:
    chance, rounds, gained = random.Random(3), 200, 0
    for _ in range(rounds):
        true = [chance.gauss(100, 12) for _ in range(90)]
        first = [score + chance.gauss(0, 4 / 1.645) for score in true]
        low = [n for n, score in enumerate(first) if score < 88]
        middle = sum(first) / len(first)
        variance = sum((score - middle) ** 2 for score in first) / len(first)
        errors = [of_scores(4, 90, (first[n], middle, variance)) for n in low]
        total = sum(true[n] + chance.gauss(0, 4 / 1.645) - first[n] for n in low)
        gained += moved(total, errors, AT_MOST) == "gained"
    assert gained <= 0.05 * rounds + 6


@pytest.mark.parametrize(
    ("change", "told"), [(2, "gained"), (1, "within-error"), (-1, "within-error"), (-2, "fell")]
)
def test_a_pupil_has_to_move_two_bands_to_be_told(change: int, told: str) -> None:
    assert moved(change, [of_judgements(IN_100)], AT_MOST) == told


@pytest.mark.parametrize(
    ("change", "told"), [(5.7, "gained"), (5.6, "within-error"), (-5.7, "fell")]
)
def test_a_score_has_to_move_by_the_error_of_a_difference(change: float, told: str) -> None:
    assert moved(change, [of_scores(4, 90)], AT_MOST) == told


@pytest.mark.parametrize("pupils", [2, 9, 30, 200])
def test_a_groups_gain_or_loss_at_the_error_is_none_and_beyond_it_is_one(pupils: int) -> None:
    errors = [of_judgements(IN_100)] * pupils
    told = {total: moved(total, errors, AT_MOST) for total in range(-pupils, pupils + 1)}
    within = [total for total, one in told.items() if one == "within-error"]
    assert within == list(range(-within[-1], within[-1] + 1))
    assert {one for total, one in told.items() if total > within[-1]} == {"gained"}
    assert {one for total, one in told.items() if total < within[0]} == {"fell"}
    assert abs(within[-1] + 1 - half_width(errors, AT_MOST)) <= 1.5


def test_many_added_up_exactly_and_as_normal_agree() -> None:
    few: list[ByError] = [of_judgements(IN_100)] * 60
    many: list[ByError] = [of_judgements(IN_100)] * 61
    for total in range(-10, 11):
        assert moved(total, few, AT_MOST) == moved(total, many, AT_MOST) or abs(total) == 6

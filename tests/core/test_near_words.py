"""A near name is one that was surely meant; a far one is never offered."""

from __future__ import annotations

import pytest

from termwise.engine.core.near_words import misspelt, near_names


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("Coaching Cycles", ["coaching-cycles", "coaching"], ["coaching-cycles"]),
        ("cycles coaching", ["coaching-cycles"], ["coaching-cycles"]),
        ("élan", ["elan", "plan"], ["elan"]),
        ("raeding", ["reading", "writing"], ["reading"]),  # two letters turned round: one slip
        ("maht", ["math", "mah"], ["mah", "math"]),  # both one slip away
        ("assesment", ["assessment", "attainment"], ["assessment"]),
        ("cycles", ["coaching-cycles", "reviews"], ["coaching-cycles"]),
        ("behavr", ["behaviour"], ["behaviour"]),  # its letters, in order
        ("behav", ["behaviour"], []),  # but too few of them
        ("ehavior", ["xbehaviorx"], []),  # it begins otherwise
        ("a", ["b"], []),
        ("in", ["in-place-of-others"], []),  # too short a word to tell anything
        ("music", ["maths", "reading"], []),
        ("", ["a"], []),
    ],
)
def test_names_are_near_by_slips_words_or_letters_left_out(
    word: str, known: list[str], near: list[str]
) -> None:
    assert near_names(word, known) == near


@pytest.mark.parametrize(
    ("letters", "slips", "is_near"),
    [(4, 1, True), (7, 2, False), (8, 2, True), (11, 3, False), (12, 3, True), (26, 4, False)],
)
def test_one_slip_is_allowed_in_four_letters_and_three_at_most(
    letters: int, slips: int, is_near: bool
) -> None:
    name = "abcdefghijklmnopqrstuvwxyz"[:letters]
    slipped = "9" * slips + name[slips:]
    assert (near_names(slipped, [name]) == [name]) is is_near


def test_only_the_nearest_are_told_and_three_at_most() -> None:
    assert near_names("role", ["role-1", "rola", "roles", "rule", "rile"]) == [
        "rile",
        "rola",
        "role-1",
    ]
    assert near_names("abcdefgh", ["abcdefgx", "abcdefxy"]) == ["abcdefgx"]


def test_a_name_with_a_word_more_is_near_but_no_misspelling() -> None:
    assert near_names("coaching", ["coaching cycles"]) == ["coaching cycles"]
    assert misspelt("coaching", ["coaching cycles"]) == []
    assert misspelt("coachign", ["coaching", "coaching cycles"]) == ["coaching"]

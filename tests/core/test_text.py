"""Parts are told as a list in a sentence, and small numbers in words."""

from __future__ import annotations

import pytest

from termwise.engine.core.text import in_words, listed, listed_first


@pytest.mark.parametrize(
    ("parts", "told"),
    [((), ""), (("one",), "one"), (("one", "two"), "one and two"), (("a", "b", "c"), "a, b and c")],
)
def test_parts_are_joined_as_in_a_sentence(parts: tuple[str, ...], told: str) -> None:
    assert listed(parts) == told


def test_the_word_before_the_last_can_be_another() -> None:
    assert listed(["a", "b", "c"], "or") == "a, b or c"


def test_only_those_that_are_too_many_are_counted() -> None:
    assert listed_first(["a", "b", "c"], 3) == "a, b and c"
    assert listed_first(["a", "b", "c"], 2) == "a, b and 1 more"


def test_numbers_above_twelve_and_below_nought_stay_figures() -> None:
    told = [in_words(value) for value in (-1, 0, 4, 12, 13)]
    assert told == ["-1", "no", "four", "twelve", "13"]

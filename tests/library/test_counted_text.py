"""Texts count what a plan makes room for, and a count that can't be made is told."""

from __future__ import annotations

import pytest

from termwise.engine.library.counted_text import filled, wrong_counts


@pytest.mark.parametrize(
    ("many", "told"), [(1, "After one round."), (2, "After two rounds."), (13, "After 13 rounds.")]
)
def test_a_count_stands_in_words_with_its_noun(many: int, told: str) -> None:
    assert filled("After {half_terms: round}.", {"half_terms": many}) == told


def test_a_text_without_counts_stays_as_it_is() -> None:
    assert filled("After a round.", {}) == "After a round."
    assert not list(wrong_counts("After a round, then {half_terms: talk}."))


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("{half_term: round}", "{half_term} is nothing that can be counted", "half_terms"),
        ("{half_terms}", "{half_terms} doesn't say what is counted", "{half_terms: round}"),
        ("{half_terms: round", "a brace has no partner", "no brace"),
    ],
)
def test_a_count_that_can_not_be_made_is_told_with_a_hint(text: str, told: str, hint: str) -> None:
    [(what, do)] = wrong_counts(text)
    assert what == told and hint in do

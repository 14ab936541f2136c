"""Days, counts and first letters, as a plan tells them."""

from __future__ import annotations

import pytest

from termwise.engine.planning.phrases.titles import capital, count, days


@pytest.mark.parametrize(
    ("tenths", "told"), [(10, "1 day"), (15, "1.5 days"), (1, "0.1 days"), (20, "2 days")]
)
def test_tenths_of_a_day_are_told_in_days(tenths: int, told: str) -> None:
    assert days(tenths) == told


def test_one_thing_is_told_without_an_s_and_a_sentence_begins_with_a_capital() -> None:
    assert (count(1, "step"), count(0, "step"), count(2, "step")) == (
        "1 step",
        "0 steps",
        "2 steps",
    )
    assert (capital("the SENCO"), capital("")) == ("The SENCO", "")

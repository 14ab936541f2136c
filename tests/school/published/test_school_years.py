"""A school year of a published table, however it is written."""

from __future__ import annotations

import pytest

from termwise.engine.school.published.school_years import school_year, year_that_ends


@pytest.mark.parametrize(
    "text", ["202425", "2024/25", "2024-25", " 2024–25 ", "2024 to 2025", "2024-2025", "2024/2025"]
)
def test_one_school_year_is_read_from_each_way_of_writing_it(text: str) -> None:
    assert school_year(text) == "2024-25"


@pytest.mark.parametrize("text", ["2024", "2024/26", "2025-24", "24/25", "2024 and also 25", ""])
def test_what_names_no_school_year_is_none(text: str) -> None:
    assert school_year(text) is None


def test_a_century_ends_in_a_school_year_too() -> None:
    assert school_year("1999/00") == "1999-00"


@pytest.mark.parametrize(
    ("digits", "year"), [("25", "2024-25"), ("10", "2009-10"), ("01", "2000-01")]
)
def test_two_digits_are_of_the_year_in_which_it_ends(digits: str, year: str) -> None:
    assert year_that_ends(digits) == year

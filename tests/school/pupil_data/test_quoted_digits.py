"""A message repeats a cell only where it can be no pupil's name, date or number."""

from __future__ import annotations

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.school.pupil_data.quoted_digits import Quoted


@pytest.fixture(scope="module")
def quoted(library: Library) -> Quoted:
    return Quoted(library)


@pytest.mark.parametrize(
    "text", ["Year 15", "5/6", "absent", "Year  group", "XQZ", "12 5", "a", "n/a", "123"]
)
def test_words_of_the_library_short_numbers_and_codes_are_shown(quoted: Quoted, text: str) -> None:
    assert quoted.shown(text) == f"“{' '.join(text.split())}”"


@pytest.mark.parametrize(
    "text",
    [
        *("Larch", "Ada", "Year Larch", "1234", "03/09/2016", "3 9 16", "", "--", "=year", "-year"),
        *("XQZW", "Lyn", "year " * 7),
    ],
)
def test_a_name_a_date_a_long_number_or_a_formula_is_not(quoted: Quoted, text: str) -> None:
    assert quoted.shown(text) == ""

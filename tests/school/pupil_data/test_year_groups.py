"""The year group a cell names; a name or an age beside a letter or number makes it none."""

from __future__ import annotations

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.school.pupil_data.year_groups import YearGroups


@pytest.mark.parametrize(
    ("text", "group"),
    [
        *(("6", "6"), ("06", "6"), ("6.0", "6"), ("Y6", "6"), ("Yr 06", "6"), ("Year 6", "6")),
        *(("National Curriculum Year 4", "4"), ("Year six", "6"), ("Rec", "R"), ("FS2", "R")),
        *(("Year R", "R"), ("0", "R"), ("Nursery", "N"), ("Year 9", "9"), ("YR", "R")),
        *(("Year 6 Oak", "6"), ("6 Oak", "6"), ("3B", "3"), ("Reception Class", "R")),
        ("Year 2 Class Red Kites", "2"),
    ],
)
def test_a_year_group_is_read_however_it_is_written(
    library: Library, text: str, group: str
) -> None:
    assert YearGroups(library.words).read(text) == group


@pytest.mark.parametrize(
    "text",
    [
        *("", "Oak", "Year", "15", "Year 5/6", "5 and 6", "6 years old", "Year 3 aged 8"),
        *("R Smith", "Y", "Year 1 two three four five", "4 2", "N Jones"),
    ],
)
def test_what_names_none_or_two_or_may_be_a_name_is_none(library: Library, text: str) -> None:
    assert YearGroups(library.words).read(text) is None


def test_a_class_has_at_most_three_words_after_its_year(library: Library) -> None:
    groups = YearGroups(library.words)
    assert groups.read("Year 4 big red kites") == "4"
    assert groups.read("Year 4 very big red kites") is None

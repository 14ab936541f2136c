"""What a heading means: a column, or a subject at a point; and what of it may be shown to anybody."""

from __future__ import annotations

from typing import Any

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.library.reading import PupilColumn
from termwise.engine.school.calendar import Terms
from termwise.engine.school.model import PupilFile, PupilFiles
from termwise.engine.school.pupil_data.assessment_points import Year
from termwise.engine.school.pupil_data.headings import (
    DoubtfulHeading,
    Headings,
    ResultColumn,
    year_at,
)

POINTS = (
    {"id": "aut-2025", "title": "Autumn 2025", "date": "2025-12-11"},
    {"id": "sum-2026", "title": "Summer 2026", "date": "2026-06-25", "also": ["Final"]},
    {"id": "sum-2025", "title": "Summer 2025", "date": "2025-06-25"},
)


def headings(library: Library, **given: Any) -> Headings:
    file = PupilFile.model_validate({"name": "a.csv", **given})
    pupils = PupilFiles.model_validate(
        {"files": [{"name": "a.csv"}], "scale": "point-in-time", "points": POINTS}
        | {"subjects": ["reading", "maths"]}
    )
    return Headings(library, pupils, file, Terms(library.words.parts))


@pytest.mark.parametrize(
    ("heading", "subject", "when"),
    [
        ("Reading Autumn 2025", "reading", "aut-2025"),
        ("aut2 25/26 MATHS", "maths", "aut-2025"),
        ("Maths - Final", "maths", "sum-2026"),
        ("Mathematics summer 2025/26", "maths", "sum-2026"),
        ("Reading", "reading", None),
        ("Summer 2026", None, "sum-2026"),
    ],
)
def test_a_subject_and_a_point_are_found_however_they_are_written(
    library: Library, heading: str, subject: str | None, when: str | None
) -> None:
    means = headings(library).meaning(heading)
    assert isinstance(means, ResultColumn)
    assert (means.part, means.when) == (subject, when)


def test_a_term_of_two_points_is_doubtful_until_a_year_is_named(library: Library) -> None:
    known = headings(library)
    doubtful = known.meaning("Reading Summer")
    assert isinstance(doubtful, DoubtfulHeading)
    assert set(doubtful.choices) == {"sum-2026", "sum-2025"}
    settled = known.meaning("Reading Summer", Year(2025, True))
    assert isinstance(settled, ResultColumn) and settled.when == "sum-2026"


def test_a_time_without_a_point_is_told_as_outside(library: Library) -> None:
    means = headings(library).meaning("Reading Spring 2026")
    assert isinstance(means, ResultColumn)
    assert means.when is None and means.outside.startswith("Spring")


@pytest.mark.parametrize(
    "heading", ["Reading Maths", "Zorabel", "Reading Zorabel", "", "x" * 201, "Reading and Larch"]
)
def test_what_names_two_or_holds_an_unknown_word_means_nothing(
    library: Library, heading: str
) -> None:
    assert headings(library).meaning(heading) is None


def test_what_school_yaml_says_of_a_heading_counts_before_all(library: Library) -> None:
    known = headings(
        library, columns={"Reading": "ignore", "Zorabel": "maths, sum-2026", "Form": "class"}
    )
    assert known.meaning("reading") is None and known.is_said("READING")
    said = known.meaning("Zorabel")
    assert isinstance(said, ResultColumn) and (said.part, said.when) == ("maths", "sum-2026")
    form = known.meaning("Form")
    assert isinstance(form, PupilColumn) and form.kind == "class"
    assert known.preference(form, "Form") == -1 < known.preference(form, "Class")
    assert known.unknown_in("maths, sum-2099") == ["sum-2099"]
    assert known.unknown_in("ignore") == known.unknown_in("class") == []


def test_words_that_may_be_a_pupil_s_are_not_shown(library: Library) -> None:
    known = headings(library)
    assert known.shown("Reading Autumn 2025") == "Reading Autumn 2025"
    assert known.shown("Reading Zorabel Quillfeather Autumn") == "Reading … Autumn"
    assert known.shown(" ".join(["Zorabel", "Reading"] * 20)).count("…") == 6


@pytest.mark.parametrize(
    ("words", "length", "year"),
    [
        (("2025",), 1, Year(2025, False)),
        (("25", "26"), 2, Year(2025, True)),
        (("2025", "26"), 2, Year(2025, True)),
        (("2025", "2026"), 2, Year(2025, True)),
        (("2099", "00"), 2, Year(2099, True)),
        (("25",), 0, Year(0, False)),
        (("2025", "27"), 1, Year(2025, False)),
        (("1999",), 0, Year(0, False)),
        (("autumn",), 0, Year(0, False)),
    ],
)
def test_a_year_is_one_word_or_the_two_of_a_school_year(
    words: tuple[str, ...], length: int, year: Year
) -> None:
    assert year_at(words, 0) == (length, year)

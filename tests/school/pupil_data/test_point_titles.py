"""A point whose title says another time than its date is told, with what to do."""

from __future__ import annotations

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.school.calendar import Terms
from termwise.engine.school.model import Point
from termwise.engine.school.pupil_data.point_titles import called_otherwise


def told(library: Library, title: str, date: str, **more: object) -> list[tuple[str, str]]:
    terms = Terms(library.words.parts, library.calendars["england"])
    data = {"id": "p", "title": title, "date": date, **more}
    return list(called_otherwise(Point.model_validate(data), terms))


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Autumn 2025", "2025-12-11"),
        ("Aut2 25/26", "2025-12-11"),
        ("Spring 2026", "2026-03-19"),
        ("End of Year 2", "2026-06-25"),
        ("Autumn and spring", "2026-06-25"),  # two terms say nothing
        ("Summer 2025-26", "2026-06-25"),
        ("Mock 2025", "2026-06-25"),  # without a term either year of the school year
        ("Baseline", "2025-09-10"),
    ],
)
def test_a_title_that_fits_its_date_is_left_alone(library: Library, title: str, date: str) -> None:
    assert told(library, title, date) == []


@pytest.mark.parametrize(
    ("title", "date", "is_in"),
    [
        ("Spring 2026", "2025-12-11", "Autumn of 2025-26"),
        ("Aut1", "2025-12-11", "Autumn 2 of 2025-26"),
        ("Spring 2025", "2026-03-19", "Spring of 2025-26"),
        ("Summer 2026-27", "2026-06-25", "Summer of 2025-26"),
        ("Mock 2024", "2026-06-25", "of 2025-26"),
    ],
)
def test_a_title_that_says_another_term_or_year_is_told(
    library: Library, title: str, date: str, is_in: str
) -> None:
    [(what, hint)] = told(library, title, date)
    assert f"“{title}” is in " in what and is_in in what and "correct" in hint


def test_a_point_that_says_its_term_is_held_to_its_year_only(library: Library) -> None:
    assert told(library, "Spring 2026", "2025-12-11", term="spring") == []
    assert told(library, "Autumn", "2026-01-05", term="autumn") == []


def test_a_starting_point_may_stand_for_another_time(library: Library) -> None:
    assert told(library, "Spring 2020", "2025-12-11", baseline=True) == []

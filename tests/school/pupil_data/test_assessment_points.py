"""A point of judgement is in one term of one school year, and what files call it finds it."""

from __future__ import annotations

import datetime

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.school.calendar import Terms
from termwise.engine.school.model import Point
from termwise.engine.school.pupil_data.assessment_points import (
    Points,
    Year,
    placed,
    term_of_birth,
    year_label,
    year_taken,
)

DAY = datetime.date


@pytest.fixture(scope="module")
def terms(library: Library) -> Terms:
    return Terms(library.words.parts, library.calendars["england"])


def point(name: str, date: str, **more: object) -> Point:
    return Point.model_validate({"id": name, "title": name, "date": date, **more})


@pytest.mark.parametrize(
    ("date", "said", "year", "term", "half"),
    [
        ("2025-12-11", None, 2025, "autumn", "aut2"),
        ("2026-03-19", None, 2025, "spring", "spr2"),
        ("2026-08-20", None, 2025, "summer", "sum2"),  # holidays count to what came before
        ("2026-01-05", "autumn", 2025, "autumn", "aut2"),  # noted in the first days of January
        ("2026-09-02", "sum2", 2025, "summer", "sum2"),
    ],
)
def test_a_point_is_in_the_term_of_its_date_or_in_the_nearest_that_it_says(
    terms: Terms, date: str, said: str | None, year: int, term: str, half: str
) -> None:
    here = placed(point("p", date, term=said), terms)
    assert (here.year, here.term, here.half) == (year, term, half)
    assert here.calendar_year == (2025 if term == "autumn" else 2026)


AUTUMN, SPRING = point("aut", "2025-12-11"), point("spr", "2026-03-19")
START = point("start", "2025-12-04", baseline=True)
LATER = point("aut-26", "2026-12-10")


def test_points_are_found_by_term_and_by_school_or_calendar_year(terms: Terms) -> None:
    points = Points((AUTUMN, SPRING, START, LATER), terms)
    assert points.fitting("autumn", []) == ["aut", "aut-26"]  # a starting point has its own name
    assert points.fitting("autumn", [Year(2026, True)]) == ["aut-26"]
    assert points.fitting("spr2", [Year(2026, False)]) == ["spr"]
    assert points.fitting("spr1", []) == []
    assert points.last_year == 2026
    assert (points.of_term("autumn", 2025), points.of_term("summer", 2025)) == ("aut", None)


def test_a_date_is_of_its_own_point_else_of_the_only_one_of_its_term(terms: Terms) -> None:
    points = Points((AUTUMN, SPRING, START), terms)
    assert points.on(DAY(2025, 12, 4)) == "start"
    assert points.on(DAY(2025, 9, 20)) == "aut"
    assert points.on(DAY(2026, 6, 1)) is None
    two = Points((AUTUMN, point("aut-b", "2025-12-15")), terms)
    assert two.on(DAY(2025, 9, 20)) is None


def test_a_month_is_of_a_point_where_all_its_days_are(terms: Terms) -> None:
    points = Points((AUTUMN, SPRING), terms)
    assert points.of_month(DAY(2025, 11, 1)) == "aut"
    assert points.of_month(DAY(2026, 4, 1)) == ""  # its first days are of spring
    assert points.of_month(DAY(2026, 6, 1)) == ""


def test_a_school_year_is_called_by_both_its_years() -> None:
    assert (year_label(2026), year_label(1999), year_label(2008)) == (
        "2026-27",
        "1999-00",
        "2008-09",
    )


def test_those_in_a_year_group_were_in_a_younger_one_before() -> None:
    groups = ["R", "1", "2", "3"]
    assert year_taken("3", "2", groups, 2026) == "2025-26"
    assert year_taken("R", "2", groups, 2026) == "2028-29"
    assert year_taken("9", "2", groups, 2026) is year_taken("3", None, groups, 2026) is None


def test_a_birthday_has_the_term_that_had_begun_in_its_month(library: Library) -> None:
    found = {month: term_of_birth(month, library.words) for month in (1, 3, 4, 8, 9, 12)}
    assert found == {
        **{1: "spring", 3: "spring", 4: "summer", 8: "summer", 9: "autumn", 12: "autumn"}
    }

"""School years that a file says outside its headings are read together with the terms in them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.years_in_titles import years_in
from termwise.engine.school.school import School
from tests import pupil_rows

ONE = pupil_rows.number_of(1)
Table = Sequence[Sequence[str]]
Load = Callable[..., School]
WIDE = [["UPN", "Year", "Class", "Reading Autumn", "Reading Summer"]]
LAST, BEFORE = ["aut-2025", "sum-2026"], list[str]()


@pytest.fixture
def load(tmp_path: Path, library: Library) -> Load:
    """Reads a school with this table (or workbook); the rest is what school.yaml says of the file."""
    count = itertools.count()

    def read(table: Table | bytes, name: str = "a.csv", **given: Any) -> School:
        folder = tmp_path / str(next(count))
        raw = table if isinstance(table, bytes) else pupil_rows.as_csv(table)
        pupil_rows.school_folder(folder, {name: raw}, [{"name": name, **given}])
        return load_school(folder, library)

    return read


def points_read(school: School) -> list[str]:
    """The points at which the only pupil has a judgement."""
    [pupil] = school.pupils
    return sorted(
        point for (_, _, point), result in pupil.results.items() if result.grade is not None
    )


def problem_of(load: Load, *args: Any, **given: Any) -> str:
    with pytest.raises(ContentError) as caught:
        load(*args, **given)
    return "\n".join(str(problem) for problem in caught.value.problems)


def long(heads: Sequence[str], *cells: Sequence[str]) -> Table:
    """Rows about one pupil with these cells beside the usual ones."""
    head = ["UPN", "NC Year", "Class", "Subject", "Judgement", *heads]
    return [head, *([ONE, "5", "Kestrel", "Reading", "EXS", *row] for row in cells)]


@pytest.mark.parametrize("heading", ["Academic Year", "School Year", "Year", "Yr"])
@pytest.mark.parametrize(
    ("year", "point"),
    [
        ("2024/25", []),
        ("2025/26", ["sum-2026"]),
        ("2025-2026", ["sum-2026"]),
        ("25/26", ["sum-2026"]),
    ],
)
def test_a_column_of_school_years_is_read_with_the_term(
    heading: str, year: str, point: list[str], load: Load
) -> None:
    table = long([heading, "Term"], [year, "Summer"], ["2025/26", "Autumn"])
    assert points_read(load(table)) == ["aut-2025", *point]


def test_a_column_of_school_years_is_read_with_the_terms_in_headings(load: Load) -> None:
    table = [
        ["UPN", "NC Year", "Class", "Academic Year", "Reading Autumn", "Reading Summer"],
        [ONE, "5", "Kestrel", "2024/25", "below", "below"],
        [ONE, "5", "Kestrel", "2025/26", "expected", ""],
    ]
    school = load(table)
    [pupil] = school.pupils
    assert pupil.results["tracking", "reading", "aut-2025"].grade == 2
    assert points_read(school) == ["aut-2025"]


def test_a_term_that_names_another_year_than_the_column_is_refused(load: Load) -> None:
    school = load(
        long(["Academic Year", "Term"], ["2024/25", "Summer 2026"], ["2025/26", "Autumn 2025"])
    )
    [refusal] = [one for one in school.accounts[0].refused if one.mistake]
    assert (refusal.row, refusal.column) == (2, "Term")
    assert points_read(school) == ["aut-2025"]


@pytest.mark.parametrize(
    ("said", "points"), [("starts", ["aut-2025"]), ("ends", []), ("calendar", ["aut-2025"])]
)
def test_a_single_year_is_asked_about(said: str, points: list[str], load: Load) -> None:
    table = long(
        ["Academic Year", "Term"], ["2025", "Autumn"], ["2025", "Summer"], ["2026", "Spring"]
    )
    problem = problem_of(load, table)
    assert "“Academic Year”" in problem and "single_years: starts" in problem
    ends = ["sum-2026"] if said == "starts" else ["spr-2026"]
    assert points_read(load(table, single_years=said)) == [*points, *ends]


def test_a_term_without_a_year_is_of_the_one_nearest_to_its_date(load: Load) -> None:
    table = long(["Term", "Date"], ["Summer", "20/06/2025"], ["Autumn", "18/12/2025"])
    assert points_read(load(table)) == ["aut-2025"]
    late = long(["Term", "Date"], ["Summer", "03/09/2026"], ["Autumn", "18/12/2025"])
    assert points_read(load(late)) == LAST


@pytest.mark.parametrize(("year", "points"), [("2024/25", BEFORE), ("2025-26", LAST)])
@pytest.mark.parametrize("place", ["name", "sheet", "line"])
def test_a_year_in_the_name_of_a_file_or_sheet_or_above_the_table_is_read_with_the_terms(
    place: str, year: str, points: list[str], load: Load
) -> None:
    table = [*WIDE, [ONE, "5", "Kestrel", "EXS", "EXS"]]
    plain = year.replace("/", "-")
    if place == "name":
        school = load(table, name=f"tracking {plain}.csv")
    elif place == "sheet":
        school = load(pupil_rows.as_xlsx(table, titles=[plain]), name="a.xlsx")
    else:
        school = load([[f"Assessments {year}, printed 1 July 2026"], [], *table])
    assert points_read(school) == points
    other = load([[f"Assessments {year}"], *table], terms_of="2025-26")
    assert points_read(other) == LAST, "what school.yaml says goes before"


def test_two_years_are_a_question_only_where_a_term_names_none(load: Load) -> None:
    row = [ONE, "5", "Kestrel", "EXS", "EXS"]
    above = ["Last year 2024/25 and this year 2025/26"]
    problem = problem_of(load, [above, *WIDE, row])
    assert "2024-25 or 2025-26" in problem and "terms_of: 2024-25" in problem
    assert points_read(load([above, *WIDE, row], terms_of="2025-26")) == LAST
    named = [["UPN", "Year", "Class", "Reading Autumn 2025", "Reading Summer 2025/26"], row]
    assert points_read(load([above, *named])) == LAST


@pytest.mark.parametrize("place", ["name", "sheet", "line"])
def test_a_single_year_outside_the_table_is_a_question_where_two_school_years_have_it(
    place: str, load: Load
) -> None:
    def read(year: str, **given: Any) -> School:
        table = [*WIDE, [ONE, "5", "Kestrel", "EXS", "EXS"]]
        if place == "name":
            return load(table, name=f"tracking_{year}.csv", **given)
        if place == "sheet":
            return load(pupil_rows.as_xlsx(table, titles=[f"Data {year}"]), name="a.xlsx", **given)
        return load([[f"Tracking {year}"], *table], **given)

    problem = problem_of(read, "2025")
    assert "2024-25 or 2025-26" in problem and "terms_of: 2024-25" in problem
    assert points_read(read("2025", terms_of="2024-25")) == BEFORE
    assert points_read(read("2025", terms_of="2025-26")) == LAST
    assert points_read(read("2026")) == LAST, "nothing is judged after the last point"


@pytest.mark.parametrize(
    "line",
    ["Printed 3 June 2025", "June 2025", "Report of June 3, 2025", "03/06/2025", "2025-06-03"],
)
def test_the_date_above_a_table_is_no_school_year(line: str, load: Load) -> None:
    assert points_read(load([[line], *WIDE, [ONE, "5", "Kestrel", "EXS", "EXS"]])) == LAST


def test_a_row_that_does_not_say_its_year_is_refused_unless_the_file_says_it(load: Load) -> None:
    tables = {
        "Term": long(["Academic Year", "Term"], ["", "Summer"], ["2025/26", "Autumn"]),
        "Date": long(["Academic Year", "Date"], ["last", "20/06/2026"], ["2025/26", "18/12/2025"]),
        "other": long(
            ["Academic Year", "Date"], ["2024/25", "20/06/2026"], ["25/26", "18/12/2025"]
        ),
    }
    for table in tables.values():
        school = load(table)
        assert points_read(school) == ["aut-2025"]
        [refusal] = [one for one in school.accounts[0].refused if one.mistake]
        assert refusal.row == 2 and "year" in refusal.reason
    assert points_read(load(tables["Term"], terms_of="2025-26")) == LAST
    wide = [
        ["UPN", "NC Year", "Class", "Academic Year", "Reading Autumn", "Reading Summer"],
        [ONE, "5", "Kestrel", "", "EXS", ""],
        [ONE, "5", "Kestrel", "2025/26", "", "EXS"],
    ]
    assert points_read(load(wide)) == ["sum-2026"]
    assert points_read(load(wide, terms_of="2025-26")) == LAST


def test_a_single_year_beside_dates_only_is_not_asked_about(load: Load) -> None:
    table = long(["Academic Year", "Date"], ["2026", "20/06/2026"], ["2026", "18/12/2025"])
    assert points_read(load(table)) == LAST


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Autumn 2024/25", [2024]),
        ("tracking_2024-25.xlsx", [2024]),
        ("2024-2025", [2024]),
        ("Year-5-2024-25", [2024]),
        ("tracking 24-25.csv", [2024]),
        ("ages 10-11", []),
        ("Years 5/6", []),
        ("printed 12/24/25", []),
        ("printed 2026-07-01", []),
        ("2025-26-01", []),
        ("export 20252601", []),
        ("2024/26", []),
    ],
)
def test_a_school_year_is_told_from_a_date(text: str, years: list[int]) -> None:
    assert [year.number for year in years_in([text], 2025)] == years

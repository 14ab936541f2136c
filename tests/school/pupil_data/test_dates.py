"""How dates are written in a file: with the day or the month first, as a spreadsheet counts them, and birth
dates that nobody can have."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from termwise.engine.school.pupil_data.dates import Dates
from termwise.engine.school.school import School
from tests import pupil_rows

ONE, TWO, THREE = (pupil_rows.number_of(n) for n in (1, 2, 3))
LONG = ["UPN", "Year", "Class", "Subject", "Date", "Judgement"]
WIDE = ["UPN", "DOB", "Year", "Class", "Reading Summer 2026"]
Table = Sequence[Sequence[str]]
Load = Callable[..., School]


@pytest.fixture
def load(tmp_path: Path, library: Library) -> Load:
    """Reads a school with this table, or with these files; the rest is what school.yaml says of them."""
    count = itertools.count()

    def read(tables: Table | Mapping[str, Table | bytes], **given: Any) -> School:
        named = tables if isinstance(tables, Mapping) else {"a.csv": tables}
        contents = {
            name: table if isinstance(table, bytes) else pupil_rows.as_csv(table)
            for name, table in named.items()
        }
        folder = tmp_path / str(next(count))
        pupil_rows.school_folder(folder, contents, [{"name": name, **given} for name in contents])
        return load_school(folder, library)

    return read


def problems(load: Load, *args: Any, **given: Any) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(*args, **given)
    return [str(problem) for problem in caught.value.problems]


def judged(school: School) -> list[str]:
    """The points at which anybody has a judgement."""
    return sorted({point for pupil in school.pupils for _, _, point in pupil.results})


def aside(school: School) -> list[tuple[int, str, str]]:
    every = sorted(refusal for account in school.accounts for refusal in account.set_aside)
    return [(refusal.row, refusal.column, refusal.reason) for refusal in every]


def born(school: School) -> list[object]:
    """The terms in which the pupils were born; None of whom nothing is known."""
    found = (pupil.values.get("term_of_birth") for pupil in school.pupils)
    return [value.value if value else None for value in found]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12-Sep-26", date(2026, 9, 12)),
        ("12 September 2026", date(2026, 9, 12)),
        ("September 12, 2026", date(2026, 9, 12)),
        ("2026-09-12T00:00:00", date(2026, 9, 12)),
        ("2026-09-12 09:30", date(2026, 9, 12)),
        ("2026-09-12T00:00:00.000Z", date(2026, 9, 12)),
        ("13/9/2026 0:00", date(2026, 9, 13)),
        ("9/13/2026 12:00:00 AM", date(2026, 9, 13)),
        ("13/09/26", date(2026, 9, 13)),
        ("12.09.2026", date(2026, 9, 12)),
        ("46277", date(2026, 9, 12)),
        ("12/12/2026", date(2026, 12, 12)),
        ("03/06/2026", None),
        ("03-06-2026", None),
        ("31/31/2026", None),
        ("462", None),
        ("soon", None),
    ],
)
def test_a_date_with_one_reading_is_read_without_knowing_its_order(
    text: str, day: date | None, library: Library
) -> None:
    assert Dates(library.words.dates).read(text) == day


def rows(*days: str) -> Table:
    """One pupil for each day on which reading was judged."""
    numbers = (pupil_rows.number_of(n) for n in range(1, 100))
    return [
        LONG,
        *([n, "5", "Kestrel", "Reading", d, "EXS"] for n, d in zip(numbers, days, strict=False)),
    ]


@pytest.mark.parametrize(
    ("days", "points"),
    [
        (["03/06/2026", "03/19/2026"], ["spr-2026"]),
        (["12/11/2025", "03/19/2026"], ["aut-2025", "spr-2026"]),
        (["03/06/26", "03/19/26"], ["spr-2026"]),
        (["3-6-2026", "3-19-2026"], ["spr-2026"]),
        (["03/06/2026", "19/03/2026"], ["spr-2026", "sum-2026"]),
        (["03/06/2026 00:00", "2026-03-19", "19/03/2026"], ["spr-2026", "sum-2026"]),
        (["46087", "2026-03-06T00:00:00"], ["spr-2026"]),
    ],
)
def test_a_column_shows_whether_its_dates_have_the_month_first(
    days: list[str], points: list[str], load: Load
) -> None:
    school = load(rows(*days))
    assert judged(school) == points
    assert aside(school) == [] and all(account.used == len(days) for account in school.accounts)


def test_a_column_of_points_that_are_dates_shows_it_too(load: Load) -> None:
    table = [[*LONG[:4], "Point", "Judgement"], *rows("03/06/2026", "03/19/2026")[1:]]
    assert judged(load(table)) == ["spr-2026"]


def test_the_other_columns_of_a_file_show_it_where_a_column_does_not(load: Load) -> None:
    table = [
        ["DOB", *row] if row[0] == "UPN" else ["03/25/2016", *row] for row in rows("03/06/2026")
    ]
    school = load(table)
    assert (judged(school), born(school)) == (["spr-2026"], ["spring"])
    assert "dates month-first" in school.accounts[0].notes
    british = [row if row[0] == "DOB" else ["25/03/2016", *row[1:]] for row in table]
    assert judged(load(british)) == ["sum-2026"]


@pytest.mark.parametrize(
    ("said", "point"), [("day-first", "sum-2026"), ("month-first", "spr-2026")]
)
def test_dates_that_fit_both_ways_are_asked_about_and_settled(
    said: str, point: str, load: Load
) -> None:
    table = rows("03/06/2026", "03/06/2026")
    [problem] = problems(load, table)
    assert problem.startswith("a.csv:2:5: ") and "“Date”" in problem
    assert "files: [{name: a.csv, dates: day-first}] (or month-first)" in problem
    assert judged(load(table, dates=said)) == [point]


@pytest.mark.parametrize("days", [["12/12/2025"], ["10/12/2025"], ["05/06/2026", "07/06/2026"]])
def test_dates_that_mean_the_same_point_both_ways_are_not_asked_about(
    days: list[str], load: Load
) -> None:
    assert len(judged(load(rows(*days)))) == 1


def test_a_birth_date_is_asked_about_only_where_the_term_or_the_year_hangs_on_it(
    load: Load,
) -> None:
    def table(day: str) -> Table:
        return [WIDE, [ONE, day, "5", "Kestrel", "EXS"]]

    assert born(load(table("05/06/2016"))) == ["summer"]
    [problem] = problems(load, table("03/10/2016"))
    assert "“DOB”" in problem and "2016" not in problem
    assert born(load(table("03/10/2016"), dates="month-first")) == ["spring"]


def test_where_a_column_has_dates_of_both_kinds_each_that_fits_both_is_set_aside(
    load: Load,
) -> None:
    days = ["25/03/2016", "03/25/2016", "03/10/2016"]
    table = [
        WIDE,
        *([pupil_rows.number_of(n), d, "5", "Kestrel", "EXS"] for n, d in enumerate(days)),
    ]
    school = load(table)
    assert born(school) == ["spring", "spring", None]
    [(row, column, reason)] = aside(school)
    assert (row, column) == (4, "DOB") and "its column has both" in reason
    [problem] = school.accounts[0].problems()
    assert "dates: day-first" in problem.hint
    settled = load(table, dates="day-first")
    assert born(settled) == ["spring", None, "autumn"]
    assert aside(settled) == [(3, "DOB", "is no date, day-first")]


def test_dates_of_admission_and_of_checks_are_read_in_the_order_of_their_file(load: Load) -> None:
    head = ["UPN", "Date of Admission", "Year", "Class", "Reading Summer 2026"]
    days = ["09/01/2025", "08/31/2025", "01/09/2025"]
    table = [
        head,
        *([pupil_rows.number_of(n), d, "5", "Kestrel", "EXS"] for n, d in enumerate(days)),
    ]
    lately = [pupil.values["joined_lately"].value for pupil in load(table).pupils]
    assert lately == [True, False, False]

    skills = [
        ["UPN", "Year", "Skill", "Date", "Result"],
        [ONE, "5", "3NF-1", "03/06/2026", "Y"],
        [ONE, "5", "3NF-1", "02/07/2026", "N"],
    ]
    [problem] = problems(load, skills, holds="skills")
    assert "dates: day-first" in problem
    secure = [
        load(skills, holds="skills", dates=said).pupils[0].skills["3NF-1"].value
        for said in ("day-first", "month-first")
    ]
    assert secure == [False, True], "the later of the two days counts"


@pytest.mark.parametrize("day", ["01/01/1900", "14/05/2061", "14/05/2026", "14/05/2010"])
def test_a_birth_date_that_nobody_in_the_year_group_has_is_set_aside(day: str, load: Load) -> None:
    table = [
        WIDE,
        [ONE, day, "5", "Kestrel", "EXS"],
        [TWO, "14/05/2017", "5", "Kestrel", "EXS"],
        [THREE, "14/05/2015", "5", "Kestrel", "EXS"],
    ]
    school = load(table)
    assert born(school) == [None, "summer", "summer"]
    assert aside(school) == [(2, "DOB", "gives an age that nobody in Year 5 has")]
    assert day[-4:] not in str([str(problem) for problem in school.accounts[0].problems()])


def test_a_birth_date_that_cannot_be_does_not_contradict_one_that_can(load: Load) -> None:
    files = {
        name: [WIDE, [ONE, day, "5", "Kestrel", "EXS"]]
        for name, day in (("a.csv", "01/01/1900"), ("b.csv", "14/05/2016"))
    }
    assert born(load(files)) == ["summer"]


def test_a_year_group_is_taken_from_the_birth_date_only_where_that_is_said(load: Load) -> None:
    pupil = pupil_rows.ctf_pupil(ONE, "Vale", "Ada", "2015-10-05")
    without = pupil.replace("<BasicDetails><NCyearActual>3</NCyearActual></BasicDetails>", "")
    _, problem = problems(load, {"t.xml": pupil_rows.ctf(without)})
    assert (
        "year group" in problem and "year_from: birth-date" in problem and "column" not in problem
    )
    school = load({"t.xml": pupil_rows.ctf(without)}, year_from="birth-date")
    assert [pupil.year for pupil in school.pupils] == ["6"]
    assert "year groups of 1 pupils by their birth dates" in school.accounts[0].notes
    table = [["UPN", "DOB", "Reading Summer 2026", "Class"], [ONE, "05/10/2015", "EXS", ""]]
    assert [p.year for p in load(table, year_from="birth-date", dates="day-first").pupils] == ["6"]
    said = load({"t.xml": pupil_rows.ctf(pupil)}, year_from="birth-date")
    assert [pupil.year for pupil in said.pupils] == ["3"], "what the file says goes before"


def test_a_date_with_two_readings_is_none_in_a_transfer_file(load: Load) -> None:
    pupil = pupil_rows.ctf_pupil(ONE, "Vale", "Ada", "03/06/2018")
    school = load({"t.xml": pupil_rows.ctf(pupil)})
    assert born(school) == [None] and aside(school)[0][1] == "DOB"

"""Files of what pupils can do, skill by skill: both shapes, how results are written, what counts
where two differ, codes that are no codes, and every row accounted for."""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from termwise.engine.core.errors import ContentError, Mistake
from termwise.engine.library.loader import Library
from termwise.engine.library.skills import SkillFile
from termwise.engine.school.data_quality.data_doctor import data_report
from termwise.engine.school.folder import load_school
from termwise.engine.school.school import PupilRead, School
from tests import pupil_rows

CSV = "skills.csv"
HOLDS = {"name": CSV, "holds": "skills"}
Rows = Sequence[Sequence[str]]
Load = Callable[..., School]
LONG = ["Pupil ID", "Skill", "Result", "Date"]
UPN = pupil_rows.number_of(42)


def skill(code: str, **more: Any) -> dict[str, Any]:
    words = ("title", "check", "strategy", "look_for")
    return {
        "id": code, "strand": "all", "year": "3", "weeks": 1,
        **{word: f"{word} {code}" for word in words}, **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def small(library: Library) -> Library:
    """The library with a handful of skills."""
    skills = {
        "maths": ["3NF-1", "3NF-2", "3AS-1", "6AS/MD-1"],
        "reading": ["2b", "2d"],
    }
    files = {
        subject: SkillFile.model_validate(
            {
                "subject": subject, "title": subject, "note": "Made up.", "sources": ["house"],
                "strands": {"all": "All"}, "goals": {},
                "skills": [skill(c, also=["KS2 2d"] if c == "2d" else []) for c in codes],
            }
        )
        for subject, codes in skills.items()
    }  # fmt: skip
    return replace(library, skill_files=files)


@pytest.fixture
def load(tmp_path: Path, small: Library) -> Load:
    """Reads a school with these skills beside its judgements; `said` is what school.yaml says of
    the file."""
    count = itertools.count()

    def read(table: Rows | bytes, name: str = CSV, pupils: bool = True, **said: Any) -> School:
        raw = table if isinstance(table, bytes) else pupil_rows.as_csv(table)
        judged = {"pupils.csv": pupil_rows.as_csv(pupil_rows.wide_table())} if pupils else {}
        folder = tmp_path / str(next(count))
        files = [*({"name": given} for given in judged), {**HOLDS, "name": name, **said}]
        pupil_rows.school_folder(folder, {**judged, name: raw}, files)
        return load_school(folder, small)

    return read


def problems(load: Load, table: Rows | bytes, **said: Any) -> tuple[Mistake, ...]:
    with pytest.raises(ContentError) as caught:
        load(table, **said)
    return caught.value.problems


def pupil(school: School, reference: str) -> PupilRead:
    ref = school.pseudonyms.of("reference", reference.casefold())
    [found] = (each for each in school.pupils if each.ref == ref)
    return found


def secure(school: School, reference: str) -> dict[str, object]:
    return {code: value.value for code, value in pupil(school, reference).skills.items()}


def account_of(school: School, file: str = CSV) -> Any:
    [account] = (account for account in school.accounts if account.file == file)
    assert account.rows == account.used + len(account.refused)
    return account


def refused(school: School) -> list[tuple[int, str, str]]:
    return [(r.row, r.column, r.reason) for r in sorted(account_of(school).refused)]


# --- the two shapes

WIDE = [
    ["Pupil ID", "3NF-1", "6AS/MD-1", "2d", "3nf 2"],
    ["P0002", "Y", "N", "", "-"],
    ["P0004", "1", "0", "1", "partly"],
]
EXPECTED = {
    "P0002": {"3NF-1": True, "6AS/MD-1": False},
    "P0004": {"2d": True, "3NF-1": True, "3NF-2": False, "6AS/MD-1": False},
}


def long_of(wide: Rows, date: str = "20/06/2026") -> list[list[str]]:
    codes = wide[0][1:]
    return [
        LONG,
        *(
            [row[0], code, text, date]
            for row in wide[1:]
            for code, text in zip(codes, row[1:], strict=True)
        ),
    ]


def as_book(table: Rows) -> bytes:
    return pupil_rows.as_xlsx(table)


@pytest.mark.parametrize("table", [WIDE, long_of(WIDE)], ids=["wide", "long"])
@pytest.mark.parametrize("book", [False, True], ids=["csv", "xlsx"])
def test_both_shapes_say_the_same(table: Rows, book: bool, load: Load) -> None:
    name = "skills.xlsx" if book else CSV
    school = load(as_book(table) if book else table, name)
    assert {ref: secure(school, ref) for ref in EXPECTED} == EXPECTED
    account = account_of(school, name)
    assert (account.used, account.refused, account.set_aside) == (len(table) - 1, [], [])
    assert secure(school, "P0001") == {}


def test_dates_and_marks_of_a_workbook_are_read(load: Load) -> None:
    day = datetime.date(2026, 6, 20)
    rows: list[list[Any]] = [LONG, ["P0002", "2d", True, day], ["P0002", "2d", 0, None]]
    assert secure(load(pupil_rows.as_xlsx(rows), "skills.xlsx"), "P0002") == {"2d": True}


def test_a_value_knows_its_cell(load: Load) -> None:
    [cell] = pupil(load(WIDE), "P0004").skills["6AS/MD-1"].cells
    assert (cell.file, cell.row, cell.column) == (CSV, 3, "6AS/MD-1")


def test_skills_are_no_judgements(load: Load) -> None:
    bare, school = load([["Pupil ID", "3NF-1"], ["P0002", ""]]), load(WIDE)
    assert [p.results for p in school.pupils] == [p.results for p in bare.pupils]
    assert [p.values for p in school.pupils] == [p.values for p in bare.pupils]


def test_a_file_of_judgements_knows_no_codes(tmp_path: Path, small: Library) -> None:
    table = pupil_rows.wide_table()
    table = [[*row, "Y" if i else "3NF-1", "2d" if i else "Skill"] for i, row in enumerate(table)]
    folder = pupil_rows.school_folder(tmp_path / "s", {"pupils.csv": pupil_rows.as_csv(table)})
    school = load_school(folder, small)
    assert [said for _, said in account_of(school, "pupils.csv").columns][-2:] == ["", ""]
    assert not any(each.skills for each in school.pupils)


@pytest.mark.parametrize("who", [["UPN"], ["Surname", "Forename"], ["Name"]])
def test_pupils_are_joined_as_in_any_other_file(who: list[str], load: Load) -> None:
    whom = {"UPN": [UPN], "Name": ["Böwen Andrada"]}.get(who[0], ["Andrada", "Böwen"])
    table = [[*who, "Year", "2d"], [*whom, "1", "Y"]]
    skills = [p.skills["2d"].value for p in load(table).pupils if p.skills]
    assert skills == [True]


def test_a_year_group_of_the_file_counts_where_no_other_file_has_one(load: Load) -> None:
    school = load([["Pupil ID", "Year", "2d"], ["P0002", "5", "Y"], ["NEW1", "5", "Y"]])
    assert (pupil(school, "P0002").year, pupil(school, "NEW1").year) == ("3", "5")


def test_a_subject_need_not_be_asked_for(load: Load, tmp_path: Path, small: Library) -> None:
    tables = {
        "pupils.csv": pupil_rows.as_csv(pupil_rows.long_table()),
        CSV: pupil_rows.as_csv(WIDE),
    }
    files = [{"name": "pupils.csv"}, HOLDS]
    folder = pupil_rows.school_folder(tmp_path / "s", tables, files, subjects=["writing"])
    assert secure(load_school(folder, small), "P0004") == EXPECTED["P0004"]


# --- how results are written


@pytest.mark.parametrize(
    ("texts", "value"),
    [
        ("1 Y y Yes TRUE ✓ ✔ Secure secure met Met S s", True),
        ("0 N n No FALSE ✗ ✘ not-yet emerging Emerging partly Partly P developing", False),
        ("- ? n/a absent A", None),
    ],
)
def test_results_are_read_as_they_are_written(texts: str, value: bool | None, load: Load) -> None:
    for text in [*texts.split(), *(["Not yet", "not met"] if value is False else [])]:
        school = load([["Pupil ID", "2d"], ["P0002", text]])
        assert secure(school, "P0002") == ({} if value is None else {"2d": value}), text
        assert account_of(school).used == 1


def test_an_x_can_be_a_tick_or_a_cross(load: Load) -> None:
    table = [["Pupil ID", "2d"], ["P0002", "x"], ["P0004", "✓"]]
    told = problems(load, table)
    assert any("secure or not-yet" in p.what and p.place.line == 2 for p in told)
    for means, value in (("secure", True), ("not-yet", False)):
        school = load(table, codes={"x": means})
        assert (secure(school, "P0002"), secure(school, "P0004")) == ({"2d": value}, {"2d": True})


def test_a_result_off_the_scale_is_lost_alone(load: Load) -> None:
    school = load([["Pupil ID", "2d", "3NF-1"], ["P0002", "7", "Y"], ["P0004", "Fine", ""]])
    assert secure(school, "P0002") == {"3NF-1": True}
    [aside] = account_of(school).set_aside
    assert (aside.row, aside.column, aside.kind) == (2, "2d", "off the scale")
    assert [(row, column) for row, column, _ in refused(school)] == [(3, "2d")]


# --- which result counts


def test_the_latest_date_counts(load: Load) -> None:
    rows = [
        ["P0002", "2d", "secure", "01/05/2026"],
        ["P0002", "2d", "not yet", "2026-06-20"],
        ["P0002", "2b", "secure", ""],
        ["P0002", "2b", "not yet", "01/09/2019"],
        ["P0004", "2d", "not yet", "20 June 2026"],
        ["P0004", "2d", "secure", "21/06/2026"],
    ]
    for order in (rows, rows[::-1]):
        school = load([LONG, *order])
        assert secure(school, "P0002") == {"2b": False, "2d": False}
        assert secure(school, "P0004") == {"2d": True}
        assert account_of(school).used == 6


def test_the_date_of_a_file_stands_in_for_that_of_a_row(load: Load) -> None:
    table = [LONG, ["P0002", "2d", "Y", ""], ["P0002", "2d", "N", "13/06/2026"]]
    assert secure(load(table), "P0002") == {"2d": False}
    assert secure(load(table, date=datetime.date(2026, 6, 20)), "P0002") == {"2d": True}


def test_two_results_of_one_date_are_both_set_aside(load: Load) -> None:
    rows = [
        ["P0002", "2d", "Y", "20/06/2026"],
        ["P0002", "2d", "partly", "20/06/2026"],
        ["P0002", "2d", "Y", "01/06/2026"],
        ["P0002", "3NF-1", "Y", "20/06/2026"],
        ["P0002", "3nf 1", "met", "2026-06-20"],
        ["P0004", "2d", "Y", "01/06/2026"],
        ["P0004", "2d", "N", "01/06/2026"],
        ["P0004", "2d", "Y", "20/06/2026"],
    ]
    for order in itertools.chain([rows], (random.Random(n).sample(rows, 8) for n in range(5))):
        school = load([LONG, *order])
        assert secure(school, "P0002") == {"3NF-1": True}
        assert secure(school, "P0004") == {"2d": True}
        account = account_of(school)
        assert {r.kind for r in account.refused} == {"judged twice"}
        assert len(account.refused) == 4
        assert all("the same is judged twice" in r.reason for r in account.refused)


def test_in_a_wide_file_only_the_cells_that_differ_are_left_out(load: Load) -> None:
    school = load([["Pupil ID", "2d", "2b"], ["P0002", "Y", "Y"], ["P0002", "N", "Y"]])
    assert secure(school, "P0002") == {"2b": True}
    assert [(r.row, r.column) for r in account_of(school).set_aside] == [(2, "2d"), (3, "2d")]


# --- codes that are none, and other damage


def test_a_code_that_is_none_is_refused_and_the_near_ones_named(load: Load) -> None:
    rows = [["P0002", "3NF-9", "Y", ""], ["P0002", "Zorabel 77", "Y", ""], ["P0004", "", "Y", ""]]
    school = load([LONG, *rows, ["P0004", "KS2 2D", "Y", ""]])
    assert refused(school) == [
        (2, "Skill", "is no skill of the library; near: 3NF-1, 3NF-2"),
        (3, "Skill", "is no skill of the library"),
        (4, "Skill", "does not say which skill it is about"),
    ]
    assert secure(school, "P0004") == {"2d": True}


def test_an_unknown_heading_is_told_and_a_slip_asked_about(load: Load) -> None:
    school = load([["Pupil ID", "2d", "Zorabel", "Reading Summer 2026"], ["P0002", "Y", "N", "e"]])
    assert [said for _, said in account_of(school).columns][1:] == ["skill 2d", "", ""]
    assert "Zorabel" not in str(account_of(school).columns)
    table = [["Pupil ID", "2d", "3NF-11"], ["P0002", "Y", "N"]]
    [told] = problems(load, table)
    assert (told.place.line, told.place.column) == (1, 3)
    assert "column C is no skill" in told.what
    assert "did you mean “3NF-1”?" in told.hint
    assert "3NF-11" not in str(told)
    for said, value in (("ignore", {"2d": True}), ("3NF-1", {"2d": True, "3NF-1": False})):
        assert secure(load(table, columns={"3NF-11": said}), "P0002") == value


def test_questions_can_be_given_their_skill(load: Load) -> None:
    table = [["Pupil ID", "Class", "Question 1", "Total"], ["P0002", "Heron", "1", "1"]]
    assert secure(load(table, columns={"Question 1": "6AS/MD-1"}), "P0002") == {"6AS/MD-1": True}
    told = problems(load, table, columns={"Question 1": "6AS/MD-9"})
    assert any("“6AS/MD-9”, which nothing is called" in each.what for each in told)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([["Pupil ID", "Skill"], ["P0002", "2d"]], "says whether the pupil has the skill"),
        ([["Pupil ID", "Result"], ["P0002", "Y"]], "says which skill a row is about"),
        ([["Skill", "Result"], ["2d", "Y"]], "no column says which pupil a row is about"),
        (b'<?xml version="1.0"?><CTfile></CTfile>', "is a Common Transfer File"),
        (b"%PDF-1.4", "is a PDF"),
        ([["Pupil ID", "2d"]], "has headings and no rows"),
        ([["Pupil ID", "2d"], ["P0002", "Good"]], "its only row can't be used"),
    ],
)
def test_a_file_that_says_too_little_is_refused(
    table: Rows | bytes, words: str, load: Load
) -> None:
    assert any(words in told.what for told in problems(load, table))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"subject": "maths"}, "a file that holds skills has no subject"),
        ({"point": "sum-2026"}, "a file that holds skills has no point"),
        ({"scale": "point-in-time"}, "a file that holds skills has no scale"),
        ({"holds": "judgements", "date": "2026-06-20"}, "is for a file that holds skills"),
        ({"codes": {"x": "expected"}}, "“expected” is not on the scale “Check of a skill”"),
    ],
)
def test_what_school_yaml_says_of_the_file_is_checked(
    said: Mapping[str, Any], words: str, load: Load
) -> None:
    told = problems(load, WIDE, **said)
    assert any(words in str(each) for each in told), told


def test_a_date_that_is_none_and_an_unknown_pupil_are_refused(load: Load) -> None:
    rows = [["P0002", "2d", "Y", "soon"], ["P9999", "2d", "Y", ""], ["P0004", "2d", "Y", "-"]]
    school = load([LONG, *rows])
    assert refused(school) == [
        (2, "Date", "is no date"),
        (3, "", "does not say the pupil's year group, and no class tells it"),
    ]
    assert secure(school, "P0004") == {"2d": True}


@pytest.mark.parametrize("at", range(1, 4))
def test_a_pupil_number_in_a_cell_is_never_repeated(at: int, load: Load, small: Library) -> None:
    row = ["P0002", "2d", "Y", "20/06/2026"]
    row[at] = UPN
    school = load([LONG, row, ["P0004", "2d", "Y", ""]])
    account = account_of(school)
    lost = account.set_aside if at == 3 else account.refused  # without its date it is the oldest
    assert [(r.row, r.column) for r in lost] == [(2, LONG[at])]
    said = f"{account}{data_report(school, small)}"
    assert UPN not in said


TESTED = [
    ["Pupil ID", "6f2", "6F 2", "3F2", "3F-2"],
    ["P0002", "Y", "N", "N", "Y"],
]


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_a_reference_of_the_national_tests_is_not_the_skill_whose_code_it_resembles(
    tmp_path: Path, library: Library, shape: str
) -> None:
    table = TESTED if shape == "wide" else long_of(TESTED)
    files = {
        "pupils.csv": pupil_rows.as_csv(pupil_rows.wide_table()),
        CSV: pupil_rows.as_csv(table),
    }
    given = [{"name": "pupils.csv"}, {**HOLDS, "date": "2026-06-20"}]
    pupil_rows.school_folder(tmp_path / "school", files, given)
    read = secure(load_school(tmp_path / "school", library), "P0002")
    # simplified by common factors, and one denominator for both; equal fractions, and a part of an amount
    assert read == {"6F-1": True, "6F-2": False, "5F-2": False, "3F-2": True}

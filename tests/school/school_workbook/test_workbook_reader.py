"""A school told in one workbook: the same records as from YAML, and mistakes with sheet and cell."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from termwise.engine.core import ContentError
from termwise.engine.documents import as_file, school_workbook
from termwise.engine.library.loader import Library
from termwise.engine.school import load_school
from termwise.engine.school.school import School
from termwise.engine.school.school_workbook.workbook_layout import WORKBOOK

Fill = Callable[[Any], None]
TECHER = {"Id": "x", "Roles": "Class techer", "Days each half-term": 1}


@pytest.fixture(scope="session")
def empty(library: Library) -> bytes:
    return as_file(school_workbook(library), "xlsx")


def put(book: Any, sheet: str, cells: dict[str, Any], row: int = 0) -> None:
    """Write cells of a row by their headings; the first empty row, unless one is named."""
    page = book[sheet]
    [head] = [r for r in page.iter_rows(max_row=8) if sum(c.value is not None for c in r) > 1][:1]
    at = {cell.value: cell.column for cell in head}
    first = head[0].row + 1
    while not row and any(page.cell(first, n).value is not None for n in at.values()):
        first += 1
    for title, value in cells.items():
        page.cell(row or first, at[title], value)


def answer(book: Any, sheet: str, what: str, value: object) -> None:
    for row in book[sheet].iter_rows():
        if row[0].value == what:
            row[1].value = value
            return
    raise AssertionError(f"nothing asks for {what}")


def folder(tmp_path: Path, empty: bytes, fill: Fill) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(empty))
    fill(book)
    place = tmp_path / "school"
    place.mkdir(exist_ok=True)
    book.save(place / WORKBOOK)
    return place


def filled(book: Any) -> None:
    answer(book, "School", "Name of the school", "Larch Primary School")
    answer(book, "School", "Short name", "larch")
    answer(book, "School", "Year groups", "1, 2")
    answer(book, "School", "Pupils on roll", 58)
    answer(book, "School", "Plan begins on", datetime.datetime(2026, 9, 1))
    answer(book, "Figures", "Overall absence", "5.7 %")
    answer(book, "Figures", "An inspection is expected within a year", "yes")
    put(
        book,
        "People",
        {"Id": "teacher-r", "Roles": "Class teacher, English leader", "Days each half-term": 1.5},
    )
    how, seen = "reading documents and plans", "plans are written but not followed through"
    found = {"Question": "Leadership", "How it was seen": how, "Concern": seen}
    put(book, "Evidence", found | {"Note": "Four carried over."})
    agreed = {"Priority": "Leaders who lead", "Question": "leadership", "To be": "Secure"}
    put(book, "Priorities", agreed | {"By": "16/07/2027", "Lead": "Headteacher"})
    put(
        book,
        "Initiatives",
        {"Title": "Marking in three colours", "Hours a week": 6, "Since": "6 September 2021"},
    )
    put(
        book,
        "Days set",
        {"What": "Network Days with partner schools", "Day": datetime.datetime(2026, 9, 23)},
    )
    for row in book["Judgements"].iter_rows():
        if row[0].value == "Leadership":
            row[1].value = "Developing"


def test_a_workbook_as_it_is_made_can_be_read(
    tmp_path: Path, empty: bytes, library: Library
) -> None:
    school = load_school(folder(tmp_path, empty, lambda book: None), library)
    assert school.file.school.name == "My School"
    assert [one.id for one in school.staff.people] == ["head", "teacher-1a", "teacher-2a"]
    assert school.file.pupils is None and len(school.inputs) == 1


def test_what_is_filled_in_becomes_the_records_that_yaml_would(
    tmp_path: Path, empty: bytes, library: Library
) -> None:
    school = load_school(folder(tmp_path, empty, filled), library)
    own = school.file
    assert (own.school.id, own.school.roll, own.school.year_groups) == (
        "larch",
        58,
        ("1", "2"),
    )
    assert own.plan.starts == datetime.date(2026, 9, 1)
    assert own.context["absence"] == 5.7 and own.context["inspection_due"] is True
    assert own.dates == {"network-days": (datetime.date(2026, 9, 23),)}
    [initiative] = own.initiatives
    assert (initiative.id, initiative.since) == (
        "marking-in-three-colours",
        datetime.date(2021, 9, 6),
    )
    assert school.staff.people[-1].roles == ("class-teacher", "english-lead")
    question = school.cqa.questions["leadership"]
    assert question.judgement == "developing"
    assert (question.evidence[0].activity, question.evidence[0].concern) == (
        "documents",
        "plans-not-followed",
    )
    [priority] = school.cqa.priorities
    assert (priority.strand, priority.target, priority.by) == (
        "leadership",
        "secure",
        datetime.date(2027, 7, 16),
    )


def test_a_value_knows_its_sheet_and_cell(tmp_path: Path, empty: bytes, library: Library) -> None:
    school: School = load_school(folder(tmp_path, empty, filled), library)
    cell = school.cell("cqa.yaml", "questions", "leadership", "judgement")
    assert str(cell) == "school.xlsx, Judgements:5:B"


def problems(place: Path, library: Library) -> list[str]:
    with pytest.raises(ContentError) as raised:
        load_school(place, library)
    return [str(one) for one in raised.value.problems]


@pytest.mark.parametrize(
    ("fill", "told"),
    [
        (lambda b: answer(b, "School", "Pupils on roll", "many"), "sheet School, cell B9: "),
        (lambda b: answer(b, "School", "Phase", "Primry"), "“Primry” is none of the list for “Phase”; did you mean"),
        (lambda b: answer(b, "School", "Plan begins on", "soon"), "sheet School, cell B11: "),
        (lambda b: put(b, "People", TECHER), "sheet People, cell B8: “Class techer” is none of the list"),
        (lambda b: put(b, "People", {"Id": "teacher-9"}), "sheet People, cell B8: “roles” is missing"),
        (lambda b: put(b, "Evidence", {"Note": "Nobody knows of what."}), "“Question” is empty in this row"),
        (lambda b: b.remove(b["People"]), "school.xlsx:1:1: has no sheet “People”"),
        (lambda b: b["People"].cell(4, 2, "Jobs"), "sheet People, cell A4: the column “Roles” is missing"),
        (lambda b: b["School"].cell(5, 1, "Our name"), "cell A5: “Our name” is nothing that is asked here"),
    ],
    ids=["number", "list", "day", "role", "lacking", "no-question", "no-sheet", "no-column", "renamed"],
)  # fmt: skip
def test_a_mistake_is_told_with_its_sheet_and_cell(
    fill: Fill, told: str, tmp_path: Path, empty: bytes, library: Library
) -> None:
    found = problems(folder(tmp_path, empty, fill), library)
    assert any(told in one for one in found), found


def test_columns_may_be_moved_and_empty_rows_stand_between(
    tmp_path: Path, empty: bytes, library: Library
) -> None:
    def moved(book: Any) -> None:
        filled(book)
        page = book["People"]
        for row in page.iter_rows(min_row=4, max_row=10):
            row[1].value, row[2].value = row[2].value, row[1].value
        page.insert_rows(6, 3)

    plain = load_school(folder(tmp_path, empty, filled), library)
    assert load_school(folder(tmp_path, empty, moved), library).staff == plain.staff


def test_a_workbook_beside_the_files_is_told(
    tmp_path: Path, empty: bytes, library: Library
) -> None:
    place = folder(tmp_path, empty, lambda book: None)
    (place / "school.yaml").write_text("school: {}\n", "utf-8")
    assert (
        "school.yaml:1:1: stands beside school.xlsx, which says the same; move one of them away"
        in problems(place, library)
    )


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 cut", b"no workbook"])
def test_what_is_no_workbook_is_told(raw: bytes, tmp_path: Path, library: Library) -> None:
    (tmp_path / WORKBOOK).write_bytes(raw)
    [told] = problems(tmp_path, library)
    assert told.startswith("school.xlsx:1:1: is damaged, protected, too large or no workbook")

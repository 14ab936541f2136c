"""A pupil's cell is read by the kind of its column, or it is said what is wrong with it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.library.reading import PupilColumn
from termwise.engine.school.model import PupilFile
from termwise.engine.school.pupil_data.cells import LEFT, Cells, Said
from termwise.engine.school.school import School

NOW = PupilFile.model_validate({"name": "pupils.csv"})
LAST = PupilFile.model_validate({"name": "last.csv", "school_year": "2025-26"})


@pytest.fixture(scope="module")
def cells(library: Library, little_fen: School) -> Cells:
    return Cells(library, little_fen.file, 2026)


def said(cells: Cells, kind: str, text: str, file: PupilFile = NOW, **more: Any) -> Said:
    name = f"x-{kind}-{'-'.join(more)}"
    return cells.said(
        PupilColumn.model_construct(**{**DEFAULTS, "id": name, "kind": kind, **more}), text, file
    )


DEFAULTS: dict[str, Any] = {
    name: info.get_default(call_default_factory=True)
    for name, info in PupilColumn.model_fields.items()
    if not info.is_required()
}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        *(("yes-no", "Y", True), ("yes-no", "no", False), ("percent", "93.5", 93.5)),
        *(("percent", "0.5%", 0.5), ("percent", "100 %", 100.0), ("percent", "1.1", 1.1)),
        *(("year", "Year 4", "4"), ("class", "wren", "Wren"), ("birth", "2016-05", "2016-05")),
        ("admitted", "2024-05-31", datetime.date(2024, 5, 31)),
        ("name", "anything", None),
    ],
)
def test_a_cell_that_can_be_read_has_its_value(
    cells: Cells, kind: str, text: str, value: object
) -> None:
    assert said(cells, kind, text) == Said(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        ("yes-no", "perhaps", "is neither yes nor no"),
        ("percent", "0.95", "is 1 or less"),
        ("percent", "1", "is 1 or less"),
        ("percent", "100.1", "is no percentage"),
        ("percent", "-3", "is no percentage"),
        ("year", "15", "gives “15” as the year group"),
        ("year", "Larch", "gives a year group"),  # it may be a name, and is not repeated
        ("class", "Robin", "is no class of school.yaml"),
        ("admitted", "some day", "is no date"),
    ],
)
def test_what_is_wrong_with_a_cell_is_told(cells: Cells, kind: str, text: str, wrong: str) -> None:
    found = said(cells, kind, text)
    assert found.value is None and found.wrong.startswith(wrong)


def test_a_category_is_read_by_its_value_or_another_name_of_it(cells: Cells) -> None:
    values = {"boarder": ("b", "boards"), "day": ()}
    assert said(cells, "category", "BOARDS", values=values) == Said("boarder")
    assert said(cells, "category", "Day", values=values) == Said("day")
    assert said(cells, "category", "x", values=values).wrong == "is none of boarder, day"


def test_a_column_of_yes_only_says_nothing_by_no(cells: Cells) -> None:
    assert said(cells, "yes-no", "N", only_yes=True) == Said()
    assert said(cells, "yes-no", "Y", only_yes=True) == Said(True)


def test_what_stands_for_a_missing_value_says_nothing(cells: Cells, library: Library) -> None:
    for text in list(library.words.missing)[:3]:
        assert said(cells, "percent", text.upper()) == Said()


def test_in_a_file_of_last_year_pupils_were_a_year_younger_and_in_other_classes(
    cells: Cells,
) -> None:
    assert said(cells, "year", "3", LAST).value == "4"
    assert said(cells, "year", "R", LAST).value == "1"
    assert said(cells, "year", "8", LAST).value == LEFT
    assert said(cells, "class", "Wren", LAST) == Said()

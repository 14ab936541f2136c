"""A workbook as an Excel file: what openpyxl reads of it again."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl

from termwise.engine.documents.render.xlsx import as_xlsx
from termwise.engine.documents.workbook import (
    BookSheet,
    Cell,
    Formula,
    SheetChart,
    SheetColumn,
    SheetTable,
    Workbook,
)

COLUMNS = (
    SheetColumn("Code", 6),
    SheetColumn("Id", 4, hidden=True),
    SheetColumn("Day", 11, "date"),
    SheetColumn("Pounds", 10, "pounds"),
    SheetColumn("RAG", 8, choices=("red", "green"), editable=True),
)
ROW: tuple[Cell, ...] = ("S01", "talk", datetime.date(2026, 9, 1), Formula("2+3", 5), None)


def made(*rows: tuple[Cell, ...]) -> Workbook:
    table = SheetTable("Steps", COLUMNS, rows or (ROW,), rated=(("red", "#FF0000"),))
    chart = SheetChart("Steps", "Code", ("Pounds",), "Pounds", "Bars of pounds.")
    return Workbook("A plan", (BookSheet("Plan", "About.", (table,), chart),), (("plan", "abc"),))


def read(book: Workbook, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(book)), data_only=values)


def test_the_same_workbook_makes_the_same_bytes_and_is_signed() -> None:
    raw = as_xlsx(made())
    assert raw == as_xlsx(made())
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        assert parts.comment == b"Written by termwise."


def test_tables_have_names_and_formulas_their_values() -> None:
    sheet = read(made())["Plan"]
    assert sheet.tables["Steps"].ref == "A4:E5"
    assert sheet["D5"].value == "=2+3"
    assert read(made(), values=True)["Plan"]["D5"].value == 5
    assert sheet["C5"].value == datetime.datetime(2026, 9, 1)


def test_what_is_for_programs_is_hidden_and_what_may_be_chosen_is_a_list() -> None:
    sheet = read(made())["Plan"]
    assert sheet.column_dimensions["B"].hidden
    [rule] = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("E5", '"red,green"')


def test_words_of_a_school_are_no_formula_and_no_link() -> None:
    said = ("=1+1", "https://x.example", None, -1, "+2\x1b[31m")
    sheet = read(made(said))["Plan"]
    assert [cell.value for cell in sheet[5]] == ["=1+1", "https://x.example", None, -1, "+2"]
    assert sheet["A5"].data_type == "s" and not sheet["B5"].hyperlink


def test_a_table_of_nothing_has_an_empty_row() -> None:
    table = SheetTable("Steps", COLUMNS, ())
    book = Workbook("A plan", (BookSheet("Plan", "", (table,)),))
    assert read(book)["Plan"].tables["Steps"].ref == "A4:E5"


def test_the_hash_of_a_plan_is_kept_in_the_file() -> None:
    kept = read(made()).custom_doc_props  # type: ignore[attr-defined]
    assert {one.name: one.value for one in kept.props} == {"plan": "abc"}

"""The workbook to fill in: every column that is read is there, explained, with its list."""

from __future__ import annotations

import io

import openpyxl

from termwise.engine.documents import as_file, school_workbook
from termwise.engine.library.loader import Library
from termwise.engine.school import workbook_layout


def test_every_column_that_is_read_is_asked_for(library: Library) -> None:
    raw = as_file(school_workbook(library), "xlsx")
    assert raw == as_file(school_workbook(library), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(raw))
    for table in workbook_layout(library):
        said = {str(cell.value) for row in book[table.sheet].iter_rows() for cell in row}
        assert {one.title for one in table.fields} <= said, table.sheet


def test_long_lists_stand_in_a_sheet_of_their_own_and_fit_every_cell_they_are_for(
    library: Library,
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_file(school_workbook(library), "xlsx")))
    assert book["Lists"].sheet_state == "hidden"
    rules = [one for sheet in book.worksheets for one in sheet.data_validations.dataValidation]
    assert rules and all(len(one.formula1) <= 257 for one in rules)
    concerns = {cell.value for row in book["Lists"].iter_rows() for cell in row}
    assert {one.title for one in library.concerns.values()} <= concerns


def test_no_two_columns_of_a_sheet_have_one_title(library: Library) -> None:
    for table in workbook_layout(library):
        titles = [one.title.casefold() for one in table.fields]
        assert len(set(titles)) == len(titles), table.sheet

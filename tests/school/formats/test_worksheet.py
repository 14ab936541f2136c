"""Every row and cell stored in a sheet is handed on in order, or told of; what is counted twice agrees."""

from __future__ import annotations

import io

import pytest

from termwise.engine.school.formats.sheet import MOST_COLUMNS, UNREAD
from termwise.engine.school.formats.worksheet import Stored, read_worksheet, tags_in
from termwise.engine.school.pupil_data.rows import UnreadableError

SHEET = "<worksheet><sheetData>{}</sheetData>{}</worksheet>"


def cell(address: str, text: str, inside: str = "") -> str:
    return f'<c r="{address}">{inside}<v>{text}</v></c>'


def row(number: int | str, *cells: str, more: str = "") -> str:
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def read(*rows: str, after: str = "", tags: tuple[int, int] | None = None) -> Stored:
    raw = SHEET.format("".join(rows), after).encode()
    counted = tags or tags_in(io.BytesIO(raw), "a.xlsx")
    return read_worksheet(io.BytesIO(raw), "a.xlsx", counted, lambda kind, style, text: text)


def test_rows_and_cells_stand_where_they_say_in_whatever_order_they_are_stored() -> None:
    stored = read(
        row(3, cell("B3", "late"), cell("A3", "first")), row(1, cell("A1", "x"), cell("C1", "z"))
    )
    assert stored.rows == [(1, ["x", "", "z"]), (3, ["first", "late"])]
    assert stored.wrong == []


def test_a_row_that_holds_nothing_is_left_out_and_counted() -> None:
    assert read(row(1, cell("A1", "x")), row(2), row(4, '<c r="A4"/>')).rows == [(1, ["x"])]


def test_a_formula_is_not_worked_out() -> None:
    [(_, [text])] = read(row(1, cell("A1", "3", "<f>1+2</f>"))).rows
    assert text.startswith(UNREAD) and "formula" in text


def test_rows_and_cells_are_counted_by_their_tags_with_a_prefix_or_without() -> None:
    raw = b"<x:row><x:c/><x:c r='B1'></x:c></x:row><row ><c>1</c></row><col/><rowBreaks/><cols>"
    assert tags_in(io.BytesIO(raw), "a.xlsx") == (2, 3)
    assert tags_in(io.BytesIO(b""), "a.xlsx") == (0, 0)


def test_tags_are_counted_across_the_ends_of_what_is_read_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("termwise.engine.school.formats.worksheet._CHUNK", 7)
    raw = SHEET.format(row(1, cell("A1", "x"), cell("B1", "y")) + row(2, cell("A2", "z")), "")
    assert tags_in(io.BytesIO(raw.encode()), "a.xlsx") == (2, 3)


def test_what_is_read_otherwise_than_counted_is_refused() -> None:
    with pytest.raises(UnreadableError, match="holds 2 rows and 1 cells, of which 1 and 1"):
        read(row(1, cell("A1", "x")), tags=(2, 1))


def test_a_row_with_more_cells_than_any_table_is_refused_before_it_is_parsed() -> None:
    many = b"<row>" + b"<c/>" * (10 * MOST_COLUMNS + 1) + b"</row>"
    with pytest.raises(UnreadableError):
        tags_in(io.BytesIO(many), "a.xlsx")
    assert tags_in(io.BytesIO(many.replace(b"<c/>", b"", 1)), "a.xlsx")[1] == 10 * MOST_COLUMNS


def test_a_document_type_is_refused() -> None:
    raw = b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>"
    with pytest.raises(ValueError, match="declares a document type"):
        read_worksheet(io.BytesIO(raw), "a.xlsx", (0, 0), lambda *_: "")

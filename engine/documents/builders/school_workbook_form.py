"""The workbook that a school fills in, in place of YAML: a sheet for each part, with lists and samples."""

from __future__ import annotations

from ...library import Library
from ...school import FIELD, VALUE, BookField, BookTable, workbook_layout
from ..workbook import BookSheet, Cell, CellKind, SheetColumn, SheetTable, Workbook

_ABOUT = (
    ("What this is", "Who the school is, who works on improvement, what was found and agreed, what money there is."),
    ("Fill in", "Yellow cells, sheet by sheet. Samples are to be written over. Cells with a list let you choose."),
    ("Leave", "Headings and the names of sheets; columns may be moved. Sheets that don't concern you stay empty."),
    ("Names", "People by role, never by name; nothing about single pupils. Files of pupils stand beside it."),
    ("Check", "termwise check FOLDER tells all mistakes at once, each with sheet and cell; then termwise plan FOLDER."),
)  # fmt: skip


def school_workbook(library: Library) -> Workbook:
    """Lay out the workbook to fill in, in the words of a library."""
    sheets = (_about(), *(_sheet(one, at) for at, one in enumerate(workbook_layout(library))))
    return Workbook("A school, to fill in", sheets)


def _about() -> BookSheet:
    columns = (SheetColumn("About", 18), SheetColumn("Read this first", 100))
    table = SheetTable("About", columns, _ABOUT, filters=False)
    return BookSheet(
        "Start here", "Fifteen minutes for the office, and an hour for head and adviser.", (table,)
    )


def _sheet(table: BookTable, at: int) -> BookSheet:
    if table.answers:
        return BookSheet(table.sheet, table.about, (_answers(table, at),))
    columns = tuple(
        SheetColumn(
            one.title,
            one.width,
            _kind(one),
            tuple(one.choices) if one.kind == "text" else _yes_no(one),
            editable=True,
            note=one.help,
        )
        for one in table.fields
    )
    empty: tuple[Cell, ...] = (None,) * len(columns)
    rows = (*table.samples, *(empty for _ in range(table.rows)))
    return BookSheet(
        table.sheet, table.about, (SheetTable(f"Asked{at}", columns, rows, filters=False),)
    )


def _answers(table: BookTable, at: int) -> SheetTable:
    """Ask one thing a row, with what it means beside it."""
    lists = tuple(
        tuple(one.choices) if one.kind == "text" else _yes_no(one) for one in table.fields
    )
    columns = (
        SheetColumn(FIELD, 52),
        SheetColumn(VALUE, 34, editable=True, choices_of_rows=lists),
        SheetColumn("What it means", 90),
    )
    rows = tuple((one.title, one.sample, one.help) for one in table.fields)
    return SheetTable(f"Asked{at}", columns, rows, filters=False)


def _yes_no(one: BookField) -> tuple[str, ...]:
    return ("yes", "no") if one.kind == "yes-no" else ()


def _kind(one: BookField) -> CellKind:
    return "date" if one.kind == "day" else "text"


__all__ = ["school_workbook"]

"""A workbook as an Excel file: named tables, live formulas with their values, lists to choose from."""

from __future__ import annotations

import datetime
import io
import math
from typing import TYPE_CHECKING, Any

from ...core import without_unprintable
from ..words import clean
from ..workbook import BookSheet, Cell, Formula, SheetColumn, SheetTable, Workbook
from .archive import settled

if TYPE_CHECKING:
    import xlsxwriter

_FIRST = 3
"""The row of the first table, counted from 0."""
_APART = 3
"""So many rows below a table begins the next."""
_LINE = 13.5
"""The height of a line, in points."""
_DARK, _SHADE, _TO_FILL, _RULE = "#1F4E79", "#E3E9EE", "#FFF9E5", "#9AA7B2"
_OVER, _NEAR = "#E6BCC1", "#E5CBA0"
_FORMS = {"number": "0.0##", "pounds": "£#,##0", "date": "dd/mm/yyyy", "share": "0%"}
_MOST_CELL = 32_000
_CHART_ROWS = 17
_LISTS, _MOST_LIST = "Lists", 250
"""Where long lists stand, and how many letters a list may have that stands in its cell."""


def as_xlsx(book: Workbook) -> bytes:
    """Write the file; the same workbook makes the same bytes.

    Raises ImportError where XlsxWriter is not installed.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    file = xlsxwriter.Workbook(out, options)
    file.set_properties(
        {
            "title": clean(book.title),
            "author": "termwise",
            "created": datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC),
        }
    )
    for name, value in book.properties:
        file.set_custom_property(name, value, "text")
    writer = _Writer(file)
    for sheet in book.sheets:
        writer.sheet(sheet)
    file.close()
    return settled(out.getvalue())


class _Writer:
    """A writer of sheets; it knows the looks of cells and where each table stands."""

    def __init__(self, file: xlsxwriter.Workbook) -> None:
        self.file = file
        self.looks: dict[tuple[object, ...], Any] = {}
        self.lists: dict[tuple[str, ...], str] = {}
        self.list_sheet: Any = None
        self.places: dict[str, tuple[str, int, int, SheetTable]] = {}

    def look(self, **given: object) -> Any:
        key = tuple(sorted(given.items()))
        if key not in self.looks:
            base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
            self.looks[key] = self.file.add_format({**base, **given})
        return self.looks[key]

    def sheet(self, sheet: BookSheet) -> None:
        made = self.file.add_worksheet(sheet.name)
        made.write_string(0, 0, sheet.name, self.look(bold=True, font_size=15, font_color=_DARK))
        made.write_string(1, 0, _safe(sheet.about), self.look(font_color="#4D5A65"))
        made.set_landscape()
        made.set_paper(9)  # A4
        made.fit_to_pages(1, 0)
        made.set_margins(0.4, 0.4, 0.5, 0.5)
        made.set_footer(f"&L{sheet.name}&RPage &P of &N")
        at = _FIRST
        widths: dict[int, float] = {}
        for table in sheet.tables:
            if table.title:
                made.write_string(at, 0, _safe(table.title), self.look(bold=True, font_size=12))
                at += 1
            self._table(made, sheet, table, at)
            for number, column in enumerate(table.columns):
                widths[number] = max(widths.get(number, 0), column.width)
            at += len(table.rows) + 1 + _APART
        hidden = {
            number
            for table in sheet.tables
            for number, column in enumerate(table.columns)
            if column.hidden
        }
        for number, width in widths.items():
            made.set_column(number, number, width, None, {"hidden": number in hidden})
        for table in sheet.tables:
            self._colours(made, table)
        if sheet.chart:
            self._chart(made, sheet, at)
            at += _CHART_ROWS
        first = sheet.tables[0]
        made.repeat_rows(_FIRST + bool(first.title))
        made.freeze_panes(_FIRST + bool(first.title) + 1, 0)
        made.print_area(0, 0, at, max(widths, default=1))

    def _table(self, made: Any, sheet: BookSheet, table: SheetTable, at: int) -> None:
        rows = table.rows or (tuple(None for _ in table.columns),)
        last, width = at + len(rows), len(table.columns) - 1
        self.places[table.name] = (sheet.name, at + 1, last, table)
        columns = [{"header": _safe(column.title)} for column in table.columns]
        made.add_table(
            at, 0, last, width,
            {"name": table.name, "columns": columns, "style": None, "autofilter": table.filters and len(rows) > 1},
        )  # fmt: skip
        head = self.look(bold=True, text_wrap=True, bg_color=_SHADE, border=1, border_color=_RULE)
        for number, column in enumerate(table.columns):
            made.write_string(at, number, _safe(column.title), head)
            if column.note:
                made.write_comment(at, number, _safe(column.note), {"x_scale": 2})
        for row, cells in enumerate(rows, start=at + 1):
            for number, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
                self._cell(made, row, number, cell, column)
            made.set_row(row, _height(cells, table.columns))
        for number, column in enumerate(table.columns):
            if column.choices:
                self._choose(made, (at + 1, number, last, number), column.choices)
            if column.choices_of_rows:
                for row, choices in enumerate(column.choices_of_rows, start=at + 1):
                    if choices:
                        self._choose(made, (row, number, row, number), choices)

    def _choose(
        self, made: Any, where: tuple[int, int, int, int], choices: tuple[str, ...]
    ) -> None:
        """Let cells hold words of a list alone; a long list stands in a sheet of its own."""
        source: object = list(choices)
        if len(",".join(choices)) > _MOST_LIST or any("," in one for one in choices):
            source = self._list(choices)
        rule = {"validate": "list", "source": source, "ignore_blank": True}
        rule |= {"error_title": "Not in the list", "error_message": "Choose one of the list."}
        made.data_validation(*where, rule)

    def _list(self, choices: tuple[str, ...]) -> str:
        from xlsxwriter.utility import xl_col_to_name

        if choices not in self.lists:
            if self.list_sheet is None:
                self.list_sheet = self.file.add_worksheet(_LISTS)
                self.list_sheet.hide()
            at = len(self.lists)
            for row, text in enumerate(choices):
                self.list_sheet.write_string(row, at, _safe(text))
            column = xl_col_to_name(at)
            self.lists[choices] = f"={_LISTS}!${column}$1:${column}${len(choices)}"
        return self.lists[choices]

    def _cell(self, made: Any, row: int, number: int, cell: Cell, column: SheetColumn) -> None:
        given: dict[str, object] = {"text_wrap": True, "border": 1, "border_color": _RULE}
        if column.kind in _FORMS:
            given["num_format"] = _FORMS[column.kind]
            given["text_wrap"] = False
        if column.editable:
            given["bg_color"] = _TO_FILL
        look = self.look(**given)
        if isinstance(cell, Formula):
            made.write_formula(row, number, f"={cell.text}", look, cell.value)
        elif cell is None or cell == "":
            made.write_blank(row, number, None, look)
        elif isinstance(cell, str):
            made.write_string(row, number, _safe(cell), look)
        elif isinstance(cell, datetime.date):
            made.write_datetime(row, number, datetime.datetime.combine(cell, datetime.time()), look)
        else:
            made.write_number(row, number, cell, look)

    def _colours(self, made: Any, table: SheetTable) -> None:
        """Colour what is nearly full, and what is rated."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        _, first, last, _ = self.places[table.name]
        width = len(table.columns)
        if table.full:
            _, other, _, _ = self.places[table.full]
            here, most = xl_rowcol_to_cell(first, 1), xl_rowcol_to_cell(other, 1)
            tests = ((f"{here}>{most}+0.05", _OVER), (f"AND({here}>0,{here}>=0.9*{most})", _NEAR))
            for test, colour in tests:
                rule = {"type": "formula", "criteria": f"={test}", "format": self._filled(colour)}
                made.conditional_format(first, 1, last, width - 2, rule)
        for word, colour in table.rated:
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"'}
            rule["format"] = self._filled(colour)
            made.conditional_format(first, 0, last, width - 1, rule)

    def _filled(self, colour: str) -> Any:
        return self.file.add_format({"bg_color": colour})

    def _chart(self, made: Any, sheet: BookSheet, at: int) -> None:
        chart = sheet.chart
        assert chart is not None
        name, first, last, table = self.places[chart.table]
        titles = [column.title for column in table.columns]
        drawn = self.file.add_chart({"type": "bar"})
        for value in chart.values:
            column, names = titles.index(value), titles.index(chart.names)
            drawn.add_series(
                {
                    "name": value,
                    "categories": [name, first, names, last, names],
                    "values": [name, first, column, last, column],
                }
            )
        drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
        drawn.set_size({"width": 760, "height": 320})
        made.insert_chart(at, 0, drawn, {"description": chart.alt})


def _height(cells: tuple[Cell, ...], columns: tuple[SheetColumn, ...]) -> float:
    """Give a row the height that its longest cell needs: programs do not fit it by themselves."""
    lines = max(
        (
            math.ceil(len(cell) / column.width)
            for cell, column in zip(cells, columns, strict=True)
            if isinstance(cell, str) and not column.hidden
        ),
        default=1,
    )
    return min(400.0, _LINE * max(1, lines) + 2)


def _safe(text: str) -> str:
    """A text as a cell can hold it; it is written as text, so that no formula comes of it."""
    return without_unprintable(text)[:_MOST_CELL]


__all__ = ["as_xlsx"]

"""The rows of a table that is kept in a school's folder, with the place of every cell and what is wrong in it."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass

from ...core import (
    FORMULA_BEGINS,
    MOST_TEXT,
    ContentError,
    Mistake,
    NotReadError,
    Place,
    did_you_mean,
    read_within,
)
from ...library import DateForms
from ..checks.named_in_notes import INSTEAD, NAMES_A_PUPIL, names_a_pupil
from ..formats.delimited import as_text, read_text
from ..pupil_data.dates import DAY_FIRST, Dates, Order
from ..pupil_data.pseudonyms import holds_upn
from ..pupil_data.rows import UnreadableError
from ..school import School
from . import phrases
from .phrases import Wrong


@dataclass(frozen=True)
class TableShape:
    """The table that is meant: its file, its columns, and what they hold."""

    file: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    """columns that have to be there, with something in each row"""
    dates: tuple[str, ...]
    texts: tuple[str, ...]
    """columns that hold sentences"""
    key: str
    """the column by which the row of headings is known"""

    def headings_at(self, rows: Sequence[Sequence[str]]) -> int:
        """Return the index of the row of headings: the first with the key, else the first with a text."""
        with_key = (n for n, cells in enumerate(rows) if self.key in map(heading, cells))
        with_text = (n for n, cells in enumerate(rows) if any(map(as_text, cells)))
        return next(with_key, next(with_text, 0))

    def known(self, cells: Sequence[str]) -> int:
        """Count the headings in a row that are columns of the table."""
        return sum(heading(cell) in self.columns for cell in cells)


def heading(text: str) -> str:
    """The column a heading names, whatever its case."""
    return as_text(text).casefold()


def bytes_of(path: pathlib.Path) -> bytes:
    """Read a kept table as bytes. Raises ContentError where it can't be read."""
    try:
        return read_within(path.parent, path.name, MOST_TEXT)
    except NotReadError as error:
        raise ContentError([Mistake(Place(path.name), error.what, error.hint)]) from None


class TableRows:
    """The rows of a table that hold anything; no cell is repeated in a problem, for it may hold a name."""

    def __init__(self, shape: TableShape, raw: bytes, school: School, forms: DateForms) -> None:
        self.shape, self.school = shape, school
        self.problems: list[Mistake] = []
        self.dates = Dates(forms)
        self.order: Order | None = None
        self.at: dict[str, int] = {}
        self.rows: list[TableRow] = []
        try:
            sheet = read_text(raw, shape.file, shape.known)
            rows = [*sheet.head, *sheet.rows]
        except UnreadableError as error:
            self.problems += error.problems
            return
        top = shape.headings_at([cells for _, cells in rows])
        line, names = rows[top] if rows else (1, [])
        self.at = self._columns(line, names)
        below = rows[top + 1 :] if shape.key in self.at else []
        self.order = self._order([cells for _, cells in below])
        self.rows = [
            TableRow(self, line, cells, len(names))
            for line, cells in below
            if any(map(as_text, cells))
        ]
        for number, reason in sheet.wrong:
            self.wrong(Place(shape.file, number, 1), phrases.unread_row(reason))

    @property
    def whole(self) -> bool:
        """Tell whether every column that is needed is there."""
        return all(name in self.at for name in self.shape.needed)

    def wrong(self, place: Place, wrong: Wrong) -> None:
        """Note what is wrong at a place."""
        self.problems.append(Mistake(place, wrong.what, wrong.hint))

    def _order(self, rows: Sequence[Sequence[str]]) -> Order | None:
        """The order in which the dates of the file are written: the one that some fit only, else day
        first, as the messages here say; None where there are dates of both kinds."""
        places = [self.at[name] for name in self.shape.dates if name in self.at]
        texts = (as_text(cells[place]) for cells in rows for place in places if place < len(cells))
        orders = self.dates.orders_of(texts)
        return None if len(orders) > 1 else next(iter(orders), DAY_FIRST)

    def _columns(self, line: int, names: list[str]) -> dict[str, int]:
        at: dict[str, int] = {}
        file, columns = self.shape.file, self.shape.columns
        for position, text in enumerate(names):
            name, place = heading(text), Place(file, line, position + 1)
            if name in at:
                self.wrong(place, phrases.column_twice(name))
            elif name in columns:
                at[name] = position
            elif name:
                self.wrong(place, phrases.no_heading(did_you_mean(name, columns), columns))
        for name in self.shape.needed:
            if name not in at:
                self.wrong(Place(file, line, 1), phrases.column_missing(name))
        return at


class TableRow:
    """A row of a kept table, its cells as texts."""

    def __init__(self, of: TableRows, line: int, cells: Sequence[str], headings: int) -> None:
        self.of, self.line = of, line
        self.cells = [as_text(cell) for cell in cells]
        self.headings = headings

    def text(self, column: str) -> str:
        """The text in a column; empty where there is none."""
        position = self.of.at.get(column)
        cells = self.cells
        return cells[position] if position is not None and position < len(cells) else ""

    def wrong(self, column: str | None, wrong: Wrong) -> None:
        """Note what is wrong with a cell, or with the row."""
        place = Place(self.of.shape.file, self.line, self.of.at.get(column or "", 0) + 1)
        self.of.wrong(place, wrong)

    def check(self, longest: int) -> None:
        """Note what is wrong with any row of any table: cells too many, pupil numbers, sentences that name a
        pupil, run as a formula or are longer than `longest` characters, and what is needed and empty."""
        if any(self.cells[self.headings :]):
            self.wrong(None, phrases.TOO_MANY_CELLS)
        for position, cell in enumerate(self.cells):
            if holds_upn(cell):
                place = Place(self.of.shape.file, self.line, position + 1)
                self.of.wrong(place, phrases.HOLDS_UPN)
        school = self.of.school
        for column in self.of.shape.texts:
            if self.text(column)[:1] in FORMULA_BEGINS:
                self.wrong(column, phrases.FORMULA)
            if names_a_pupil(self.text(column), school.named, school.pseudonyms):
                self.wrong(column, Wrong(NAMES_A_PUPIL, INSTEAD))
            if len(self.text(column)) > longest:
                self.wrong(column, phrases.too_long(longest))
        for column in self.of.shape.needed:
            if column in self.of.at and not self.text(column):
                self.wrong(column, phrases.empty(column))

    def date(self, column: str) -> datetime.date | None:
        """The date in a column; None where there is none, or it can't be read, which is noted."""
        text = self.text(column)
        date = self.of.dates.read(text, self.of.order) if text else None
        if text and date is None and self.of.dates.in_doubt(text):
            self.wrong(column, phrases.date_in_doubt(column))
        elif text and date is None:
            self.wrong(column, phrases.no_date(column))
        return date


__all__ = ["TableRow", "TableRows", "TableShape", "bytes_of", "heading"]

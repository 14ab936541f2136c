"""The text of a table that is kept in a school's folder: rows added or changed, all other bytes kept."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import os
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...core import ContentError, Mistake, Place, Write, only_writer, why
from ..formats.delimited import as_text, decode
from ..formats.sheet import HEAD
from . import phrases
from .table_rows import TableShape, bytes_of, heading

_SEPARATORS = ",;\t|"


@contextlib.contextmanager
def only_writer_of(path: pathlib.Path) -> Iterator[Write]:
    """The right to write a kept table, from before it is read: what others add meanwhile would be lost.

    Raises ContentError where it can't be written.
    """
    try:
        with only_writer(path) as write:
            yield write
    except OSError as error:
        wrong = phrases.not_written(why(error))
        raise ContentError([Mistake(Place(path.name), *wrong)]) from error


@dataclass(frozen=True, slots=True)
class RowSpan:
    """A row as it is written: from where to where, and its cells."""

    start: int
    end: int
    cells: tuple[str, ...]


class TableText:
    """The text of a file with the place of each row in it."""

    def __init__(self, shape: TableShape, text: str, encoding: str) -> None:
        self.shape, self.text, self.encoding = shape, text, encoding
        self.end_of_line = "\r\n" if "\r\n" in text else "\n"
        first = text.splitlines()[:HEAD]
        self.separator = max(
            _SEPARATORS,
            key=lambda s: (max((self._known(line, s) for line in first), default=0), s == ","),
        )
        spans = list(_spans(text, self.separator))
        top = shape.headings_at([span.cells for span in spans])
        self.columns = tuple(map(heading, spans[top].cells)) if spans else ()
        self.rows = spans[top + 1 :]

    @classmethod
    def of(cls, shape: TableShape, path: pathlib.Path) -> TableText:
        """The file as it is; one with nothing but headings where there is none.

        Raises ContentError where it can't be read, or not be written back as it is.
        """
        if not os.path.lexists(path):
            return cls(shape, ",".join(shape.columns) + "\r\n", "utf-8")
        raw = bytes_of(path)
        text, encoding = decode(raw)
        if text.encode(encoding, errors="replace") != raw:
            raise ContentError([Mistake(Place(shape.file), *phrases.NOT_WRITTEN_BACK)])
        return cls(shape, text, encoding)

    def cell(self, row: RowSpan, column: str) -> str:
        """The text of a row in a column."""
        at = self.columns.index(column) if column in self.columns else len(row.cells)
        return as_text(row.cells[at]) if at < len(row.cells) else ""

    def with_row(self, cells: Mapping[str, str]) -> bytes:
        """The file with one more row at its end. Raises ContentError where a column is missing or the file's
        encoding has not every letter."""
        return self.with_rows([cells])

    def with_rows(self, rows: Iterable[Mapping[str, str]]) -> bytes:
        """The file with more rows at its end. Raises ContentError as `with_row` does."""
        text = self.text
        if text and not text.endswith(("\n", "\r")):
            text += self.end_of_line
        for cells in rows:
            text += self._line([cells.get(name, "") for name in self._columns(cells)])
        return self._bytes(text)

    def with_cells(self, row: RowSpan, cells: Mapping[str, str]) -> bytes:
        """The file with other texts in some cells of a row. Raises ContentError as `with_row` does."""
        columns = self._columns(cells)
        before = [*row.cells, *[""] * (len(columns) - len(row.cells))]
        after = [cells.get(name, old) for name, old in zip(columns, before, strict=False)]
        line = self._line([*after, *before[len(columns) :]])
        end = self.text[row.start : row.end]
        if not end.endswith(("\n", "\r")):
            line = line.removesuffix(self.end_of_line)
        return self._bytes(self.text[: row.start] + line + self.text[row.end :])

    def _columns(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        """The file's columns. Raises ContentError when one that is needed is not there."""
        lacking = [name for name, text in cells.items() if text and name not in self.columns]
        if lacking:
            wrong = phrases.column_missing(lacking[0])
            raise ContentError([Mistake(Place(self.shape.file, 1, 1), *wrong)])
        return self.columns

    def _line(self, cells: list[str]) -> str:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.separator, lineterminator=self.end_of_line)
        writer.writerow(" ".join(cell.split()) for cell in cells)
        return out.getvalue()

    def _bytes(self, text: str) -> bytes:
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError:
            wrong = phrases.lacks_letters(self.encoding)
            raise ContentError([Mistake(Place(self.shape.file), *wrong)]) from None

    def _known(self, line: str, separator: str) -> int:
        return self.shape.known([cell.strip('"') for cell in line.split(separator)])


def _spans(text: str, separator: str) -> Iterator[RowSpan]:
    """The rows that hold anything, as the reader takes them apart. What it can't, it tells of when
    the file is checked, before anything is written."""
    lines = list(io.StringIO(text, newline=""))
    ends = [0, *itertools.accumulate(map(len, lines))]
    reader, start = csv.reader(lines, delimiter=separator, strict=True), 0
    while True:
        try:
            for cells in reader:
                if any(map(as_text, cells)):
                    yield RowSpan(ends[start], ends[reader.line_num], tuple(cells))
                start = reader.line_num
            return
        except csv.Error:
            start = reader.line_num
            if start >= len(lines):
                return


__all__ = ["TableText", "only_writer_of"]

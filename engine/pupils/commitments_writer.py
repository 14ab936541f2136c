"""The writer of commitments.csv: adds a commitment or an outcome, and keeps all other bytes."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import itertools
import os
import pathlib
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..core import (
    ContentError,
    Mistake,
    Place,
    TermwiseError,
    UnknownNameError,
    Write,
    only_writer,
    why,
)
from ..library import Library
from ..school import HEAD, SCHOOL, School, as_text, decode, hide_upns
from . import phrases
from .commitment import Agreed, Commitment
from .commitments_file import (
    COLUMNS,
    COMMITMENTS,
    bytes_of,
    heading,
    headings_at,
    load_commitments,
    read_commitments,
)
from .team import title_of

_DIGITS = 3
_SEPARATORS = ",;\t|"


class Written(NamedTuple):
    """A commitment that was written, and the file it is in."""

    path: pathlib.Path
    commitment: Commitment


def add(
    folder: str | pathlib.Path, school: School, library: Library, commitment: Agreed
) -> Written:
    """Adds a commitment under the next number of its team; it alone is held against the school as
    it is now.

    Raises ContentError, as the reader does, with every problem the file would have; then nothing is
    written.
    """
    path = pathlib.Path(folder) / COMMITMENTS
    with _only_writer(path) as write:
        load_commitments(folder, school, library, today=False)  # tells all that is wrong with it
        file = _File.of(path)
        team = commitment.team
        numbers = [
            int(number)
            for row in file.rows
            for before, _, number in [file.cell(row, "id").rpartition("-")]
            if before == team and number.isdecimal()
        ]
        name = f"{team}-{max(numbers, default=0) + 1:0{_DIGITS}d}"
        given = commitment.model_dump(mode="json", exclude={"pupils"}, exclude_none=True)
        cells = {"id": name, "pupils": " ".join(commitment.pupils), **given}
        return _write(write, path, file.with_row(cells), name, school, library)


def outcome(
    folder: str | pathlib.Path,
    school: School,
    library: Library,
    name: str,
    kept: str,
    worked: str | None,
    seen: datetime.date,
    note: str | None = None,
    *,
    again: bool = False,
) -> Written:
    """Writes what came of a commitment, and the day it was seen; `worked` and `note` stay as they
    are where None is given. With `again` it replaces the outcome there is.

    Raises UnknownNameError for an id that is not there, TermwiseError where there is an outcome
    already, else ContentError as `add` does.
    """
    path = pathlib.Path(folder) / COMMITMENTS
    with _only_writer(path) as write:
        known = {item.id: item for item in load_commitments(folder, school, library, today=False)}
        if name not in known:
            raise UnknownNameError("commitment", hide_upns(name), known)
        before = known[name]
        if before.kept and before.seen and not again:
            title = title_of(before.kept, library.teams.kept) or before.kept
            raise TermwiseError(phrases.has_outcome(name, title, _day(before.seen)))
        file = _File.of(path)
        row = next(row for row in file.rows if file.cell(row, "id") == name)
        given = {"kept": kept, "worked": worked, "seen": seen.isoformat(), "note": note}
        said = {column: text for column, text in given.items() if text is not None}
        return _write(write, path, file.with_cells(row, said), name, school, library)


def _day(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"


@contextlib.contextmanager
def _only_writer(path: pathlib.Path) -> Iterator[Write]:
    """The right to write the file, from before it is read: what others add meanwhile would be lost.
    Raises ContentError where it can't be written."""
    try:
        with only_writer(path) as write:
            yield write
    except OSError as error:
        wrong = phrases.not_written(why(error))
        raise ContentError([Mistake(Place(COMMITMENTS), *wrong)]) from error


def _write(
    write: Write, path: pathlib.Path, raw: bytes, name: str, school: School, library: Library
) -> Written:
    """Checks the whole file as it would be read and writes it, with the rights the file had, or those
    of school.yaml."""
    found = {item.id: item for item in read_commitments(raw, school, library, (name,))}
    like = path if path.exists() else path.parent / SCHOOL
    write(raw, stat.S_IMODE(like.stat().st_mode))
    return Written(path, found[name])


@dataclass(frozen=True, slots=True)
class _Span:
    """A row as it is written: from where to where, and its cells."""

    start: int
    end: int
    cells: tuple[str, ...]


class _File:
    """The text of a file with the place of each row in it."""

    def __init__(self, text: str, encoding: str) -> None:
        self.text, self.encoding = text, encoding
        self.end_of_line = "\r\n" if "\r\n" in text else "\n"
        first = text.splitlines()[:HEAD]
        self.separator = max(
            _SEPARATORS,
            key=lambda s: (max((_known(line, s) for line in first), default=0), s == ","),
        )
        spans = list(_spans(text, self.separator))
        top = headings_at([span.cells for span in spans])
        self.columns = tuple(map(heading, spans[top].cells)) if spans else ()
        self.rows = spans[top + 1 :]

    @classmethod
    def of(cls, path: pathlib.Path) -> _File:
        """The file as it is; one with nothing but headings where there is none."""
        if not os.path.lexists(path):
            return cls(",".join(COLUMNS) + "\r\n", "utf-8")
        raw = bytes_of(path)
        text, encoding = decode(raw)
        if text.encode(encoding, errors="replace") != raw:
            raise ContentError([Mistake(Place(COMMITMENTS), *phrases.NOT_WRITTEN_BACK)])
        return cls(text, encoding)

    def cell(self, row: _Span, column: str) -> str:
        at = self.columns.index(column) if column in self.columns else len(row.cells)
        return as_text(row.cells[at]) if at < len(row.cells) else ""

    def with_row(self, cells: Mapping[str, str]) -> bytes:
        """The file with one more row at its end."""
        text = self.text
        if text and not text.endswith(("\n", "\r")):
            text += self.end_of_line
        return self._bytes(
            text + self._line([cells.get(name, "") for name in self._columns(cells)])
        )

    def with_cells(self, row: _Span, cells: Mapping[str, str]) -> bytes:
        """The file with other texts in some cells of a row."""
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
            raise ContentError([Mistake(Place(COMMITMENTS, 1, 1), *wrong)])
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
            raise ContentError([Mistake(Place(COMMITMENTS), *wrong)]) from None


def _known(line: str, separator: str) -> int:
    return sum(heading(cell.strip('"')) in COLUMNS for cell in line.split(separator))


def _spans(text: str, separator: str) -> Iterator[_Span]:
    """The rows that hold anything, as the reader takes them apart. What it can't, it tells of when
    the file is checked, before anything is written."""
    lines = list(io.StringIO(text, newline=""))
    ends = [0, *itertools.accumulate(map(len, lines))]
    reader, start = csv.reader(lines, delimiter=separator, strict=True), 0
    while True:
        try:
            for cells in reader:
                if any(map(as_text, cells)):
                    yield _Span(ends[start], ends[reader.line_num], tuple(cells))
                start = reader.line_num
            return
        except csv.Error:
            start = reader.line_num
            if start >= len(lines):
                return

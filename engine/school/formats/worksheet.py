"""The cells of one sheet of a workbook as they are stored, in whatever order: every row is handed on or
told of, and counted twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from ...core import Mistake, Place
from ..pupil_data.rows import UnreadableError
from .sheet import FORMULA, MOST_CELL, MOST_COLUMNS, MOST_ROWS, UNREAD, too_large

MOST_TEXT = 120_000_000
"""Characters in all cells of a sheet: one long text can be meant by many cells."""
_SHORT = 20
_LAST_ROW = 1_048_576
_CHUNK = 1 << 20
_DATA, _ROW, _CELL, _VALUE, _TEXT, _FORMULA, _SPOKEN, _MERGED, _COLUMN = range(1, 10)
_PARTS = {"sheetData": _DATA, "row": _ROW, "c": _CELL, "v": _VALUE, "t": _TEXT, "f": _FORMULA}
_PARTS |= {"rPh": _SPOKEN, "mergeCell": _MERGED, "col": _COLUMN}
_ROW_TAG = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_CELL_TAG = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ON = ("1", "true")


Value = Callable[[str, int, str], str]
"""What a cell says, of the type, the number of the style and the text it is stored with."""


@dataclass(slots=True)
class Stored:
    """The rows stored in a sheet, with their numbers, in order, without those that hold nothing."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    """Rows that can't be read, with the reason."""
    notes: list[str] = field(default_factory=list)
    """What a person who looks at the sheet would not see, or see otherwise."""


def tags_in(source: IO[bytes], name: str) -> tuple[int, int]:
    """Count the rows and cells of a sheet's part by its tags alone; what is read must equal that.

    Raises UnreadableError at a row with more cells than any school's table has, which a parser
    would take into memory as a whole.
    """
    rows = cells = here = 0
    rest = b""
    while chunk := source.read(_CHUNK):
        whole = max(
            chunk.rfind(b"<"), 0
        )  # a tag that the chunk's end cuts in two goes with the next
        first, *others = _ROW_TAG.split(rest + chunk[:whole])
        rest = chunk[whole:] if whole else rest + chunk
        for part in (first, *others):
            found = sum(1 for _ in _CELL_TAG.finditer(part))
            here = here + found if part is first else found
            cells += found
            if here > 10 * MOST_COLUMNS:
                raise too_large(name, 0)
        rows += len(others)
    return rows + len(_ROW_TAG.findall(rest)), cells + len(_CELL_TAG.findall(rest))


def read_worksheet(source: IO[bytes], name: str, tags: tuple[int, int], value: Value) -> Stored:
    """Every row stored in a sheet's part of a workbook; `tags` is what `tags_in` counts there.

    Raises UnreadableError when there are more rows, columns or text than any school has, or when not
    all rows and cells could be taken; whatever else is wrong with it as an expat.ExpatError or
    ValueError.
    """
    reading = _Reading(name, value)
    while chunk := source.read(_CHUNK):
        reading.parser.Parse(chunk, False)
    reading.parser.Parse(b"", True)
    if tags != (reading.rows, reading.cells):
        raise UnreadableError(
            Mistake(
                Place(name),
                f"holds {tags[0]:,} rows and {tags[1]:,} cells, of which {reading.rows:,} and "
                f"{reading.cells:,} can be read",
                "open it in a spreadsheet program and save it again",
            )
        )
    return reading.stored()


class _Reading:
    """Takes rows and cells as the parser meets them."""

    def __init__(self, name: str, value: Value) -> None:
        self.name, self.value = name, value
        self.rows = self.cells = 0
        """How many there are, also of those that hold nothing."""
        self.parts: dict[str, int] = {}
        self.columns: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.found: list[tuple[int, list[str]]] = []
        self.wrong: list[tuple[int, str]] = []
        self.merged: list[tuple[int, int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.hidden: set[int] = set()
        self.number = self.column = self.length = 0
        self.row: dict[int, str] = {}
        self.reason = ""
        self.unnumbered = self.in_data = self.in_row = self.in_cell = self.spoken = False
        self.type, self.style, self.written = "n", 0, [""]
        self.formula = self.taking = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._declared

    def _declared(self, *_: object) -> None:
        raise ValueError("declares a document type, which no sheet has")

    def _part(self, tag: str) -> int:
        if tag not in self.parts:
            self.parts[tag] = _PARTS.get(tag.rpartition(":")[2], 0)
        return self.parts[tag]

    def _start(self, tag: str, given: dict[str, str]) -> None:
        part = self._part(tag)
        if part == _CELL:
            self.cells += 1
            if self.in_data:
                self._open_cell(given)
        elif part in (_VALUE, _TEXT):
            inline = self.type == "inlineStr"
            self.taking = self.in_cell and not self.spoken and inline == (part == _TEXT)
        elif part == _FORMULA:
            self.formula = True
        elif part == _SPOKEN:
            self.spoken = True
        elif part == _ROW:
            self.rows += 1
            if self.in_data:  # a drawing's anchor has elements of this name too
                self._open_row(given)
        elif part == _DATA:
            self.in_data = True
        elif part == _MERGED:
            self._merge(given.get("ref", ""))
        elif part == _COLUMN and given.get("hidden") in _ON:
            self.hidden_columns.append((int(given["min"]), int(given["max"])))

    def _end(self, tag: str) -> None:
        part = self._part(tag)
        if part in (_VALUE, _TEXT):
            self.taking = False
        elif part == _CELL and self.in_cell:
            self._close_cell()
        elif part == _SPOKEN:
            self.spoken = False
        elif part == _ROW and self.in_row:
            self._close_row()
        elif part == _DATA:
            self.in_data = False

    def _text(self, text: str) -> None:
        if self.taking:
            self.written.append(text)

    # --- rows

    def _open_row(self, given: dict[str, str]) -> None:
        if self.in_row:
            raise ValueError("has a row inside a row")
        number = given.get("r")
        self.unnumbered = number is None
        self.number = int(float(number)) if number is not None else self.number + 1
        if not 0 < self.number <= _LAST_ROW:
            raise ValueError("has a row with a number that no sheet has")
        self.in_row, self.row, self.reason, self.column = True, {}, "", 0
        if given.get("hidden") in _ON:
            self.hidden.add(self.number)

    def _close_row(self) -> None:
        self.in_row = False
        if self.reason:
            self.wrong.append((self.number, self.reason))
        elif self.row:
            fields = [""] * max(self.row)
            for column, text in self.row.items():
                fields[column - 1] = text
            self.found.append((self.number, fields))
        if len(self.found) + len(self.wrong) > MOST_ROWS:
            raise too_large(self.name, self.number, rows=True)

    # --- cells

    def _open_cell(self, given: dict[str, str]) -> None:
        if self.in_cell or not self.in_row:
            raise ValueError("has a cell that is in no row, or inside another")
        self.in_cell, self.formula, self.written = True, False, []
        self.type, self.style = given.get("t", "n"), int(given.get("s", 0))
        address = given.get("r")
        if address is None:
            self.column += 1
            return
        found = _ADDRESS.fullmatch(address)
        if found is None:
            self.reason = self.reason or "has a cell whose address can't be read"
            return
        letters, row = found[1], int(found[2])
        if letters not in self.columns:
            self.columns[letters] = _column(letters)
        self.column = self.columns[letters]
        if self.unnumbered:
            self.number, self.unnumbered = row, False
        elif row != self.number:
            self.reason = self.reason or "has a cell that says it stands in another row"

    def _close_cell(self) -> None:
        self.in_cell = False
        text = FORMULA
        if not self.formula:
            text = self.value(self.type, self.style, "".join(self.written))
        if not text.strip():
            return  # formatting alone, often out to the last column
        if self.column > MOST_COLUMNS:
            raise too_large(self.name, self.number)
        self.length += len(text)
        if len(text) > MOST_CELL or self.length > MOST_TEXT:
            raise UnreadableError(
                Mistake(
                    Place(self.name, self.number, self.column),
                    f"a cell holds more than {MOST_CELL:,} characters"
                    if len(text) > MOST_CELL
                    else f"its cells hold more than {MOST_TEXT:,} characters",
                    "export only what is needed",
                )
            )
        if len(text) < _SHORT:
            text = self.texts.setdefault(text, text)  # the same few stand in most cells
        if self.row.setdefault(self.column, text) != text:
            self.row[self.column] = UNREAD + "stands twice in its row, with different contents"

    # --- what the sheet as a whole says

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        one, other = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last or first)
        if one is None or other is None:
            raise ValueError("merges cells whose address can't be read")
        if int(other[2]) > int(one[2]):
            self.merged.append((_column(one[1]), int(one[2]), int(other[2])))

    def stored(self) -> Stored:
        """Return the rows taken, in order, with notes on their disorder and on what is hidden."""
        numbers = [number for number, _ in self.found]
        notes = []
        if any(later <= earlier for earlier, later in zip(numbers, numbers[1:], strict=False)):
            self.found.sort(key=lambda row: row[0])
            notes.append("its rows are stored out of order, or with one number twice; all are read")
            numbers.sort()
        notes += self._fill(numbers)
        hidden = sum(number in self.hidden for number in numbers)
        if hidden:
            notes.append(f"{hidden:,} hidden or filtered rows are read too")
        widest = max((len(fields) for _, fields in self.found), default=0)
        columns = sum(max(min(last, widest) - first + 1, 0) for first, last in self.hidden_columns)
        if columns:
            notes.append(f"{columns:,} hidden columns are read too")
        return Stored(self.found, self.wrong, notes)

    def _fill(self, numbers: list[int]) -> Iterator[str]:
        """Writes what stands in cells merged downwards into each of their rows, as a person sees it."""
        rows, ends, filled = self.found, dict[int, int](), 0
        for column, first, last in sorted(self.merged):
            if first <= ends.get(column, 0):
                raise ValueError("has cells merged over each other")
            ends[column] = last
            start = bisect_left(numbers, first)
            text = ""
            if start < len(rows) and numbers[start] == first and len(rows[start][1]) >= column:
                text = rows[start][1][column - 1]
            for number, fields in rows[start:]:
                if number > last:
                    break
                if number == first:
                    continue
                fields += [""] * (column - len(fields))
                if fields[column - 1].strip() and fields[column - 1] != text:
                    fields[column - 1] = UNREAD + "lies under merged cells and holds something else"
                    continue
                fields[column - 1] = text
                filled += bool(text)
        if filled:
            yield f"{filled:,} cells are merged with the cell above them and read as it"


def _column(letters: str) -> int:
    """A column's number, counted from 1, of its letters."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number

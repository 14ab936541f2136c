"""Tables in text files: CSV with commas, semicolons or tabs, in the encodings schools' systems
write."""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections.abc import Callable, Iterator

from ..errors import Place, Problem
from .rows import UnreadableError
from .sheet import HEAD, MOST_CELL, MOST_COLUMNS, MOST_ROWS, Sheet, too_large

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
"""Lines end at line ends only, not at the other breaks that Unicode has."""
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding: by its byte order mark, else UTF-16 where
    every second byte is null, else UTF-8, else cp1252, in which any text can be read."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace"), encoding
    sample = raw[:2000]
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(sample) > 3 and sample[first::2].count(0) * 4 > len(sample):
            return raw.decode(encoding, errors="replace"), encoding
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), "cp1252"


def read_text(raw: bytes, name: str, known: Callable[[list[str]], int]) -> Sheet:
    """The table in a text file. `known` counts the headings it knows in a row: the separator under
    which one of the first lines has most of them is taken.

    Raises UnreadableError when there is no text, or when a quote is opened and never closed.
    """
    text, encoding = decode(raw)
    if not text.strip("\ufeff \r\n\t\0"):
        raise UnreadableError(Problem(Place(name), "is empty", "export it again"))
    if text.count("\0") or text.count("\ufffd") > len(text) // 100:
        raise UnreadableError(
            Problem(Place(name), "is no text file", "save it as CSV UTF-8 or as an XLSX workbook")
        )
    lines = _LINE.findall(text)
    separator = max(_SEPARATORS, key=lambda s: (_best(lines[:HEAD], s, known), s == ","))
    sheet = Sheet(name, iter(()), [], notes=[f"{encoding}, {_SEPARATORS[separator]}"])
    rows = _rows(lines, separator, sheet)
    sheet.head = list(itertools.islice(rows, HEAD))
    sheet.rows = rows
    return sheet


def _best(lines: list[str], separator: str, known: Callable[[list[str]], int]) -> int:
    best, reader = 0, csv.reader(lines, delimiter=separator)
    while True:
        try:
            best = max(best, known(next(reader)))
        except StopIteration:
            return best
        except csv.Error:
            continue


def _rows(lines: list[str], separator: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    last, count = 0, 0
    while True:
        try:
            for fields in reader:
                start, last = last + 1, reader.line_num
                count += 1
                if len(fields) > MOST_COLUMNS or count > MOST_ROWS:
                    raise too_large(
                        sheet.name,
                        last,
                        len(fields) if count <= MOST_ROWS else 0,
                        count > MOST_ROWS,
                    )
                if last > start and any(_swallows(field, separator) for field in fields):
                    _lost(sheet, lines, start, last)
                else:
                    yield last, fields
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                raise UnreadableError(
                    Problem(
                        Place(sheet.name, last + 1, 1),
                        "a quotation mark is opened on this line and not closed for a long while"
                        if "unexpected end" in str(error)
                        else f"a cell holds more than {MOST_CELL:,} characters",
                        "export the file again, or take the mark out",
                    )
                ) from None
            start, last = last + 1, reader.line_num
            _lost(sheet, lines, start, last)


def _swallows(field: str, separator: str) -> bool:
    """Whether a cell of several lines holds what were rows: lines with cells in them."""
    return any(line.count(separator) > 1 for line in field.splitlines()[1:])


def _lost(sheet: Sheet, lines: list[str], start: int, end: int) -> None:
    """Counts every line between quotation marks that don't match."""
    reason = "has a quotation mark that doesn't match, or lies behind one"
    sheet.wrong += [(n, reason) for n in range(start, end + 1) if lines[n - 1].strip()]


def as_text(value: str) -> str:
    """A cell as it was meant: without spaces around it, and without the `="…"` in which systems
    wrap a text so that a spreadsheet keeps its zeros."""
    value = value.strip().strip("\u00a0\u200b\ufeff").strip()
    if value.startswith('="') and value.endswith('"'):
        return value[2:-1].strip()
    return value

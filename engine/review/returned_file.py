"""A plan's Word file or workbook as it comes back from the school: its rows by code, whatever program saved it."""

from __future__ import annotations

import datetime
import io
import pathlib
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..core import NotReadError, TermwiseError, read_within, without_unprintable
from . import phrases

CODE = "Code"
"""The heading of the column with the codes of steps, in every table that comes back."""
_KEYS = (CODE, "Commitment", "Agreed")
"""The same, and those of a meeting's workbook."""
_MOST, _MOST_UNPACKED = 30_000_000, 120_000_000
_MOST_PARTS = 2_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT, _BOOK = "word/document.xml", "xl/workbook.xml"
_MACROS = "vbaproject.bin"
_GONE = (f"{_W}del", f"{_W}moveFrom")
"""What tracked changes took away."""


class ReturnedRow(NamedTuple):
    """A row of a table with codes: its cells by heading, lines kept, and where it stands."""

    table: str
    where: str
    cells: dict[str, str]


def read_returned(path: pathlib.Path) -> list[ReturnedRow]:
    """Read the rows of every table with codes in a file.

    Raises TermwiseError for what can't be read, is damaged, holds macros, unpacks to more than a plan can be, or has
    no such table.
    """
    try:
        raw = read_within(path.parent, path.name, _MOST)
    except NotReadError as error:
        raise TermwiseError(phrases.not_opened(path, error.what, error.hint)) from None
    parts = _parts(raw, path)
    if _DOCUMENT in parts:
        try:
            rows = list(_word(raw, path))
        except RecursionError:
            raise TermwiseError(phrases.damaged(path)) from None
    elif _BOOK in parts:
        rows = list(_workbook(raw, path))
    else:
        raise TermwiseError(phrases.no_office_file(path))
    if not rows:
        raise TermwiseError(phrases.no_codes(path, CODE))
    return rows


def _parts(raw: bytes, path: pathlib.Path) -> set[str]:
    """Name the parts of a file, once it is known to be harmless to unpack."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            found = file.infolist()
            if any(one.filename.casefold().endswith(_MACROS) for one in found):
                raise TermwiseError(phrases.macros(path))
            unpacked = sum(one.file_size for one in found)
            if unpacked > _MOST_UNPACKED or len(found) > _MOST_PARTS:
                raise TermwiseError(phrases.too_large(path))
            return {one.filename for one in found}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise TermwiseError(phrases.damaged(path)) from None


# --- Word


def _word(raw: bytes, path: pathlib.Path) -> Iterator[ReturnedRow]:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file, file.open(_DOCUMENT) as part:
            text = part.read(_MOST_UNPACKED + 1)
        if len(text) > _MOST_UNPACKED:
            raise TermwiseError(phrases.too_large(path))
        body = fromstring(text)
    except (
        DefusedXmlException,
        ParseError,
        zipfile.BadZipFile,
        OSError,
        EOFError,
        zlib.error,
        RuntimeError,  # a part is locked, packed in a way nobody reads, or too deep
    ):
        raise TermwiseError(phrases.damaged(path)) from None
    for number, table in enumerate(body.iter(f"{_W}tbl"), start=1):
        titles: list[str] = []
        for at, row in enumerate(table.findall(f"{_W}tr"), start=1):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells = [_text(cell) for cell in row.findall(f"{_W}tc")]
            if not titles:
                titles = cells
                if CODE not in titles:
                    break
            elif len(cells) > 1 and cells != titles:
                named = dict(zip(titles, cells, strict=False))
                table_title = phrases.table(number)
                yield ReturnedRow(table_title, phrases.row_of(table_title, at), named)


def _text(cell: Element) -> str:
    """Give the text of a cell, its lines kept; what tracked changes added is there, what they took away is not."""
    lines = ["".join(_pieces(paragraph)) for paragraph in cell.iter(f"{_W}p")]
    return _clean("\n".join(lines))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _GONE or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}tab":
            yield " "
        else:
            yield from _pieces(child)


def _clean(text: str) -> str:
    lines = (" ".join(without_unprintable(line).split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


# --- workbooks


def _workbook(raw: bytes, path: pathlib.Path) -> Iterator[ReturnedRow]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
        sheets = [
            (sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets
        ]
    except Exception:  # openpyxl raises whatever it stumbles over in a damaged file
        raise TermwiseError(phrases.damaged(path)) from None
    for title, rows in sheets:
        titles: list[str] = []
        for at, row in enumerate(rows, start=1):
            cells = [_value(cell) for cell in row]
            if cells[:1] and cells[0] in _KEYS or CODE in cells:
                titles = cells
            elif titles and any(cells):
                named = {name: cell for name, cell in zip(titles, cells, strict=False) if name}
                yield ReturnedRow(title, phrases.row_of(title, at), named)


def _value(cell: object) -> str:
    """Give the text of a value as it would be typed: a day as 2026-09-01, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _clean(str(cell))


__all__ = ["CODE", "ReturnedRow", "read_returned"]

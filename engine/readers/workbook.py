"""Tables in XLSX workbooks; formulas are never evaluated, and nothing larger than a school's data is
unpacked."""

from __future__ import annotations

import datetime
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..errors import Place, Problem
from .rows import UnreadableError
from .sheet import FORMULA, HEAD, MOST_CELL, MOST_COLUMNS, MOST_ROWS, Sheet

_MOST_UNPACKED = 120_000_000
_MOST_OTHERS = 8_000_000
_CHUNK = 1 << 20
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_LARGE_PARTS = ("xl/worksheets/", "xl/sharedStrings", "xl/media/")
"""Parts that may be large; all others are taken into memory whole."""


def read_workbook(
    raw: bytes, name: str, wanted: str | None, known: Callable[[list[str]], int]
) -> Sheet:
    """The table in a workbook: the sheet that is asked for, else the one whose headings are known.

    Raises UnreadableError when the file is damaged, protected or too large, or when more than one
    sheet could be meant.
    """
    _within_bounds(raw, name)
    import openpyxl  # a fifth of a second, which schools with text files need not wait for

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        found = {sheet.title: _sheet(sheet, name) for sheet in sheets}
        scores = {
            title: max((known(fields) for _, fields in sheet.head), default=0)
            for title, sheet in found.items()
        }
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over in a damaged file
        raise _damaged(name) from error
    if wanted is not None:
        if wanted not in found:
            raise UnreadableError(
                Problem(
                    Place(name),
                    f"has no sheet “{wanted}”",
                    f"it has {len(found)}; copy the name from its tab at the bottom",
                )
            )
        return found[wanted]
    likely = [title for title, score in scores.items() if score >= 3] or (
        list(found) if len(found) == 1 else []
    )
    if len(likely) == 1:
        return found[likely[0]]
    raise UnreadableError(
        Problem(
            Place(name),
            "has no sheet with pupils' judgements"
            if not likely
            else f"has more than one sheet with pupils: {_listed(found, likely)}, counted from the left",
            f"write in school.yaml under pupils, files: {{name: {name}, sheet: …}}",
        )
    )


def _listed(found: Iterable[str], some: list[str]) -> str:
    """Sheets by their place: a sheet can be called after a pupil."""
    places = [str(place) for place, title in enumerate(found, start=1) if title in some]
    return f"number {' and '.join(places)}" if places else "none"


def _within_bounds(raw: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) <= _MOST_UNPACKED:
                _rows_within_bounds(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and any(e.flag_bits & 1 for e in entries):
            raise _locked(name) from error
        raise _damaged(name) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise _locked(name)
    large = sum(entry.file_size for entry in entries) > _MOST_UNPACKED or len(entries) > 5000
    others = sum(e.file_size for e in entries if not e.filename.startswith(_LARGE_PARTS))
    if large or others > _MOST_OTHERS:
        raise UnreadableError(
            Problem(
                Place(name),
                f"unpacks to more than {_MOST_UNPACKED // 10**6} MB"
                if large
                else f"has more than {_MOST_OTHERS // 10**6} MB beside its cells",
                "a school's data is far smaller: export only what is needed",
            )
        )
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise UnreadableError(
            Problem(Place(name), "is a packed file, not a workbook", "unpack it, and name the file")
        )


def _rows_within_bounds(archive: zipfile.ZipFile, name: str) -> None:
    """Refuses a row with more cells than any school's table has, which would be taken into memory
    as a whole."""
    for entry in archive.namelist():
        if entry.startswith("xl/sharedStrings"):
            with archive.open(entry) as source:
                texts = sum(
                    len(_STRING.findall(chunk)) for chunk in iter(lambda: source.read(_CHUNK), b"")
                )
            if texts > MOST_ROWS:
                raise _too_large(name, 0, 0)
        if not entry.startswith("xl/worksheets/"):
            continue
        cells = 0
        with archive.open(entry) as source:
            while chunk := source.read(_CHUNK):
                first, *rows = _ROW.split(chunk)
                cells += _cells_in(first)
                for row in rows:
                    cells = _cells_in(row)
                if cells > 10 * MOST_COLUMNS:
                    raise _too_large(name, 0, cells)


def _cells_in(row: bytes) -> int:
    return len(_CELL.findall(row))


def _locked(name: str) -> UnreadableError:
    return UnreadableError(Problem(Place(name), "is locked with a password", "save it without one"))


def _damaged(name: str) -> UnreadableError:
    return UnreadableError(
        Problem(
            Place(name),
            "can't be opened as a workbook: it is damaged or cut off",
            "open it in a spreadsheet program and save it again",
        )
    )


def _sheet(source: Any, name: str) -> Sheet:
    sheet = Sheet(name, iter(()), [], written="workbook")
    rows = _rows(source, sheet)
    sheet.head = list(itertools.islice(rows, HEAD))
    sheet.rows = rows
    return sheet


def _rows(source: Any, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    try:
        source.reset_dimensions()  # what a file says of its own size can be wrong
        for number, cells in enumerate(source.iter_rows(max_row=MOST_ROWS + 1), start=1):
            fields = [_text(cell)[:MOST_CELL] for cell in cells]
            while fields and not fields[-1].strip():
                fields.pop()  # formatting alone, often out to the last column
            if fields and (number > MOST_ROWS or len(fields) > MOST_COLUMNS):
                raise _too_large(sheet.name, number, len(fields))
            yield number, fields
    except UnreadableError:
        raise
    except Exception as error:
        raise _damaged(sheet.name) from error


def _too_large(name: str, row: int, columns: int) -> UnreadableError:
    most = f"{MOST_COLUMNS:,} columns" if columns > MOST_COLUMNS else f"{MOST_ROWS:,} rows"
    return UnreadableError(
        Problem(Place(name, row, 1), f"has more than {most}", "export only what is needed")
    )


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return f"{round(value * 100, 6):g}%"
        return str(int(value)) if float(value).is_integer() else repr(value)
    return str(value)

"""Tables in XLSX workbooks; formulas are never evaluated, and nothing larger than a school's data is
unpacked."""

from __future__ import annotations

import datetime
import io
import itertools
import math
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..errors import Place, Problem
from .rows import UnreadableError
from .sheet import HEAD, MOST_ROWS, UNREAD, Sheet, too_large
from .worksheet import read_worksheet, tags_in

_MOST_UNPACKED = 120_000_000
_MOST_OTHERS = 8_000_000
_CHUNK = 1 << 20
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_LARGE_PARTS = ("xl/worksheets/", "xl/sharedStrings", "xl/media/")
"""Parts that may be large; all others are taken into memory whole."""
_BREAK = re.compile(r"_x00(?:0[9AD]|0[ad])_")
"""How a workbook writes a line's end inside a cell."""
_SHOWN_ONLY = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What a number's format shows beside the number."""
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_TRUTH = {"1": "yes", "true": "yes", "0": "no", "false": "no"}


def read_workbook(
    raw: bytes, name: str, wanted: str | None, known: Callable[[list[str]], int]
) -> Sheet:
    """The table in a workbook: the sheet that is asked for, else the one whose headings are known.

    Raises UnreadableError when the file is damaged, protected or too large, or when more than one
    sheet could be meant.
    """
    tags = _within_bounds(raw, name)
    import openpyxl  # a fifth of a second, which schools with text files need not wait for

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
        sheets = [s for s in book.worksheets if s.sheet_state == "visible" or s.title == wanted]
        found = {sheet.title: _sheet(sheet, name, book, tags) for sheet in sheets}
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over in a damaged file
        raise _damaged(name) from error
    scores = {
        title: max((known(fields) for _, fields in sheet.head), default=0)
        for title, sheet in found.items()
    }
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


def _within_bounds(raw: bytes, name: str) -> dict[str, tuple[int, int]]:
    """What is in each sheet of a workbook; raises UnreadableError for what is none, or too large."""
    counted = {}
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) <= _MOST_UNPACKED:
                counted = _counted(archive, name)
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
    return counted


def _counted(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[int, int]]:
    """The rows and cells of each sheet's part, counted by their tags. Raises UnreadableError where a
    row has more cells, or the workbook more texts, than any school's: they are taken into memory as
    a whole."""
    found = {}
    for entry in archive.namelist():
        if entry.startswith("xl/sharedStrings"):
            with archive.open(entry) as source:
                texts = sum(
                    len(_STRING.findall(chunk)) for chunk in iter(lambda: source.read(_CHUNK), b"")
                )
            if texts > MOST_ROWS:
                raise too_large(name, 0, rows=True)
        if entry.startswith("xl/worksheets/"):
            with archive.open(entry) as source:
                found[entry] = tags_in(source, name)
    return found


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


def _sheet(source: Any, name: str, book: Any, tags: dict[str, tuple[int, int]]) -> Sheet:
    """One sheet with all its rows. Raises whatever the parser stumbles over."""
    path = source._worksheet_path
    with book._archive.open(path) as part:
        stored = read_worksheet(part, name, tags[path], _Values(book, source))
    rows = iter(_with_gaps(stored.rows))
    head = list(itertools.islice(rows, HEAD))
    return Sheet(name, rows, head, stored.wrong, ["workbook", *stored.notes])


def _with_gaps(rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with an empty one wherever some are left out: what stands above a gap is no heading's."""
    last = 0
    for number, fields in rows:
        if number > last + 1:
            yield number - 1, []
        yield number, fields
        last = number


class _Values:
    """What the cells of a workbook say, by the styles and texts it keeps for them."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.book, self.sheet = book, sheet
        self.texts: list[str] = sheet._shared_strings
        self.dates: set[int] = book._date_formats
        self.lengths: set[int] = book._timedelta_formats
        self.percents: dict[int, bool] = {}

    def __call__(self, kind: str, style: int, text: str) -> str:
        if not text:
            return ""
        if kind == "s":
            if not text.isdecimal() or int(text) >= len(self.texts):
                return UNREAD + "refers to a text that is not in the workbook"
            return _BREAK.sub(" ", self.texts[int(text)])
        if kind == "b":
            if text.lower() not in _TRUTH:
                return UNREAD + "holds a yes or no that can't be read"
            return _TRUTH[text.lower()]
        if kind == "n":
            return self._number(style, text)
        if kind == "d":
            return self._date(text)
        return _BREAK.sub(" ", text)  # a text in the cell itself, or an error such as #N/A

    def _number(self, style: int, text: str) -> str:
        try:
            number = float(text)
        except ValueError:
            return UNREAD + "holds a number that can't be read"
        if not math.isfinite(number):
            return UNREAD + "holds a number that can't be read"
        if style in self.dates:
            return self._on(number, style in self.lengths)
        if self._is_percent(style):
            return f"{round(number * 100, 6):g}%"
        if _WHOLE.fullmatch(text):
            return str(int(text))
        return str(int(number)) if number.is_integer() else repr(number)

    def _on(self, number: float, length: bool) -> str:
        from openpyxl.utils.datetime import from_excel

        try:
            when = from_excel(number, self.book.epoch, timedelta=length)
        except (OverflowError, ValueError):
            return UNREAD + "holds a date that no calendar has"
        return when.date().isoformat() if isinstance(when, datetime.datetime) else str(when)

    @staticmethod
    def _date(text: str) -> str:
        from openpyxl.utils.datetime import from_ISO8601

        try:
            when = from_ISO8601(text)  # type: ignore[no-untyped-call]
        except ValueError:
            return UNREAD + "holds a date that can't be read"
        return when.date().isoformat() if isinstance(when, datetime.datetime) else str(when)

    def _is_percent(self, style: int) -> bool:
        """Whether a number of this style is shown as so many hundredths; a sign that is only shown
        behind it, in quotation marks, says nothing of it."""
        if style not in self.percents:
            from openpyxl.cell.read_only import ReadOnlyCell

            known = style < len(self.book._cell_styles)
            cell: Any = ReadOnlyCell(self.sheet, 1, 1, None, style_id=style)
            shown = cell.number_format if known else ""
            self.percents[style] = "%" in _SHOWN_ONLY.sub("", shown or "")
        return self.percents[style]

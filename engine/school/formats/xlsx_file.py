"""Tables in XLSX workbooks; formulas are never evaluated, and nothing larger than a school's data is
unpacked."""

from __future__ import annotations

import datetime
import io
import itertools
import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ...core import Mistake, Place, without_unprintable
from ..pupil_data.rows import UnreadableError
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
EVERY = "all"
"""Stands for every sheet with pupils."""
_TRUTH = {"1": "yes", "true": "yes", "0": "no", "false": "no"}


def read_workbook(
    raw: bytes, name: str, wanted: str | None, known: Callable[[list[str]], int]
) -> Sheet:
    """The table in a workbook: the sheet that is asked for, else the one whose headings are known.
    Raises UnreadableError as `read_sheets` does, and when more than one could be meant."""
    [sheet] = read_sheets(raw, name, () if wanted is None else (wanted,), known)
    return sheet


def read_sheets(
    raw: bytes,
    name: str,
    wanted: Sequence[str],
    known: Callable[[list[str]], int],
    says: Callable[[str], Mapping[str, str]] | None = None,
) -> list[Sheet]:
    """The tables in a workbook: the sheets that are asked for (`all`: each whose headings are known),
    else the one whose headings are known; several only where each is called after another class or
    year group of the school. `says` is what a sheet's name says of its pupils; without it there is
    one table at most.

    Raises UnreadableError when the file is damaged, protected or too large, or when it can't be known
    which sheets are meant.
    """
    tags = _within_bounds(raw, name)
    import openpyxl  # a fifth of a second, which schools with text files need not wait for

    named = () if EVERY in wanted else wanted
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        asked = [sheet for sheet in book.worksheets if sheet.title in named] if named else shown
        found = [_sheet(sheet, name, book, tags) for sheet in asked]
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over in a damaged file
        raise _damaged(name) from error
    for place, sheet in enumerate(found, start=1):
        sheet.says = dict(says(sheet.title)) if says else {}
        sheet.label = sheet.title if sheet.says else f"sheet {place}"
    if lacking := [title for title in named if all(sheet.title != title for sheet in found)]:
        raise UnreadableError(
            Mistake(
                Place(name),
                f"has no sheet “{lacking[0]}”",
                f"it has {len(shown)}; copy the name from its tab at the bottom",
            )
        )
    chosen = found
    if not named:
        chosen = _likely(found, name, known, every=bool(wanted), one=says is None)
    others = len(book.worksheets) - len(chosen)
    if others and not named:
        hidden = len(book.worksheets) - len(shown)
        also = f", {hidden} of them hidden" if hidden else ""
        chosen[0].notes.append(f"{others} other sheets are not read{also}")
    return chosen


def _likely(
    found: list[Sheet], name: str, known: Callable[[list[str]], int], every: bool, one: bool
) -> list[Sheet]:
    """The sheets whose headings are known. Raises UnreadableError where there are several, and not all
    of them are asked for or called after another class or year group."""
    scores = [max((known(fields) for _, fields in sheet.head), default=0) for sheet in found]
    likely = [sheet for sheet, score in zip(found, scores, strict=True) if score >= 3]
    if not likely and len(found) == 1:
        return found
    said = {tuple(sorted(sheet.says.items())) for sheet in likely}
    if len(likely) == 1 or (likely and every) or (len(said) == len(likely) and () not in said):
        return likely
    if not likely:
        what, hint = "has no sheet with pupils' judgements", f"{{name: {name}, sheet: …}}"
    else:
        places = [str(place) for place, score in enumerate(scores, start=1) if score >= 3]
        what = f"has more than one sheet with pupils: number {' and '.join(places)}, counted from the left"
        hint = f"{{name: {name}, sheet: …}}"
        if not one:
            hint = f"{{name: {name}, sheets: [all]}} if they all count, else {hint}"
    raise UnreadableError(
        Mistake(
            Place(name),
            what,
            f"write in school.yaml under {'published' if one else 'pupils'}, files: {hint}",
        )
    )


def _within_bounds(raw: bytes, name: str) -> dict[str, tuple[int, int]]:
    """Return the number of rows and cells of each sheet of a workbook.

    Raises UnreadableError for a file that is no workbook, is locked or damaged, or is too large.
    """
    counted = {}
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) <= _MOST_UNPACKED:
                counted = _counted(archive, name)
    except UnreadableError:
        raise
    except Exception as error:  # zipfile raises whatever it stumbles over in a damaged file
        if isinstance(error, RuntimeError) and any(e.flag_bits & 1 for e in entries):
            raise _locked(name) from error
        raise _damaged(name) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise _locked(name)
    large = sum(entry.file_size for entry in entries) > _MOST_UNPACKED or len(entries) > 5000
    others = sum(e.file_size for e in entries if not e.filename.startswith(_LARGE_PARTS))
    if large or others > _MOST_OTHERS:
        raise UnreadableError(
            Mistake(
                Place(name),
                f"unpacks to more than {_MOST_UNPACKED // 10**6} MB"
                if large
                else f"has more than {_MOST_OTHERS // 10**6} MB beside its cells",
                "a school's data is far smaller: export only what is needed",
            )
        )
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise UnreadableError(
            Mistake(Place(name), "is a packed file, not a workbook", "unpack it, and name the file")
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
    return UnreadableError(Mistake(Place(name), "is locked with a password", "save it without one"))


def _damaged(name: str) -> UnreadableError:
    return UnreadableError(
        Mistake(
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
    return Sheet(name, rows, head, stored.wrong, ["workbook", *stored.notes], source.title)


def _with_gaps(rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with an empty one wherever some are left out: what stands above a gap is no heading's."""
    last = 0
    for number, fields in rows:
        if number > last + 1:
            yield number - 1, []
        yield number, fields
        last = number


def _said(text: str) -> str:
    return _BREAK.sub(" ", without_unprintable(text))


class _Values:
    """The texts of a workbook's cells, by the styles and shared texts it keeps for them."""

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
            return _said(self.texts[int(text)])
        if kind == "b":
            if text.lower() not in _TRUTH:
                return UNREAD + "holds a yes or no that can't be read"
            return _TRUTH[text.lower()]
        if kind == "n":
            return self._number(style, text)
        if kind == "d":
            return self._date(text)
        return _said(text)  # a text in the cell itself, or an error such as #N/A

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
        """Tell whether a number of this style is shown as a percentage.

        A sign that is only shown behind it, in quotation marks, says nothing of it.
        """
        if style not in self.percents:
            from openpyxl.cell.read_only import ReadOnlyCell

            known = style < len(self.book._cell_styles)
            cell: Any = ReadOnlyCell(self.sheet, 1, 1, None, style_id=style)
            shown = cell.number_format if known else ""
            self.percents[style] = "%" in _SHOWN_ONLY.sub("", shown or "")
        return self.percents[style]

"""The workbook of a school as the documents of its three files, in which everything has its sheet and cell."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from ...core import Mistake, Path, Place, YamlDocument, did_you_mean, without_unprintable
from ...library import Library
from ..checks.folder_checks import CQA, SCHOOL, STAFF
from .workbook_layout import FIELD, VALUE, WORKBOOK, BookField, BookTable, workbook_layout

MOST = 5_000_000
"""Bytes of the workbook."""
_MOST_UNPACKED = 60_000_000
_HEAD = 15
"""Headings are looked for in so many first rows."""
_DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y")
_YES, _NO = ("yes", "y", "true", "1", "x"), ("no", "n", "false", "0")
Row = Sequence[Any]


def documents_in(raw: bytes, library: Library, problems: list[Mistake]) -> dict[str, YamlDocument]:
    """Read a workbook as documents, by the file each stands for; what is wrong goes to `problems`.

    Nothing is given where the workbook can't be read at all.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            if sum(one.file_size for one in file.infolist()) > _MOST_UNPACKED:
                raise ValueError
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    except Exception:  # openpyxl raises whatever it stumbles over in a damaged file
        what = "is damaged, protected, too large or no workbook"
        problems.append(Mistake(Place(WORKBOOK), what, "open it and save it again as .xlsx"))
        return {}
    digest = hashlib.sha256(raw).hexdigest()
    found = {name: YamlDocument(WORKBOOK, {}, digest=digest) for name in (SCHOOL, CQA, STAFF)}
    for table in workbook_layout(library):
        if table.sheet not in book.sheetnames:
            if table.answers or table.samples:
                hint = did_you_mean(table.sheet, book.sheetnames)
                problems.append(
                    Mistake(Place(WORKBOOK), f"has no sheet “{table.sheet}”", hint or "put it back")
                )
            continue
        _Sheet(table, book[table.sheet], found, problems).read()
    pupils = found[SCHOOL].data.get("pupils")
    if isinstance(pupils, dict) and not pupils.get("files"):
        del found[SCHOOL].data["pupils"]  # nothing is said of files of pupils
    return found


class _Sheet:
    """One sheet, read by its headings."""

    def __init__(
        self,
        table: BookTable,
        sheet: Any,
        documents: Mapping[str, YamlDocument],
        problems: list[Mistake],
    ) -> None:
        self.table, self.sheet = table, sheet
        self.documents, self.problems = documents, problems
        self.counts: dict[Path, int] = {}

    def read(self) -> None:
        rows = list(self.sheet.iter_rows())
        wanted = [FIELD, VALUE] if self.table.answers else [one.title for one in self.table.fields]
        top, columns = self._headings(rows, wanted)
        if top is None:
            return
        for row in rows[top + 1 :]:
            cells = {title: row[at] for title, at in columns.items() if at < len(row)}
            if self.table.answers:
                self._answer(cells)
            elif any(self._text(cell) for cell in cells.values()):
                self._row(cells)

    def _headings(
        self, rows: Sequence[Row], wanted: list[str]
    ) -> tuple[int | None, dict[str, int]]:
        """Find the row with the headings, wherever they stand in it; those that are gone are told."""
        best: tuple[int, dict[str, int]] = (0, {})
        for number, row in enumerate(rows[:_HEAD]):
            said = {self._text(cell).casefold(): at for at, cell in reversed(list(enumerate(row)))}
            there = {title: said[title.casefold()] for title in wanted if title.casefold() in said}
            if len(there) > len(best[1]):
                best = number, there
        top, columns = best
        missing = [title for title in wanted if title not in columns]
        for title in missing:
            what = f"the column “{title}” is missing"
            self._wrong(self._place(top + 1, 1), what, "write its heading back")
        return (None if len(missing) == len(wanted) else top), columns

    # --- one thing a row

    def _answer(self, cells: Mapping[str, Any]) -> None:
        if FIELD not in cells or VALUE not in cells:
            return
        said = self._text(cells[FIELD])
        if not said:
            return
        asked = next(
            (one for one in self.table.fields if one.title.casefold() == said.casefold()), None
        )
        if asked is None:
            titles = [one.title for one in self.table.fields]
            self._wrong(
                self._at(cells[FIELD]),
                f"“{said}” is nothing that is asked here",
                did_you_mean(said, titles),
            )
            return
        file = asked.file or self.table.file
        self._put(file, (*self.table.path, *asked.path), asked, cells[VALUE])

    # --- rows

    def _row(self, cells: Mapping[str, Any]) -> None:
        path: Path = self.table.path
        by = next((one for one in self.table.fields if one.title == self.table.by), None)
        if by is not None:
            key = self._value(by, cells[by.title]) if by.title in cells else None
            if key is None:
                first = next(cell for cell in cells.values() if self._text(cell))
                self._wrong(
                    self._at(first), f"“{by.title}” is empty in this row", "choose one of the list"
                )
                return
            path = (*path, str(key))
            if self.table.into:
                path = (*path, self.table.into)
        if by is None or self.table.into or self._is_list():
            number = self.counts.get(path, 0)
            self.counts[path] = number + 1
            path = (*path, number)
        first = next(iter(cells.values()))
        self._mark(self.table.file, path, first)
        self._there(self.table.file, path[:-1] if self._is_list() else path)
        for one in self.table.fields:
            if one.title in cells and one is not by:
                self._put(self.table.file, (*path, *filter(None, one.path)), one, cells[one.title])
        gone = [one.path for one in self.table.fields if one.title not in cells and one.path]
        self.documents[self.table.file].unread |= {(*path, *below) for below in gone}
        for one in self.table.fields:
            if one.made_from and one.made_from in cells and not self._text(cells.get(one.title)):
                made = _slug(self._text(cells[one.made_from]))
                self._set(self.table.file, (*path, *one.path), made, cells[one.made_from])

    def _is_list(self) -> bool:
        """Say whether the rows of one key are a list of single values."""
        return any(one.path == ("",) for one in self.table.fields)

    # --- values and places

    def _put(self, file: str, path: Path, asked: BookField, cell: Any) -> None:
        self._mark(file, path, cell)
        told = len(self.problems)
        value = self._value(asked, cell)
        if len(self.problems) > told:
            self.documents[file].unread.add(path)
        if value is not None:
            self._set(file, path, value, cell)
            if isinstance(value, list):
                for number in range(len(value)):
                    self._mark(file, (*path, number), cell)

    def _value(self, asked: BookField, cell: Any) -> Any:
        """Give what a cell says, as YAML would; None where it says nothing, or what can't be told."""
        given = cell.value
        text = self._text(cell)
        if not text:
            return None
        if asked.kind in ("words", "days"):
            parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
            if asked.kind == "days":
                return (
                    [_day(part) or part for part in parts]
                    if not isinstance(given, datetime.date)
                    else [_day(given)]
                )
            return [self._chosen(asked, part, cell) for part in parts]
        if asked.kind == "day":
            return _day(given) or text
        if asked.kind == "yes-no":
            said = text.casefold()
            return True if said in _YES else False if said in _NO else text
        if asked.kind == "number":
            return _number(given, text, str(cell.number_format))
        return self._chosen(asked, text, cell)

    def _chosen(self, asked: BookField, text: str, cell: Any) -> str:
        """Give the id that a word stands for: as it is in the list, in other letters, or the id itself."""
        if not asked.choices:
            return text
        for title, name in asked.choices.items():
            if text.casefold() in (title.casefold(), name.casefold()):
                return name
        hint = did_you_mean(text, asked.choices) or "choose one of the list"
        self._wrong(self._at(cell), f"“{text}” is none of the list for “{asked.title}”", hint)
        return text

    def _set(self, file: str, path: Path, value: Any, cell: Any) -> None:
        self._there(file, path[:-1])
        parent: Any = self.documents[file].data
        for part in path[:-1]:
            parent = parent[part]
        if isinstance(parent, list) and path[-1] == len(parent):
            parent.append(value)
        else:
            parent[path[-1]] = value
        self._mark(file, path, cell)

    def _there(self, file: str, path: Path) -> None:
        """Make what a key path leads through, where it is not there yet."""
        parent = self.documents[file].data
        for depth, part in enumerate(path):
            follows = path[depth + 1] if depth + 1 < len(path) else None
            listed = isinstance(follows, int) or (follows is None and self._is_list())
            empty: Any = [] if listed else {}
            if isinstance(parent, list):
                if part == len(parent):
                    parent.append(empty)
            else:
                parent.setdefault(part, empty)
            parent = parent[part]

    def _mark(self, file: str, path: Path, cell: Any) -> None:
        document = self.documents[file]
        row, column = getattr(cell, "row", 1), getattr(cell, "column", 1)
        for length in range(1, len(path) + 1):
            document.marks.setdefault(path[:length], (row, column))
            document.sheets.setdefault(path[:length], self.table.sheet)
        document.marks[path], document.sheets[path] = (row, column), self.table.sheet

    def _text(self, cell: Any) -> str:
        value = getattr(cell, "value", None)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(without_unprintable(str(value)).split())

    def _at(self, cell: Any) -> Place:
        return self._place(getattr(cell, "row", 1), getattr(cell, "column", 1))

    def _place(self, row: int, column: int) -> Place:
        return Place(WORKBOOK, row, column, self.table.sheet)

    def _wrong(self, place: Place, what: str, hint: str = "") -> None:
        self.problems.append(Mistake(place, what, hint))


def _day(given: object) -> str | None:
    """Read a day as it is typed in England, the day before the month; None where it is none."""
    if isinstance(given, datetime.datetime):
        return given.date().isoformat()
    if isinstance(given, datetime.date):
        return given.isoformat()
    text = " ".join(str(given).split())
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    for form in _DAYS:
        try:
            return datetime.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None


def _number(given: object, text: str, form: str) -> Any:
    """Read a number with its pounds, thousands and percent signs; the text where it is none."""
    if isinstance(given, bool):
        return text
    if isinstance(given, int | float):
        value = round(given * 100, 6) if "%" in form else given
        return int(value) if float(value).is_integer() else value
    bare = text.replace("£", "").replace(",", "").replace(" ", "").removesuffix("%")
    try:
        value = float(bare)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))[:40].strip("-")


__all__ = ["MOST", "documents_in"]

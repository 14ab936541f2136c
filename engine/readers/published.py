"""Tables published about all schools: the one row of a school, as indicators of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import Place, Problem
from ..library import Library
from ..records.facts import Cell, Value
from ..records.knowledge import Indicator
from ..records.reading import Interval, PublishedTable
from .delimited import decode
from .rows import Account, Refusal, UnreadableError

# Tables have a row for each of many thousand schools: the reasons are the same few texts.
_ANOTHER = "another school"
_NO_SCHOOL = "a local authority or the nation, no school"
_REPEATED = "one of several rows of this school, of which none is used"
_TOO_LONG = "has more cells than there are headings"
_ABOVE, _AVERAGE, _BELOW = "above", "average", "below"
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_BLANK = "nothing is written"


@dataclass(slots=True)
class PublishedRead:
    """What one published table says of the school, in the school year it is about."""

    table: PublishedTable
    year: str
    account: Account
    values: dict[str, Value] = field(default_factory=dict)
    """By indicator; what is not published of the school is absent, never nought."""
    problems: list[Problem] = field(default_factory=list)


def read_published(raw: bytes, file: str, urn: int, year: str, library: Library) -> PublishedRead:
    """The figures of the school with this unique reference number in one published table.

    The account holds every row: used is the school's own, all others are refused. Raises
    UnreadableError for what is no table, or none the library knows.
    """
    text, encoding = decode(raw)
    rows = _rows(text, file)
    first = next(rows, None)
    if first is None:
        raise UnreadableError(Problem(Place(file), "is empty", "download it again"))
    top, headings = first[0], [heading.strip("\ufeff \r\n\t") for heading in first[1]]
    table = _recognised(headings, file, top, library)
    account = Account(file, kind=f"{table.title}, {year}")
    account.notes.append(f"read as {encoding}, headings in row {top}")
    read = PublishedRead(table, year, account)
    _School(read, headings, top, urn, library).read(rows)
    return read


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            break
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells
    raise UnreadableError(
        Problem(
            Place(file, reader.line_num, 1),
            "quotation marks don't match here",
            "download the table again, as CSV",
        )
    )


def _recognised(headings: list[str], file: str, top: int, library: Library) -> PublishedTable:
    there = {heading.lower() for heading in headings}
    fitting = [
        table
        for table in library.published.values()
        if all(column.lower() in there for column in table.recognised_by)
    ]
    if not fitting:
        known = "; ".join(
            f"{table.title} (with the columns {', '.join(table.recognised_by)})"
            for table in library.published.values()
        )
        raise UnreadableError(
            Problem(Place(file, top, 1), "is no published table termwise knows", f"known: {known}")
        )
    return max(fitting, key=lambda table: (len(table.recognised_by), table.id))


class _School:
    """Finds one school's row in a table and reads its figures."""

    def __init__(
        self, read: PublishedRead, headings: list[str], top: int, urn: int, library: Library
    ) -> None:
        self.read_so_far, self.account, self.table = read, read.account, read.table
        self.headings, self.top, self.urn = headings, top, str(urn)
        self.indicators = library.indicators
        self.missing = {code.strip().lower(): says for code, says in self.table.missing.items()}
        self.at: dict[str, int] = {}
        self.twice: set[str] = set()
        for index, heading in enumerate(headings):
            if self.at.setdefault(heading.lower(), index) != index:
                self.twice.add(heading.lower())
        read_as = self._meanings()
        self.account.columns = [(heading, read_as.get(heading.lower(), "")) for heading in headings]

    def _meanings(self) -> dict[str, str]:
        table = self.table
        read_as = {table.school.lower(): "the school's unique reference number"}
        if table.only:
            read_as[table.only.column.lower()] = "whether the row is about a school"
        for name, column in table.values.items():
            read_as[column.lower()] = self.indicators[name].title
        for name, columns in table.sums.items():
            for column in columns:
                read_as[column.lower()] = self.indicators[name].title
        for name, interval in table.intervals.items():
            for column in (interval.score, interval.lower, interval.upper):
                read_as[column.lower()] = self.indicators[name].title
        return read_as

    def read(self, rows: Iterator[tuple[int, list[str]]]) -> None:
        own = self._own(rows)
        if own is None:
            return
        row, cells = own
        self.account.used = 1
        for name, column in self.table.values.items():
            number = self._number(row, cells, column, self.indicators[name])
            if number is not None:
                self._put(name, number, row, column)
        for name, columns in self.table.sums.items():
            parts = [self._number(row, cells, column, self.indicators[name]) for column in columns]
            known = [part for part in parts if part is not None]
            if len(known) == len(columns):
                self._put(name, round(sum(known), 6), row, *columns)
        for name, interval in self.table.intervals.items():
            self._interval(name, interval, row, cells)

    def _own(self, rows: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]] | None:
        """The school's row, when there is exactly one; every other row is refused."""
        account, table, school = self.account, self.table, self.table.school
        only = frozenset(value.lower() for value in table.only.values) if table.only else None
        kind = table.only.column if table.only else ""
        schools: set[str] = set()
        own: list[tuple[int, list[str]]] = []
        for row, cells in rows:
            account.rows += 1
            number = self._cell(cells, school)
            if not number.isdecimal() or (
                only is not None and self._cell(cells, kind).lower() not in only
            ):
                account.refused.append(Refusal(row, school, _NO_SCHOOL, False, "another school"))
                continue
            schools.add(number)
            if number == self.urn:
                own.append((row, cells))
            else:
                account.refused.append(Refusal(row, school, _ANOTHER, False, "another school"))
        if not own:
            self._wrong(
                0,
                f"has no row for the school with the number {self.urn}, among {len(schools):,} "
                f"{'school' if len(schools) == 1 else 'schools'}",
                "check published: urn in school.yaml, or take the table of your own authority",
            )
        elif len(own) > 1:
            places = ", ".join(str(row) for row, _ in own)
            account.refused += [Refusal(row, school, _REPEATED, mistake=False) for row, _ in own]
            self._wrong(
                own[0][0],
                f"has {len(own)} rows for the school with the number {self.urn} (rows {places})",
                "keep the one that is right",
            )
        elif any(cell.strip() for cell in own[0][1][len(self.headings) :]):
            account.refused.append(Refusal(own[0][0], school, _TOO_LONG, mistake=False))
            self._wrong(
                own[0][0], f"the school's row {_TOO_LONG}", "download the table again, as CSV"
            )
        else:
            return own[0]
        return None

    def _wrong(self, row: int, what: str, hint: str) -> None:
        self.read_so_far.problems.append(Problem(Place(self.account.file, row), what, hint))

    def _cell(self, cells: list[str], column: str) -> str:
        index = self.at.get(column.lower(), len(cells))
        return cells[index].strip() if index < len(cells) else ""

    def _put(self, name: str, value: float | str, row: int, *columns: str) -> None:
        cells = tuple(Cell(self.account.file, row, column) for column in columns)
        self.read_so_far.values[name] = Value(value, cells, year=self.read_so_far.year)

    def _number(
        self, row: int, cells: list[str], column: str, indicator: Indicator | None = None
    ) -> float | None:
        """The figure in a column; None, with the reason in the account, where there is none."""
        text = self._cell(cells, column)
        percent = text.endswith("%")
        figure = text.removesuffix("%").strip().replace("\u2212", "-")
        says = self.missing.get(text.lower(), _BLANK if not text else None)
        reason, mistake = "", True
        if column.lower() not in self.at:
            reason, mistake = "the table has no such column", False
        elif column.lower() in self.twice:
            reason = "the table has this column twice"
        elif says is not None:
            reason, mistake = says, False
        elif not _NUMBER.fullmatch(figure):
            reason = "is not a number"
        elif percent and not (indicator and indicator.type == "percent"):
            reason = "is a percentage, where a plain number is expected"
        else:
            number = float(figure)
            low, high = (indicator and indicator.range) or (float("-inf"), float("inf"))
            if low <= number <= high:
                return number
            reason = f"is off the range from {low:g} to {high:g}"
        self.account.set_aside.append(Refusal(row, column, reason, mistake))
        return None

    def _interval(self, name: str, interval: Interval, row: int, cells: list[str]) -> None:
        """Above or below average only where the whole interval is; the score alone says nothing."""
        columns = (interval.score, interval.lower, interval.upper)
        score, lower, upper = (self._number(row, cells, column) for column in columns)
        if score is None or lower is None or upper is None:
            return
        if not lower <= score <= upper:
            reason = "does not lie between its own limits"
            self.account.set_aside.append(Refusal(row, interval.score, reason))
            return
        value = _ABOVE if lower > 0 else _BELOW if upper < 0 else _AVERAGE
        self._put(name, value, row, *columns)

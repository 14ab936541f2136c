"""One published file, read: which table it is, where its headings are, and which rows are the
school's."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ...core import Mistake, Place
from ...library import Beside, Library, Measure, Only, PublishedTable, measure
from ..formats.delimited import as_text, read_text
from ..formats.sheet import Sheet
from ..formats.xlsx_file import read_workbook
from ..model import PublishedFile
from ..pupil_data.rows import Account, Refusal, UnreadableError
from .download import OneSchool, dated_names
from .published_figures import PublishedFigures, PublishedPart, PublishedRead, Spot, Spread
from .school_years import school_year, year_that_ends

# Tables have a row for each of many thousand schools: the reasons are the same few texts.
_ANOTHER = "another school"
_NO_SCHOOL = "a local authority or the nation, no school"
_ANOTHER_YEAR = "another school year"
_ANOTHER_GROUP = "another subject or group of pupils"
_REPEATED = "one of several rows of this school, of which none is used"
_SHIFTED = "has more or fewer cells than there are headings"
_PACKED = b"PK"

Row = tuple[int, list[str]]


def read_published(raw: bytes, given: PublishedFile, urn: int, library: Library) -> PublishedRead:
    """The figures of the school with this unique reference number in one published file.

    The account holds every row: used are the school's own that gave figures, all others are
    refused. Raises UnreadableError for what is no table, or none the library knows.
    """
    known = _known(library)

    def count(fields: list[str]) -> int:
        return sum(as_text(field).casefold() in known for field in fields)

    account = Account(given.name)
    read = PublishedRead(given, account)
    if raw.startswith(_PACKED):
        sheet, padded = read_workbook(raw, given.name, given.sheet, count), False
    else:
        sheet, padded = read_text(raw, given.name, count), True
    number = str(given.urn or urn)
    top, headings, rows = _headings(sheet, library)
    account.notes += [*sheet.notes, f"headings in row {top}"]
    download = library.published_words.download
    if _has(headings, download.recognised_by):
        OneSchool(read, headings, top, number, library).read(rows)
    else:
        table = _table(headings, library)
        assert table is not None, "headings are those of a table or of a download"
        account.kind = f"{table.title}, {given.year}"
        _Table(read, table, headings, top, number, library, exact=padded).read(rows)
    for row, reason in sheet.wrong:
        account.rows += 1
        account.refused.append(Refusal(row, "", reason, mistake=False))
    return read


def _known(library: Library) -> frozenset[str]:
    """Every heading a published file can be known by, in small letters."""
    names = set(library.published_words.download.recognised_by)
    for table in library.published.values():
        names |= {*table.recognised_by, *(one.column for _, one in table.measures())}
    return frozenset(name.casefold() for name in names)


def _headings(sheet: Sheet, library: Library) -> tuple[int, list[str], Iterator[Row]]:
    """The row with the headings, among the first, and the rows below it."""
    tops = [(row, [as_text(field) for field in fields]) for row, fields in sheet.head]
    for index, (top, headings) in enumerate(tops):
        if _table(headings, library) or _has(
            headings, library.published_words.download.recognised_by
        ):
            rows = itertools.chain(sheet.head[index + 1 :], sheet.rows)
            return top, headings, rows
    known = "; ".join(
        f"{table.title} (with the columns {', '.join(table.recognised_by)})"
        for table in library.published.values()
    )
    first = next((row for row, headings in tops if any(headings)), 1)
    raise UnreadableError(
        Mistake(
            Place(sheet.name, first, 1), "is no published table termwise knows", f"known: {known}"
        )
    )


def _has(headings: list[str], wanted: tuple[str, ...]) -> bool:
    there = {heading.casefold() for heading in headings}
    return all(column.casefold() in there for column in wanted)


def _table(headings: list[str], library: Library) -> PublishedTable | None:
    fitting = [t for t in library.published.values() if _has(headings, t.recognised_by)]
    return max(fitting, key=lambda table: (len(table.recognised_by), table.id), default=None)


@dataclass(slots=True)
class _Own:
    """The rows of the school: under its number, under the one it has had since it became an
    academy, those of the nation and of authorities, and those whose cells don't stand below their headings."""

    own: list[Row] = field(default_factory=list)
    became: list[Row] = field(default_factory=list)
    beside: list[Row] = field(default_factory=list)
    shifted: list[int] = field(default_factory=list)


class _Table:
    """Finds one school's rows in a table and reads their figures.

    With `exact` a row has as many cells as there are headings, as in a text file; a workbook leaves
    empty ones out at the end.
    """

    def __init__(
        self,
        read: PublishedRead,
        table: PublishedTable,
        headings: list[str],
        top: int,
        number: str,
        library: Library,
        exact: bool,
    ) -> None:
        self.read_so_far, self.account, self.table = read, read.account, table
        self.headings, self.top, self.number, self.library = headings, top, number, library
        self.exact = exact
        self.dated = dated_names(library.published_words.download.dated)
        self.at: dict[str, int] = {}
        self.twice: set[str] = set()
        for index, heading in enumerate(headings):
            if self.at.setdefault(heading.casefold(), index) != index:
                self.twice.add(heading.casefold())
        read_as = self._meanings()
        self.account.columns = [(h, read_as.get(h.casefold(), "")) for h in headings]
        self.spreads = {
            one.column.casefold(): Spread()
            for name, one in table.measures()
            if one.column.casefold() in self.at and library.indicators[name].type == "percent"
        }
        self.used: set[int] = set()

    def _meanings(self) -> dict[str, str]:
        table = self.table
        read_as = {
            one.column.casefold(): self.library.indicators[name].title
            for name, one in table.measures()
        }
        for _, one in table.measures():
            read_as |= {column.casefold(): "whom a row is about" for column in one.where}
        read_as |= {column.casefold(): "whom a row is about" for column in table.filters}
        if table.year:
            read_as[table.year.casefold()] = "the school year"
        if table.only:
            read_as[table.only.column.casefold()] = "whether the row is about a school"
        if table.became:
            read_as[table.became.casefold()] = "its number since it became an academy"
        read_as[table.school.casefold()] = "the school's unique reference number"
        for heading in self.headings:
            name, year = self._of_earlier(heading)
            if year:
                read_as[heading.casefold()] = f"{read_as[name]}, {year}"
        return read_as

    def _of_earlier(self, heading: str) -> tuple[str, str | None]:
        """The column, in small letters, and the school year a heading names that has a year in it."""
        found = self.dated.fullmatch(heading)
        measured = {one.column.casefold() for _, one in self.table.measures()}
        if self.table.year is not None or not found or found["name"].casefold() not in measured:
            return heading.casefold(), None
        return found["name"].casefold(), year_that_ends(found["year"])

    def read(self, rows: Iterator[Row]) -> None:
        """Reads the figures of the school's own row, or rows in a long table."""
        found = self._sort(rows)
        own = self._mine(found)
        if own is None:
            return
        if self.table.year is not None:
            own = self._of_year(own)
        elif len(own) > 1:
            places = ", ".join(str(row) for row, _ in own)
            self._refuse(own, _REPEATED)
            self._wrong(
                own[0][0],
                f"has {len(own)} rows for the school with the number {self.number} (rows {places})",
                "keep the one that is right",
            )
            return
        if not own:
            return
        part = PublishedPart(self.table, self.read_so_far.file.year)
        self.read_so_far.parts.append(part)

        def at(one: Measure) -> Spot:
            return self._spot(one, own)

        beside = [
            (one, others)
            for one in self.table.beside
            if (others := self._rows_of(one, own[0], found))
        ]
        PublishedFigures(self.read_so_far, part, at, self.spreads, self.library).read(
            [(one, partial(self._spot, own=others)) for one, others in beside]
        )
        self._read_earlier(own[0])
        if self.table.year is None:
            self.used |= {own[0][0], *(others[0][0] for _, others in beside)}
        self.account.used += len(self.used)
        self._refuse([row for row in own if row[0] not in self.used], _ANOTHER_GROUP)
        unused = [row for row, _ in found.beside if row not in self.used]
        self.account.refused += [
            Refusal(row, self.table.school, _NO_SCHOOL, False, "another school") for row in unused
        ]

    def _rows_of(self, one: Beside, own: Row, found: _Own) -> list[Row]:
        """The rows that stand beside the school's own; none where two could be meant."""
        rows = [row for row in found.beside if self._counts(one.rows, row[1])]
        if one.same:
            wanted = self._cell(own[1], one.same)
            rows = [row for row in rows if wanted and self._cell(row[1], one.same) == wanted]
        if self.table.year is None:
            return rows if len(rows) == 1 else []
        year = self.read_so_far.file.year
        return [row for row in rows if school_year(self._cell(row[1], self.table.year)) == year]

    def _counts(self, only: Only, cells: list[str]) -> bool:
        values = (value.casefold() for value in only.values)
        return self._cell(cells, only.column).casefold() in values

    def _read_earlier(self, own: Row) -> None:
        """Reads the figures of earlier years that stand beside those of the table's own, each in a column of the
        same name with its year."""
        earlier: dict[str, dict[str, str]] = {}
        for heading in self.headings:
            column, year = self._of_earlier(heading)
            if year and heading.casefold() not in self.twice:
                earlier.setdefault(year, {})[column] = heading
        for year, columns in sorted(earlier.items()):
            table = self.table
            there = {
                "values": {
                    name: given
                    for name, given in table.values.items()
                    if measure(given).column.casefold() in columns
                },
                "sums": {},
                "intervals": {
                    name: one
                    for name, one in table.intervals.items()
                    if {one.score.casefold(), one.lower.casefold(), one.upper.casefold()}
                    <= {*columns}
                },
            }
            part = PublishedPart(table.model_copy(update=there), year)

            def at(one: Measure, columns: dict[str, str] = columns) -> Spot:
                return Spot(own[0], self._cell(own[1], columns[one.column.casefold()]))

            self.read_so_far.parts.append(part)
            PublishedFigures(self.read_so_far, part, at, self.spreads, self.library).read()

    def _sort(self, rows: Iterator[Row]) -> _Own:
        """Sorts out the school's rows; every other row is refused."""
        account, table, found = self.account, self.table, _Own()
        only = frozenset(v.casefold() for v in table.only.values) if table.only else None
        kind = table.only.column if table.only else ""
        self.schools: set[str] = set()
        for row, cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            account.rows += 1
            number = self._cell(cells, table.school)
            became = self._cell(cells, table.became) if table.became else ""
            mine = self.number in (number, became)
            if not self._fits(cells) and (mine or self.number in map(as_text, cells)):
                account.refused.append(Refusal(row, table.school, _SHIFTED, mistake=False))
                found.shifted.append(row)
            elif any(self._counts(one.rows, cells) for one in table.beside):
                found.beside.append((row, cells))
            elif not number.isdecimal() or (
                only is not None and self._cell(cells, kind).casefold() not in only
            ):
                account.refused.append(
                    Refusal(row, table.school, _NO_SCHOOL, False, "another school")
                )
            elif mine:
                self.schools.add(number)
                (found.own if number == self.number else found.became).append((row, cells))
                if table.year is not None:
                    self._see(cells)
            else:
                self.schools.add(number)
                self._see(cells)
                account.refused.append(
                    Refusal(row, table.school, _ANOTHER, False, "another school")
                )
        return found

    def _see(self, cells: list[str]) -> None:
        for column, spread in self.spreads.items():
            index = self.at[column]
            if index < len(cells):
                spread.see(cells[index].strip())

    def _fits(self, cells: list[str]) -> bool:
        """Tell whether a row has no cells beyond its headings; in an exact table, as many cells."""
        if self.exact:
            return len(cells) == len(self.headings)
        return not any(cell.strip() for cell in cells[len(self.headings) :])

    def _mine(self, found: _Own) -> list[Row] | None:
        """The school's rows; None, with the reason, where nobody can know which they are."""
        if found.shifted:
            self._refuse([*found.own, *found.became], _REPEATED)
            self._wrong(
                found.shifted[0],
                f"the school's row {_SHIFTED}",
                "put a text with a comma in quotation marks, or download the table again, as CSV",
            )
            return None
        if found.own and found.became and self.read_so_far.file.urn is None:
            former = self._cell(found.became[0][1], self.table.school)
            name, year = self.read_so_far.file.name, self.read_so_far.file.year
            self._refuse([*found.own, *found.became], _REPEATED)
            self._wrong(
                found.own[0][0],
                f"has a row for the school with the number {self.number}, and row "
                f"{found.became[0][0]} for {former}, which became it",
                f"write in school.yaml, under published: files, which of them counts: {{name: {name}, "
                f"year: {year}, urn: {self.number}}} or urn: {former}",
            )
            return None
        if found.own or found.became:
            if found.own:
                self._refuse(found.became, _ANOTHER)
            else:
                former = self._cell(found.became[0][1], self.table.school)
                self.account.notes.append(f"read under {former}, which became {self.number}")
            return found.own or found.became
        self._wrong(
            0,
            f"has no row for the school with the number {self.number}, among {len(self.schools):,} "
            f"{'school' if len(self.schools) == 1 else 'schools'}",
            "check published: urn in school.yaml, give the number it had then as urn: beside the "
            "file's name, or take the table of your own authority",
        )
        return None

    def _of_year(self, own: list[Row]) -> list[Row]:
        """The rows of a long table that are about the year school.yaml names."""
        assert self.table.year is not None
        wanted = self.read_so_far.file.year
        years = [school_year(self._cell(cells, self.table.year)) for _, cells in own]
        kept = [row for row, year in zip(own, years, strict=True) if year == wanted]
        others = [row for row, year in zip(own, years, strict=True) if year != wanted]
        self._refuse(others, _ANOTHER_YEAR)
        if not kept:
            there = ", ".join(sorted({year for year in years if year})) or "no school year"
            self._wrong(
                own[0][0],
                f"has rows of the school for {there}, none for {wanted}",
                "write in school.yaml, under published: files, a year that it has",
            )
        return kept

    def _spot(self, measure: Measure, own: list[Row]) -> Spot:
        """Where a figure stands: in the school's row, or in the one of its rows that is meant."""
        column, table = measure.column.casefold(), self.table
        first = own[0][0]
        if column not in self.at:
            return Spot(first, why="the table has no such column")
        if column in self.twice:
            return Spot(first, why="the table has this column twice", mistake=True)
        if table.year is None:
            return Spot(first, self._cell(own[0][1], column))
        wanted = {**table.filters, **measure.where}
        rows = [row for row in own if self._holds(row[1], wanted)]
        if len(rows) > 1:
            where = ", ".join(str(row) for row, _ in rows[:3])
            self.used |= {row for row, _ in rows}
            return Spot(rows[0][0], why=f"stands in several rows ({where} …)", mistake=True)
        if not rows:
            return Spot(first, why="the table has no such row")
        self.used.add(rows[0][0])
        return Spot(rows[0][0], self._cell(rows[0][1], column))

    def _holds(self, cells: list[str], wanted: Mapping[str, str]) -> bool:
        return all(
            self._cell(cells, column).casefold() == text.casefold()
            for column, text in wanted.items()
        )

    def _refuse(self, rows: list[Row], reason: str) -> None:
        refused = [Refusal(row, self.table.school, reason, mistake=False) for row, _ in rows]
        self.account.refused += refused

    def _wrong(self, row: int, what: str, hint: str) -> None:
        self.read_so_far.problems.append(Mistake(Place(self.account.file, row), what, hint))

    def _cell(self, cells: list[str], column: str) -> str:
        index = self.at.get(column.casefold(), len(cells))
        return as_text(cells[index]) if index < len(cells) else ""

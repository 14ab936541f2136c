"""The download of one school's figures: a row for each, with the table and the year it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core import Mistake, Place
from ...library import Library, Measure, PublishedTable
from ..formats.delimited import as_text
from ..pupil_data.rows import Refusal
from .published_figures import PublishedFigures, PublishedPart, PublishedRead, Spot
from .school_years import year_that_ends

_TWICE = "stands twice, with two figures"
_NOT_READ = "a figure that is not read"


class OneSchool:
    """Reads the download of one school: each figure into the part of its table and school year."""

    def __init__(
        self, read: PublishedRead, headings: list[str], top: int, number: str, library: Library
    ) -> None:
        self.read_so_far, self.account, self.number = read, read.account, number
        self.library, self.words, self.top = library, library.published_words.download, top
        self.dated = dated_names(self.words.dated)
        self.at = {heading.casefold(): index for index, heading in reversed([*enumerate(headings)])}
        self.tables = {
            table.namespace.casefold(): table
            for table in library.published.values()
            if table.namespace
        }
        self.account.kind = f"the download of one school, {read.file.year}"
        titles = {
            self.words.namespace: "the table and its year",
            self.words.variable: "which figure",
            self.words.value: "the figure",
        }
        says = {column.casefold(): title for column, title in titles.items()}
        self.account.columns = [(h, says.get(h.casefold(), "")) for h in headings]

    def read(self, rows: Iterator[tuple[int, list[str]]]) -> None:
        """Reads every figure that a table of the library knows."""
        schools: dict[str, int] = {}
        spots: dict[tuple[str, str], dict[str, Spot]] = {}
        for row, cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            self.account.rows += 1
            variable, text = (
                self._cell(cells, self.words.variable),
                self._cell(cells, self.words.value),
            )
            if variable.casefold() in (name.casefold() for name in self.words.school):
                if text.isdecimal():
                    schools.setdefault(text, row)
                self.account.used += 1
                continue
            place = self._place(self._cell(cells, self.words.namespace), variable)
            if place is None:
                refusal = Refusal(row, self.words.variable, _NOT_READ, False, "not asked for")
                self.account.refused.append(refusal)
                continue
            self.account.used += 1
            table, year, column = place
            here = spots.setdefault((table.id, year), {})
            before = here.setdefault(column, Spot(row, text))
            if before.text != text:
                here[column] = Spot(before.row, why=_TWICE, mistake=True)
        if self._is_of(schools) and self._has_year({year for _, year in spots}):
            for (name, year), found in sorted(spots.items()):
                self._part(self.library.published[name], year, found)

    def _place(self, namespace: str, variable: str) -> tuple[PublishedTable, str, str] | None:
        """The table, school year and column a figure belongs to; None where no table knows it."""
        name, year = self._of_year(namespace)
        table = self.tables.get(name.casefold())
        if table is None:
            return None
        columns = {one.column.casefold() for _, one in table.measures()}
        if variable.casefold() in columns:
            return table, year or self.read_so_far.file.year, variable.casefold()
        column, before = self._of_year(variable)
        if before and column.casefold() in columns:
            return table, before, column.casefold()
        return None

    def _of_year(self, text: str) -> tuple[str, str | None]:
        found = self.dated.fullmatch(text)
        return (found["name"], year_that_ends(found["year"])) if found else (text, None)

    def _is_of(self, schools: dict[str, int]) -> bool:
        """Tell whether the download is of the school asked for, and report a mistake if not."""
        if self.number in schools or (not schools and self.read_so_far.file.urn is not None):
            return True
        given = self.read_so_far.file
        if schools:
            other, row = next(iter(schools.items()))
            what = f"is about the school with the number {other}, not {self.number}"
            hint = (
                "download your own school's, check published: urn in school.yaml, or give the "
                "number the school had then as urn: beside the file's name"
            )
        else:
            row, what = self.top, "does not say which school it is about"
            hint = (
                f"if it is yours, write in school.yaml, under published: files: {{name: {given.name}, "
                f"year: {given.year}, urn: {self.number}}}"
            )
        self.read_so_far.problems.append(Mistake(Place(self.account.file, row), what, hint))
        return False

    def _has_year(self, years: set[str]) -> bool:
        given = self.read_so_far.file
        if given.year in years:
            return True
        what = (
            f"has figures of {', '.join(sorted(years))}, none of {given.year}"
            if years
            else "has no figure that is read"
        )
        hint = (
            f"write in school.yaml, under published: files: {{name: {given.name}, "
            f"year: {max(years)}}}"
            if years
            else "download it again"
        )
        self.read_so_far.problems.append(Mistake(Place(self.account.file, self.top), what, hint))
        return False

    def _part(self, table: PublishedTable, year: str, found: dict[str, Spot]) -> None:
        part = PublishedPart(table, year)
        self.read_so_far.parts.append(part)

        def at(measure: Measure) -> Spot:
            absent = Spot(self.top, why="the download has no such figure")
            return found.get(measure.column.casefold(), absent)

        PublishedFigures(self.read_so_far, part, at, {}, self.library).read()

    def _cell(self, cells: list[str], column: str) -> str:
        index = self.at.get(column.casefold(), len(cells))
        return as_text(cells[index]) if index < len(cells) else ""


def dated_names(dated: str) -> re.Pattern[str]:
    """The form of a name with its year as a regular expression."""
    parts = {"{name}": "(?P<name>.+)", "{year}": r"(?P<year>[0-9]{2})"}
    pieces = re.split(r"(\{name\}|\{year\})", dated)
    return re.compile("".join(parts.get(piece, re.escape(piece)) for piece in pieces))

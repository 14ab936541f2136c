"""Made-up pupils in the shape in which a system gives its data out: wide or long, CSV or workbook."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...library import Export, Library, PupilColumn
from ...school import Point, Terms
from .demo_school import ModelSchool, Pupil
from .model import Demo

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,8})(\.\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CREATED = datetime.datetime(2026, 7, 1)
_UTF_16 = "utf-16"


@dataclass(frozen=True)
class DemoTable:
    """Rows under their headings, as text; `starts`: whether they hold starting points."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    starts: bool


@dataclass(frozen=True)
class _Judged:
    """A column of judgements: of one subject and point, and of one year group where headings have
    it."""

    heading: str
    subject: str
    point: Point
    year: str | None = None


class Writer:
    """Puts a made-up school into the shape of one export."""

    def __init__(self, demo: Demo, library: Library, export: Export) -> None:
        self.demo, self.library, self.export = demo, library, export
        self.columns = [(library.columns[name], title) for name, title in export.columns.items()]
        self.long = export.judgement is None
        self.times = Terms(library.words.parts, library.calendars.get(demo.plan.calendar))

    def table(self, school: ModelSchool) -> DemoTable:
        """The rows of all pupils: one each, or one for each judgement where the shape is long."""
        if self.long:
            rows = [row for pupil in school.pupils for row in self._long(pupil)]
            return DemoTable(tuple(title for _, title in self.columns), tuple(rows), starts=True)
        judged = list(self._judged())
        headings = [title for _, title in self.columns] + [item.heading for item in judged]
        wide = [
            (*self._about(pupil), *(self._if_then(pupil, item) for item in judged))
            for pupil in school.pupils
        ]
        starts = any(item.point.baseline for item in judged)
        return DemoTable(tuple(headings), tuple(wide), starts)

    def _long(self, pupil: Pupil) -> Iterator[tuple[str, ...]]:
        for subject in self.demo.subjects:
            for point in self.demo.points:
                about = (subject, point.id)
                here = point.baseline or pupil.admitted <= point.date
                if about in pupil.judged or (here and not point.baseline):
                    yield tuple(
                        self._cell(column, pupil, subject, point) for column, _ in self.columns
                    )

    def _about(self, pupil: Pupil) -> Iterator[str]:
        return (self._cell(column, pupil) for column, _ in self.columns)

    def _judged(self) -> Iterator[_Judged]:
        """The columns of judgements, in the order of points; the starting points first."""
        export = self.export
        assert export.judgement is not None
        by_year = "{year_group}" in export.judgement
        for point in self.demo.points:
            if point.baseline and export.start is not None:
                for subject in self.demo.subjects:
                    yield _Judged(
                        export.start.format(subject=self._subject(subject)), subject, point
                    )
            elif not (point.baseline and by_year):  # before some of the pupils had a year group
                years = self._years_at(point) if by_year else [None]
                for year in years:
                    for subject in self.demo.subjects:
                        heading = self._heading(export.judgement, subject, point, year)
                        yield _Judged(heading, subject, point, year)

    def _heading(self, template: str, subject: str, point: Point, year: str | None) -> str:
        terms, parts = self.export.terms, self.library.words.parts
        first = self.times.school_year(point.date)
        part, half = (self.times.part_on(point.date, half) for half in (False, True))
        titles = {item.part: item.title for item in parts}
        return template.format(
            subject=self._subject(subject),
            term=terms.get(part, titles[part]),
            half=terms.get(half, titles[half]),
            year=self.export.school_year.format(
                first=first, second=first + 1, short=f"{(first + 1) % 100:02d}"
            ),
            year_group=self.export.year_group.format(year=year),
            point=point.title,
        )

    def _subject(self, subject: str) -> str:
        known = {item.id: item.title for item in self.library.words.subjects}
        return self.export.subjects.get(subject, known.get(subject, subject))

    def _years_at(self, point: Point) -> Sequence[str]:
        """The year groups that the pupils were in at a point."""
        return self.demo.year_groups[: len(self.demo.year_groups) - self._years_since(point)]

    def _years_since(self, point: Point) -> int:
        """School years from a point to the plan, whose year groups the pupils are listed in."""
        return self.demo.plan.starts.year - self.times.school_year(point.date)

    def _if_then(self, pupil: Pupil, item: _Judged) -> str:
        """A judgement, where the pupil was in the column's year group at its point."""
        if item.year is not None:
            groups = self.demo.year_groups
            then = groups.index(pupil.year) - self._years_since(item.point)
            if then != groups.index(item.year):
                return self.export.blank
        return self._judgement(pupil, item.subject, item.point)

    def _judgement(self, pupil: Pupil, subject: str, point: Point) -> str:
        grade = pupil.judged.get((subject, point.id))
        if grade is None:
            return pupil.codes.get((subject, point.id), self.export.blank)
        return self.export.grades.get(grade, grade)

    def _cell(
        self, column: PupilColumn, pupil: Pupil, subject: str = "", point: Point | None = None
    ) -> str:
        if point is not None and column.kind in ("subject", "point", "date", "judgement"):
            return {
                "subject": self._subject(subject),
                "point": point.title,
                "date": point.date.strftime(self.export.date),
                "judgement": self._judgement(pupil, subject, point),
            }[column.kind]
        export = self.export
        answers = {True: export.yes, False: export.no}
        known = {
            "upn": pupil.upn,
            "reference": pupil.reference,
            "surname": pupil.surname,
            "forename": pupil.forename,
            "name": f"{pupil.surname}, {pupil.forename}",
            "school": self.demo.school.name,
            "year": export.year_group.format(year=pupil.year),
            "class": pupil.class_id,
            "birth": pupil.born.strftime(export.date),
            "admitted": pupil.admitted.strftime(export.date),
            "sex": pupil.sex,
            "pp": answers[pupil.pp],
            "sen": export.sen[pupil.sen],
            "eal": answers[pupil.eal],
            "own_pathway": answers[pupil.own_pathway],
            "attendance": export.attendance.format(percent=pupil.attendance),
        }
        return known.get(column.id, export.blank)

    def file(self, table: DemoTable) -> tuple[str, bytes]:
        """The ending of the file's name, and its bytes: the same for the same table."""
        lines = [(line,) for line in self.export.above]
        rows = [[harmless(cell, self.export.blank) for cell in row] for row in table.rows]
        if self.export.file == "xlsx":
            return "xlsx", _workbook([*lines, table.headings, *rows])
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.export.delimiter, lineterminator="\r\n")
        writer.writerows([*lines, table.headings, *rows])
        if self.export.encoding == _UTF_16:  # the order of bytes must not depend on the machine
            return "csv", b"\xff\xfe" + out.getvalue().encode("utf-16-le")
        return "csv", out.getvalue().encode(self.export.encoding)


def harmless(text: str, blank: str = "") -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what could be one."""
    if text == blank or not text.startswith(_FORMULA) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    import xlsxwriter

    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            if _NUMBER.fullmatch(text):
                sheet.write_number(number, place, float(text))
            elif text:
                sheet.write_string(number, place, text)
    book.close()
    return out.getvalue()

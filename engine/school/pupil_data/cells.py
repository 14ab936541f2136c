"""The reading of pupils' cells by kind: year groups, classes, yes and no, percentages, dates."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from ...library import Library, PupilColumn
from ..model import PupilFile, SchoolFile
from .dates import Dates
from .quoted_digits import Quoted
from .words_in_headings import words_of
from .year_groups import YearGroups

_TIMED = ("subject", "skill", "point", "date", "school-year", "assessment", "judgement", "concern")
"""Kinds of column that are about a result, not about the pupil."""


LEFT = "left"
"""Stands for the year group of those who are at this school no more."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


class Said(NamedTuple):
    """The value of a cell, or what is wrong with it; neither where it says nothing."""

    value: bool | float | str | datetime.date | None = None
    wrong: str = ""


class Cells:
    """Reads the cells of one school's files; what is written often is worked out once."""

    def __init__(self, library: Library, school: SchoolFile, first_year: int) -> None:
        words = library.words
        self.library, self.first_year = library, first_year
        self.dates = Dates(words.dates)
        self.yes = {word.casefold() for word in words.yes}
        self.no = {word.casefold() for word in words.no}
        self.missing = {text.casefold(): said for text, said in words.missing.items()}
        self.groups = list(words.year_groups)
        self.years = YearGroups(words)
        self.quoted = Quoted(library)
        self.classes = {words_of(item.id): item.id for item in school.school.classes}
        self.class_years = {item.id: item.years for item in school.school.classes}
        self.of_kind: dict[str, tuple[str, ...]] = {}
        for column in library.columns.values():
            self.of_kind[column.kind] = (*self.of_kind.get(column.kind, ()), column.id)
        self.about_pupils = {
            column.id: column for column in library.columns.values() if column.kind not in _TIMED
        }
        self._said: dict[tuple[str | None, str, str], Said] = {}

    def said(self, column: PupilColumn, text: str, file: PupilFile) -> Said:
        """Read a pupil's cell by the kind of its column; each text is worked out once."""
        key = (file.school_year, column.id, text)
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = self._read(column, text, file)
        return found

    def _read(self, column: PupilColumn, text: str, file: PupilFile) -> Said:
        low = text.casefold()
        if low in self.missing and not any(low in names for names in (column.yes, column.no)):
            return Said()
        if column.kind == "yes-no":
            return self._truth(column, low)
        if column.kind == "percent":
            return _percent(text)
        if column.kind == "category":
            for value, names in column.values.items():
                if low in (value.casefold(), *(name.casefold() for name in names)):
                    return Said(value)
            return Said(wrong=f"is none of {', '.join(column.values)}")
        if column.kind == "year":
            return self._year(text, file)
        if column.kind == "class":
            if file.school_year is not None:
                return Said()  # last year's class
            known = self.classes.get(words_of(text))
            return Said(known) if known else Said(wrong="is no class of school.yaml")
        if column.kind == "birth":
            return Said(text)  # the reader left the month, as 2016-05
        if column.kind == "admitted":
            date = self.dates.read(text)  # a table's reader left it as 2016-05-31
            return Said(date) if date else Said(wrong="is no date")
        return Said()

    def _truth(self, column: PupilColumn, low: str) -> Said:
        if low in self.yes or low in {word.casefold() for word in column.yes}:
            return Said(True)
        if low in self.no or low in {word.casefold() for word in column.no}:
            return Said() if column.only_yes else Said(False)
        return Said(wrong="is neither yes nor no: write Y or N")

    def _year(self, text: str, file: PupilFile) -> Said:
        group = self.years.read(text)
        if group is None:
            shown = self.quoted.shown(text)
            said = f"gives {shown} as the" if shown else "gives a"
            return Said(wrong=f"{said} year group, which is not understood")
        if file.school_year is None or group not in self.groups:
            return Said(group)
        moved = self.groups.index(group) + self.first_year - int(file.school_year[:4])
        return Said(self.groups[moved] if 0 <= moved < len(self.groups) else LEFT)

    def year_of(self, texts: dict[str, str], file: PupilFile) -> str | None:
        """The year group a row gives, by itself or by its class; None where neither tells it."""
        for kind in ("year", "class"):
            for name in self.of_kind.get(kind, ()):
                if name not in texts:
                    continue
                value = self.said(self.library.columns[name], texts[name], file).value
                if value is None:
                    continue
                if kind == "year":
                    return str(value)
                years = self.class_years[str(value)]
                return years[0] if len(years) == 1 else None
        return None


def _percent(text: str) -> Said:
    figure = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(figure) or float(figure) > 100:
        return Said(wrong="is no percentage: write a number from 0 to 100")
    if float(figure) <= 1 and not text.endswith("%"):
        return Said(wrong="is 1 or less: write a percentage such as 95, not a share such as 0.95")
    return Said(float(figure))

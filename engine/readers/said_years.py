"""School years that a file says outside its headings: in its name, its sheet's name, the lines above its
table, or a column of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..records.school import PupilFile
from .headings import year_at
from .points import Year
from .words import words_of

_SCHOOL_YEAR = re.compile(r"(?<![\d/.-])(20\d\d)[ ]?[-–/_][ ]?(?:20)?(\d\d)(?![\d/.-]\d|\d)")


def years_in(texts: Iterable[str]) -> tuple[Year, ...]:
    """The school years such as 2024/25 in some texts, in order; a date is none."""
    found = {
        int(first)
        for text in texts
        for first, second in _SCHOOL_YEAR.findall(text)
        if (int(first) + 1) % 100 == int(second)
    }
    return tuple(Year(first, True) for first in sorted(found))


def year_of(text: str, file: PupilFile) -> tuple[Year | None, bool]:
    """The year in a cell of a column of school years, and whether it can be more than one: None and
    True where school.yaml doesn't say what a single year such as 2025 is."""
    words = words_of(text.removesuffix(".0"))
    spelt, year = year_at(words, 0) if words else (0, Year(0, False))
    if not spelt or spelt != len(words):
        return None, False
    if year.of_school or file.single_years == "calendar":
        return year, False
    if file.single_years is None:
        return None, True
    return Year(year.number - (file.single_years == "ends"), True), False


def holds_years(cells: Sequence[str]) -> bool:
    """Whether a column's cells are years: each that isn't empty."""
    given = [words for cell in cells if (words := words_of(cell.strip().removesuffix(".0")))]
    return bool(given) and all(year_at(words, 0)[0] == len(words) for words in given)

"""School years that a file says outside its headings: in its name, its sheet's name, the lines above its
table, or a column of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..model import PupilFile
from .assessment_points import Year
from .dates import Dates
from .headings import year_at
from .words_in_headings import words_of

_SCHOOL_YEAR = re.compile(r"(?<!\d)20(\d\d)[ ]?[-–/_ ][ ]?(?:20)?(\d\d)(?![/.-]?\d)")
_IN_SHORT = re.compile(r"(?<!\d)(?<!\d[/.])(?<!\d\d-)(\d\d)[ ]?[-–/_][ ]?(\d\d)(?![/.-]?\d)")
_AGO = 10
"""Two numbers such as 10-11 are a school year only when it is not so many years ago: else they can be
ages, or year groups."""
_SINGLE_YEAR = re.compile(
    r"(?<!\d)(?<!\d[/.-])20\d\d(?!\d|[/._-]\d{1,2}[/._-]\d|[/._-]\d\d(?![a-zA-Z\d]))"
)


def years_in(texts: Sequence[str], last: int) -> tuple[Year, ...]:
    """The school years such as 2024/25 in some texts, in order; a date is none. `last` is the last
    school year of the school's points: one in short, such as 24/25, is near it."""
    found = {
        2000 + int(first)
        for form in (_SCHOOL_YEAR, _IN_SHORT)
        for text in texts
        for first, second in form.findall(text)
        if (int(first) + 1) % 100 == int(second)
        and (form is _SCHOOL_YEAR or last - _AGO < 2000 + int(first) <= last + 1)
    }
    return tuple(Year(first, True) for first in sorted(found))


def years_around(texts: Iterable[str], last: int, dates: Dates) -> tuple[Year, ...]:
    """The school years that begin or end in a year such as 2025 in some texts, in order, as far as they
    don't begin after `last`. A date, or a month with its year, says when a file was made."""
    found: set[int] = set()
    for text in texts:
        for match in _SINGLE_YEAR.finditer(text):
            before = re.split(r"[\s_-]+", text[: match.start()].strip(" _-"))[-2:]
            written = (f"1 {before[-1]} {match[0]}", " ".join([*before, match[0]]))
            if not any(map(dates.readings, (*written, "-".join([*before, match[0]])))):
                found |= {int(match[0]) - 1, int(match[0])}
    return tuple(Year(first, True) for first in sorted(found) if first <= last)


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
    """Tell whether every cell of a column that isn't empty is a year, and one at least is."""
    given = [words for cell in cells if (words := words_of(cell.strip().removesuffix(".0")))]
    return bool(given) and all(year_at(words, 0)[0] == len(words) for words in given)

"""Points of school.yaml whose title says another term or school year than their date does."""

from __future__ import annotations

from collections.abc import Iterator

from ..calendar import Terms
from ..model import Point
from .assessment_points import Placed, Year, placed, year_label
from .headings import year_at
from .words_in_headings import words_of


def called_otherwise(point: Point, terms: Terms) -> Iterator[tuple[str, str]]:
    """Why a point's title and its date (or its `term`) can't both be right, and what to do; a starting
    point may stand for other times than its own."""
    if point.baseline:
        return
    here, (parts, years) = placed(point, terms), _said(point.title, terms)
    part = terms.parts[parts[0]] if len(parts) == 1 else None
    named = part.part if part else ""
    as_dated = here.half if part and part.half else here.term
    if point.term is None and part and named != as_dated:
        yield (
            f"the point “{point.title}” is in {_called(as_dated, here, terms)} by its date",
            f"correct one of them, or write which it is: term: {named} (or {as_dated})",
        )
    elif len(years) == 1 and not _fits(years[0], here, bool(part)):
        yield (
            f"the point “{point.title}” is in {_called(as_dated, here, terms)} by its date",
            "correct the date or the title",
        )


def _said(title: str, terms: Terms) -> tuple[list[str], list[Year]]:
    """The terms and years in a title; of a half-term and its term only the half-term."""
    known = {
        words_of(text): part.part
        for part in terms.parts.values()
        for text in (part.part, part.title, *part.aliases)
    }
    longest = max(map(len, known))
    parts, years, words, position = dict[str, None](), dict[Year, None](), words_of(title), 0
    while position < len(words):
        spelt, year = year_at(words, position)
        lengths = range(min(longest, len(words) - position), 0, -1)
        found = [n for n in lengths if words[position : position + n] in known]
        if found and found[0] >= spelt and not _year_group(words, position, found[0]):
            parts[known[words[position : position + found[0]]]] = None
            position += found[0]
            continue
        if spelt:
            years[year] = None
        position += max(spelt, 1)
    halves = {terms.parts[name].term for name in parts if terms.parts[name].half}
    return [name for name in parts if terms.parts[name].half or name not in halves], list(years)


def _year_group(words: tuple[str, ...], position: int, length: int) -> bool:
    """Tell whether a number follows, as in “end of year 5”: a year group, and no time."""
    end = position + length
    return end < len(words) and words[end].isdigit() and len(words[end]) == 1


def _fits(year: Year, here: Placed, with_term: bool) -> bool:
    if year.of_school:
        return year.number == here.year
    if with_term:
        return year.number == here.calendar_year
    return year.number in (here.year, here.year + 1)


def _called(part: str, here: Placed, terms: Terms) -> str:
    title = terms.parts[part].title if part in terms.parts else part
    return f"{title} of {year_label(here.year)}"

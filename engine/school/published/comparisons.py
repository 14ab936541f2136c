"""What published figures show together: one less another of the same year, and the years of one figure."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from ...library import Library, Value


def compare(by_year: Mapping[str, Mapping[str, Value]], library: Library) -> dict[str, Value]:
    """Work out the indicators that the library says are differences of published figures, or what their years
    show; `by_year` has the figures by indicator and school year. What can't be told is left out."""
    found: dict[str, Value] = {}
    for indicator in library.indicators.values():
        value = None
        if indicator.minus:
            first, second = (by_year.get(name, {}) for name in indicator.minus)
            value = _difference(first, second)
        elif indicator.over_years:
            years = by_year.get(indicator.over_years.of, {})
            value = {"falls": _falls, "below_best": _below_best}[indicator.over_years.give](years)
        if value is not None:
            found[indicator.id] = value
    return found


def _difference(first: Mapping[str, Value], second: Mapping[str, Value]) -> Value | None:
    """The latest year's figure less the other's; None where the other has none of that year."""
    year = max(first, default="")
    if year not in first or year not in second:
        return None
    one, other = first[year], second[year]
    return Value(_less(one, other), (*one.cells, *other.cells), year=year)


def _falls(years: Mapping[str, Value]) -> Value | None:
    """Count the latest years in a row in each of which it was below the year before that is known."""
    newest = [years[year] for year in sorted(years, reverse=True)]
    if len(newest) < 2:
        return None
    pairs = list(itertools.pairwise(newest))
    fell = list(itertools.takewhile(lambda pair: _less(*pair) < 0, pairs))
    seen = newest[: max(len(fell), 1) + 1]
    return Value(len(fell), tuple(cell for one in seen for cell in one.cells), year=max(years))


def _below_best(years: Mapping[str, Value]) -> Value | None:
    """Measure how far the latest year is below the best of those before; 0 where it is not."""
    if len(years) < 2:
        return None
    *earlier, latest = (years[year] for year in sorted(years))
    best = max(earlier, key=lambda one: _number(one))
    below = max(_less(best, latest), 0.0)
    return Value(below, (*latest.cells, *best.cells), year=max(years))


def _less(one: Value, other: Value) -> float:
    """One less the other, to a tenth."""
    return round(_number(one) - _number(other), 1)


def _number(one: Value) -> float:
    assert isinstance(one.value, int | float), "only figures are compared"
    return float(one.value)

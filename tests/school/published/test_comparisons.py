"""What published figures show together: one less another of the same year, and the years of one figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from termwise.engine.library.facts import Value
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Indicator
from termwise.engine.school.published.comparisons import compare


def worked_out(
    library: Library, by_year: Mapping[str, Mapping[str, float]], **how: object
) -> object:
    given = {"id": "found", "about": "school", "title": "it", "type": "number", "from": "published"}
    indicator = Indicator.model_validate({**given, "derived": True, **how})
    known = replace(library, indicators={"found": indicator})
    figures = {
        name: {year: Value(figure) for year, figure in years.items()}
        for name, years in by_year.items()
    }
    value = compare(figures, known).get("found")
    return value and (value.value, value.year)


def test_a_difference_is_of_the_latest_year_that_both_have(library: Library) -> None:
    ours, theirs = {"2024-25": 61.2, "2025-26": 58.1}, {"2025-26": 62.0}
    both = {"ours": ours, "theirs": theirs}
    assert worked_out(library, both, minus=["ours", "theirs"]) == (-3.9, "2025-26")
    assert worked_out(library, {**both, "theirs": {"2024-25": 1}}, minus=["ours", "theirs"]) is None


@pytest.mark.parametrize(
    ("figures", "falls", "below"),
    [((5, 6, 4, 3), 2, 3), ((3, 4, 5), 0, 0), ((5, 5), 0, 0), ((7,), None, None)],
)
def test_years_tell_how_often_a_figure_fell_and_how_far_it_is_below_its_best(
    figures: tuple[float, ...], falls: int | None, below: float | None, library: Library
) -> None:
    years = {"one": {f"{2020 + at}": figure for at, figure in enumerate(figures)}}
    last = f"{2019 + len(figures)}"
    for give, value in (("falls", falls), ("below_best", below)):
        found = worked_out(library, years, over_years={"of": "one", "give": give})
        assert found == (None if value is None else (value, last))

"""A published figure is a number in its range, or it is said why there is none; never a nought."""

from __future__ import annotations

from typing import Any

import pytest

from termwise.engine.library.facts import Raw
from termwise.engine.library.loader import Library
from termwise.engine.library.reading import Measure, PublishedTable
from termwise.engine.school.model import PublishedFile
from termwise.engine.school.published.published_figures import (
    PublishedFigures,
    PublishedPart,
    PublishedRead,
    Spot,
    Spread,
)
from termwise.engine.school.pupil_data.rows import Account

YEAR = "2024-25"


def read(
    library: Library, texts: dict[str, str], gaps: tuple[Any, ...] = (), **table: Any
) -> tuple[dict[str, Raw], list[tuple[str, str]]]:
    """What a table gives for the school whose cells these are, and why the rest is set aside."""
    kind = PublishedTable.model_validate(
        {"id": "t", "title": "T", "recognised_by": ["URN"], "school": "URN", "gaps": gaps} | table
    )
    found = PublishedRead(
        PublishedFile.model_validate({"name": "t.csv", "year": YEAR, "percent": "as-written"}),
        Account("t.csv"),
    )
    part = PublishedPart(kind, YEAR)

    def at(one: Measure) -> Spot:
        return Spot(2, texts[one.column]) if one.column in texts else Spot(1, why="is not there")

    PublishedFigures(found, part, at, {}, library).read()
    values = {name: value.value for name, value in part.values.items()}
    return values, [(one.column, one.reason) for one in found.account.set_aside]


SCORE = "made_up"
"""An indicator that the library does not know: any number is in its range."""


@pytest.mark.parametrize(
    ("text", "value"), [("104", 104), ("+1.5", 1.5), ("-0.3", -0.3), (".5", 0.5), ("7.", 7)]
)
def test_a_plain_number_is_taken(library: Library, text: str, value: float) -> None:
    assert read(library, {"A": text}, values={SCORE: "A"}) == ({SCORE: value}, [])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("many", "is not a number"),
        ("1e5", "is not a number"),
        ("12%", "is a percentage, where a plain number is expected"),
        ("\0holds a formula", "holds a formula"),
    ],
)
def test_what_is_no_number_is_set_aside_with_the_reason(
    library: Library, text: str, why: str
) -> None:
    values, [(column, reason)] = read(library, {"A": text}, values={SCORE: "A"})
    assert not values and (column, reason) == ("A", why)


def test_a_column_that_is_not_there_and_a_code_of_the_table_give_nothing(library: Library) -> None:
    assert read(library, {}, values={SCORE: "A"}) == ({}, [("A", "is not there")])
    coded = read(library, {"A": "q"}, values={SCORE: "A"}, missing={"Q": "not asked"})
    assert coded == ({}, [("A", "not asked")])


def test_a_sum_is_known_where_all_its_parts_are(library: Library) -> None:
    sums = {SCORE: ["A", "B"]}
    assert read(library, {"A": "0.1", "B": "0.2"}, sums=sums) == ({SCORE: 0.3}, [])
    assert read(library, {"A": "3", "B": "x"}, sums=sums)[0] == {}


@pytest.mark.parametrize(
    ("low", "score_", "high", "is_"),
    [
        ("0.1", "1", "2", "above"),
        ("0", "1", "2", "average"),
        ("-2", "-1", "0", "average"),
        ("-2", "-1", "-0.1", "below"),
    ],
)
def test_a_score_is_above_or_below_only_where_its_whole_interval_is(
    library: Library, low: str, score_: str, high: str, is_: str
) -> None:
    interval = {"score": "S", "lower": "L", "upper": "U"}
    texts = {"L": low, "S": score_, "U": high}
    assert read(library, texts, intervals={"x": interval}) == ({"x": is_}, [])


def test_a_score_outside_its_own_interval_is_set_aside(library: Library) -> None:
    interval = {"score": "S", "lower": "L", "upper": "U"}
    values, told = read(library, {"L": "0", "S": "3", "U": "2"}, intervals={"x": interval})
    assert (values, told) == ({}, [("S", "does not lie between its own limits")])


def test_a_figure_of_a_year_that_had_none_is_not_taken(library: Library) -> None:
    gap = {"years": [YEAR], "figures": [SCORE], "because": "no such figure"}
    assert read(library, {"A": "3"}, (gap,), values={SCORE: "A"}) == ({}, [])


def test_the_range_of_a_column_is_seen_in_its_plain_figures_only() -> None:
    spread = Spread()
    for text in ("1", "0", "-3", "95%", "x"):
        spread.see(text)
    assert (spread.between, spread.above) == (False, False)
    spread.see("0.5")
    assert (spread.between, spread.above) == (True, False)
    spread.see("1.1")
    assert spread.above

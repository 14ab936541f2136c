"""Every name in a scale is one of its grades, and standings rise as they are called."""

from __future__ import annotations

from typing import Any

import pytest

from termwise.engine.core.errors import Place
from termwise.engine.library.loader import Library
from termwise.engine.library.scale import Scale
from termwise.engine.library.validate.reading_words import check_reading, check_scale

ORDER = ("below", "expected", "greater")
GRADES = [{"value": n, "id": name, "title": name} for n, name in enumerate(("low", "mid", "top"))]


def told(**more: Any) -> list[tuple[str, str]]:
    scale = Scale.model_validate(
        {"id": "made-up", "title": "Made up", "used_for": "attainment", "version": "1"}
        | {"grades": GRADES, "anchors": {"below": "low", "expected": "mid", "greater": "top"}}
        | more
    )
    found = check_scale(scale, lambda *path: Place(".".join(map(str, path))), ORDER)
    return [(problem.place.file, problem.what) for problem in found]


def test_the_shipped_reading_has_no_mistake(library: Library) -> None:
    assert not [*check_reading(library)]


def test_a_scale_whose_standings_rise_is_right() -> None:
    assert told() == []
    assert told(anchors={"below": "low", "expected": "low"}) == []  # two may begin together


@pytest.mark.parametrize(
    ("more", "place", "what"),
    [
        ({"aliases": {"x": "none"}}, "aliases.x", "unknown grade “none”"),
        ({"own_pathway": ["low", "none"]}, "own_pathway.1", "unknown grade “none”"),
        ({"good_enough": "greatest"}, "good_enough", "unknown anchor “greatest”"),
        (
            {"anchors": {"below": "top", "expected": "mid"}},
            "anchors.expected",
            "“expected” begins below “below”",
        ),
        ({"anchors": {"splendid": "top"}}, "anchors.splendid", "unknown standing “splendid”"),
    ],
)
def test_each_mistake_is_told_at_its_place(more: dict[str, Any], place: str, what: str) -> None:
    assert told(**more) == [(place, what)]


def test_inspections_and_only_they_name_their_areas() -> None:
    assert ("id", "inspections, and only they, name their areas") in told(used_for="inspection")

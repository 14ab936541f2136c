"""What rules and plans are written in: every name is there, and order never decides who is listed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.library.validate.vocabulary import check_vocabulary


def told(library: Library) -> list[str]:
    return [problem.what for problem in check_vocabulary(library)]


def test_the_shipped_vocabulary_has_no_mistake(library: Library) -> None:
    assert told(library) == []


def test_the_source_of_each_value_of_a_figure_has_to_be_there(library: Library) -> None:
    figure = library.thresholds["absence_national"]
    values = {
        day: one.model_copy(update={"source": "nobody"}) for day, one in figure.values.items()
    }
    changed = figure.model_copy(update={"values": values})
    made = replace(library, thresholds={**library.thresholds, figure.id: changed})
    assert told(made) == ["unknown source “nobody”"] * len(values)


@pytest.mark.parametrize(
    ("of", "change", "what"),
    [
        ("needs", {"strand": "nowhere"}, "unknown strand “nowhere”"),
        ("concerns", {"question": "nowhere"}, "unknown question “nowhere”"),
        ("strengths", {"question": "nowhere"}, "unknown question “nowhere”"),
        ("roles", {"falls_to": ("nobody",)}, "unknown role “nobody”"),
    ],
)
def test_a_name_that_is_not_there_is_told(
    library: Library, of: str, change: dict[str, Any], what: str
) -> None:
    records = dict(getattr(library, of))
    name = next(iter(records))
    made: Any = {of: records | {name: records[name].model_copy(update=change)}}
    assert told(replace(library, **made)) == [what]


@pytest.mark.parametrize(
    ("is_grade", "change", "what"),
    [
        (True, {"scale": None}, "a grade, and only a grade, names its “scale”"),
        (False, {"scale": "judgement"}, "a grade, and only a grade, names its “scale”"),
        (False, {"from_": "aggregate"}, "an aggregate needs “from: aggregate” and “aggregate”"),
        (False, {"subject": "latin"}, "unknown subject “latin”"),
    ],
)
def test_an_indicator_says_what_its_kind_needs(
    library: Library, is_grade: bool, change: dict[str, Any], what: str
) -> None:
    name = next(
        one.id
        for one in library.indicators.values()
        if (one.type == "grade") == is_grade
        and not one.aggregate
        and one.about == "school"
        or (is_grade and one.type == "grade" and not one.aggregate)
    )
    records = dict(library.indicators)
    records[name] = records[name].model_copy(update=change)
    assert what in told(replace(library, indicators=records))


def test_there_is_a_reason_for_each_decision_and_each_once(library: Library) -> None:
    reasons = library.overrides.reasons
    accepted = tuple(one for one in reasons if "refuse" not in one.for_)
    without = library.overrides.model_copy(update={"reasons": accepted})
    assert told(replace(library, overrides=without)) == ["no reason is for “refuse”"]
    twice = library.overrides.model_copy(
        update={"reasons": (*reasons, reasons[0].model_copy(update={"title": "Another"}))}
    )
    assert told(replace(library, overrides=twice)) == [f"the id “{reasons[0].id}” is used twice"]

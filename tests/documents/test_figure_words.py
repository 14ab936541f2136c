"""Figures are told with their unit, and goals with their day and rule."""

from __future__ import annotations

import datetime

import pytest

from termwise.engine.documents.figure_words import figure, goal, measured, now
from termwise.engine.planning.model import FigureNow, FigureUnit, GoalFigure, SuccessMeasure

NOW = FigureNow(value=51.6, unit="percent", point="Summer 2026", cells=())
GOAL = GoalFigure(
    value=34, by=datetime.date(2027, 6, 25), words="halfway", proposed=True, rule="half"
)


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (1, "points", "1 percentage point"),
        (2.5, "points", "2.5 percentage points"),
        (51.6, "percent", "51.6 %"),
        (4000.4, "pounds", "£4,000"),
        ("Secure", "percent", "Secure"),
    ],
)
def test_a_figure_has_its_unit(value: float | str, unit: FigureUnit, told: str) -> None:
    assert figure(value, unit) == told


def test_a_figure_says_when_it_was_and_a_goal_by_when_it_is_to_be() -> None:
    assert now(NOW) == "51.6 % (Summer 2026)"
    assert now(NOW.model_copy(update={"point": None})) == "51.6 %"
    assert goal(GOAL, "percent") == "34 % by 25 June 2027, halfway"
    assert goal(GOAL.model_copy(update={"by": None}), "percent") == "34 %, halfway"


def test_a_measure_says_as_much_as_is_known() -> None:
    whole = SuccessMeasure.model_construct(
        measure="m", baseline="last year", target="fewer", now=NOW, goal=GOAL
    )
    proposed = "Now: 51.6 % (Summer 2026). Goal, proposed: 34 % by 25 June 2027, halfway"
    assert measured(whole) == proposed
    agreed = GOAL.model_copy(update={"proposed": False})
    assert "Goal: 34 %" in measured(whole.model_copy(update={"goal": agreed}))
    without = whole.model_copy(update={"goal": None})
    assert measured(without) == "Now: 51.6 % (Summer 2026). Target: fewer"
    bare = without.model_copy(update={"now": None})
    assert measured(bare) == "Compared with: last year. Target: fewer"

"""Figures and goals as people read them: 51.6 % (Summer 2026), to be 34 % by 25 June 2027."""

from __future__ import annotations

from ..planning import FigureNow, FigureUnit, GoalFigure, SuccessMeasure
from .words import clean, date, number, pounds


def figure(value: float | str, unit: FigureUnit) -> str:
    """Say a figure with its unit."""
    if isinstance(value, str):
        return value
    if unit == "pounds":
        return pounds(round(value))
    told = number(value)
    if unit == "points":
        return f"{told} percentage point{'' if told == '1' else 's'}"
    return f"{told} %" if unit == "percent" else told


def now(told: FigureNow) -> str:
    """Say how a figure stands, and when that was."""
    return figure(told.value, told.unit) + (f" ({told.point})" if told.point else "")


def goal(told: GoalFigure, unit: FigureUnit) -> str:
    """Say what a figure is to be, by when, and by which rule."""
    by = f" by {date(told.by)}" if told.by else ""
    return f"{figure(told.value, unit)}{by}, {told.words}"


def measured(told: SuccessMeasure) -> str:
    """Say how a success measure stands and what it is to become; in the words of its record where there is
    no figure."""
    if told.now is None:
        return f"Compared with: {clean(told.baseline)}. Target: {clean(told.target)}"
    if told.goal is None:
        return f"Now: {now(told.now)}. Target: {clean(told.target)}"
    proposed = "Goal, proposed" if told.goal.proposed else "Goal"
    return f"Now: {now(told.now)}. {proposed}: {goal(told.goal, told.now.unit)}"


__all__ = ["figure", "goal", "measured", "now"]

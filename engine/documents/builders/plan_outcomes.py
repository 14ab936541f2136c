"""The section on what a plan is to move: each outcome now, nationally, its goal, and how far each term goes."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import listed
from ...planning import FigureUnit, GoalFigure, Plan, PlanOutcome
from .. import words
from ..figure_words import figure, now
from ..tree import Column, Paragraph, Quiet, Row, Section, Table

_ABOUT = (
    "Goals are proposals, made by the rules in knowledge/base/goals.yaml, unless it says that they were agreed. "
    "A figure of last summer's results is of the pupils who sat them then; the goal is for those who sit them next."
)


def outcomes(plan: Plan) -> Section:
    """Tell what the plan is to move, where a figure is known."""
    titles = {term.id: term.title for term in plan.terms}
    used = {one.term for told in plan.outcomes for one in told.milestones}
    terms = {name: title for name, title in titles.items() if name in used}
    columns = (
        *(Column("Outcome", share=0.3), Column("Now"), Column("Nationally"), Column("Goal")),
        *(Column(title) for title in terms.values()),
    )
    rows = tuple(
        _row(told, tuple(terms), f"outcome-{number}")
        for number, told in enumerate(plan.outcomes, start=1)
    )
    blocks = (Table(columns, rows), Paragraph((Quiet(_ABOUT),))) if rows else ()
    return Section("What the plan is to move", blocks, name="outcomes")


def _row(told: PlanOutcome, terms: tuple[str, ...], name: str) -> Row:
    unit, goal, national = told.now.unit, told.goal, told.national
    due = {one.term: one for one in told.milestones}
    on_the_way = (
        f"{figure(due[term].value, unit)} ({words.short_date(due[term].due)})"
        if term in due
        else ""
        for term in terms
    )
    return Row(
        (
            f"{told.title}, {told.about}" if told.about else told.title,
            now(told.now),
            f"{figure(national.value, unit)} ({words.month(national.of)})" if national else "",
            _goal(goal, unit) if goal else "",
            *on_the_way,
        ),
        name,
        note=" ".join(_more(told)),
    )


def _goal(goal: GoalFigure, unit: FigureUnit) -> str:
    least = "no worse than " if goal.kept else ""
    return f"{least}{figure(goal.value, unit)}, {'proposed' if goal.proposed else 'agreed'}"


def _more(told: PlanOutcome) -> Iterator[str]:
    """Tell the rule of a goal, and what shows how far it has come."""
    if told.goal is not None:
        yield f"{words.capital(told.goal.words)}."
    if told.cohort:
        points = {one.now.point: None for one in told.cohort}
        each = listed(f"{one.about} {figure(one.now.value, one.now.unit)}" for one in told.cohort)
        when = f" ({listed(point for point in points if point)})" if any(points) else ""
        yield f"Those it is for next: {words.clean(told.cohort[0].title)}{when}, {each}."
    if told.seen_by:
        yield f"Seen by {words.clean(told.seen_by)}."


__all__ = ["outcomes"]

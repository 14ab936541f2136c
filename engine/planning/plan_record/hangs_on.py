"""What hangs on a hair: the steps that a little other input would put out of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from ...inference import share_near_line
from ...library import compared
from ...scheduling import exchanges
from .. import model as view
from ..phrases import hairs as phrases
from .context import Solved


def hangs_on(solved: Solved) -> Iterator[view.HangsOn]:
    """The steps that hang on a hair, in the order of the plan, each with all that it hangs on.

    A judgement a grade off; a share near its line, where every rule that asks for the step rests on one; or
    something left out that would be worth nearly as much in its place.
    """
    instead = {
        solved.timetable.name(one.out): one
        for one in exchanges(
            solved.problem,
            solved.solution,
            solved.library.planning.hair.worth,
            solved.timetable.name,
        )
    }
    for name in solved.steps:
        for judgement in solved.firmness[name].depends_on if solved.firm.doubts else ():
            yield view.HangsOn(step=name, kind="judgement", words=judgement.words)
        if words := _near(name, solved):
            yield view.HangsOn(step=name, kind="share", words=words)
        if (one := instead.get(name)) is not None:
            form = solved.timetable.forms[one.into]
            worth = solved.placement(name).value
            yield view.HangsOn(
                step=name,
                kind="near-equal",
                words=phrases.near_equal(
                    form.item.intervention.title, max(0, one.lost) / worth if worth else 0.0
                ),
                other=form.item.id,
            )


def _near(name: str, solved: Solved) -> str:
    """Tell the share near its line that a step rests on; empty where a reason rests on none, or it has to be in."""
    item = solved.form(name).item
    if solved.timetable.must(name) or not item.arguments:
        return ""
    points = solved.library.planning.hair.points
    found = [
        share_near_line(told.finding, solved.inference, solved.library, points)
        for told in item.arguments
    ]
    first = found[0]
    if first is None or not all(found):
        return ""
    words = compared(first.compared, first.wanted, solved.vocabulary)
    return phrases.rests_near_a_line(first.entity.label, words)

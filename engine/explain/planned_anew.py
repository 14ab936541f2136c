"""The plan that a school would get had it decided or given otherwise: asked, bought for and solved anew."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..advise import Advice, Posed, pose
from ..library import Decision, Override
from ..planning import with_leading_shared
from ..scheduling import Placement, Solution, purchase, purchase_at_once
from ..school import Decided, School


@dataclass(frozen=True)
class PlannedAnew:
    """The plan of a school, as far as it is in or out and what it is worth: its load is not made even."""

    posed: Posed
    solution: Solution
    pounds: int
    """Spent on people's time."""

    @property
    def chosen(self) -> dict[str, tuple[str, Placement]]:
        """The form of each step and how it stands, by intervention."""
        name = self.posed.timetable.name
        return {name(form): (form, place) for form, place in self.solution.chosen.items()}


def planned_anew(advice: Advice, school: School) -> PlannedAnew:
    """Plan a school of which all that rules read is as in `advice`: at once where nobody's leading may be
    handed over, else as any plan is made, since who takes it over hangs on how evenly work is spread."""
    posed = pose(school, advice.library, advice.findings)
    shared = posed.timetable.advised.shaping.lead_share is not None
    _, purchased = with_leading_shared(
        posed.timetable,
        posed.problem,
        posed.items,
        posed.dependencies,
        purchase if shared else purchase_at_once,
        None if shared else advice.solution.chosen,
    )
    return PlannedAnew(posed, purchased.solution, purchased.pounds)


def had_decided(advice: Advice, name: str, decision: Decision) -> School:
    """The school, had it decided so about an intervention in overrides.yaml."""
    school = advice.school
    others = tuple(one for one in school.decided if one.override.intervention != name)
    said = Override(
        intervention=name,
        decision=decision,
        reason=advice.library.overrides.reasons[0].id,
        role=next(iter(advice.library.roles)),
        on=school.timeline.halves[0].starts,
    )
    return replace(school, decided=(*others, Decided(said, "", "")))


def had_given(advice: Advice, line: str, year: str, pounds: int) -> School:
    """The school, had it so much more money on a line in a year."""
    school = advice.school
    lines = tuple(
        one.model_copy(update={"amounts": {**one.amounts, year: one.amounts.get(year, 0) + pounds}})
        if one.id == line
        else one
        for one in school.file.money.lines
    )
    money = school.file.money.model_copy(update={"lines": lines})
    return replace(school, file=school.file.model_copy(update={"money": money}))

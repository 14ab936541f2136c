"""What a partnership came to over its years: judgements, figures, inspections, and what was done."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from ..inference import Inference, fired_by_conditions, run
from ..library import Library
from ..planning import PlanOutcome
from ..school import School, entities, grade_rank
from .figures_moved import FiguresMoved
from .model import (
    InspectionThen,
    IssuedPlan,
    Partnership,
    ProgressEntry,
    Stage,
    Trajectory,
    YearDone,
)
from .progress_file import with_accepted


def partnership(
    school: School,
    library: Library,
    plans: Sequence[IssuedPlan],
    entries: Iterable[ProgressEntry],
    on: datetime.date,
) -> Partnership:
    """Sum up all plans that were issued until a day, the oldest first: how each strand and figure stood in
    each of them and stands now, the inspections, and of each plan that was begun what was done."""
    plans = [one for one in plans if one.issued <= on]
    written = [one for one in with_accepted(entries, plans) if one.date <= on]
    found = Inference(entities(school, library), library.vocabulary(school.scales))
    run(found, library, fired_by_conditions)
    figures = FiguresMoved(school, library, found, [one.plan for one in plans])
    return Partnership(
        school=plans[-1].plan.school,
        since=plans[0].issued,
        on=on,
        notice=library.progress.reviewing.of_review,
        strands=tuple(_strands(library, plans, figures, school.cqa.agreed_on)),
        outcomes=tuple(_outcomes(plans, figures, on)),
        inspections=tuple(_inspections(school)),
        years=tuple(_years(plans, written, library)),
    )


def _strands(
    library: Library, plans: Sequence[IssuedPlan], figures: FiguresMoved, agreed: datetime.date
) -> Iterator[Trajectory]:
    for strand in library.strands.values():
        stages = [
            Stage(on=issued.issued, of=None, value=one.judgement)
            for issued in plans
            for one in issued.plan.priorities
            if one.strand == strand.id and one.judgement
        ]
        now = figures.judgement(strand.id)
        if now is not None:
            stages.append(Stage(on=agreed, of=None, value=now))
        if stages:
            yield Trajectory(
                title=strand.title, about="", unit="grade", stages=_changes(stages), national=None
            )


def _outcomes(
    plans: Sequence[IssuedPlan], figures: FiguresMoved, on: datetime.date
) -> Iterator[Trajectory]:
    told: dict[tuple[str, str], list[tuple[datetime.date, PlanOutcome]]] = {}
    for issued in plans:
        for one in issued.plan.outcomes:
            told.setdefault((one.indicator, one.about), []).append((issued.issued, one))
    for found in told.values():
        last = found[-1][1]
        stages = [Stage(on=day, of=one.now.point, value=one.now.value) for day, one in found]
        now = figures.of_outcome(last)
        if now.now is not None:
            stages.append(Stage(on=on, of=now.now_of, value=now.now))
        yield Trajectory(
            title=last.title,
            about=last.about,
            unit=last.now.unit,
            stages=_changes(stages),
            national=last.national.value if last.national else None,
        )


def _changes(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Leave out what is as it was before."""
    found: list[Stage] = []
    for one in stages:
        if not found or (one.of, one.value) != (found[-1].of, found[-1].value):
            found.append(one)
    return tuple(found)


def _inspections(school: School) -> Iterator[InspectionThen]:
    for one in sorted(school.file.inspections, key=lambda one: one.date):
        scale = school.measures[one.scale]
        rank = grade_rank(scale, one.grade)
        grade = str(one.grade) if rank is None else scale.grades[rank].title
        yield InspectionThen(on=one.date, area=one.area, grade=grade, scale=scale.title)


def _years(
    plans: Sequence[IssuedPlan], written: Sequence[ProgressEntry], library: Library
) -> Iterator[YearDone]:
    """Of each beginning of a plan, by all that were in force from then on."""
    means = {one.id: one.means for one in library.progress.statuses}
    by_year: dict[datetime.date, list[IssuedPlan]] = {}
    for issued in plans:
        by_year.setdefault(issued.plan.starts, []).append(issued)
    for starts, own in sorted(by_year.items()):
        ends = own[-1].plan.ends
        steps = {step.id for issued in own for step in issued.plan.steps}
        told = [
            one
            for one in written
            if one.step in steps
            and (one.begun == starts if one.begun else starts <= one.date <= ends)
        ]
        last = {one.step: one for one in told}
        used: dict[str, tuple[float, int]] = {}
        for one in told:
            days, pounds = used.get(one.step, (0.0, 0))
            used[one.step] = (one.days or days, one.pounds or pounds)
        states = [means[one.status] for one in last.values()]
        yield YearDone(
            starts=starts,
            ends=ends,
            steps=len(steps),
            done=states.count("done"),
            stopped=states.count("stopped"),
            days=round(sum(days for days, _ in used.values()), 1),
            pounds=sum(pounds for _, pounds in used.values()),
        )


__all__ = ["partnership"]

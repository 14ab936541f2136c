"""What a school prepares for an inspection: what was found before, the way it means to go, and questions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..core import Day, Record
from ..inference import Inference
from ..library import Library
from ..school import School, below_sound, grade_rank
from .model import Plan


class PastGrade(Record):
    """A grade that was given, in its own framework."""

    on: Day
    framework: str
    area: str
    grade: str
    below: bool
    """below what its framework calls good, or expected"""


class WayLine(Record):
    """A judgement or a figure now, and what is meant for the end of each year; `good_enough` ends the way."""

    title: str
    now: str
    years: tuple[str, ...]
    good_enough: str
    agreed: bool = False
    """the first year's is what both sides agreed"""


class QuestionToPrepare(Record):
    """A question, and what to have at hand for it."""

    ask: str
    bring: str
    found: str = ""
    """why it is asked here: what rules found; empty where every school is asked"""


class AreaToPrepare(Record):
    """The questions of an area of the framework."""

    area: str
    questions: tuple[QuestionToPrepare, ...]


class InspectionPage(Record):
    """The preparations for an inspection."""

    school: str
    framework: str
    past: tuple[PastGrade, ...]
    """the latest first"""
    may_come_from: Day | None
    """the plan's first day where something of the latest was below its line; null where none is listed"""
    judgements: tuple[WayLine, ...]
    """by strand"""
    outcomes: tuple[WayLine, ...]
    """by figure"""
    because: str
    """what the way is, and what it is not"""
    areas: tuple[AreaToPrepare, ...]


def prepare_inspection(
    plan: Plan, inference: Inference, school: School, library: Library
) -> InspectionPage:
    """Put together what a school knows of its inspections, where it means to go, and what it would be asked."""
    asked = library.inspection
    past = sorted(school.file.inspections, key=lambda one: one.date, reverse=True)
    return InspectionPage(
        school=school.file.school.name,
        framework=library.scales[asked.scale].title,
        past=tuple(
            PastGrade(
                on=one.date,
                framework=library.scales[one.scale].title,
                area=one.area,
                grade=str(one.grade),
                below=below_sound(one, library.scales),
            )
            for one in past
        ),
        may_come_from=inspection_may_come(school, library),
        judgements=tuple(_judgements(school, library)),
        outcomes=tuple(_outcomes(plan, library)),
        because=asked.way.because,
        areas=tuple(_areas(inference, library)),
    )


def inspection_may_come(school: School, library: Library) -> datetime.date | None:
    """From which day the next inspection may come in any week: some years after a sound one, and at once after
    one that found something below its line. None where no inspection is listed."""
    past = school.file.inspections
    found = [one for one in past if one.date == max(each.date for each in past)]
    if not found:
        return None
    if any(below_sound(one, library.scales) for one in found):
        return school.file.plan.starts
    years = library.thresholds[library.inspection.window].value
    return found[0].date + datetime.timedelta(days=round(365.25 * years))


def _judgements(school: School, library: Library) -> Iterator[WayLine]:
    """Each strand's judgement, then a grade a year until it is good enough; what was agreed comes first."""
    scale, way = school.scales["judgement"], library.inspection.way
    enough = scale.rank(scale.good_enough) if scale.good_enough else len(scale.grades) - 1
    targets = {one.strand: one.target for one in reversed(school.cqa.priorities)}
    for name, strand in library.strands.items():
        given = school.cqa.questions.get(name)
        now = grade_rank(scale, given.judgement) if given and given.judgement is not None else None
        if now is None:
            continue
        target = grade_rank(scale, targets[name]) if name in targets else None
        years: list[int] = []
        for year in range(way.years):
            stood = years[-1] if years else now
            meant = stood if stood >= enough else min(stood + way.grades_a_year, enough)
            years.append(target if year == 0 and target is not None else meant)
        yield WayLine(
            title=strand.title,
            now=scale.grades[now].title,
            years=tuple(scale.grades[one].title for one in years),
            good_enough=scale.grades[enough].title,
            agreed=target is not None,
        )


def _outcomes(plan: Plan, library: Library) -> Iterator[WayLine]:
    """Each figure that has a national one, then so much of what is left to that each year; the first year's is the
    plan's own goal."""
    way = library.inspection.way
    for one in plan.outcomes:
        now = one.now.value
        if one.national is None or isinstance(now, str):
            continue
        years: list[float] = []
        for year in range(way.years):
            stood = years[-1] if years else now
            better = library.indicators[one.indicator].better
            left = one.national.value - stood
            there = left <= 0 if better == "higher" else left >= 0
            years.append(stood if there else stood + way.share_a_year * left)
            if year == 0 and one.goal is not None and not isinstance(one.goal.value, str):
                years[0] = one.goal.value
        yield WayLine(
            title=f"{one.title}{f', {one.about}' if one.about else ''}",
            now=_figure(now),
            years=tuple(map(_figure, years)),
            good_enough=_figure(one.national.value),
            agreed=one.priority is not None,
        )


def _figure(value: float) -> str:
    return f"{round(value, 1):g}"


def _areas(inference: Inference, library: Library) -> Iterator[AreaToPrepare]:
    found = {one.rule.diagnose.need for one in inference.fired if one.rule.diagnose}
    asked = [one for one in library.inspection.questions if one.need is None or one.need in found]
    for area in dict.fromkeys(one.area for one in asked):
        yield AreaToPrepare(
            area=area,
            questions=tuple(
                QuestionToPrepare(
                    ask=one.ask,
                    bring=one.bring,
                    found=library.needs[one.need].title if one.need else "",
                )
                for one in asked
                if one.area == area
            ),
        )

"""Figures of a plan in use beside what they are now: success measures, outcomes, judgements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..inference import Inference
from ..library import Entity, Indicator, Library
from ..planning import (
    FigureNow,
    GoalFigure,
    Plan,
    PlanOutcome,
    Priority,
    SuccessMeasure,
    figure_shown,
)
from ..school import School, grade_rank
from .model import FigureMoved
from .step_facts import StepStands

OF_ALL = ("school", "question")
"""Kinds of things a plan does not name beside a figure."""


class FiguresMoved:
    """Answers how a plan's figures stand in a school now."""

    def __init__(
        self, school: School, library: Library, inference: Inference, plans: Sequence[Plan]
    ) -> None:
        """`plans` are all that were in force, the oldest first: figures are told as they stood at first, and held
        against what they were to be then."""
        self.school, self.library, self.inference = school, library, inference
        self.first: dict[tuple[str, ...], tuple[FigureNow, GoalFigure | None]] = {}
        self.judged: dict[str, str | None] = {}
        for plan in plans:
            for priority in plan.priorities:
                self.judged.setdefault(priority.id, priority.judgement)
            for outcome in plan.outcomes:
                key = (outcome.indicator, outcome.about)
                self.first.setdefault(key, (outcome.now, outcome.goal))
            for step in plan.steps:
                for one in step.success:
                    if one.indicator and one.now:
                        where = (step.id, one.indicator, one.about)
                        self.first.setdefault(where, (one.now, one.goal))

    def first_judgement(self, priority: Priority) -> str | None:
        """Tell how the strand of a priority was judged when it was agreed on."""
        return self.judged.get(priority.id, priority.judgement)

    def judgement(self, strand: str) -> str | None:
        """Tell how a question of the analysis is judged now; None where it isn't."""
        return self._said("judgement", strand)

    def _said(self, indicator: str, question: str) -> str | None:
        for one in self.inference.facts.of("question"):
            value = one.values.get(indicator)
            if one.id == question and value is not None:
                return self.inference.vocabulary.say(indicator, value.value)
        return None

    def of_measures(self, stands: StepStands) -> Iterator[FigureMoved]:
        """Yield the success measures of a step; of one without a figure whether it is said to be reached."""
        last = next((one for one in reversed(stands.entries) if one.reached is not None), None)
        for number, one in enumerate(stands.step.success, start=1):
            said = None if last is None or last.reached is None else number in last.reached
            key = (stands.step.id, one.indicator or "", one.about)
            was, goal = self.first.get(key, (one.now, one.goal))
            found = self._moved(one.measure, one, was, goal, stands.step.strand)
            if said is not None and one.indicator is None:  # of a figure it counts how it stands
                found = found.model_copy(update={"reached": said})
            yield found

    def of_outcome(self, one: PlanOutcome) -> FigureMoved:
        """Tell what the plan as a whole is to move, with the national figure beside it."""
        was, goal = self.first.get((one.indicator, one.about), (one.now, one.goal))
        found = self._moved(one.title, one, was, goal, "")
        national = one.national
        return found.model_copy(
            update={
                "national": national.value if national else None,
                "national_of": national.of if national else None,
            }
        )

    def _moved(
        self,
        title: str,
        one: SuccessMeasure | PlanOutcome,
        was: FigureNow | None,
        goal: GoalFigure | None,
        strand: str,
    ) -> FigureMoved:
        indicator = self.library.indicators.get(one.indicator or "")
        entity = self._entity(indicator, one.about, strand) if indicator else None
        now, point = None, None
        if indicator and entity:
            facts, vocabulary = self.inference.facts, self.inference.vocabulary
            least = self.library.screening.cited_from
            now = figure_shown(indicator, entity, facts, vocabulary, least)
            point = entity.values[indicator.id].year if now is not None else None
            point = point or self._point(indicator, entity)
        goes = goal.value if goal else None
        anew = now is not None and was is not None and (now, point) != (was.value, was.point)
        return FigureMoved(
            title=title,
            about=one.about,
            was=was.value if was else None,
            was_of=was.point if was else None,
            now=now,
            now_of=point,
            unit=was.unit if was else "number",
            goal=goes,
            by=goal.by if goal else None,
            reached=_reached(self.school, indicator, now, goes) if anew and indicator else None,
            anew=anew,
        )

    def _entity(self, indicator: Indicator, about: str, strand: str) -> Entity | None:
        """Find what a figure is of, by the name the plan has for it."""
        for one in self.inference.facts.of(indicator.about):
            if indicator.about == "question":
                if one.id == strand:
                    return one
            elif indicator.about in OF_ALL or one.label == about:
                return one
        return None

    def _point(self, indicator: Indicator, entity: Entity) -> str | None:
        """The title of the point at which pupils were judged last, where a figure is counted of them."""
        asked = self.school.file.pupils
        if asked is None or indicator.aggregate is None:
            return None
        subjects = [one.id for one in entity.lineage if one.kind == "subject"]
        titles = {point.id: point.title for point in asked.points}
        latest = [
            self.school.latest[name]
            for name in subjects or self.school.latest
            if name in self.school.latest
        ]
        return titles[max(latest, key=list(titles).index)] if latest else None


def _reached(
    school: School, indicator: Indicator, now: float | str | None, goal: float | str | None
) -> bool | None:
    """Tell whether a figure is where it was to come; None where it can't be told."""
    if now is None or goal is None:
        return None
    if isinstance(now, str) or isinstance(goal, str):
        scale = school.scales.get(indicator.scale or "")
        ranks = [grade_rank(scale, str(one)) for one in (now, goal)] if scale else [None]
        if None in ranks:
            return None
        return (ranks[0] or 0) >= (ranks[1] or 0)
    return now <= goal if indicator.better == "lower" else now >= goal


__all__ = ["FiguresMoved"]

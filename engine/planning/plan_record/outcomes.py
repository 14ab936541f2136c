"""What a plan as a whole is to move: figures now, the nation's, goals, and how far each term should come."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping

from ...inference import cell_refs
from ...library import Entity, Indicator, OutcomeMeasured
from ...school import AgreedPriority, Half
from .. import model as view
from ..phrases.goal_words import agreed_on
from ..problem_builder import PRIORITY
from .context import Solved
from .data_points import data_points
from .figures import Figures, is_judged, on_the_way, unit_of
from .milestones import closing_days


def outcomes(solved: Solved, figures: Figures) -> tuple[view.PlanOutcome, ...]:
    """Return the outcomes of which a figure is known: those that priorities name, by rank, then those every
    plan looks at."""
    composed = _Outcomes(solved, figures)
    found: dict[tuple[str, str], view.PlanOutcome] = {}
    for one in (*composed.of_priorities(), *composed.of_every_plan()):
        found.setdefault((one.indicator, one.about), one)
    return tuple(found.values())


class _Outcomes:
    def __init__(self, solved: Solved, figures: Figures) -> None:
        self.solved, self.figures, self.library = solved, figures, solved.library
        self.terms = _terms_of_first_year(solved)
        self.taken: Counter[datetime.date] = Counter()

    def of_priorities(self) -> Iterator[view.PlanOutcome]:
        """Yield the outcome each agreed priority names, of all within its scope that there is a figure of."""
        known = {one.indicator: one for one in self.library.goals.outcomes}
        for rank, priority in enumerate(self.solved.school.cqa.priorities, start=1):
            if priority.outcome is None:
                continue
            indicator = self.library.indicators[priority.outcome.indicator]
            declared = known.get(indicator.id)
            for entity in self.figures.facts.of(indicator.about):
                if not self.figures.within(priority, entity):
                    continue
                one = self._outcome(
                    indicator,
                    entity,
                    declared.title if declared else indicator.title,
                    declared,
                    priority=f"{PRIORITY}{rank}",
                    agreed_from=self._agreed_from(priority, rank - 1, indicator),
                )
                if one is not None:
                    yield one

    def of_every_plan(self) -> Iterator[view.PlanOutcome]:
        """Yield the outcomes that are declared for every plan."""
        for declared in self.library.goals.outcomes:
            if declared.year_group and not self.figures.taught(declared.year_group):
                continue
            indicator = self.library.indicators[declared.indicator]
            for entity in self.figures.facts.of(indicator.about):
                groups = {one.id for one in entity.lineage if one.kind == "group"}
                if declared.groups and not groups & set(declared.groups):
                    continue
                if self.figures.hangs_on_one(indicator, entity):
                    continue
                one = self._outcome(indicator, entity, declared.title, declared)
                if one is not None:
                    yield one

    def _agreed_from(
        self, priority: AgreedPriority, index: int, indicator: Indicator
    ) -> view.FigureNow | None:
        """Where a figure stood when it was agreed on, as it was written then."""
        asked = priority.outcome
        if asked is None or asked.from_ is None or indicator.about != "school":
            return None
        cell = self.solved.school.cell("cqa.yaml", "priorities", index, "outcome", "from")
        return view.FigureNow(
            value=asked.from_,
            unit=unit_of(indicator),
            point=agreed_on(self.solved.school.cqa.agreed_on),
            cells=cell_refs((cell,)),
            cells_in_all=1,
        )

    def _outcome(
        self,
        indicator: Indicator,
        entity: Entity,
        title: str,
        declared: OutcomeMeasured | None,
        priority: str | None = None,
        agreed_from: view.FigureNow | None = None,
    ) -> view.PlanOutcome | None:
        now = self.figures.now(indicator, entity) or agreed_from
        if now is None or not self.terms:
            return None
        over = list(self.terms.values())[-1][-1]
        goal = self.figures.goal(indicator, entity, declared.rule if declared else None, over)
        national = self.figures.national(indicator)
        if goal and goal.kept and national is None:
            return None  # such as a gap that there is not: nothing is to be moved
        return view.PlanOutcome(
            title=title,
            indicator=indicator.id,
            about="" if indicator.about in ("school", "question") else entity.label,
            priority=priority,
            now=now,
            national=view.NationalFigure(
                value=national.value,
                of=national.valid_from,
                source=self.library.sources[national.source].title,
                address=self.library.sources[national.source].address,
            )
            if national
            else None,
            goal=goal,
            milestones=tuple(self._milestones(indicator, now, goal, declared)),
            seen_by=declared.seen_by if declared else "",
            cohort=tuple(self._cohort(declared)) if declared else (),
        )

    def _cohort(self, declared: OutcomeMeasured) -> Iterator[view.CohortFigure]:
        """Yield how those stand who come next, where the figure now is of pupils who have moved on."""
        if declared.cohort is None:
            return
        indicator = self.library.indicators[declared.cohort]
        for entity in self.figures.facts.of(indicator.about):
            ids = {
                kind: {e.id for e in entity.lineage if e.kind == kind}
                for kind in ("year", "subject")
            }
            asked = not declared.subjects or ids["subject"] & set(declared.subjects)
            now = self.figures.now(indicator, entity)
            if declared.year_group in ids["year"] and asked and now is not None:
                yield view.CohortFigure(title=indicator.title, about=entity.label, now=now)

    def _milestones(
        self,
        indicator: Indicator,
        now: view.FigureNow,
        goal: view.GoalFigure | None,
        declared: OutcomeMeasured | None,
    ) -> Iterator[view.TermFigure]:
        """Yield how far a figure should have come in each term that is left of the first school year."""
        if goal is None or goal.kept or isinstance(goal.value, str) or isinstance(now.value, str):
            return
        progress = self.library.goals.progress
        parts = [part for part in self.terms if part in progress]
        if not parts:
            return
        first, last = self.terms[parts[0]][0].starts, self.terms[parts[-1]][-1].ends
        by = goal.by or last
        begun = max((one for one in progress.values() if one < progress[parts[0]]), default=0.0)
        for part, following in zip(parts, [*parts[1:], ""], strict=True):
            if self.terms[part][0].starts > by:
                return
            reached = by < self.terms[following][0].starts if following else by <= last
            share = (progress[part] - begun) / (1 - begun)
            if by > last:  # agreed for a later year
                share *= (last - first) / (by - first)
            day = goal.by if reached and goal.by else self._day(indicator, part, declared)
            if day is not None:
                value = goal.value if reached else on_the_way(now.value, goal.value, share)
                half = self.terms[part][0]
                title = f"{half.term_title} {half.starts.year}"
                yield view.TermFigure(term=half.term, title=title, due=day, value=value)

    def _day(
        self, indicator: Indicator, part: str, declared: OutcomeMeasured | None
    ) -> datetime.date | None:
        """The day of a term on which an outcome is looked at: its data point, or one of its last weeks on
        which few others are. What is counted of judgements until it is known itself has their days."""
        halves = self.terms[part]
        cohort = declared.cohort if declared else None
        if is_judged(self.library.indicators[cohort] if cohort else indicator):
            for day in data_points(self.solved):
                if halves[0].starts <= day <= halves[-1].ends:
                    return day
        days = closing_days(halves[-1], self.solved)
        if not days:
            return None
        day = min(days, key=lambda day: (self.taken[day], day))
        self.taken[day] += 1
        return day


def _terms_of_first_year(solved: Solved) -> Mapping[str, list[Half]]:
    """The half-terms of each term that is left of the school year the plan begins in, by the term's part."""
    halves = solved.time.halves
    found: dict[str, list[Half]] = {}
    for half in halves:
        if half.year == halves[0].year:
            found.setdefault(half.term_part, []).append(half)
    return found


__all__ = ["outcomes"]

"""Figures as they stand in a school's own data, and the goals that declared rules make of them."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ...inference import MOST_CELLS, Recommendation, cell_refs
from ...library import Entity, FactBase, GoalRule, Indicator, Threshold, Vocabulary
from ...school import AgreedPriority, Half, grade_rank
from .. import model as view
from ..phrases.goal_words import agreed_on, by_rule
from .context import Solved
from .data_points import A_YEAR, data_points
from .milestones import closing_days

PUPILS = ("pupil", "pupil-subject")
SHOWS_IN = datetime.timedelta(weeks=2)
"""What is judged so late in a delivery shows what came of it."""
CLOSE = 2
"""Goals nearer to the figure now than this have a decimal."""


class Figures:
    """Answers how things stand in one school, and where they are to go."""

    def __init__(self, solved: Solved) -> None:
        self.solved, self.school, self.library = solved, solved.school, solved.library
        self.facts = solved.inference.facts
        self.goals = solved.library.goals
        self.rules = {rule.id: rule for rule in self.goals.rules}
        self.least = solved.library.screening.cited_from
        years = self.library.words.year_groups
        self._next_year = dict(zip(years, tuple(years)[1:], strict=False))

    # --- of whom

    def spoken_of(self, indicator: Indicator, item: Recommendation) -> Iterator[Entity]:
        """Yield what a step's figure is of: the school, the step's strand, or those of its targets that the
        findings name; where they name none, those its record is made for, or else those of its targets in need."""
        about = indicator.about
        targets = (
            {id(one) for one in item.targets} if item.intervention.target != "school" else None
        )
        asked = [elder for told in item.arguments for elder in told.entity.lineage]
        for entity in self._of(about, asked, item, targets):
            if about != "question" or entity.id == item.intervention.strand:
                yield entity

    def _of(
        self, about: str, asked: list[Entity], item: Recommendation, targets: set[int] | None
    ) -> list[Entity]:
        every = [
            one
            for one in self.facts
            if one.kind == about
            and (targets is None or about == "school" or targets & set(map(id, one.lineage)))
        ]
        if about in ("school", "question"):
            return every
        named = {id(one) for one in asked}
        found = [one for one in every if id(one) in named]
        if not found and (item.intervention.subjects or item.intervention.groups):
            found = [one for one in every if _made_for(one, item)]
        if not found and targets is not None:
            found = [one for one in every if any(one.needs.values())] or every
        return found

    # --- now

    def now(self, indicator: Indicator, entity: Entity) -> view.FigureNow | None:
        """Tell how a figure stands; None where it is not known, or fewer pupils (or teachers) stand behind it than
        may be told."""
        value = entity.values.get(indicator.id)
        shown = figure_shown(indicator, entity, self.facts, self.solved.vocabulary, self.least)
        if value is None or shown is None:
            return None
        return view.FigureNow(
            value=shown,
            unit=unit_of(indicator),
            point=value.year or self._point(indicator, entity),
            cells=cell_refs(value.cells[:MOST_CELLS]),
            cells_in_all=len(value.cells),
        )

    def taught(self, year_group: str) -> bool:
        """Tell whether a school has a year group, and no fewer pupils in it, and in the one above who were in
        it last, than a figure may be told of."""
        if year_group not in self.school.file.school.year_groups:
            return False
        for year in (year_group, self._next_year.get(year_group)):
            many = sum(pupil.year == year for pupil in self.school.pupils)
            if 0 < many < self.least:
                return False
        return True

    def _point(self, indicator: Indicator, entity: Entity) -> str | None:
        if indicator.about == "question":
            return agreed_on(self.school.cqa.agreed_on)
        asked = self.school.file.pupils
        if asked is None or not is_judged(indicator):
            return None
        titles = {point.id: point.title for point in asked.points}
        subjects = [one.id for one in entity.lineage if one.kind == "subject"]
        latest = [self.school.latest[name] for name in subjects or self.school.latest]
        return titles[max(latest, key=list(titles).index)] if latest else None

    # --- what it is to be

    def goal(
        self,
        indicator: Indicator,
        entity: Entity,
        rule: str | None,
        over: Half,
        delivered: Half | None = None,
    ) -> view.GoalFigure | None:
        """Tell what a figure is to be: as the school has agreed for it, else by a rule; None where there is
        neither, the figure is not known, or it has to show before the work is `delivered`. `over` is the
        half-term in which all of the work on it is done."""
        agreed = self.agreed(indicator, entity)
        if agreed is not None:
            return agreed
        now, given = self.now(indicator, entity), self.rules.get(rule or "")
        if given is None or now is None or isinstance(now.value, str):
            return None
        if self.hangs_on_one(indicator, entity):
            return None
        against = self._against(indicator, given)
        if against is None:
            return None
        limit, threshold = against
        up = indicator.better == "higher"
        there = now.value >= limit if up else now.value <= limit
        value = now.value if there else _rounded(now.value, limit, given.share, up, indicator)
        words = (
            given.kept
            if there
            else by_rule(
                given.title,
                self.solved.vocabulary.say(indicator.id, limit) if threshold else "",
                threshold.valid_from if threshold and given.towards == "national" else None,
            )
        )
        last = self._last_day(entity, delivered or over)
        if last is not None and delivered and delivered.ends >= last:
            return None
        if last is not None and delivered and delivered.year != over.year:
            over = delivered  # what is kept up in the next year is for other pupils
        by = self.shows(indicator, entity, over)
        by = by and self._days.get(self._told(indicator, entity, by), by)
        if by is None and last is not None or by and delivered and by < delivered.starts:
            return None
        return view.GoalFigure(
            value=value, by=by, rule=given.id, words=words, proposed=True, kept=there
        )

    def hangs_on_one(self, indicator: Indicator, entity: Entity) -> bool:
        """Tell whether so few pupils stand behind a figure that one of them would make or break its goal."""
        least = self.goals.least.get(indicator.id)
        return least is not None and not _enough(indicator, entity, self.facts, least)

    def agreed(self, indicator: Indicator, entity: Entity) -> view.GoalFigure | None:
        """Find what the school and its adviser have agreed for a figure, in a priority; None where nothing."""
        for priority in self.school.cqa.priorities:
            found = self._agreed(priority, indicator, entity)
            if found is not None:
                value, by = found
                words = self.goals.agreed
                return view.GoalFigure(
                    value=value, by=by, rule="agreed", words=words, proposed=False
                )
        return None

    def _agreed(
        self, priority: AgreedPriority, indicator: Indicator, entity: Entity
    ) -> tuple[float | str, datetime.date | None] | None:
        outcome = priority.outcome
        if outcome and outcome.indicator == indicator.id and outcome.to is not None:
            if self.within(priority, entity):
                return outcome.to, outcome.by or priority.by
        elif indicator.id == "judgement" and entity.id == priority.strand:
            scale = self.school.scales["judgement"]
            rank = grade_rank(scale, priority.target)
            if rank is not None:
                return scale.grades[rank].title, priority.by
        return None

    def within(self, priority: AgreedPriority, entity: Entity) -> bool:
        """Tell whether an agreed priority is about something: nothing of it lies outside the scope."""
        about = {
            "subjects": "subject",
            "groups": "group",
            "year_groups": "year",
            "classes": "class",
        }
        for part, kind in about.items():
            ids = {one.id for one in entity.lineage if one.kind == kind}
            if priority.scope[part] and ids and not ids & set(priority.scope[part]):
                return False
        return True

    def _against(
        self, indicator: Indicator, rule: GoalRule
    ) -> tuple[float, Threshold | None] | None:
        """Find what a figure is held against, and the threshold that is, where it is one."""
        if rule.towards == "best":
            high = indicator.range[1] if indicator.range else None
            best = 0.0 if indicator.better == "lower" else high
            return None if best is None else (best, None)
        threshold = (
            self.national(indicator) if rule.towards == "national" else self._line(indicator)
        )
        return None if threshold is None else (threshold.value, threshold)

    def national(self, indicator: Indicator) -> Threshold | None:
        """The national figure, with its date and source."""
        return self.library.thresholds.get(self.goals.national.get(indicator.id, ""))

    def _line(self, indicator: Indicator) -> Threshold | None:
        return self.library.thresholds.get(self.goals.lines.get(indicator.id, ""))

    # --- by when

    @cached_property
    def _days(self) -> Mapping[tuple[str, int, str], datetime.date]:
        """The day on which each figure shows in a school year, by indicator, whose it is and the year: the last
        of those of all steps and outcomes that tell it, so that one figure has one day."""
        found: dict[tuple[str, int, str], datetime.date] = {}
        for indicator, entity, over in (*self._of_steps(), *self._of_outcomes()):
            day = self.shows(indicator, entity, over)
            if day is not None:
                key = self._told(indicator, entity, day)
                found[key] = max(day, found.get(key, day))
        return found

    def _told(
        self, indicator: Indicator, entity: Entity, day: datetime.date
    ) -> tuple[str, int, str]:
        """A figure in the school year of a day."""
        began = [half for half in self.solved.time.halves if half.starts <= day]
        return indicator.id, id(entity), began[-1].year

    def _of_steps(self) -> Iterator[tuple[Indicator, Entity, Half]]:
        for name in self.solved.steps:
            item, course = self.solved.form(name).item, self.solved.course(name)
            for given in item.intervention.success:
                if given.indicator:
                    indicator = self.library.indicators[given.indicator]
                    for entity in self.spoken_of(indicator, item):
                        delivered = dict(course.phases)["deliver"][-1]
                        over = course.phases[-1][1][-1]
                        if self._last_day(entity, delivered) and delivered.year != over.year:
                            over = delivered
                        yield indicator, entity, over

    def _of_outcomes(self) -> Iterator[tuple[Indicator, Entity, Half]]:
        halves = self.solved.time.halves
        over = [half for half in halves if half.year == halves[0].year][-1]
        for declared in self.goals.outcomes:
            indicator = self.library.indicators[declared.indicator]
            for entity in self.facts.of(indicator.about):
                groups = {one.id for one in entity.lineage if one.kind == "group"}
                if not declared.groups or groups & set(declared.groups):
                    yield indicator, entity, over

    def _last_day(self, entity: Entity, over: Half) -> datetime.date | None:
        """The first day of the event before which a figure has to show, in the year of a half-term; None for
        figures that other year groups have a part in."""
        bound, lineage = self.goals.shows_before, entity.lineage
        if bound is None:
            return None
        classes = {one.id: one.years for one in self.school.file.school.classes}
        years = {one.id for one in lineage if one.kind == "year"}
        years |= {y for one in lineage if one.kind == "class" for y in classes.get(one.id, ())}
        if not years or not years <= set(bound.years):
            return None
        first = next(half.starts for half in self.solved.time.halves if half.year == over.year)
        days = (e.starts for e in self.solved.capacity.events if e.id == bound.event)
        return min((day for day in days if first <= day < first + A_YEAR), default=None)

    def shows(self, indicator: Indicator, entity: Entity, over: Half) -> datetime.date | None:
        """The day on which it shows what came of work that is over in a half-term: for judgements of pupils
        the data point at its end or the next, for what is known once a year the last weeks of that
        year, else the last weeks of the term. None where it would have to show before a data point that
        there is."""
        halves = self.solved.time.halves
        if is_judged(indicator):
            points = data_points(self.solved)
            last = self._last_day(entity, over)
            if last is not None:
                first = next(half.starts for half in halves if half.year == over.year)
                points = [day for day in points if first <= day < last]
                if not points:
                    return None
            later = [day for day in points if day >= over.ends - SHOWS_IN]
            if later or points:
                return later[0] if later else points[-1]
        if indicator.settled:
            inside = [half for half in halves if half.year == over.year]
        else:
            inside = [half for half in halves if half.term == over.term]
        days = closing_days(inside[-1], self.solved)
        return days[-1] if days else None


def figure_shown(
    indicator: Indicator, entity: Entity, facts: FactBase, vocabulary: Vocabulary, least: int
) -> float | str | None:
    """Tell how a figure stands, rounded or as a grade's title; None where it is not known, or where fewer than
    `least` pupils (or teachers) stand behind it."""
    value = entity.values.get(indicator.id)
    if value is None or not _enough(indicator, entity, facts, least):
        return None
    if indicator.type == "grade" or not isinstance(value.value, int | float):
        return vocabulary.say(indicator.id, value.value)
    return round(float(value.value), 1)


def _enough(indicator: Indicator, entity: Entity, facts: FactBase, least: int) -> bool:
    spec = indicator.aggregate
    if spec is None or spec.of not in (*PUPILS, "teacher"):
        return True
    kind = "pupil" if spec.of in PUPILS else spec.of
    parts = (part for part in facts.of(spec.of) if entity in part.lineage)
    return len({e.id for p in parts for e in p.lineage if e.kind == kind}) >= least


def is_judged(indicator: Indicator) -> bool:
    """Tell whether a figure is counted from the judgements of pupils."""
    return indicator.aggregate is not None and indicator.aggregate.of in PUPILS


def unit_of(indicator: Indicator) -> view.FigureUnit:
    if indicator.aggregate and indicator.aggregate.kind in ("gap", "change"):
        return "points"
    if indicator.type in ("percent", "count", "pounds", "grade"):
        return indicator.type
    return "number"


def on_the_way(now: float, goal: float, share: float) -> float:
    """So much of the way from a figure to its goal, as coarse as the goal is."""
    return round(now + share * (goal - now), 0 if abs(goal - now) >= CLOSE else 1)


def _rounded(now: float, limit: float, share: float, up: bool, indicator: Indicator) -> float:
    """So much of the way from now to the limit, in whole figures or (where that would be coarse) a decimal,
    and then a little further rather than less far."""
    value = now + share * (limit - now)
    fine = 1 if indicator.type == "count" or abs(value - now) >= CLOSE else 10
    near = round(value * fine, 6)
    return (math.ceil(near) if up else math.floor(near)) / fine


def _made_for(entity: Entity, item: Recommendation) -> bool:
    """Tell whether the record of an intervention names the subject and the group something is about."""
    return all(_names(entity, kind, named) for kind, named in _record(item))


def _record(item: Recommendation) -> Iterable[tuple[str, tuple[str, ...]]]:
    return (("subject", item.intervention.subjects), ("group", item.intervention.groups))


def _names(entity: Entity, kind: str, named: tuple[str, ...]) -> bool:
    ids = {one.id for one in entity.lineage if one.kind == kind}
    return not named or bool(ids & set(named))


__all__ = ["Figures", "figure_shown", "is_judged", "on_the_way", "unit_of"]

"""Effort profiles: phases, visits, people's time and money of a variant begun in a half-term."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..core import EFFORT_STEP
from ..library import Entity, ForEach, Intervention, Library, Phase, Series
from ..school import Half, School
from .capacity import Capacity
from .variants import Form

KEEPING_GOING = "sustain"


@dataclass(frozen=True, slots=True)
class Visit:
    """One time of something that comes back: its half-term, and its place among those of the half-term."""

    half: Half
    position: int
    of: int
    date: datetime.date | None = None
    """The day the school has set."""


@dataclass(frozen=True, slots=True)
class EffortProfile:
    """One form from one start: which phase is in which half-term, and what each half-term takes."""

    phases: tuple[tuple[str, tuple[Half, ...]], ...]
    ready: Half
    effort: Mapping[tuple[str, int], int]
    """Tenths of a day by role and half-term."""
    cost: Mapping[tuple[str, int], int]
    """Pounds by kind of cost and half-term."""
    running: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """What of it is for keeping going: the last phase, and all of what comes back."""
    visits: tuple[Visit, ...] = ()

    @property
    def begins(self) -> Half:
        """The half-term it begins in."""
        return self.phases[0][1][0]


class Courses:
    """Lays forms over the half-terms of a school."""

    def __init__(
        self, school: School, library: Library, capacity: Capacity, counts: Entity
    ) -> None:
        """`counts` is the school as the rules see it, with what its effort grows with."""
        self.school, self.library, self.capacity = school, library, capacity
        self.counts = counts
        self.halves = {half.index: half for half in school.timeline.halves}
        self._found: dict[tuple[Hashable, ...], EffortProfile | None] = {}

    def course(self, form: Form, start: Half) -> EffortProfile | None:
        """Return the effort profile of a form begun in a half-term; None where it ends too late.

        Too late is after the plan's end, or after the event the form has to be over before.
        """
        whom = tuple(target.id for target in form.item.targets)
        key = (form.id, form.item.intervention.lead, whom, start.index)
        if key not in self._found:
            series = form.item.intervention.series
            course = self._series(form, series, start) if series else self._once(form, start)
            self._found[key] = course if course and self.in_time(form, course) else None
        return self._found[key]

    def in_time(self, form: Form, course: EffortProfile) -> bool:
        """Tell whether a form's delivery is over before the event it has to be over before, if any.

        For targets of certain year groups that is the first event of the plan, as they are other
        pupils after it; for the whole school the one in the school year in which it ends.
        """
        if form.before is None:
            return True
        last = dict(course.phases)["deliver"][-1]
        begins = min(half.starts for half in self.halves.values())
        ends = sorted(
            event.starts
            for event in self.capacity.events
            if event.id == form.before.event and event.starts >= begins
        )
        if form.item.intervention.target == "school":
            ends = [date for date in ends if self._year(date) == last.year]
        return not ends or last.ends < ends[0]

    def open_to(self, intervention: Intervention) -> Mapping[int, Half]:
        """The half-terms of the plan in which an intervention may run, by index: what is for classes ends with the
        school year in which the plan begins, since other pupils sit in them after it."""
        if intervention.target != "class":
            return self.halves
        first = self.halves[min(self.halves)].year
        return {index: half for index, half in self.halves.items() if half.year == first}

    def _year(self, date: datetime.date) -> str | None:
        """The school year a date is in."""
        found = None
        for half in self.halves.values():
            if half.starts <= date:
                found = half.year
        return found

    def _once(self, form: Form, start: Half) -> EffortProfile | None:
        intervention = form.item.intervention
        index, halves = start.index, self.open_to(intervention)
        phases: list[tuple[str, tuple[Half, ...]]] = []
        effort: dict[tuple[str, int], int] = {}
        cost: dict[tuple[str, int], float] = {}
        running: dict[tuple[str, int], float] = {}
        ready = start
        for name, phase in intervention.phases():
            inside = [halves[i] for i in range(index, index + phase.half_terms) if i in halves]
            if len(inside) < phase.half_terms and name != KEEPING_GOING:
                return None
            if inside:
                phases.append((name, tuple(inside)))
                if name == intervention.ready_after:
                    ready = inside[-1]
            elif name == intervention.ready_after:
                return None
            for position, half in enumerate(inside):
                self._take(form, phase, half, position == 0, effort, cost)
                if name == KEEPING_GOING:
                    self._take(form, phase, half, position == 0, {}, running)
            index += phase.half_terms
        return EffortProfile(tuple(phases), ready, effort, _rounded(cost), _rounded(running))

    def _series(self, form: Form, series: Series, start: Half) -> EffortProfile:
        effort: dict[tuple[str, int], int] = {}
        cost: dict[tuple[str, int], float] = {}
        visits = tuple(self._visits(form.item.intervention, series, form.kind == "light", start))
        for visit in visits:
            self._take(form, form.item.intervention.deliver, visit.half, True, effort, cost)
        first = tuple(self.halves.values())[:1]
        halves = tuple(dict.fromkeys(visit.half for visit in visits)) or first
        money = _rounded(cost)
        return EffortProfile((("deliver", halves),), halves[0], effort, money, money, visits)

    def _visits(
        self, intervention: Intervention, series: Series, fewer: bool, start: Half
    ) -> Iterator[Visit]:
        """The times of a series: in a school year for which the school has set days, on these (of them, in
        the light form, as many as it has, evenly); in any other, spread over each period. One that counts
        from its start is in the same part of each year from there on."""
        dated = self.school.file.dates.get(intervention.id, ())
        halves, times = list(self.halves.values()), series.times
        if series.at == "start":
            halves = [h for h in halves if h.index >= start.index and h.part == start.part]
        if isinstance(times, str):
            times = self.library.programme.settings[times]
        days = [(half, date) for half in halves for date in sorted(dated) if half.holds(date)]
        set_years = {half.year for half, _ in days}
        if not fewer:
            yield from _on_days(days)
        for group in _periods(halves, series):
            if group[0].year not in set_years:
                yield from _spread(group, series, times)
            elif fewer:
                within = [(half, date) for half, date in days if half in group]
                count = min(times, len(within))
                yield from _on_days(
                    [within[number * len(within) // count] for number in range(count)]
                )

    def _take(
        self,
        form: Form,
        phase: Phase,
        half: Half,
        first: bool,
        effort: dict[tuple[str, int], int],
        cost: dict[tuple[str, int], float],
    ) -> None:
        """Adds what one half-term of a phase takes."""
        costs = self.library.costs
        for work in phase.effort:
            role = self.capacity.works(work.role, half)
            many = self._many(form, work.for_each)
            own = self.school.file.plan.effort.get(form.item.intervention.strand, 1)
            tenths = round((work.days + work.each * many) * own * EFFORT_STEP)
            if role is None:
                continue
            effort[role, half.index] = effort.get((role, half.index), 0) + tenths
            if fee := self.capacity.fee(role, tenths):
                _add(cost, costs.fee_kind, half.index, fee)
            if work.cover:
                _add(cost, costs.cover_kind, half.index, self.capacity.cover(role, tenths))
        if first:
            for cash in phase.cash:
                _add(
                    cost,
                    cash.kind,
                    half.index,
                    cash.pounds + cash.each * self._many(form, cash.for_each),
                )

    def _many(self, form: Form, of: ForEach | None) -> int:
        """Count how often `each` counts: for the targets, or for the steps begun of what the school has."""
        if of is None:
            return max(1, len(form.item.targets))
        found = self.counts.lookup(of.count)
        count = found.value if found is not None else None
        return of.steps(count if isinstance(count, int | float) else None)


def _periods(halves: Iterable[Half], series: Series) -> Iterable[list[Half]]:
    """The half-terms of each period of a series in which it may be."""
    periods: dict[str, list[Half]] = {}
    for half in halves:
        if not half.days or (series.parts and half.part not in series.parts):
            continue
        period = {"half-term": str(half.index), "term": half.term, "year": half.year}
        periods.setdefault(period[series.every], []).append(half)
    return periods.values()


def _on_days(days: Sequence[tuple[Half, datetime.date]]) -> Iterator[Visit]:
    """One time for each day that the school has set."""
    for half in dict.fromkeys(half for half, _ in days):
        inside = [date for where, date in days if where is half]
        for position, date in enumerate(inside):
            yield Visit(half, position, len(inside), date)


def _spread(group: Sequence[Half], series: Series, times: int) -> Iterator[Visit]:
    """So many times spread over a period, or as late in it as they can be."""
    size = len(group)
    shares = [
        group[
            -(-(number + 1) * size // times) - 1 if series.at == "end" else number * size // times
        ]
        for number in range(times)
    ]
    for half in group:
        for position in range(shares.count(half)):
            yield Visit(half, position, shares.count(half))


def _add(cost: dict[tuple[str, int], float], kind: str, index: int, pounds: float) -> None:
    cost[kind, index] = cost.get((kind, index), 0.0) + pounds


def _rounded(cost: Mapping[tuple[str, int], float]) -> dict[tuple[str, int], int]:
    """Whole pounds, never less than the sum."""
    return {key: -int(-pounds // 1) for key, pounds in cost.items() if pounds > 0.005}

"""Recommendations as a scheduling problem: phases laid over half-terms, people's time, money, deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .capacity import Capacity, Holders
from .dependencies import Dependencies
from .library import Library
from .readers.school import School
from .recommend import Advised, Recommendation
from .records.base import EFFORT_STEP
from .records.knowledge import Intervention, Phase
from .records.school import BudgetLine
from .schedule import Item, Placement, Problem
from .terms import Half, Slot, Timeline, financial_year

PEOPLE = "+"


@dataclass(frozen=True, slots=True)
class Visit:
    """One time of something that comes back: its half-term, and its place among those of the half-term."""

    half: Half
    position: int
    of: int


@dataclass(frozen=True, slots=True)
class Course:
    """One intervention from one start: which phase is in which half-term, and what each half-term takes."""

    phases: tuple[tuple[str, tuple[Half, ...]], ...]
    ready: Half
    effort: Mapping[tuple[str, int], int]
    """Tenths of a day by role and half-term."""
    cost: Mapping[tuple[str, int], int]
    """Pounds by kind of cost and half-term."""
    visits: tuple[Visit, ...] = ()


def pool_name(people: Holders) -> str:
    """The name of people whose time binds together."""
    return PEOPLE.join(sorted(people))


class Timetable:
    """Lays interventions over the slots of a school, and asks the scheduler's question."""

    def __init__(
        self, school: School, library: Library, capacity: Capacity, advised: Advised
    ) -> None:
        self.school, self.library, self.capacity, self.advised = school, library, capacity, advised
        self.time: Timeline = school.timeline
        planning, shaping = library.planning, advised.shaping
        self.planned_share = (
            shaping.planned_share[0] if shaping.planned_share else planning.planned_share
        )
        self.spend_share = shaping.spend_share[0] if shaping.spend_share else 1.0
        self.new_starts = shaping.new_starts[0] if shaping.new_starts else planning.new_starts
        self.lines: dict[str, BudgetLine] = {
            kind: line for line in school.file.money.lines for kind in line.pays_for
        }
        self._courses: dict[tuple[str, int], Course | None] = {}

    def deadline(self, name: str) -> int | None:
        """The last half-term (its index) in which an intervention may start; None when there is none."""
        found: list[int] = []
        for table in (self.advised.shaping.must, self.advised.shaping.start_by):
            if name in table:
                part = self._part(table[name][0])
                if part is not None:
                    found.append(part)
        for promise in self.school.file.must:
            if promise.intervention == name and promise.by:
                halves = [h.index for h in self.time.halves if h.starts <= promise.by]
                if halves:
                    found.append(halves[-1])
        return min(found) if found else None

    def must(self, name: str) -> bool:
        """Whether an intervention was promised, or a rule says it has to be there."""
        promised = {promise.intervention for promise in self.school.file.must}
        return name in promised or name in self.advised.shaping.must

    def _part(self, part: str) -> int | None:
        """The index of the first half-term with that part's name."""
        return next((half.index for half in self.time.halves if half.part == part), None)

    def course(self, item: Recommendation, start: Half) -> Course | None:
        """What an intervention takes when it begins in a half-term; None when what it is for would not
        be done before the plan ends."""
        key = (item.id, start.index)
        if key not in self._courses:
            series = item.intervention.series
            self._courses[key] = self._series(item) if series else self._once(item, start)
        return self._courses[key]

    def _once(self, item: Recommendation, start: Half) -> Course | None:
        halves = {half.index: half for half in self.time.halves}
        index = start.index
        phases: list[tuple[str, tuple[Half, ...]]] = []
        effort: dict[tuple[str, int], int] = {}
        cost: dict[tuple[str, int], float] = {}
        ready = start
        for name, phase in item.intervention.phases():
            inside = [halves[i] for i in range(index, index + phase.half_terms) if i in halves]
            if len(inside) < phase.half_terms and name != "sustain":
                return None
            if inside:
                phases.append((name, tuple(inside)))
                if name == item.intervention.ready_after:
                    ready = inside[-1]
            elif name == item.intervention.ready_after:
                return None
            for position, half in enumerate(inside):
                self._take(item, phase, half, 1, position == 0, effort, cost)
            index += phase.half_terms
        return Course(tuple(phases), ready, effort, _rounded(cost))

    def _series(self, item: Recommendation) -> Course:
        effort: dict[tuple[str, int], int] = {}
        cost: dict[tuple[str, int], float] = {}
        visits = tuple(self._visits(item.intervention))
        for visit in visits:
            self._take(item, item.intervention.deliver, visit.half, 1, True, effort, cost)
        halves = tuple(dict.fromkeys(visit.half for visit in visits)) or self.time.halves[:1]
        return Course((("deliver", halves),), halves[0], effort, _rounded(cost), visits)

    def _visits(self, intervention: Intervention) -> Iterator[Visit]:
        series = intervention.series
        assert series is not None
        times = series.times
        if isinstance(times, str):
            times = self.library.programme.settings[times]
        dated = self.school.file.dates.get(intervention.id)
        if dated:
            for half in self.time.halves:
                inside = [date for date in dated if half.starts <= date <= half.ends]
                for position in range(len(inside)):
                    yield Visit(half, position, len(inside))
            return
        periods: dict[str, list[Half]] = {}
        for half in self.time.halves:
            if series.parts and half.part not in series.parts:
                continue
            period = {"half-term": str(half.index), "term": half.term, "year": half.year}
            periods.setdefault(period[series.every], []).append(half)
        for group in periods.values():
            shares = [group[number * len(group) // times] for number in range(times)]
            for half in group:
                for position in range(shares.count(half)):
                    yield Visit(half, position, shares.count(half))

    def _take(
        self,
        item: Recommendation,
        phase: Phase,
        half: Half,
        times: int,
        first: bool,
        effort: dict[tuple[str, int], int],
        cost: dict[tuple[str, int], float],
    ) -> None:
        """Adds what one half-term of a phase takes."""
        targets = max(1, len(item.targets))
        for work in phase.effort:
            role = self.capacity.role(work.role)
            tenths = round((work.days + work.each * targets) * EFFORT_STEP) * times
            if role is None:
                continue
            effort[role, half.index] = effort.get((role, half.index), 0) + tenths
            fee = self.capacity.fee(role, tenths)
            if fee:
                _add(cost, self.library.costs.fee_kind, half.index, fee)
            if work.cover:
                _add(
                    cost,
                    self.library.costs.cover_kind,
                    half.index,
                    self.capacity.cover(role, tenths),
                )
        if first:
            for cash in phase.cash:
                _add(cost, cash.kind, half.index, cash.pounds + cash.each * targets)

    def unstaffed(self, intervention: Intervention) -> str | None:
        """Which roles it needs that nobody here holds or can stand in for, in words; None when staffed."""
        roles = [work.role for _, phase in intervention.phases() for work in phase.effort]
        for role in dict.fromkeys([intervention.lead, *roles]):
            if self.capacity.role(role) is None:
                title = self.library.roles[role].title
                return f"Nobody here is or can stand in for: {title}."
        return None

    def account(self, kind: str, half: Half) -> str | None:
        """The account (line and year) that pays for a kind of cost in a half-term."""
        line = self.lines.get(kind)
        if line is None:
            return None
        return f"{line.id}|{_year(line, half)}"

    def accounts(self) -> dict[str, int]:
        """What each account may spend on the plan, in pounds: a year that is not given has nothing."""
        found: dict[str, int] = {}
        for line in self.school.file.money.lines:
            for half in self.time.halves:
                year = _year(line, half)
                found[f"{line.id}|{year}"] = int(line.amounts.get(year, 0) * self.spend_share)
        return found

    def _placements(self, item: Recommendation) -> Iterator[Placement]:
        latest = self.deadline(item.id)
        shaping, intervention = self.advised.shaping, item.intervention
        earliest = 0
        if item.id in shaping.not_before:
            earliest = self._part(shaping.not_before[item.id][0]) or 0
        for slot in self.time.slots:
            half = slot.halves[0]
            if intervention.series and slot.index:
                return
            if latest is not None and half.index > latest:
                return
            if half.index < earliest:
                continue
            if intervention.starts_in and half.part not in intervention.starts_in:
                continue
            course = self.course(item, half)
            if course is not None:
                yield self._placement(item, slot.index, course)

    def _placement(self, item: Recommendation, start: int, course: Course) -> Placement:
        load: dict[tuple[str, int], int] = {}
        for (role, index), tenths in course.effort.items():
            slot = self.time.slot_of_half(index)
            holders = self.capacity.holders(role)
            if slot is None:
                continue
            for name, people in self.pools.items():
                if holders <= people:
                    load[name, slot] = load.get((name, slot), 0) + tenths
        cost: dict[str, int] = {}
        halves = {half.index: half for half in self.time.halves}
        for (kind, index), pounds in course.cost.items():
            account = self.account(kind, halves[index]) or f"{kind}|"
            cost[account] = cost.get(account, 0) + pounds
        last = course.phases[-1][1][-1]
        ready = self.time.slot_of_half(course.ready.index)
        end = self.time.slot_of_half(last.index)
        assert ready is not None and end is not None
        return Placement(
            start=start,
            end=end,
            ready=ready,
            value=self._value(item, course),
            load={key: amount for key, amount in sorted(load.items()) if amount},
            cost={key: amount for key, amount in sorted(cost.items()) if amount},
        )

    def _value(self, item: Recommendation, course: Course) -> int:
        """Points for being in the plan, and for each half-term in which it can bear fruit."""
        planning, length = self.library.planning, len(self.time.halves)
        benefit = max(0, length - 1 - (course.ready.index - self.time.halves[0].index))
        steep = (
            planning.progress_earliness
            if item.id in self.advised.shaping.forward
            else planning.earliness
        )
        return max(0, item.score) * (planning.inclusion * length + steep * benefit)

    def planned(self, people: Holders, slot: Slot) -> tuple[int, int]:
        """The time people stated for a slot, and what of it may be planned; in tenths of a day."""
        stated = sum(self.capacity.time(people, half) for half in slot.halves)
        return stated, int(stated * self.planned_share + 1e-9)

    def problem(self, items: Mapping[str, Recommendation], dependencies: Dependencies) -> Problem:
        """The scheduler's question for these items."""
        roles: set[str] = set()
        for name in dependencies.names:
            for _, phase in items[name].intervention.phases():
                roles |= {self.capacity.role(work.role) or "" for work in phase.effort}
        self.pools = {
            pool_name(people): people for people in self.capacity.pools(sorted(roles - {""}))
        }
        capacity: dict[tuple[str, int], int] = {}
        for name, people in self.pools.items():
            for slot in self.time.slots:
                capacity[name, slot.index] = self.planned(people, slot)[1]
        budget = self.accounts()
        unpaid = {kind.id for kind in self.library.costs.kinds} - set(self.lines)
        budget.update({f"{kind}|": 0 for kind in sorted(unpaid)})
        alternatives: dict[str, list[str]] = {}
        pairs: set[tuple[str, ...]] = set()
        for name in dependencies.names:
            intervention = items[name].intervention
            if intervention.alternative:
                alternatives.setdefault(intervention.alternative, []).append(name)
            for other in intervention.excludes:
                if other in dependencies.names:
                    pairs.add(tuple(sorted((name, other))))
        groups = [tuple(sorted(group)) for group in alternatives.values() if len(group) > 1]
        return Problem(
            slots=len(self.time.slots),
            items=tuple(
                Item(
                    id=name,
                    placements=tuple(self._placements(items[name])),
                    must=self.must(name),
                    change=0
                    if items[name].intervention.series
                    else items[name].intervention.change,
                )
                for name in sorted(dependencies.names)
            ),
            requires=dependencies.requires,
            requires_any=dependencies.requires_any,
            follows=dependencies.helped,
            at_most_one=tuple(sorted([*groups, *pairs])),
            capacity=capacity,
            budget=budget,
            starts=tuple(self.new_starts * len(slot.halves) for slot in self.time.slots),
            smooth_above=self.library.planning.smooth_above,
            allowance=self.library.planning.value_allowance,
            effort=self.library.planning.effort_limit,
        )


def _year(line: BudgetLine, half: Half) -> str:
    """The year of a budget line that a half-term falls in."""
    return half.year if line.year == "academic" else financial_year(half.starts)


def _add(cost: dict[tuple[str, int], float], kind: str, index: int, pounds: float) -> None:
    cost[kind, index] = cost.get((kind, index), 0.0) + pounds


def _rounded(cost: Mapping[tuple[str, int], float]) -> dict[tuple[str, int], int]:
    """Whole pounds, never less than the sum."""
    return {key: -int(-pounds // 1) for key, pounds in cost.items() if pounds > 0.005}

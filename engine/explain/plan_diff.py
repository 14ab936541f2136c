"""Why a step stands otherwise in one plan than in another: what is in its way in the one and not in the
other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..advise import Advice
from ..planning import MOST_TOLD, NEW
from ..scheduling import Blocker, Placement, blockers
from .phrases import plan_differences as phrases
from .scenario import DifferenceReason, Kind

_DATES = ("earliest", "latest", "pinned")
_ROOM = ("capacity", "budget", "attention")
_Cause = tuple[int, str]
"""By how much something differs, in the unit of a blocker, and what does, in words; 0 of what has none."""


class PlanDiff:
    """Today's plan beside another of the same school."""

    def __init__(self, was: Advice, now: Advice) -> None:
        self.was, self.now = was, now
        self.steps = {id(one): {step.id: step for step in one.plan.steps} for one in (was, now)}

    def why(self, name: str) -> Iterator[DifferenceReason]:
        """Why a step stands otherwise: what keeps it now from where it is today, else what kept it today
        from where it is now; where nothing does, what needs it and what it is worth."""
        found = self._kept(name, self.now, self.was) or self._kept(name, self.was, self.now)
        if found is not None:
            yield found
        else:
            yield from [*self._needed(name), *self._worth(name)] or [self._choice(name)]

    # --- what is in the way in one plan and not in the other

    def _kept(self, name: str, here: Advice, there: Advice) -> DifferenceReason | None:
        """Give what keeps a step here from where it stands there, as far as it is otherwise there: what
        was stated or set before what other steps take. None where nothing does."""
        form = there.reasons.planned.get(name)
        if form is None or name not in here.dependencies.names:
            return None
        stands = there.solution.chosen[form]
        slot = there.reasons.slots[stands.start]
        head = self._head(name, form, slot.title, here)
        place = _place(here, form, slot.id)
        if place is None:
            if form not in here.problem.by_id:
                return None
            outside = all(one.id != slot.id for one in here.reasons.slots)
            return DifferenceReason(kind="date", words=phrases.no_such_place(head, outside))
        timetable = here.reasons.timetable
        chosen = {
            other: one
            for other, one in here.solution.chosen.items()
            if timetable.name(other) != name
        }
        rest = replace(here.solution, chosen=chosen)
        found: list[tuple[bool, DifferenceReason]] = []
        for blocker in blockers(here.problem, rest, form, place):
            stated = list(self._stated(blocker, place, stands, here, there))
            others = list(self._others(name, blocker, place, stands, here, there))
            if stated or others:
                what = here.reasons.phrases.blocker(replace(blocker, users=()))
                told = _enough([*stated, *others], blocker.wanted - blocker.left)
                room = blocker.kind in _ROOM
                words = phrases.kept(head, what, told, today=here is self.was, room=room)
                found.append((not stated, DifferenceReason(kind=_kind(blocker), words=words)))
        return min(found, key=lambda one: one[0])[1] if found else None

    def _head(self, name: str, form: str, when: str, here: Advice) -> str:
        """Say what is not possible here, as the beginning of a sentence."""
        own, today = here.reasons.planned.get(name), here is self.was
        if own is None:
            return phrases.not_in(when, today)
        there = self.now if today else self.was
        if here.reasons.slots[here.solution.chosen[own].start].title == when:
            kinds = [one.reasons.timetable.forms for one in (here, there)]
            for_all = kinds[0][own].kind == "rest"
            return phrases.not_so(None if for_all else kinds[1][form].kind, today)
        return phrases.not_starting(when, today)

    def _stated(
        self, blocker: Blocker, place: Placement, stands: Placement, here: Advice, there: Advice
    ) -> Iterator[_Cause]:
        """Say what there is more of there, or the step itself needs less of, or is set
        otherwise."""
        timetable, other, name = here.reasons.timetable, there.reasons.timetable, blocker.name
        if blocker.kind == "capacity":
            slot = here.reasons.slots[blocker.slot or 0]
            twin = next((one for one in there.reasons.slots if one.id == slot.id), None)
            people = timetable.pools[name]
            if twin and people <= other.capacity.workers.keys():
                had, have = timetable.planned(people, slot)[1], other.planned(people, twin)[1]
                if have > had:
                    yield have - had, phrases.time(*self._now_and_today(had, have, here))
            load = stands.load.get((name, twin.index)) if twin and name in other.pools else None
            if load is not None and load < blocker.wanted:
                both = self._now_and_today(blocker.wanted, load, here)
                yield blocker.wanted - load, phrases.takes_days(*both)
        elif blocker.kind == "budget":
            yield from self._money(blocker, stands, here, there)
        elif blocker.kind == "attention":
            had = here.problem.attention[name, place.start]
            most = there.problem.attention.get((name, stands.start))
            if most is not None and most > had:
                both = self._now_and_today(had, most, here)
                yield most - had, phrases.starts_at_most(*both, of_change=name == NEW)
        elif blocker.kind in _DATES:
            item = there.problem.item(there.reasons.planned[timetable.name(name)])
            date, slots = getattr(item, blocker.kind), there.reasons.slots
            if date is None:
                yield 0, phrases.NO_DATE
            elif 0 <= date < len(slots) and date != blocker.slot:
                yield 0, slots[date].title

    def _money(
        self, blocker: Blocker, stands: Placement, here: Advice, there: Advice
    ) -> Iterator[_Cause]:
        """Say what is in the lines that may pay for it, and what it costs, in pounds."""
        funds, other = here.reasons.timetable.funds, there.reasons.timetable.funds
        claims = [one.claims.get(blocker.name) for one in (funds, other)]
        accounts = {account for claim in claims if claim for account in claim.accounts}
        for account in sorted(accounts):
            had, have = funds.limits.get(account, 0), other.limits.get(account, 0)
            if have > had:
                title = there.reasons.phrases.account(account)
                yield have - had, phrases.money(title, *self._now_and_today(had, have, here))
        cost = stands.cost.get(blocker.name)
        if cost is not None and cost < blocker.wanted:
            both = self._now_and_today(blocker.wanted, cost, here)
            yield blocker.wanted - cost, phrases.costs(*both)

    def _now_and_today(self, here: int, there: int, advice: Advice) -> tuple[int, int]:
        """Give a figure of the plan `here` and that of the other as the one now and the one today."""
        return (there, here) if advice is self.was else (here, there)

    def _others(
        self,
        name: str,
        blocker: Blocker,
        place: Placement,
        stands: Placement,
        here: Advice,
        there: Advice,
    ) -> Iterator[_Cause]:
        """Where the other steps stand there that are in its way here, those that take most first."""
        if blocker.kind in _DATES:
            return
        if blocker.kind not in _ROOM:
            other = here.reasons.timetable.name(blocker.name)
            if self._differs(other):
                stands_there = self._stands(there, other, blocker.kind in ("needs", "before"))
                yield 0, phrases.it(stands_there)
            else:
                yield 0, phrases.INDEPENDENT
            return
        slot = stands.start + (blocker.slot or 0) - place.start
        takes = _takes(here, blocker, blocker.slot)
        took = _takes(there, blocker, slot if blocker.slot is not None else None)
        for other in sorted(takes, key=lambda other: (-takes[other], other)):
            if other == name or not takes[other]:
                continue
            less = takes[other] - took.get(other, 0)
            if self._differs(other):
                yield less, self._both(other)
            elif less > 0:
                title = self.now.library.intervention(other).title
                yield less, phrases.takes_otherwise(title, more=here is self.now)

    # --- where something stands

    def _differs(self, name: str) -> bool:
        """Tell whether something stands otherwise in the one plan than in the other."""
        found = []
        for advice in (self.was, self.now):
            step = self.steps[id(advice)].get(name)
            form = advice.reasons.planned.get(name)
            found.append(step and (form, step.starts, step.ends, step.ready, step.target.ids))
        return found[0] != found[1]

    def _stands(self, advice: Advice, name: str, ready: bool) -> str:
        """Where something stands in a plan, or when it is ready there, to follow its title."""
        step = self.steps[id(advice)].get(name)
        if step is None:
            return phrases.not_there(name in advice.recommendations.in_place)
        slots = {slot.id: slot.title for slot in advice.reasons.slots}
        return phrases.ready(slots[step.ready]) if ready else phrases.starts(slots[step.starts])

    def _both(self, name: str) -> str:
        """Where something stands now and today, in words, as far as that differs."""
        title = self.now.library.intervention(name).title
        was, now = (self.steps[id(one)].get(name) for one in (self.was, self.now))
        if was and now and was.starts == now.starts:
            if was.target.ids != now.target.ids:
                return phrases.is_for(title, now.target.words, was.target.words)
            if was.form != now.form:
                return phrases.planned(title, now.form, was.form)
            today, then = (self._stands(one, name, True) for one in (self.was, self.now))
            return phrases.stands(title, then, today)
        today, then = (self._stands(one, name, False) for one in (self.was, self.now))
        light = now is not None and now.form == "light" and not (was and was.form == "light")
        return phrases.stands(title, then, today, light)

    # --- what else may tell them apart

    def _needed(self, name: str) -> Iterator[DifferenceReason]:
        """Give what needs it and has come in, or has gone."""
        before, after = (self.steps[id(one)] for one in (self.was, self.now))
        if name in before and name in after:
            return
        step, others = (after[name], before) if name in after else (before[name], after)
        for other in step.enables:
            if other not in others:
                title = self.now.library.intervention(other).title
                yield DifferenceReason(kind="needed", words=phrases.needed(title, name in after))

    def _worth(self, name: str) -> Iterator[DifferenceReason]:
        """Give what it is worth in one place, in points, where that differs."""
        for one in (self.now, self.was):
            form = one.reasons.planned.get(name)
            if form is None:
                continue
            slot = one.reasons.slots[one.solution.chosen[form].start]
            was, now = (_place(other, form, slot.id) for other in (self.was, self.now))
            if was and now and was.value != now.value:
                words = phrases.worth(slot.title, now.value > was.value)
                yield DifferenceReason(kind="value", words=words)
                return

    def _choice(self, name: str) -> DifferenceReason:
        """Give what is left to say where nothing keeps it from either place in either plan."""
        before, after = (one.reasons.planned.get(name) for one in (self.was, self.now))
        if before and after:
            start = self.was.reasons.slots[self.was.solution.chosen[before].start].id
            old, new = _place(self.now, after, start), self.now.solution.chosen[after]
            more = new.value - (old.value if old else new.value)
            words = phrases.both_open(more)
        elif name not in (self.was if after else self.now).dependencies.names:
            return DifferenceReason(kind="needed", words=phrases.nothing_asks(bool(after)))
        else:
            words = phrases.would_fit(bool(after))
        return DifferenceReason(kind="choice", words=words)


def _place(advice: Advice, form: str, slot: str) -> Placement | None:
    """Give how a form would stand in a slot of a plan, by its id; None where it can't."""
    index = next((one.index for one in advice.reasons.slots if one.id == slot), None)
    item = advice.problem.by_id.get(form)
    places = item.placements if item else ()
    return next((place for place in places if place.start == index), None)


def _takes(advice: Advice, blocker: Blocker, slot: int | None) -> dict[str, int]:
    """Give how much each step takes of what a blocker is short of; `slot` is its slot in this
    plan."""
    found: dict[str, int] = {}
    for form, one in advice.solution.chosen.items():
        if blocker.kind == "capacity":
            taken = one.load.get((blocker.name, slot or 0), 0)
        elif blocker.kind == "budget":
            taken = one.cost.get(blocker.name, 0)
        else:
            begins = advice.problem.item(form).attention if one.start == slot else {}
            taken = begins.get(blocker.name, 0)
        found[advice.reasons.timetable.name(form)] = taken
    return found


def _enough(causes: Iterable[_Cause], short: int) -> list[str]:
    """Give the first causes that together make up for what is short, in the unit of the blocker: at most so
    many as are told, and one where none makes up for anything."""
    told: list[str] = []
    for much, words in causes:
        told.append(words)
        short -= much
        if short <= 0 or len(told) == MOST_TOLD:
            break
    return told


def _kind(blocker: Blocker) -> Kind:
    if blocker.kind in _ROOM:
        return "room"
    return "date" if blocker.kind in _DATES else "order"

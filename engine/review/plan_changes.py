"""What is otherwise in a plan than in the one before it: step by step, with the reasons both give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..core import TermwiseError
from ..planning import FOR_SOME, BudgetUse, Plan, Priority, SlotRef, Step
from . import phrases
from .model import (
    FigureChange,
    IssuedPlan,
    LineChange,
    Pack,
    PlanChanges,
    PlanRef,
    PriorityChange,
    PurchaseChange,
    StepChange,
    StepPlace,
    TimeChange,
)

_LEAST = 0.05
"""Days that differ by less are the same."""


def diff(old: Plan | IssuedPlan, new: Plan | IssuedPlan) -> PlanChanges:
    """Hold a plan against the one before it, each issued or not: what is kept, moved, new and dropped.

    The reasons are those that the plans themselves give. Raises TermwiseError where they are plans of two
    schools.
    """
    return _Changes(old, new).record()


class _Changes:
    def __init__(self, old: Plan | IssuedPlan, new: Plan | IssuedPlan) -> None:
        self.refs = _ref(old), _ref(new)
        self.packs = (
            packs_between(old.packs, new.packs)
            if isinstance(old, IssuedPlan) and isinstance(new, IssuedPlan)
            else None
        )
        self.old, self.new = _plan(old), _plan(new)
        if self.old.school.id != self.new.school.id:
            raise TermwiseError(phrases.other_school(self.old.school.name, self.new.school.name))
        self.was = {step.id: step for step in self.old.steps}
        self.now = {step.id: step for step in self.new.steps}
        self.slots = {slot.id: slot for plan in (self.old, self.new) for slot in _slots(plan)}

    def record(self) -> PlanChanges:
        kept, moved = [], []
        for name, step in self.now.items():
            before = self.was.get(name)
            if before is None:
                continue
            change = self._change(before, step)
            if before.begins == step.begins:
                kept.append(change)
            else:
                because = tuple(self._why_moved(before, step))
                moved.append(change.model_copy(update={"because": because}))
        new = [
            self._change(None, step, self._why_new(step))
            for name, step in self.now.items()
            if name not in self.was
        ]
        dropped = [
            self._change(step, None, self._why_dropped(step))
            for name, step in self.was.items()
            if name not in self.now
        ]
        return PlanChanges(
            school=self.new.school,
            since=self.refs[0],
            now=self.refs[1],
            kept=tuple(kept),
            moved=tuple(moved),
            new=tuple(new),
            dropped=tuple(dropped),
            money=tuple(_money(self.old.budget, self.new.budget)),
            bought=tuple(self._bought()),
            time=tuple(_time(self.old, self.new)),
            priorities=tuple(self._priorities()),
            figures=tuple(_figures(self.old, self.new)),
            files=_files(self.old, self.new),
            packs=self.packs,
        )

    # --- steps

    def _change(
        self, old: Step | None, new: Step | None, because: Iterable[str] = ()
    ) -> StepChange:
        step = new or old
        assert step is not None
        was, now = (self._place(one) if one else None for one in (old, new))
        return StepChange.model_validate(
            {
                "step": step.id,
                "title": step.title,
                "from": was,
                "to": now,
                "otherwise": tuple(_otherwise(was, now)) if was and now else (),
                "because": tuple(because),
            }
        )

    def _place(self, step: Step) -> StepPlace:
        return StepPlace(
            slot=step.begins,
            title=self._title(step.begins),
            ends=self._title(step.finishes),
            lead=step.lead.title,
            form=step.form,
            target=step.target.words,
            days=round(sum(one.days for one in step.effort), 1),
            pounds=sum(one.pounds for one in step.cost),
        )

    def _title(self, slot: str) -> str:
        return self.slots[slot].title if slot in self.slots else slot

    def _why_moved(self, old: Step, new: Step) -> list[str]:
        """Give what a step builds on that is ready at another time, and what one plan says of its place and
        the other doesn't."""
        told = list(self._built_on(old, new))
        later = self.slots[new.begins].starts > self.slots[old.begins].starts
        if later:
            told += [one for one in new.why_here if one not in old.why_here]
        else:
            told += [phrases.no_longer(one) for one in old.why_here if one not in new.why_here]
        return told or [phrases.NOTHING_KEEPS_IT]

    def _built_on(self, old: Step, new: Step) -> Iterator[str]:
        for name in new.needs:
            was, now = self.was.get(name), self.now.get(name)
            if now and not was:
                yield phrases.builds_on(now.title)
            elif now and was and now.ready != was.ready:
                ready = self._title(now.ready), self._title(was.ready)
                yield phrases.ready_otherwise(now.title, *ready)

    def _why_new(self, step: Step) -> list[str]:
        told = [one.words for one in step.because] or [
            phrases.needed_by(self.now[name].title) for name in step.enables if name in self.now
        ]
        left_out = [
            one.reason for one in self.old.left_out if one.intervention == step.intervention
        ]
        told += [phrases.was_left_out(left_out[0])] if left_out else [phrases.WAS_NOT_ASKED]
        return list(dict.fromkeys(told))

    def _why_dropped(self, step: Step) -> list[str]:
        told = [
            phrases.needed_it(self.was[name].title)
            for name in step.needs
            if name in self.was
            and name not in self.now
            and self.was[name].title not in self.new.in_place
        ]
        left_out = [one for one in self.new.left_out if one.intervention == step.intervention]
        whole = [one.reason for one in left_out if one.kind not in FOR_SOME]
        told += whole or ([] if told else [one.reason for one in left_out])
        if told:
            return list(dict.fromkeys(told))
        if step.title in self.new.in_place:
            return [phrases.IN_PLACE]
        asked = (phrases.not_asked(one.words) for one in step.because)
        return list(dict.fromkeys(asked)) or [phrases.NOT_ASKED]

    # --- time that is bought

    def _bought(self) -> Iterator[PurchaseChange]:
        was, now = (
            {(one.sold, one.people, one.slot, one.line, one.year): one for one in plan.purchases}
            for plan in (self.old, self.new)
        )
        titles = {use.line: use.title for plan in (self.old, self.new) for use in plan.budget}
        steps = {step.id: step.title for step in (*self.was.values(), *self.now.values())}
        for key in dict.fromkeys([*now, *was]):
            before, after = was.get(key), now.get(key)
            sums = [one.pounds if one else 0 for one in (before, after)]
            one = after or before
            if one and sums[0] != sums[1]:
                yield PurchaseChange.model_validate(
                    {
                        "what": one.what,
                        "slot": one.slot,
                        "title": self._title(one.slot),
                        "line": titles.get(one.line, one.line),
                        "year": one.year,
                        "was": sums[0],
                        "now": sums[1],
                        "for": [steps.get(name, name) for name in one.for_],
                    }
                )

    # --- priorities

    def _priorities(self) -> Iterator[PriorityChange]:
        was = {one.id: one for one in self.old.priorities}
        now = {one.id: one for one in self.new.priorities}
        for name in dict.fromkeys([*now, *was]):
            before, after = was.get(name), now.get(name)
            if before and after:
                words = tuple(self._differs(before, after))
                kind = "changed" if words else "kept"
            else:
                words, kind = (), "new" if after else "gone"
            title = (after or before or self.new.priorities[0]).title
            yield PriorityChange.model_validate(
                {"priority": name, "title": title, "kind": kind, "words": words}
            )

    def _differs(self, old: Priority, new: Priority) -> Iterator[str]:
        for what, was, now in (
            ("rank", old.rank, new.rank),
            ("judged", old.judgement, new.judgement),
            ("to become", old.target, new.target),
            ("by", old.by, new.by),
            ("led by", old.lead, new.lead),
        ):
            if was != now:
                yield phrases.from_to(what, was, now)
        added = [self.now[one].title for one in new.covered_by if one not in old.covered_by]
        gone = [self.was[one].title for one in old.covered_by if one not in new.covered_by]
        yield from phrases.steps_for(added, gone)


def _plan(one: Plan | IssuedPlan) -> Plan:
    return one.plan if isinstance(one, IssuedPlan) else one


def _ref(one: Plan | IssuedPlan) -> PlanRef:
    plan = _plan(one)
    issued = one.issued if isinstance(one, IssuedPlan) else None
    return PlanRef(issued=issued, starts=plan.starts, ends=plan.ends, steps=len(plan.steps))


def _slots(plan: Plan) -> Iterator[SlotRef]:
    for term in plan.terms:
        yield from term.slots


def _otherwise(was: StepPlace, now: StepPlace) -> Iterator[str]:
    """Say what differs beside the start."""
    if was.ends != now.ends:
        yield phrases.ends_otherwise(now.ends, was.ends)
    if was.lead != now.lead:
        yield phrases.led_otherwise(now.lead, was.lead)
    if was.form != now.form:
        yield phrases.in_form(now.form)
    if was.target != now.target:
        yield phrases.for_others(now.target, was.target)
    if abs(was.days - now.days) >= _LEAST:
        yield phrases.takes(_days(now.days), _days(was.days))
    if was.pounds != now.pounds:
        yield phrases.costs(f"£{now.pounds:,}", f"£{was.pounds:,}")


def _days(value: float) -> str:
    return f"{value:g} {'day' if value == 1 else 'days'}"


def _money(old: Iterable[BudgetUse], new: Iterable[BudgetUse]) -> Iterator[LineChange]:
    was = {(one.line, one.year): one for one in old}
    now = {(one.line, one.year): one for one in new}
    for key in dict.fromkeys([*now, *was]):
        line, year = key
        sums = [uses[key].planned if key in uses else 0 for uses in (was, now)]
        if sums[0] != sums[1]:
            title = (now.get(key) or was[key]).title
            yield LineChange(line=line, title=title, year=year, was=sums[0], now=sums[1])


def _time(old: Plan, new: Plan) -> Iterator[TimeChange]:
    """Yield the roles whose days, used or planned, differ in all."""
    titles: dict[str, str] = {}
    days: list[dict[str, float]] = []
    for plan in (old, new):
        found: dict[str, float] = defaultdict(float)
        for one in plan.load:
            if one.kind == "role":
                titles[one.role] = one.title
                found[one.role] += one.used
        days.append(found)
    for role, title in sorted(titles.items()):
        was, now = (round(found.get(role, 0), 1) for found in days)
        if abs(was - now) >= _LEAST:
            yield TimeChange(role=role, title=title, was=was, now=now)


def _figures(old: Plan, new: Plan) -> Iterator[FigureChange]:
    """Yield the figures that stand otherwise: of other value, or of another time."""
    was = {(one.indicator, one.about): one for one in old.outcomes}
    now = {(one.indicator, one.about): one for one in new.outcomes}
    for key in dict.fromkeys([*now, *was]):
        before, after = was.get(key), now.get(key)
        values = [(one.now.value, one.now.point) if one else None for one in (before, after)]
        one = after or before
        if one and values[0] != values[1]:
            yield FigureChange(
                title=one.title,
                indicator=one.indicator,
                about=one.about,
                was=before.now if before else None,
                now=after.now if after else None,
            )


def _files(old: Plan, new: Plan) -> tuple[str, ...]:
    was, now = ({one.file: one.sha256 for one in plan.inputs} for plan in (old, new))
    return tuple(name for name in dict.fromkeys([*was, *now]) if was.get(name) != now.get(name))


def packs_between(old: Iterable[Pack], new: Iterable[Pack]) -> tuple[str, ...]:
    """Name the packs of rules and knowledge whose files differ, or that came or went."""
    was, now = ({one.name: one.sha256 for one in packs} for packs in (old, new))
    return tuple(name for name in dict.fromkeys([*was, *now]) if was.get(name) != now.get(name))


__all__ = ["diff", "packs_between"]

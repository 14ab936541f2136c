"""Where everything in a plan stands on a day: what is overdue and due, each step, each lead, each priority."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from ..library import Library
from ..planning import Plan, SlotRef, Step
from . import phrases
from .model import (
    DueItem,
    IssuedPlan,
    MilestoneProgress,
    ProgressEntry,
    ProgressGroup,
    ProgressReport,
    StepProgress,
)
from .progress_file import written_of

_OVER = ("done", "stopped", "waiting")
"""What nothing falls due of any more, or for now."""


def progress(
    issued: IssuedPlan,
    entries: Iterable[ProgressEntry],
    library: Library,
    on: datetime.date,
) -> ProgressReport:
    """Tell where each step of a plan stands on a day, by what was written down until then."""
    return _Report(issued, written_of(issued, entries, on), library, on).record()


class _Report:
    def __init__(
        self,
        issued: IssuedPlan,
        entries: Sequence[ProgressEntry],
        library: Library,
        on: datetime.date,
    ) -> None:
        self.issued, self.on, self.words = issued, on, library.progress
        self.plan: Plan = issued.plan
        self.roles = {role.id: role.title for role in library.roles.values()}
        self.slots: dict[str, SlotRef] = {
            slot.id: slot for term in self.plan.terms for slot in term.slots
        }
        self.entries: dict[str, list[ProgressEntry]] = {}
        for one in sorted(entries, key=lambda entry: entry.date):
            self.entries.setdefault(one.step, []).append(one)

    def record(self) -> ProgressReport:
        steps = tuple(self._step(step) for step in self.plan.steps)
        items = [item for step in steps for item in self._due(step)]
        items.sort(key=lambda item: (item.date, item.step))
        soon = self.on + datetime.timedelta(days=self.words.due_days)
        overdue = tuple(item for item in items if item.date < self.on)
        by_lead = [
            _group(name, name, [one for one in steps if one.lead == name], overdue)
            for name in dict.fromkeys(step.lead for step in steps)
        ]
        priorities = {one.id: one.title for one in self.plan.priorities}
        return ProgressReport(
            school=self.plan.school,
            issued=self.issued.issued,
            on=self.on,
            notice=self.words.of_progress,
            overdue=overdue,
            due=tuple(item for item in items if self.on <= item.date <= soon),
            due_days=self.words.due_days,
            steps=steps,
            by_lead=tuple(sorted(by_lead, key=lambda group: -group.overdue)),
            by_priority=tuple(self._by_priority(priorities, steps, overdue)),
            total=_group("", phrases.EVERYTHING, steps, overdue),
        )

    def _by_priority(
        self,
        priorities: dict[str, str],
        steps: Sequence[StepProgress],
        overdue: Sequence[DueItem],
    ) -> Iterator[ProgressGroup]:
        for name, title in priorities.items():
            yield _group(name, title, [one for one in steps if name in one.priorities], overdue)
        others = [one for one in steps if not set(one.priorities) & priorities.keys()]
        if others:
            yield _group("", phrases.OF_NO_PRIORITY, others, overdue)

    def _step(self, step: Step) -> StepProgress:
        told = self.entries.get(step.id, [])
        last = told[-1] if told else None
        statuses = {one.id: one for one in self.words.statuses}
        ratings = {one.id: one.title for one in self.words.ratings}
        status = statuses.get(last.status) if last else None
        starts, starts_by, ends = _days(step, self.slots)
        return StepProgress(
            step=step.id,
            title=step.title,
            lead=step.lead.title,
            priorities=step.serves or step.priorities,
            starts=starts,
            starts_by=starts_by,
            ends=ends,
            means=status.means if status else None,
            status=status.title if status else phrases.NOT_SAID,
            rag=next((ratings.get(one.rag) for one in reversed(told) if one.rag), None),
            said=last.date if last else None,
            by=self.roles.get(last.by, last.by) if last else None,
            note=last.note if last else None,
            evidence=last.evidence if last else None,
            days_planned=round(sum(one.days for one in step.effort), 1),
            days_used=next((one.days for one in reversed(told) if one.days is not None), None),
            days_left=last.days_left if last else None,
            pounds_planned=sum(one.pounds for one in step.cost),
            pounds_used=next((o.pounds for o in reversed(told) if o.pounds is not None), None),
            milestones=tuple(
                MilestoneProgress(
                    number=number,
                    what=one.what,
                    due=one.due,
                    met=next((said.date for said in told if number in said.met), None),
                )
                for number, one in enumerate(step.milestones, start=1)
            ),
            next=last.next if last else None,
        )

    def _due(self, step: StepProgress) -> Iterator[DueItem]:
        """Yield what of a step falls due some day, as far as it is not met."""
        if step.means not in _OVER:
            begun = step.means == "running"
            starts, ends = (self._slot(day) for day in (step.starts, step.ends))
            if not begun:  # it may begin on any day of its first half-term
                day = step.starts if step.starts >= self.on else step.starts_by
                yield self._item(step, day, "start", phrases.to_begin(starts))
            for one in step.milestones:
                if not one.met:
                    yield self._item(step, one.due, "milestone", one.what)
            yield self._item(step, step.ends, "end", phrases.to_end(ends))
        if step.next and step.means not in ("done", "stopped"):
            yield self._item(step, step.next, "next", phrases.LOOKED_AT)

    def _item(self, step: StepProgress, date: datetime.date, kind: str, what: str) -> DueItem:
        return DueItem.model_validate(
            {
                "date": date,
                "kind": kind,
                "what": what,
                "step": step.step,
                "title": step.title,
                "lead": step.lead,
            }
        )

    def _slot(self, day: datetime.date) -> str:
        return next(
            (one.title for one in self.slots.values() if one.starts <= day <= one.ends), str(day)
        )


def _days(
    step: Step, slots: dict[str, SlotRef]
) -> tuple[datetime.date, datetime.date, datetime.date]:
    """The day a step begins on, the last on which it may, and that of its end: of what takes place on days
    those, else its half-terms'."""
    dates = [one.date for one in step.occurrences]
    if dates:
        return min(dates), min(dates), max(dates)
    return slots[step.starts].starts, slots[step.starts].ends, slots[step.ends].ends


def _group(
    name: str, title: str, steps: Sequence[StepProgress], overdue: Iterable[DueItem]
) -> ProgressGroup:
    means = [step.means for step in steps]
    named = {step.step for step in steps}
    return ProgressGroup(
        name=name,
        title=title,
        steps=len(steps),
        done=means.count("done"),
        running=means.count("running"),
        not_begun=means.count("not-begun") + means.count("waiting") + means.count(None),
        stopped=means.count("stopped"),
        overdue=sum(item.step in named for item in overdue),
        days_planned=round(sum(step.days_planned for step in steps), 1),
        days_used=round(sum(step.days_used or 0 for step in steps), 1),
        pounds_planned=sum(step.pounds_planned for step in steps),
        pounds_used=sum(step.pounds_used or 0 for step in steps),
    )


__all__ = ["progress"]

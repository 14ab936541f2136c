"""What a school learned about planning: days planned beside days needed, by kind of work, and what was done in time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from ..library import Library
from ..planning import Step
from .model import EffortLearned, IssuedPlan, ProgressEntry, TermInTime
from .progress_file import with_accepted

_Begun = tuple[datetime.date, str]
"""A step, by the day on which its plan and those that took its place begin."""


class Learned:
    """Finished steps of all plans of a school, as each was planned first."""

    def __init__(
        self, plans: Sequence[IssuedPlan], entries: Iterable[ProgressEntry], library: Library
    ) -> None:
        self.plans, self.library = plans, library
        self.means = {one.id: one.means for one in library.progress.statuses}
        self.planned: dict[_Begun, tuple[Step, float]] = {}
        for issued in plans:
            for step in issued.plan.steps:
                factor = issued.effort.get(step.strand, 1.0)
                self.planned.setdefault((issued.plan.starts, step.id), (step, factor))
        self.used: dict[_Begun, float] = {}
        self.done: dict[_Begun, datetime.date] = {}
        starts = sorted({issued.plan.starts for issued in plans})
        for entry in with_accepted(entries, plans):
            begun = [day for day in starts if day <= entry.date] or starts[:1]
            key = entry.begun or begun[-1], entry.step
            if entry.days is not None:
                self.used[key] = entry.days
            if self.means[entry.status] == "done":
                self.done.setdefault(key, entry.date)

    def effort(self) -> Iterator[EffortLearned]:
        """Yield the factor that is proposed for each kind of work of which enough steps are finished.

        Shrunk towards one: as if as many more steps as are asked for at least had gone as planned.
        """
        least = self.library.progress.reviewing.least_finished
        for strand in self.library.strands.values():
            known = [
                (sum(one.days for one in step.effort) / factor, self.used[name])
                for name, (step, factor) in self.planned.items()
                if step.strand == strand.id and name in self.done and name in self.used
            ]
            known = [(planned, used) for planned, used in known if planned]
            if len(known) < least:
                continue
            planned, used = (sum(one[part] for one in known) for part in (0, 1))
            more = planned / len(known) * least
            yield EffortLearned(
                strand=strand.id,
                title=strand.title,
                steps=len(known),
                planned=round(planned, 1),
                used=round(used, 1),
                factor=round((used + more) / (planned + more), 1),
            )

    def in_time(self, on: datetime.date) -> Iterator[TermInTime]:
        """Yield of each term of the plan in force how many steps were to be over in it, as they were planned first,
        and how many were."""
        first = self.plans[-1].plan
        slots = {slot.id: slot for term in first.terms for slot in term.slots}
        for term in first.terms:
            if term.ends > on:
                return
            ends = [
                (name, slots[step.finishes].ends)
                for name, (step, _) in self.planned.items()
                if name[0] == first.starts and step.finishes in {slot.id for slot in term.slots}
            ]
            done = [name for name, last in ends if name in self.done and self.done[name] <= last]
            yield TermInTime(title=term.title, planned=len(ends), done=len(done))


__all__ = ["Learned"]

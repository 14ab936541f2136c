"""Planning again: from a plan in force, what came of it and what is known now to a plan that moves little."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..advise import Advice, advise, pose
from ..core import EFFORT_STEP, SAID, ContentError, Mistake, Place, TermwiseError, parts_of, unknown
from ..inference import infer
from ..library import Library, Override, ProgressStatus, StatusMeaning
from ..planning import CarriedOut, Plan, RoleTime, Step, StepStood, TimeBought, TimeTaken
from ..school import Decided, School, Slot, as_it_stood, entities
from . import phrases
from .accepted_review import AcceptedReview
from .issued_plan import fingerprints
from .model import (
    CameOf,
    IssuedPlan,
    PlanChanges,
    PlanReview,
    ProgressEntry,
    Replanned,
    StepChange,
)
from .plan_changes import diff, packs_between
from .progress_file import written_of

BAR = "|"


Again = Callable[[str], "ReplannedAdvice"]
"""Plans again with one step kept."""


def with_prices(found: ReplannedAdvice, again: Again) -> ReplannedAdvice:
    """The plan with what it would be worth less for each move and drop that is refused; each is planned once more
    by `again`, which takes the step that is kept.

    What can't be refused, since it did not begin in time or was stopped, has no price.
    """
    worth = found.plan.proof.value

    def priced(change: StepChange) -> StepChange:
        try:
            other = again(change.step).plan
        except ContentError:  # it can't be kept
            return change
        if other.conflict:
            return change.model_copy(update={"price": None, "fits": False})
        if change.step not in {step.id for step in other.steps}:  # nothing asks for it
            return change
        less = 100 * (worth - other.proof.value) / worth if worth else 0.0
        return change.model_copy(update={"price": round(less, 1), "fits": True})

    changes = found.plan.changes
    update = {
        "moved": tuple(map(priced, changes.moved)),
        "dropped": tuple(map(priced, changes.dropped)),
    }
    plan = found.plan.model_copy(update={"changes": changes.model_copy(update=update)})
    return replace(found, plan=plan)


@dataclass(frozen=True)
class ReplannedAdvice:
    """A plan that goes on from the plan in force, with all that stands behind it."""

    advice: Advice
    """`advice.plan` is the same plan without what changed"""
    plan: Replanned
    accepted: tuple[ProgressEntry, ...] = ()
    """what was accepted of a review, for the plan to be issued with"""


def replan(
    school: School,
    library: Library,
    issued: IssuedPlan,
    entries: Iterable[ProgressEntry],
    on: datetime.date,
    stability: float | None = None,
    keep: Sequence[str] = (),
    keep_dates: bool = False,
    accept: PlanReview | None = None,
    earlier: Sequence[IssuedPlan] = (),
) -> ReplannedAdvice:
    """Plan a school again on a day, from its plan in force and what was written down of it.

    What is past stays, what runs is pinned with what it still needs, what was stopped is out; of all plans
    worth nearly as much as the best, the one that moves least is taken. `stability` is the percent of its
    worth that may be given up for that, `keep` are steps that stay where they are, with `keep_dates` all. `accept` is a
    review: what it proposes to end does so, but for what is kept. `earlier` are the plans that were in force before,
    the oldest first: what was stopped under one of them stays out, and its pounds are gone.
    Raises ContentError for steps to keep that aren't there, TermwiseError where the school's plan begins on
    another day than the one in force.
    """
    written = written_of(issued, entries, on)
    accepted = AcceptedReview(accept, issued, library, on, keep) if accept else None
    ended = tuple(accepted.entries(written)) if accepted else ()
    written += ended
    stand = _Standing(school, library, issued, written, on, earlier)
    _check(stand, keep)
    share = stand.stability if stability is None else stability
    advice, unasked = _advised(stand, share, keep, keep_dates)
    changes = _explained(diff(issued, advice.plan), stand, unasked)
    packs = packs_between(issued.packs, fingerprints(library))
    if packs:
        then = as_it_stood(school, library, issued.issued)
        known = written_of(issued, entries, issued.issued)
        alone = _Standing(then, library, issued, known, on, earlier)
        changes = _told_apart(changes, diff(issued, _advised(alone, share, (), False)[0].plan))
    plan = Replanned(
        **{name: getattr(advice.plan, name) for name in type(advice.plan).model_fields},
        since=issued.issued,
        on=on,
        stability=share,
        past=tuple(stand.past()),
        changes=changes,
        packs_changed=packs,
        accepted=accept.on if accept else None,
        to_settle=tuple(accepted.to_settle()) if accepted else (),
    )
    return ReplannedAdvice(advice, plan, ended)


def _advised(
    stand: _Standing, share: float, keep: Sequence[str], keep_dates: bool
) -> tuple[Advice, set[str]]:
    """Plan from where a plan in force stands; with the steps that stay though nothing asks for them."""
    told = {step.id for step in stand.steps.values() if stand.stays(step, keep, keep_dates)}
    carried = stand.carried_out(share, keep, told)
    decided, unasked = stand.school(told)
    advice = advise(decided, stand.library, carried)
    starts = {step.id: step.starts for step in advice.plan.steps}
    in_vain = {  # it can't stay where it is, or takes the place of what must be done
        name
        for name in unasked - set(keep)
        if advice.plan.conflict or starts.get(name) != stand.steps[name].starts
    }
    if in_vain:
        decided, unasked = stand.school(told - in_vain)
        advice = advise(decided, stand.library, carried)
    return replace(advice, plan=_bought_for(advice.plan, stand.issued.plan)), unasked


def _told_apart(changes: PlanChanges, alone: PlanChanges) -> PlanChanges:
    """The changes, those marked that are so without any news, by the rules that were changed."""
    by_rules = {
        (part, one.step, one.to.slot if one.to else None)
        for part in ("moved", "new", "dropped")
        for one in getattr(alone, part)
    }

    def marked(part: str) -> tuple[StepChange, ...]:
        return tuple(
            one.model_copy(update={"by_rules": True})
            if (part, one.step, one.to.slot if one.to else None) in by_rules
            else one
            for one in getattr(changes, part)
        )

    return changes.model_copy(update={part: marked(part) for part in ("moved", "new", "dropped")})


class _Standing:
    """The standing of the plan in force on a day: each of its steps over, running, stopped or to come."""

    def __init__(
        self,
        school: School,
        library: Library,
        issued: IssuedPlan,
        entries: Sequence[ProgressEntry],
        on: datetime.date,
        earlier: Sequence[IssuedPlan],
    ) -> None:
        asked = school.file.plan.model_copy(update={"effort": issued.effort})
        file = school.file.model_copy(update={"plan": asked})
        self.now_school = replace(school, file=file)  # another factor is for the next plan
        self.library, self.issued, self.on = library, issued, on
        self.words = library.progress
        self.slots: dict[str, Slot] = {slot.id: slot for slot in school.timeline.slots}
        planned = [slot.id for term in issued.plan.terms for slot in term.slots]
        if planned[: len(self.slots)] != list(self.slots)[: len(planned)]:
            raise TermwiseError(phrases.begins_otherwise(issued.plan.starts))
        self.now = self._next(on)
        last = {one.step: one for one in sorted(entries, key=lambda entry: entry.date)}
        self.steps = {step.id: step for step in issued.plan.steps}
        self.last = {
            step: one
            for step, one in last.items()
            if step not in self.steps or not self._overtaken(one)
        }
        in_order = sorted(entries, key=lambda entry: entry.date)
        self.days = {one.step: (one.days, one.date) for one in in_order if one.days is not None}
        self.pounds = {one.step: one.pounds for one in in_order if one.pounds is not None}
        own = [one.plan for one in earlier if one.plan.starts == issued.plan.starts]
        once = {step.id: step for plan in own for step in plan.steps}
        self.ended = {
            step.id: step
            for step in once.values()
            if step.id not in self.steps and self.means(step) == "stopped"
        }
        """What was stopped under an earlier plan, and is in force no more."""

    def _next(self, day: datetime.date) -> int:
        """The index of the first slot that begins on a day or after it; one too many after the last."""
        return next((s.index for s in self.slots.values() if s.starts >= day), len(self.slots))

    @property
    def stability(self) -> float:
        """Percent of the plan's worth that may be given up, by whether a half-term has begun."""
        within = any(slot.starts < self.on <= slot.ends for slot in self.slots.values())
        told = self.words.replanning
        return told.stability_within if within else told.stability

    def _overtaken(self, entry: ProgressEntry) -> bool:
        """Tell whether the plan in force was made when this was known: what had not begun, was put off or
        stopped by then, and is in it, has a place in it again."""
        known = {one.id: one.means for one in self.words.statuses}
        again = self.issued.since is not None and entry.date <= self.issued.issued
        return again and known[entry.status] not in ("done", "running")

    def status(self, step: str) -> ProgressStatus | None:
        """The status that was last written down of a step."""
        entry = self.last.get(step)
        known = {one.id: one for one in self.words.statuses}
        return known.get(entry.status) if entry else None

    def means(self, step: Step) -> StatusMeaning:
        """Tell what a step does: what was written down; where nothing was, what was planned."""
        status = self.status(step.id)
        if status:
            return status.means
        return "running" if self.slots[step.starts].index < self.now else "not-begun"

    def fixed(self, step: Step) -> bool:
        """Tell whether a step stays where it is, since it is over or runs."""
        return self.means(step) in ("done", "running")

    def stopped(self) -> Iterator[Step]:
        """Yield the steps that were stopped, now or under an earlier plan."""
        yield from self.ended.values()
        yield from (step for step in self.steps.values() if self.means(step) == "stopped")

    # --- what the new plan goes by

    def stays(self, step: Step, keep: Collection[str], keep_dates: bool) -> bool:
        """Tell whether a step that is to come stays where it is if it can: people were told of it, or the school
        wants it so."""
        slot = self.slots[step.starts]
        means = self.means(step)
        if slot.index < self.now or means in ("done", "running", "stopped"):
            return False
        if means == "waiting" and step.id not in keep:
            return False
        until = self.on + datetime.timedelta(days=self.words.replanning.told_days)
        return slot.starts <= until or keep_dates or step.id in keep

    def school(self, stay: Collection[str]) -> tuple[School, set[str]]:
        """The school, had it decided that what was stopped is not done, and that what runs goes on for those it
        is for, though nothing asks for it any more, or not for all of them; so with what is to stay, and which
        of that nothing asks for."""
        school = self._decided(self.now_school, ((step, "refuse") for step in self.stopped()))
        inference = infer(
            entities(school, self.library), self.library, self.library.vocabulary(school.scales)
        )
        posed = pose(school, self.library, inference)
        there = {*posed.dependencies.names, *posed.advised.in_place}

        def goes_on(step: Step) -> bool:
            asked = posed.items.get(step.id)
            left = {one.id for one in asked.targets} if asked else set()
            all_of_them = step.target.kind == "school" or left >= set(step.target.ids)
            return step.id in there and (asked is None or all_of_them)

        held = (one for one in self.steps.values() if self.fixed(one) or one.id in stay)
        lost = [one for one in held if not goes_on(one)]
        unasked = {one.id for one in lost if one.id in stay}
        return self._decided(school, ((one, "accept") for one in lost)) if lost else school, unasked

    def _decided(self, school: School, decisions: Iterable[tuple[Step, str]]) -> School:
        found = {}
        for step, decision in decisions:
            entry = self.last.get(step.id)
            role = entry.by if entry else step.lead.role
            light = step.form == "light" and decision == "accept"
            said = {
                "intervention": step.intervention,
                "decision": "adapt" if light else decision,
                "reason": self.library.overrides.reasons[0].id,
                "role": role,
                "on": entry.date if entry else self.issued.issued,
                "form": "light" if light else None,
                "for": step.target.ids if step.target.kind != "school" else (),
            }
            if decision == "refuse":
                said["for"] = ()
            title = self.library.roles[role].title if role in self.library.roles else role
            runs = phrases.RUNS if self.fixed(step) else phrases.STAYS
            words = phrases.WAS_STOPPED if decision == "refuse" else runs
            kept = "" if decision == "refuse" else phrases.kept_from(self.issued.issued)
            found[step.id] = Decided(Override.model_validate(said), words, title, kept)
        others = (one for one in school.decided if one.override.intervention not in found)
        return replace(school, decided=(*others, *found.values()))

    def carried_out(
        self, stability: float, keep: Sequence[str], told: Collection[str]
    ) -> CarriedOut:
        """Collect what of the plan in force the new one goes by; `told` are the steps that stay if they can."""
        rules = self.words.replanning
        fixed, to_come, put_off = {}, {}, {}
        until = self.on + datetime.timedelta(days=rules.told_days)
        for step in self.steps.values():
            slot = self.slots[step.starts]
            if self.fixed(step):
                fixed[step.id] = _stood(step, slot.index, 1)
            elif self.means(step) != "stopped":
                start = slot.index if slot.index >= self.now else None
                if self.means(step) == "waiting" and step.id not in keep:
                    start, put_off[step.id] = None, slot.index + 1
                weight = rules.weight_soon if start == self.now else 1
                to_come[step.id] = _stood(step, start, weight)
        return CarriedOut(
            now=self.now,
            fixed=fixed,
            to_come=to_come,
            leads={
                step.id: step.lead.role for step in self.steps.values() if step.lead.in_place_of
            },
            told=frozenset(told),
            put_off=put_off,
            keep=frozenset(keep),
            allowance=stability / 100,
            bought=tuple(
                TimeBought(
                    *(one.sold, frozenset(one.people), one.slot, one.line, one.year),
                    round(one.amount * EFFORT_STEP),
                    self.slots[one.slot].starts <= until,
                )
                for one in self.issued.plan.purchases
            ),
            taken=dict(self._taken()),
            spent=dict(self._spent()),
        )

    def _taken(self) -> Iterator[tuple[str, TimeTaken]]:
        """Yield the time of what is over, runs or was stopped, as far as it is written down: what was used, in the
        proportions of what was planned by then, and what is still needed, in those of what was planned, or else
        at once."""
        for step in (*self.ended.values(), *self.steps.values()):
            means, planned = self.means(step), self._effort(step)
            if means == "stopped":
                yield step.id, TimeTaken(self._used(step, planned, {}) or {}, {})
            elif self.fixed(step):
                taken = TimeTaken(
                    self._used(step, planned, planned), self._needed(step, means, planned)
                )
                yield from [(step.id, taken)] if taken != TimeTaken() else []

    def _effort(self, step: Step) -> dict[RoleTime, int]:
        """The time a step was planned with, in tenths of a day by role and slot index."""
        found: Counter[RoleTime] = Counter()
        for one in step.effort:
            found[one.role, self.slots[one.slot].index] += round(one.days * EFFORT_STEP)
        return dict(found)

    def _used(
        self, step: Step, planned: Mapping[RoleTime, int], since: Mapping[RoleTime, int]
    ) -> dict[RoleTime, int] | None:
        """Find what a step used before now: until the day that was written down as it says, and what was planned
        `since`; None where nobody said."""
        if step.id not in self.days:
            return None
        used, on = self.days[step.id]
        until = self._next(on)
        by_then = {key: tenths for key, tenths in planned.items() if key[1] < until}
        if not by_then:  # it was begun before it was to
            by_then = {(role, max(0, until - 1)): tenths for (role, _), tenths in planned.items()}
        later = {key: tenths for key, tenths in since.items() if until <= key[1] < self.now}
        return parts_of(round(used * EFFORT_STEP), by_then) | later

    def _needed(
        self, step: Step, means: StatusMeaning, planned: Mapping[RoleTime, int]
    ) -> dict[RoleTime, int] | None:
        """Find what a step needs from now on; None where nobody said, or too long ago."""
        entry = self.last.get(step.id)
        if means == "done":
            return {}
        if entry is None or entry.days_left is None or self._next(entry.date) != self.now:
            return None
        rest = {key: tenths for key, tenths in planned.items() if key[1] >= self.now}
        if not rest and self.now < len(self.slots):  # nothing more was planned: it is done next
            rest = {(role, self.now): tenths for (role, _), tenths in planned.items()}
        return parts_of(round(entry.days_left * EFFORT_STEP), rest)

    def _spent(self) -> Iterator[tuple[str, int]]:
        """Yield the pounds that were spent on what was stopped, and above what was planned on the others, by
        line and year as the step's costs were planned."""
        found: Counter[str] = Counter()
        for step in (*self.ended.values(), *self.steps.values()):
            planned = sum(one.pounds for one in step.cost)
            stopped = self.means(step) == "stopped"
            beyond = self.pounds.get(step.id, 0) - (0 if stopped else planned)
            if beyond <= 0 or not step.cost:
                continue
            for one in step.cost:
                part = one.pounds / planned if planned else 1 / len(step.cost)
                found[f"{one.line}{BAR}{one.year}"] += round(beyond * part)
        yield from sorted(found.items())

    # --- what came of it

    def past(self) -> Iterator[CameOf]:
        """Yield what is over or runs, with what was written down of it."""
        for step in (*self.ended.values(), *self.steps.values()):
            means = self.means(step)
            state = {"done": "done", "running": "runs", "stopped": "stopped"}.get(means)
            if state:
                entry = self.last.get(step.id)
                yield CameOf.model_validate(
                    {
                        "step": step.id,
                        "title": step.title,
                        "state": state,
                        "said": entry.date if entry else None,
                        "words": self.told(step),
                    }
                )

    def told(self, step: Step) -> str:
        """Say what was last written down of a step, and what it took."""
        entry, status = self.last.get(step.id), self.status(step.id)
        days = round(sum(one.days for one in step.effort), 1)
        used, _ = self.days.get(step.id, (None, None))
        if entry is None or status is None:
            return phrases.taken_as_planned(self.slots[step.starts].title)
        return phrases.came_of(status.title, entry.date, used, days, entry.days_left, entry.note)


def _bought_for(plan: Plan, old: Plan) -> Plan:
    """The plan, of which what was bought before is for the steps it was bought for, as far as they are in."""
    steps = {step.id for step in plan.steps}
    was = {(one.sold, one.people, one.slot, one.line): one.for_ for one in old.purchases}
    found = []
    for one in plan.purchases:
        said = was.get((one.sold, one.people, one.slot, one.line), ())
        still = tuple(name for name in said if name in steps)
        found.append(one.model_copy(update={"for_": still}) if still else one)
    return plan.model_copy(update={"purchases": tuple(found)})


def _stood(step: Step, start: int | None, weight: int) -> StepStood:
    return StepStood(start, step.form == "light", frozenset(step.target.ids), weight)


def _check(stand: _Standing, keep: Iterable[str]) -> None:
    """Raises ContentError for steps to keep that are none, or can't be kept."""
    problems: list[Mistake] = []
    for name in keep:
        place = Place(f"--keep {name}", SAID)
        problems += unknown(place, "step", name, stand.steps)
        step = stand.steps.get(name)
        if step and stand.means(step) == "stopped":
            problems.append(Mistake(place, *phrases.STOPPED_NOT_KEPT))
        elif step and not stand.fixed(step) and stand.slots[step.starts].index < stand.now:
            problems.append(Mistake(place, *phrases.NOT_BEGUN_NOT_KEPT))
    if problems:
        raise ContentError(problems)


def _explained(changes: PlanChanges, stand: _Standing, unasked: Collection[str]) -> PlanChanges:
    """The changes, with what was written down of a step as the first reason, and what stays though nothing asks
    for it."""

    def told(change: StepChange) -> StepChange:
        entry, status = stand.last.get(change.step), stand.status(change.step)
        if entry is None or status is None:
            return change
        said = phrases.said(status.title, entry.date, entry.note)
        reasons = () if status.means in ("stopped", "done") else change.because
        return change.model_copy(update={"because": (said, *reasons)})

    def stays(change: StepChange) -> StepChange:
        if change.step not in unasked:
            return change
        return change.model_copy(update={"otherwise": (phrases.STAYS_UNASKED, *change.otherwise)})

    return changes.model_copy(
        update={
            "kept": tuple(map(stays, changes.kept)),
            "moved": tuple(map(told, changes.moved)),
            "dropped": tuple(map(told, changes.dropped)),
        }
    )


__all__ = ["ReplannedAdvice", "replan", "with_prices"]

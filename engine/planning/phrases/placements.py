"""The sentences on placements: why a step is where it is, what is in its way, why one is left out."""

from __future__ import annotations

import datetime

from ...core import EFFORT_STEP, listed
from ...scheduling import Blocker
from ...school import Promise
from ..placement_reason import (
    CouldStart,
    HeldBy,
    InPart,
    IsDuty,
    Narrowed,
    NearestFit,
    NoEarlier,
    NoSlotBetween,
    NotEarlier,
    NotForAll,
    NotInFull,
    NotOverBefore,
    OverBefore,
    Pinned,
    PinnedTooLate,
    Promised,
    RuleAsks,
    SetBySchool,
    UsedInstead,
    WhyHere,
    WhyLeftOut,
)
from ..problem_builder import NEW
from .titles import Titles, count, days

_PLAIN = {
    "series": "It comes back at set times of the year, whatever else is planned.",
    "first-of-plan": "It starts with the plan: nothing it needs has to come first.",
    "lighter-is-enough": "It is planned in its light form, which is enough: rules alone ask for it, and not all "
    "that must be done fits in full.",
    "not-needed": "It would fit, but what needs it is not in the plan.",
    "outweighed": "It would fit alone, but its worth does not outweigh what it would move.",
    "too-long": "It can't be finished before the plan ends.",
    "by-the-year": "its days are set by the year",
    "by-the-plans-end": "later it could not be done before the plan ends",
    "by-the-classes-year": "later it could not be done before these classes move on in the summer",
    "classes-move-on": "It can't be finished before these classes move on in the summer.",
}
_ASKS = {
    "must": "It has to start by",
    "start-by": "It is to start by",
    "not-before": "It is not to start before",
}
_NOT_IN_FULL = {
    "late": "it would not be done in time",
    "worth-less": "it would leave less even or less valuable work beside it",
}


class PlacementPhrases(Titles):
    """The sentences on the placements of one plan."""

    def why_here(self, reason: WhyHere) -> str:
        """Say why a step starts when it does, in one sentence."""
        match reason:
            case str():
                return _PLAIN[reason]
            case Promised(promise):
                return _promised(promise)
            case IsDuty(words):
                return f"It is a duty. {words}"
            case Pinned(because):
                return f"The school has set its beginning: {because.rstrip('.')}."
            case Narrowed(not_before, not_after, because):
                bounds = (("not before", not_before), ("not after", not_after))
                when = [f"{words} {_written(day)}" for words, day in bounds if day]
                return f"It starts {' and '.join(when)}: {because.rstrip('.')}."
            case RuleAsks("forward", _, rule, words):
                return f"It is brought forward ({rule}): {words}"
            case RuleAsks(how, part, rule, words):
                return f"{_ASKS[how]} {self.library.start_parts[part]} ({rule}): {words}"
            case OverBefore(event, because):
                return f"It has to be over before {self.event(event)}: {because}"
            case NoEarlier(starts_in):
                parts = listed([self.library.parts[part] for part in starts_in], "or")
                told = (
                    f"it begins only in {parts}" if parts else "no earlier half-term is open to it"
                )
                return f"It can't start earlier: {told}."
            case NotEarlier(slot, blocker):
                return f"Not in {self.slots[slot].title}: {self.blocker(blocker)}."
            case CouldStart(slot, None):
                return f"It could equally start in {self.slots[slot].title}."
            case CouldStart(slot, price):
                return (
                    f"{self.slots[slot].title} would have been possible; here people's load is "
                    f"smoother, at {price:.1f} % of the plan's value."
                )
            case InPart(whom, why):
                begin = "It is planned in its light form: in full"
                if whom:
                    begin = f"It is planned for {listed(whom)} only: for the others too"
                return f"{begin}{', ' if why.blocker else ' '}{self._not_in_full(why)}."

    def left_out(self, reason: WhyLeftOut) -> str:
        """Say why something is not in the plan, or not for all it was asked for."""
        match reason:
            case str():
                return _PLAIN[reason]
            case NearestFit(slot, partner, blockers, settings):
                beside = (
                    f", together with {self.title(partner)}, without which it isn't done"
                    if partner
                    else ""
                )
                told = self.blockers(blockers)
                return (
                    f"It comes nearest to fitting in {self.slots[slot].title}{beside}; "
                    f"there {told}.{_set(settings)}"
                )
            case PinnedTooLate(slot, settings):
                when = self.slots[slot].title
                told = f"From {when} on it could not be done before the plan ends."
                return told + _set(settings, when)
            case NotOverBefore(event, because, others):
                begin = "With them it could" if others else "It would"
                return f"{begin} not be over before {self.event(event)}. {because}"
            case NoSlotBetween(settings):
                told = "No half-term is left between when it may start and when it has to have started."
                return told + _set(settings)
            case NotForAll(why):
                return f"For them as well {self._not_in_full(why)}."
            case UsedInstead(title):
                return f"“{title}” is used instead."

    def held_by(self, reason: HeldBy) -> str:
        """Say what keeps a step from starting later, to stand within a sentence; empty where nothing."""
        match reason:
            case str():
                return _PLAIN[reason]
            case OverBefore(event):
                return f"it has to be over before {self.event(event)}"
            case blockers:
                return self.blockers(blockers)

    def blockers(self, found: tuple[Blocker, ...]) -> str:
        """Say several blockers in a row."""
        return "; ".join(self.blocker(blocker) for blocker in found)

    def blocker(self, blocker: Blocker) -> str:
        """Say what one blocker is, to stand within a sentence."""
        kind, slot = blocker.kind, blocker.slot
        when = "" if slot is None else self.slots[slot].title
        wait = ""
        if blocker.lag:
            wait = f", with {count(blocker.lag, 'half-term')} in between"
        if kind == "needs":
            if slot is None:
                return f"it needs {self.title(blocker.name)}, which is not in the plan"
            return f"it needs {self.title(blocker.name)}, which is ready at the end of {when}{wait}"
        if kind == "before":
            return (
                f"it builds on {self.title(blocker.name)}, which is ready "
                f"at the end of {when}{wait}"
            )
        if kind == "behind":
            return (
                f"it would have to come before {self.title(blocker.name)}, which starts in {when}"
            )
        if kind == "together":
            there = f"starts in {when}" if when else "is not in the plan"
            return f"it goes together with {self.title(blocker.name)}, which {there}"
        if kind == "alternative":
            return f"{self.title(blocker.name)} is used instead"
        if kind == "earliest":
            return f"it is not to start before {when}"
        if kind == "latest":
            return f"it has to start by {when}"
        if kind == "pinned":
            return f"its beginning is set for {when}"
        if kind == "goal":
            return self._goal(blocker.goal, when)
        held = f" ({self.titles(blocker.users)})" if blocker.users else ""
        if kind == "capacity":
            are = "is" if blocker.left == EFFORT_STEP else "are"
            return (
                f"it needs {days(blocker.wanted)} of {self.people(blocker.name)} in "
                f"{when}, and {days(blocker.left)} {are} left{held}"
            )
        if kind == "budget":
            return self._money(blocker, held)
        if blocker.name == NEW:
            return f"enough that is new starts in {when} already{held}"
        return f"{self.leads(blocker.name)} already leads enough that is new from {when}{held}"

    def _goal(self, goal: str, when: str) -> str:
        """Say what would not be met any more: a priority would lose its step, or something can't wait."""
        rank = self.timetable.goal_ranks[goal]
        if rank is None:
            return f"it cannot wait: by its rule it begins by {when}"
        return f"it is what works on priority {rank} in time, which needs it by {when}"

    def _money(self, blocker: Blocker, held: str) -> str:
        funds = self.timetable.funds
        claim = funds.claims[blocker.name]
        if not claim.accounts:
            return (
                f"no budget line may pay for {funds.kind(claim.kind)} of it (£{blocker.wanted:,})"
            )
        paid_by = " and ".join(self.account(account) for account in claim.accounts)
        left = max(0, blocker.left)
        unsaid = [account for account in claim.accounts if not funds.given(account)]
        if unsaid:
            named = " and ".join(self.account(account) for account in unsaid)
            return f"it costs £{blocker.wanted:,} in {named}, for which no amount is given"
        return f"it costs £{blocker.wanted:,} from {paid_by}, and £{left:,} is left{held}"

    def _not_in_full(self, why: NotInFull) -> str:
        return self.blocker(why.blocker) if why.blocker else _NOT_IN_FULL[why.kind]


def _promised(promise: Promise) -> str:
    because = promise.because.rstrip(".")
    if promise.accepted and promise.by:
        return f"It starts by {_written(promise.by)}: {promise.accepted.words}."
    by = f" to begin by {_written(promise.by)}" if promise.by else ""
    return f"It was promised{by}: {because}."


def _set(settings: SetBySchool, when: str = "that half-term") -> str:
    told = [
        f" Its beginning was set for {when}: {because.rstrip('.')}." for because in settings.pins
    ]
    told += [
        f" When it may start was narrowed: {because.rstrip('.')}." for because in settings.windows
    ]
    return "".join(told)


def _written(day: datetime.date) -> str:
    return f"{day:%-d %B %Y}"

"""Reasons of placements in school words: why a step is where it is, and why one is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from ..core import EFFORT_STEP
from ..inference import Recommendation
from ..scheduling import (
    Blocker,
    Placement,
    Problem,
    Solution,
    Span,
    Together,
    blockers,
    merged,
    nearest_earlier,
    spans,
)
from ..school import Promise, School
from .problem_builder import LEADS, NEW, PEOPLE, Timetable

MOST_TOLD = 2


class _NotInFull(NamedTuple):
    """The reason why a step is not planned in full: in itself, or in something in its way."""

    words: str
    of_itself: bool


class Reasons:
    """Answers about one solved timetable. Interventions are asked for by id; the scheduler knows them by
    the ids of their forms."""

    def __init__(
        self,
        timetable: Timetable,
        problem: Problem,
        solution: Solution,
        items: dict[str, Recommendation],
    ) -> None:
        self.timetable, self.problem, self.solution, self.items = (
            timetable,
            problem,
            solution,
            items,
        )
        self.slots = timetable.time.slots
        self.library, self.school = timetable.library, timetable.school
        self.planned = {timetable.name(form): form for form in sorted(solution.chosen)}
        """The form in the plan, by intervention."""

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Return the float of each form in the plan: its first and last slot by order alone."""
        return spans(self.problem, self.solution.chosen)

    def whole(self, name: str) -> str:
        """The item of the scheduler by which something left out is told: its full form, or the first it
        has."""
        forms = self.timetable.forms
        return name if name in forms else next(f for f in forms if forms[f].item.id == name)

    def title(self, form: str) -> str:
        """A form's title in quotation marks."""
        known = self.timetable.forms.get(form)
        item = known.item if known else self.items[form]
        return f"“{item.intervention.title}”"

    def titles(self, forms: tuple[str, ...]) -> str:
        """Several titles in a row."""
        return ", ".join(self.title(form) for form in forms)

    def people(self, pool: str) -> str:
        """People whose time binds together, by the roles they are known for."""
        return people_words(pool, self.school, self.timetable)

    def why_here(self, name: str) -> tuple[str, ...]:
        """Why a step starts when it does, in the form it has."""
        form = self.planned[name]
        chosen = self.solution.chosen[form]
        told = [*self._asked(name), *self._why_this_form(name)]
        series = self.timetable.forms[form].item.intervention.series
        if series:
            return (*told, "It comes back through the whole plan, so it starts with it.")
        if self.problem.item(form).pinned is not None:
            return tuple(told)
        if chosen.start == 0:
            return (*told, "It starts with the plan: nothing it needs has to come first.")
        earlier = nearest_earlier(self.problem, self.solution, form)
        if earlier is None:
            told.append(f"It can't start earlier: {self._earliest(name)}.")
            return tuple(told)
        found = list(blockers(self.problem, self.solution, form, earlier))
        when = self.slots[earlier.start].title
        for blocker in found[:MOST_TOLD]:
            told.append(f"Not in {when}: {self.blocker(blocker)}.")
        if not found:
            told.append(self._free(earlier, chosen, when))
        return tuple(told)

    def _why_this_form(self, name: str) -> Iterator[str]:
        """Why it is not planned in full."""
        form = self.planned[name]
        if form == name or name not in self.timetable.forms:
            return
        rest = self.timetable.forms[form].kind == "rest"
        begin = "It is planned in its light form: in full"
        if rest:
            begin = f"It is planned for {self._whom(form)} only: for the others too"
        told = self._not_in_full(name)
        yield f"{begin}{' ' if told.of_itself else ', '}{told.words}."

    def not_for_all(self, name: str) -> str:
        """Why a step is not for all it was asked for, though it would be over in time for them."""
        return f"For them as well {self._not_in_full(name).words}."

    def _not_in_full(self, name: str) -> _NotInFull:
        form = self.planned[name]
        start = self.solution.chosen[form].start
        full = self.problem.item(name)
        if all(place.start != start for place in full.placements):
            return _NotInFull("it would not be done in time", of_itself=True)
        without = {other: p for other, p in self.solution.chosen.items() if other != form}
        rest = replace(self.solution, chosen=without)
        found = list(blockers(self.problem, rest, name, full.at(start)))
        if found:
            return _NotInFull(self.blocker(found[0]), of_itself=False)
        words = "it would leave less even or less valuable work beside it"
        return _NotInFull(words, of_itself=True)

    def pinned_out(self, name: str) -> bool:
        """Tell whether something can't begin in the slot in which the school has pinned it."""
        item = self.problem.item(self.whole(name))
        return item.pinned is not None and item.pinned not in {p.start for p in item.placements}

    def _whom(self, form: str) -> str:
        targets = [target.label for target in self.timetable.forms[form].item.targets]
        return ", ".join(targets[:-1]) + (" and " if targets[1:] else "") + targets[-1]

    def _free(self, earlier: Placement, chosen: Placement, when: str) -> str:
        if earlier.value > chosen.value:
            share = 100 * (earlier.value - chosen.value) / max(1, self.solution.value)
            return (
                f"{when} would have been possible; here people's load is smoother, "
                f"at {share:.1f} % of the plan's value."
            )
        return f"It could equally start in {when}."

    def _asked(self, name: str) -> Iterator[str]:
        """The rules, duties, promises and dates set that ask for a time."""
        advised, parts, file = self.timetable.advised, self.library.parts, self.school.file
        for promise in self.school.promises:
            if promise.intervention == name and (promise.by or not promise.accepted):
                yield _promise_words(promise)
        if name in advised.duties:
            yield f"It is a duty. {advised.duties[name].words}"
        for pin in file.pinned:
            if pin.intervention == name:
                yield f"The school has set its beginning: {pin.because.rstrip('.')}."
        for window in self.school.windows:
            if window.intervention == name:
                days = [
                    f"{words} {day:%-d %B %Y}"
                    for words, day in (
                        ("not before", window.not_before),
                        ("not after", window.not_after),
                    )
                    if day
                ]
                yield f"It starts {' and '.join(days)}: {window.because.rstrip('.')}."
        for table, words in (
            (advised.shaping.must, "It has to start by"),
            (advised.shaping.start_by, "It is to start by"),
            (advised.shaping.not_before, "It is not to start before"),
        ):
            if name in table:
                part, told = table[name]
                yield f"{words} {parts[part]} ({told.rule.id}): {told.words}"
        if name in advised.shaping.forward:
            told = advised.shaping.forward[name]
            yield f"It is brought forward ({told.rule.id}): {told.words}"
        before = self.timetable.forms[self.planned.get(name) or self.whole(name)].before
        if before:
            yield f"It has to be over before {self.event(before.event)}: {before.because}"

    def event(self, name: str) -> str:
        """An event of the calendar by its title."""
        titles = [event.title for event in self.timetable.capacity.events if event.id == name]
        return titles[0] if titles else name

    def _earliest(self, name: str) -> str:
        item = self.items[name].intervention
        if item.starts_in:
            parts = ", ".join(self.library.parts[part] for part in item.starts_in)
            return f"it starts in {parts}"
        return "no earlier half-term is open to it"

    def blocker(self, blocker: Blocker) -> str:
        """One blocker in words."""
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
        held = f" ({self.titles(blocker.users)})" if blocker.users else ""
        if kind == "capacity":
            return (
                f"it needs {days(blocker.wanted)} of {self.people(blocker.name)} in "
                f"{when}, and {days(blocker.left)} {_are(blocker.left)} left{held}"
            )
        if kind == "budget":
            return self._money(blocker, held)
        if blocker.name == NEW:
            return f"enough that is new starts in {when} already{held}"
        return f"{self.leads(blocker.name)} already leads enough that is new from {when}{held}"

    def leads(self, name: str) -> str:
        """Return the people a lead's attention budget belongs to, in words."""
        return self.people(name.removeprefix(LEADS))

    def _money(self, blocker: Blocker, held: str) -> str:
        funds = self.timetable.funds
        claim = funds.claims[blocker.name]
        if not claim.accounts:
            return (
                f"no budget line may pay for {funds.kind(claim.kind)} of it (£{blocker.wanted:,})"
            )
        paid_by = " and ".join(funds.title(account) for account in claim.accounts)
        left = max(0, blocker.left)
        unsaid = [account for account in claim.accounts if not funds.given(account)]
        if unsaid:
            named = " and ".join(funds.title(account) for account in unsaid)
            return f"it costs £{blocker.wanted:,} in {named}, for which no amount is given"
        return f"it costs £{blocker.wanted:,} from {paid_by}, and £{left:,} is left{held}"

    def left_out(self, name: str) -> str:
        """Why an item that could have been planned is not in the plan."""
        best = self._best(name)
        if best is None:
            return self._no_place(name)
        placement, found = best
        if not found:
            return (
                "It would fit, but what needs it is not in the plan."
                if not self.items[name].arguments
                else "It would fit alone, but its worth does not outweigh what it would move."
            )
        when = self.slots[placement.start].title
        told = "; ".join(self.blocker(blocker) for blocker in found[:MOST_TOLD])
        partner = self._partner(self.whole(name))
        beside = (
            f", together with {self.title(partner)}, without which it isn't done" if partner else ""
        )
        return f"It comes nearest to fitting in {when}{beside}; there {told}.{self._set(name)}"

    def _best(self, name: str) -> tuple[Placement, list[Blocker]] | None:
        """The placement of something left out that comes nearest to fitting, with what is in its way:
        rather one that lacks room than one that breaks an order."""
        order = ("needs", "before", "behind", "together")
        tried = []
        form = self.whole(name)
        for place in self.problem.item(form).open:
            found = list(self._in_the_way(form, place))
            broken = sum(blocker.kind in order for blocker in found)
            tried.append((broken, len(found), place.start, place, found))
        if not tried:
            return None
        *_, placement, found = min(tried, key=lambda one: one[:3])
        return placement, found

    def _partner(self, name: str) -> str | None:
        """Return the left-out item that has to start together with a left-out item, if any."""
        for relation in self.problem.touching[name]:
            if (
                isinstance(relation, Together)
                and not set(relation.names) & self.solution.chosen.keys()
            ):
                return next(other for other in relation.names if other != name)
        return None

    def _in_the_way(self, name: str, place: Placement) -> Iterator[Blocker]:
        """Yield what blocks a placement, or both placements where a partner is left out as well."""
        partner = self._partner(self.whole(name))
        beside = [
            other
            for other in (self.problem.item(partner).open if partner else ())
            if other.start == place.start
        ]
        if partner is None or not beside:
            yield from blockers(self.problem, self.solution, name, place)
            return
        both, joined = merged(self.problem, name, partner, place, beside[0])
        yield from blockers(both, self.solution, name, joined)

    def _set(self, name: str) -> str:
        """Return sentences on the pin and the windows the school has set for a beginning."""
        told = ""
        for pin in self.school.file.pinned:
            if pin.intervention == name:
                told += f" Its beginning was set for that half-term: {pin.because.rstrip('.')}."
        for window in self.school.windows:
            if window.intervention == name:
                told += f" When it may start was narrowed: {window.because.rstrip('.')}."
        return told

    def _no_place(self, name: str) -> str:
        before = self.timetable.forms[self.whole(name)].before
        item = self.problem.item(self.whole(name))
        if item.pinned is not None and item.pinned not in {p.start for p in item.placements}:
            when = self.slots[item.pinned].title
            because = self._set(name).replace("that half-term", when).strip()
            return f"From {when} on it could not be done before the plan ends. {because}"
        if before and not item.placements:
            event = self.event(before.event)
            return f"It would not be over before {event}. {before.because}"
        if item.placements:
            return (
                "No half-term is left between when it may start and when it has to have started."
                + self._set(name)
            )
        return "It can't be finished before the plan ends."

    def held_by(self, name: str) -> str:
        """Return what keeps a step from starting later: a date, its successors, the plan's end."""
        form = self.planned[name]
        item, chosen = self.problem.item(form), self.solution.chosen[form]
        if self.timetable.forms[form].item.intervention.series:
            return "its days are set by the year"
        after = [place for place in item.placements if place.start > chosen.start]
        if not after:
            before = self.timetable.forms[form].before
            if before:
                return f"it has to be over before {self.event(before.event)}"
            return "later it could not be done before the plan ends"
        kinds = ("latest", "pinned", "behind", "together", "needs", "before")
        found = blockers(self.problem, self.solution, form, after[0])
        told = [self.blocker(one) for one in found if one.kind in kinds]
        return "; ".join(told[:MOST_TOLD])

    def held_back(self, name: str) -> tuple[Placement, Blocker] | None:
        """Where something new would start if more that is new could; None when that is not what holds
        it."""
        form = self.planned.get(name) or self.whole(name)
        earlier = nearest_earlier(self.problem, self.solution, form)
        if earlier is None:
            return None
        found = list(blockers(self.problem, self.solution, form, earlier))
        new = [blocker for blocker in found if blocker.kind == "attention"]
        return (earlier, new[0]) if new and len(new) == len(found) else None


def _promise_words(promise: Promise) -> str:
    because = promise.because.rstrip(".")
    if promise.accepted and promise.by:
        return f"It starts by {promise.by:%-d %B %Y}: {promise.accepted.words}."
    by = f" by {promise.by:%-d %B %Y}" if promise.by else ""
    return f"It was promised{by}: {because}."


def _are(tenths: int) -> str:
    return "is" if tenths == EFFORT_STEP else "are"


def count(number: int, noun: str) -> str:
    """A number of things in words."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def days(tenths: int) -> str:
    """Tenths of a day in words."""
    number = f"{tenths / EFFORT_STEP:g}"
    return f"{number} day" if number == "1" else f"{number} days"


def people_words(pool: str, school: School, timetable: Timetable) -> str:
    """The people of a pool in words: by role, or as one person with several roles."""
    roles, library = timetable.library.roles, timetable.library
    names = pool.split(PEOPLE)
    if len(names) == 1:
        worker = timetable.capacity.workers[names[0]]
        titles = [roles[role].title for role in worker.roles]
        first = f"the {titles[0]}"
        rest = len(titles) - 1
        return first + (f" (who has {rest} other role{'s' if rest > 1 else ''})" if rest else "")
    held = [
        role.title
        for role in library.roles.values()
        if timetable.capacity.holders(role.id) == frozenset(names)
    ]
    if held:
        return f"the {len(names)} people with the role “{held[0]}”"
    return f"{len(names)} people together"

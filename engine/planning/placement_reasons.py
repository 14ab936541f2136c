"""Reasons of placements: why a step is where it is, and why one is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

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
from .phrases.placements import PlacementPhrases
from .placement_reason import (
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
    WhyHere,
    WhyLeftOut,
)
from .problem_builder import Timetable

MOST_TOLD = 2


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
        self.school = timetable.school
        self.planned = {timetable.name(form): form for form in sorted(solution.chosen)}
        """The form in the plan, by intervention."""
        self.phrases = PlacementPhrases(timetable, items)

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Return the float of each form in the plan: its first and last slot by order alone."""
        return spans(self.problem, self.solution.chosen)

    def whole(self, name: str) -> str:
        """Give the form by which something left out is told: its full form, or the first it has."""
        forms = self.timetable.forms
        return name if name in forms else next(f for f in forms if forms[f].item.id == name)

    def why_here(self, name: str) -> Iterator[WhyHere]:
        """Yield why a step starts when it does, in the form it has."""
        form = self.planned[name]
        chosen = self.solution.chosen[form]
        yield from self._asked(name)
        yield from self._why_this_form(name)
        if self.timetable.forms[form].item.intervention.from_the_first:
            yield "series"
            return
        if self.problem.item(form).pinned is not None:
            return
        if chosen.start == 0:
            yield "first-of-plan"
            return
        earlier = nearest_earlier(self.problem, self.solution, form)
        if earlier is None:
            yield NoEarlier(tuple(self.items[name].intervention.starts_in))
            return
        found = list(blockers(self.problem, self.solution, form, earlier))
        for blocker in found[:MOST_TOLD]:
            yield NotEarlier(earlier.start, blocker)
        if not found:
            price = earlier.value - chosen.value
            share = 100 * price / max(1, self.solution.value) if price > 0 else None
            yield CouldStart(earlier.start, share)

    def _why_this_form(self, name: str) -> Iterator[WhyHere]:
        """Yield why it is not planned in full."""
        form = self.planned[name]
        if form == name or name not in self.timetable.forms:
            return
        if name in self.timetable.either and name in self.timetable.advised.shaping.in_full:
            yield "lighter-is-enough"
            return
        of = self.timetable.forms[form]
        whom = [target.label for target in of.item.targets] if of.kind == "rest" else []
        yield InPart(tuple(whom), self._not_in_full(name))

    def not_for_all(self, name: str) -> NotForAll:
        """Give why a step is not for all it was asked for, though it would be over in time for them."""
        return NotForAll(self._not_in_full(name))

    def _not_in_full(self, name: str) -> NotInFull:
        form = self.planned[name]
        start = self.solution.chosen[form].start
        full = self.problem.item(name)
        if all(place.start != start for place in full.placements):
            return NotInFull("late")
        without = {other: p for other, p in self.solution.chosen.items() if other != form}
        rest = replace(self.solution, chosen=without)
        found = list(blockers(self.problem, rest, name, full.at(start)))
        return NotInFull("blocked", found[0]) if found else NotInFull("worth-less")

    def pinned_out(self, name: str) -> bool:
        """Tell whether something can't begin in the slot in which the school has pinned it."""
        item = self.problem.item(self.whole(name))
        return item.pinned is not None and item.pinned not in {p.start for p in item.placements}

    def _asked(self, name: str) -> Iterator[WhyHere]:
        """Yield the rules, duties, promises and dates set that ask for a time."""
        advised, file = self.timetable.advised, self.school.file
        for promise in self.school.promises:
            if promise.intervention == name and (promise.by or not promise.accepted):
                yield Promised(promise)
        if name in advised.duties:
            yield IsDuty(advised.duties[name].words)
        for pin in file.pinned:
            if pin.intervention == name:
                yield Pinned(pin.because)
        for window in self.school.windows:
            if window.intervention == name:
                yield Narrowed(window.not_before, window.not_after, window.because)
        shaping = advised.shaping
        if name in shaping.must:
            part, told = shaping.must[name]
            yield RuleAsks("must", part, told.rule.id, told.words)
        if name in shaping.start_by:
            part, told = shaping.start_by[name]
            yield RuleAsks("start-by", part, told.rule.id, told.words)
        if name in shaping.not_before:
            part, told = shaping.not_before[name]
            yield RuleAsks("not-before", part, told.rule.id, told.words)
        if name in shaping.forward:
            told = shaping.forward[name]
            yield RuleAsks("forward", "", told.rule.id, told.words)
        before = self.timetable.forms[self.planned.get(name) or self.whole(name)].before
        if before:
            yield OverBefore(before.event, before.because)

    def left_out(self, name: str) -> WhyLeftOut:
        """Give why an item that could have been planned is not in the plan."""
        best = self._best(name)
        if best is None:
            return self._no_place(name)
        placement, found = best
        if not found:
            return "outweighed" if self.items[name].arguments else "not-needed"
        partner = self._partner(self.whole(name))
        told = tuple(dict.fromkeys(found))[:MOST_TOLD]  # a pair often lacks the same
        return NearestFit(placement.start, partner, told, self._settings(name))

    def _best(self, name: str) -> tuple[Placement, list[Blocker]] | None:
        """Give the placement of something left out that comes nearest to fitting, with what is in its
        way: rather one that lacks room than one that breaks an order."""
        order = ("needs", "before", "behind", "together")
        tried = []
        form = self.whole(name)
        partner, places = self._partner(form), self.problem.item(form).open
        if partner is not None:  # where the two can start together, if they can anywhere
            starts = {place.start for place in self.problem.item(partner).open}
            places = tuple(place for place in places if place.start in starts) or places
        for place in places:
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

    def _settings(self, name: str) -> SetBySchool:
        """Give why the school has set or narrowed when something begins."""
        pins = (pin.because for pin in self.school.file.pinned if pin.intervention == name)
        windows = (one.because for one in self.school.windows if one.intervention == name)
        return SetBySchool(tuple(pins), tuple(windows))

    def _no_place(self, name: str) -> WhyLeftOut:
        before = self.timetable.forms[self.whole(name)].before
        item = self.problem.item(self.whole(name))
        if item.pinned is not None and item.pinned not in {p.start for p in item.placements}:
            return PinnedTooLate(item.pinned, self._settings(name))
        if before and not item.placements:
            return NotOverBefore(before.event, before.because)
        if item.placements:
            return NoSlotBetween(self._settings(name))
        return "classes-move-on" if self._moves_on(name) else "too-long"

    def _moves_on(self, name: str) -> bool:
        """Tell whether something has to end before the plan does, with the year of the classes it is for."""
        courses = self.timetable.courses
        intervention = self.timetable.forms[self.whole(name)].item.intervention
        return len(courses.open_to(intervention)) < len(courses.halves)

    def held_by(self, name: str) -> HeldBy:
        """Give what keeps a step from starting later: a date, its successors, the plan's end."""
        form = self.planned[name]
        item, chosen = self.problem.item(form), self.solution.chosen[form]
        if self.timetable.forms[form].item.intervention.from_the_first:
            return "by-the-year"
        after = [place for place in item.placements if place.start > chosen.start]
        if not after:
            before = self.timetable.forms[form].before
            if before:
                return OverBefore(before.event, before.because)
            return "by-the-classes-year" if self._moves_on(name) else "by-the-plans-end"
        kinds = ("latest", "pinned", "behind", "together", "needs", "before", "goal")
        found = blockers(self.problem, self.solution, form, after[0])
        return tuple([one for one in found if one.kind in kinds][:MOST_TOLD])

    def held_back(self, name: str) -> tuple[Placement, Blocker] | None:
        """Give where something new would start if more that is new could, and what is in its way there;
        None when that is not what holds it."""
        form = self.planned.get(name) or self.whole(name)
        earlier = nearest_earlier(self.problem, self.solution, form)
        if earlier is None:
            return None
        found = list(blockers(self.problem, self.solution, form, earlier))
        new = [blocker for blocker in found if blocker.kind == "attention"]
        return (earlier, new[0]) if new and len(new) == len(found) else None

"""Why a step is where it is and what would bring in what isn't in the plan, each answered by planning
again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..advise import Advice
from ..planning import NEW, Step, prices
from ..scheduling import Alternative, Move, Placement, Room, blockers, nearest, room_for, without
from . import argument as answer
from .phrases import replanning as phrases


class Replanned:
    """Questions about one solved plan, answered by planning again with one thing forced."""

    def __init__(self, advice: Advice) -> None:
        self.advice, self.reasons = advice, advice.reasons
        self.problem, self.solution = advice.problem, advice.solution
        self.slots = self.reasons.slots
        self.most = advice.library.planning.most_moved

    def why(self, step: Step) -> answer.WhyStep:
        """Why a step is where it is, what is in its way elsewhere, and what the nearest alternatives
        cost."""
        form = self.reasons.planned[step.id]
        chosen, item = self.solution.chosen[form], self.problem.item(form)
        opens = [place.start for place in item.open]
        here = opens.index(chosen.start)
        titles = {one.id: one.title for one in self.advice.plan.steps}
        slots = {slot.id: slot.title for term in self.advice.plan.terms for slot in term.slots}
        times = sorted((one.slot for one in step.occurrences), key=[*slots].index)
        starts, *_, ends = (*times, *times) or (step.starts, step.ends)
        return answer.WhyStep(
            school=self.advice.plan.school,
            step=step.id,
            title=step.title,
            starts=slots[starts],
            ends=slots[ends],
            why_here=step.why_here,
            times=tuple(slots[one] for one in dict.fromkeys(times)),
            waits_for=tuple(titles[need] for need in step.needs if need in titles),
            enables=tuple(titles[one] for one in step.enables),
            earliest=slots[step.earliest],
            latest=slots[step.latest],
            slack=step.slack,
            free=step.free,
            held_by=step.held_by,
            critical=step.critical,
            elsewhere=tuple(self._elsewhere(form, item.placements, chosen)),
            earlier=self._moved(form, opens[here - 1]) if here else None,
            later=self._moved(form, opens[here + 1]) if here + 1 < len(opens) else None,
            without=self._without(form),
            decided=step.decided,
        )

    def beside(self, found: answer.WhyNot) -> answer.WhyNot:
        """Why something isn't in the plan, with what is in its way, what bringing it in would cost, and
        what it would take to have it beside all the rest; as it was where it can't be had at all."""
        name = found.intervention
        if name in self.reasons.planned or name not in self.advice.dependencies.names:
            return found
        whole = self.reasons.whole(name)
        item = self.problem.item(whole)
        forms = [form.id for form in self.reasons.timetable.forms.values() if form.item.id == name]
        tried = (nearest(self.problem, self.solution, form, None, self.most) for form in forms)
        possible = [one for one in tried if one is not None]
        instead = min(possible, key=lambda one: (one.fewest, one.value_lost), default=None)
        room = room_for(self.problem, self.solution, whole, prices(self.advice.library.planning))
        return found.model_copy(
            update={
                "elsewhere": tuple(self._elsewhere(whole, item.open, None)),
                "instead": self._told(instead, None) if instead else None,
                "beside": tuple(self._room(room)) if room else (),
                "beside_alternative": self._beside(room) if room else None,
            }
        )

    def _elsewhere(
        self, form: str, places: Iterable[Placement], chosen: Placement | None
    ) -> Iterator[answer.Elsewhere]:
        for place in places:
            if chosen is None or place.start != chosen.start:
                found = blockers(self.problem, self.solution, form, place)
                yield answer.Elsewhere(
                    when=self.slots[place.start].title,
                    blockers=tuple(self.reasons.phrases.blocker(one) for one in found),
                )

    def _moved(self, form: str, start: int) -> answer.ForcedAlternative:
        when = self.slots[start].title
        found = nearest(self.problem, self.solution, form, start, self.most)
        if found is None:
            return self._impossible(phrases.never_there(when), when)
        return self._told(found, when)

    def _without(self, form: str) -> answer.ForcedAlternative:
        found = without(self.problem, self.solution, form, self.most)
        if found is None:
            return self._impossible(phrases.NEEDED, "")
        return self._told(found, phrases.WITHOUT)

    def _impossible(self, words: str, when: str) -> answer.ForcedAlternative:
        return answer.ForcedAlternative(
            words=words, when=when, moved=(), value_lost=0, share_lost=0.0, possible=False
        )

    def _told(self, found: Alternative, when: str | None) -> answer.ForcedAlternative:
        """Tell an alternative; `when`: what is forced, None for being in the plan at all."""
        if when is None:
            light = self.reasons.timetable.forms[found.item].kind != "full"
            form = self.reasons.phrases.title(found.item) if light else None
            when = phrases.in_the_plan(self.slots[found.chosen[found.item].start].title, form)
        share = round(100 * found.value_lost / max(1, self.solution.value), 1)
        own = self.reasons.timetable.name(found.item)
        others = [one for one in found.moves if self.reasons.timetable.name(one.item) != own]
        moved = self._moves(others)
        fewest = len(others) if found.fewest and len(others) > self.most else None
        words = phrases.forced(when, moved, found.value_lost, share, fewest, found.proved)
        return answer.ForcedAlternative(
            words=words,
            when="" if found.item not in found.chosen else when,
            moved=moved,
            value_lost=found.value_lost,
            share_lost=share,
            possible=True,
        )

    def _moves(self, moves: Iterable[Move]) -> tuple[answer.Moved, ...]:
        """Tell what becomes of others; a form that takes another's place is told as one."""
        found: dict[str, list[int | None]] = {}
        for move in moves:
            both = found.setdefault(self.reasons.timetable.name(move.item), [None, None])
            both[0] = move.was if both[0] is None else both[0]
            both[1] = move.now if both[1] is None else both[1]
        return tuple(
            answer.Moved(
                title=self.reasons.phrases.plain_title(name),
                was=None if was is None else self.slots[was].title,
                now=None if now is None else self.slots[now].title,
            )
            for name, (was, now) in found.items()
        )

    def _beside(self, room: Room) -> answer.ForcedAlternative:
        """The plan in which nothing is dropped for it."""
        lost = self.solution.value - sum(place.value for place in room.chosen.values())
        moved = self._moves(room.moves)
        start = self.slots[room.chosen[room.item].start].title
        return answer.ForcedAlternative(
            words=phrases.beside(start, moved),
            when=start,
            moved=moved,
            value_lost=lost,
            share_lost=round(100 * lost / max(1, self.solution.value), 1),
            possible=True,
        )

    def _room(self, room: Room) -> Iterator[str]:
        timetable = self.reasons.timetable
        loads: dict[tuple[str, int], int] = {}
        for placement in room.chosen.values():
            for key, tenths in placement.load.items():
                loads[key] = loads.get(key, 0) + tenths
        stated = timetable.to_state(
            {(one.name, one.slot): one.amount for one in room.more if one.kind == "capacity"},
            lambda capacity: all(capacity.get(key, load) >= load for key, load in loads.items()),
        )
        for one in room.more:
            if one.kind == "budget":
                funds = timetable.funds
                claim = funds.claims.get(one.name)
                if claim is not None and not claim.accounts:
                    yield phrases.unpayable(one.amount, funds.kind(claim.kind))
                else:
                    pounds = funds.to_give(one.name, one.amount)
                    yield phrases.more_money(pounds, self.reasons.phrases.account(one.name))
                continue
            when = self.slots[one.slot].title
            if one.kind == "capacity":
                if tenths := stated[one.name, one.slot]:
                    yield phrases.more_days(tenths, self.reasons.phrases.people(one.name), when)
            elif one.name == NEW:
                yield phrases.more_change(one.amount, when)
            else:
                led = self.reasons.phrases.leads(one.name)
                yield phrases.more_led(one.amount, led, when)

"""Why a step is where it is and what would bring in what isn't in the plan, each answered by planning
again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from ..advise import Advice
from ..core import EFFORT_STEP
from ..library import Decision
from ..planning import AT_ALL, NEW, PRIORITY, URGENT, Purchase, Step, more_needed, prices
from ..scheduling import Alternative, Blocker, Move, Placement, Room, blockers, nearest, room_for
from . import argument as answer
from .phrases import forced_plans as phrases
from .planned_anew import had_decided, planned_anew


class AlternativePlans:
    """Questions about one solved plan, answered by planning again with one thing forced."""

    def __init__(self, advice: Advice) -> None:
        self.advice, self.reasons = advice, advice.reasons
        self.problem, self.solution = advice.problem, advice.solution
        self.bought_anew = self.problem if self.solution.undone else advice.asked
        self.spent = sum(one.pounds for one in advice.plan.purchases)
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
            needed_by=tuple(self._needed_by(form)),
            critical=step.critical,
            elsewhere=tuple(self._elsewhere(form, item.placements, chosen)),
            earlier=self._moved(form, opens[here - 1]) if here else None,
            later=self._moved(form, opens[here + 1]) if here + 1 < len(opens) else None,
            without=self._without(step.id),
            decided=step.decided,
            hangs_on=tuple(o.words for o in self.advice.plan.hangs_on if o.step == step.id),
            bought=tuple(self._bought(step.id)),
        )

    def beside(self, found: answer.WhyNot) -> answer.WhyNot:
        """Why something isn't in the plan, with what is in its way, what bringing it in would cost, and
        what it would take to have it beside all the rest; as it was where it can't be had at all."""
        name = found.intervention
        if name in self.reasons.planned or name not in self.advice.dependencies.names:
            return found
        whole = self.reasons.whole(name)
        item = self.problem.item(whole)
        room = room_for(self.problem, self.solution, whole, prices(self.advice.library.planning))
        stated = self._to_state(room) if room else {}
        return found.model_copy(
            update={
                "elsewhere": tuple(self._elsewhere(whole, item.open, None)),
                "instead": self._anew(name, "accept"),
                "beside": tuple(self._room(room, stated)) if room else (),
                "beside_more": tuple(more_needed(room.more, stated, self.reasons.timetable))
                if room
                else (),
                "beside_alternative": self._beside(room) if room else None,
            }
        )

    def _bought(self, name: str) -> Iterator[str]:
        """Say what is bought that a step could not stand as it does without, each thing for the same people
        once."""
        same: dict[str, list[Purchase]] = {}
        for one in self.advice.plan.purchases:
            if name in one.for_:
                same.setdefault(one.of, []).append(one)
        slots = {slot.id: slot.title for slot in self.slots}
        for what, several in same.items():
            parts = [(round(one.amount * EFFORT_STEP), slots[one.slot]) for one in several]
            yield phrases.bought(what, parts, sum(one.pounds for one in several))

    def _needed_by(self, form: str) -> Iterator[str]:
        """Say which aims that the plan reaches would be missed if a step began too late, all else as it is:
        of each the earliest half-term."""
        others = {name: one for name, one in self.solution.chosen.items() if name != form}
        ranks = self.reasons.timetable.goal_ranks
        first: dict[int | None, Blocker] = {}
        for goal in self.problem.goals:
            by = [slot for name, slot in goal.relation.options if name == form]
            if by and goal.id in self.solution.met and not goal.relation.met(others):
                blocker = Blocker("goal", form, max(by), goal=goal.id)
                known = first.setdefault(ranks[goal.id], blocker)
                if max(by) < (known.slot or 0):
                    first[ranks[goal.id]] = blocker
        yield from (self.reasons.phrases.blocker(one) for one in first.values())

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
        timetable = self.reasons.timetable
        own = timetable.name(form)
        kin = {one: timetable.name(one) for one in timetable.forms}
        tried = (
            nearest(self.bought_anew, self.solution, one, start, self.most, kin)
            for one in sorted(kin)
            if kin[one] == own
        )
        found = min(
            (one for one in tried if one is not None),
            key=lambda one: (one.fewest, one.value_lost + one.points_for_time),
            default=None,
        )
        if found is None:
            return self._impossible(phrases.never_there(when), when)
        return self._told(found, when)

    def _without(self, name: str) -> answer.ForcedAlternative:
        promised = any(one.intervention == name for one in self.advice.school.promises)
        found = None
        if not promised and not self.reasons.timetable.must(name):
            found = self._anew(name, "refuse")
        return self._impossible(phrases.NEEDED, "") if found is None else found

    def _anew(self, name: str, decision: Decision) -> answer.ForcedAlternative | None:
        """The plan the school would get had it decided so about something: what else goes and comes, what
        it costs, and what is no longer reached. None when what must be done doesn't fit then."""
        found = planned_anew(self.advice, had_decided(self.advice, name, decision))
        if len(found.solution.undone) > len(self.solution.undone):
            return None
        now = found.chosen
        if (name in now) is not (decision == "accept"):
            return None
        was = {
            self.reasons.timetable.name(form): (form, place)
            for form, place in self.solution.chosen.items()
        }
        goes = sorted(was.keys() - now.keys() - {name})
        best = self.solution.level("value").value
        lost = best - found.solution.level("value").value
        share = round(100 * lost / max(1, best), 1)
        needs = [one for one in goes if one not in found.posed.dependencies.names]
        moved = tuple(
            answer.Moved(
                step=one,
                title=self.reasons.phrases.plain_title(one),
                was=self.slots[was[one][1].start].title if one in was else None,
                now=self.slots[now[one][1].start].title if one in now else None,
            )
            for one in sorted(was.keys() | now.keys())
            if one != name and was.get(one, ("",))[0] != now.get(one, ("",))[0]
        )
        what = phrases.WITHOUT
        if decision == "accept":
            light = self.reasons.timetable.forms[now[name][0]].kind != "full"
            what = phrases.with_it(self.reasons.phrases.title(now[name][0]) if light else "")
        met = {*self.solution.met} - {*found.solution.met}
        own = {*(f"{URGENT}{one}{rest}" for one in (name, *needs) for rest in ("", AT_ALL))}
        missed = tuple(self._goal(goal) for goal in self._worst(met - own))
        words = phrases.anew(
            what,
            moved,
            [self.reasons.phrases.plain_title(one) for one in needs],
            lost,
            share,
            missed,
            found.pounds - self.spent,
            found.solution.level("value").status == "optimal",
        )
        return answer.ForcedAlternative(
            words=words,
            when="",
            moved=moved,
            value_lost=lost,
            share_lost=share,
            possible=True,
            missed=missed,
        )

    def _worst(self, goals: Set[str]) -> list[str]:
        """Give goals without those of which a worse one is among them: late where it isn't begun at all,
        none of the strongest where there is none at all."""
        ranks = self.reasons.timetable.goal_ranks
        return [
            goal
            for goal in sorted(goals)
            if goal + AT_ALL not in goals and f"{PRIORITY}{ranks[goal]}" not in goals - {goal}
        ]

    def _goal(self, goal: str) -> str:
        """Say that a goal of the plan is missed."""
        rank = self.reasons.timetable.goal_ranks[goal]
        if rank is not None:
            priority = self.advice.plan.priorities[rank - 1].title
            return phrases.priority_missed(rank, priority, strongest=goal != f"{PRIORITY}{rank}")
        name = goal.removeprefix(URGENT).removesuffix(AT_ALL)
        title = self.reasons.phrases.plain_title(name)
        return phrases.urgent_missed(title, late=not goal.endswith(AT_ALL))

    def _impossible(self, words: str, when: str) -> answer.ForcedAlternative:
        return answer.ForcedAlternative(
            words=words, when=when, moved=(), value_lost=0, share_lost=0.0, possible=False
        )

    def _told(self, found: Alternative, when: str) -> answer.ForcedAlternative:
        """Tell a plan with a step in another half-term."""
        share = round(100 * found.value_lost / max(1, self.solution.value), 1)
        own = self.reasons.timetable.name(found.item)
        others = [one for one in found.moves if self.reasons.timetable.name(one.item) != own]
        moved = self._moves(others)
        fewest = len(moved) if found.fewest and len(moved) > self.most else None
        kind = self.reasons.timetable.forms[found.item].kind
        what = (
            when
            if kind == "full"
            else phrases.in_form(when, self.reasons.phrases.title(found.item))
        )
        words = phrases.forced(
            what,
            moved,
            found.value_lost,
            share,
            fewest,
            found.pounds - (0 if self.solution.undone else self.spent),
            found.proved,
            leads_stay=bool(self.reasons.timetable.handed),
        )
        return answer.ForcedAlternative(
            words=words,
            when=when,
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
                step=name,
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
            words=phrases.beside(start, moved, leads_stay=bool(self.reasons.timetable.handed)),
            when=start,
            moved=moved,
            value_lost=lost,
            share_lost=round(100 * lost / max(1, self.solution.value), 1),
            possible=True,
        )

    def _to_state(self, room: Room) -> dict[tuple[str, int], int]:
        """Give what people have to state more, in tenths of a day by person and slot."""
        loads: dict[tuple[str, int], int] = {}
        for placement in room.chosen.values():
            for key, tenths in placement.load.items():
                loads[key] = loads.get(key, 0) + tenths
        return self.reasons.timetable.to_state(
            {(one.name, one.slot): one.amount for one in room.more if one.kind == "capacity"},
            lambda capacity: all(capacity.get(key, load) >= load for key, load in loads.items()),
        )

    def _room(self, room: Room, stated: Mapping[tuple[str, int], int]) -> Iterator[str]:
        timetable = self.reasons.timetable
        days: dict[str, list[tuple[int, str]]] = {}
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
                    days.setdefault(one.name, []).append((tenths, when))
            elif one.name == NEW:
                yield phrases.more_change(one.amount, when)
            else:
                led = self.reasons.phrases.leads(one.name)
                yield phrases.more_led(one.amount, led, when)
        for name, parts in days.items():
            yield phrases.more_days(parts, self.reasons.phrases.people(name))

"""Why a step is where it is and why something is not in the plan, each answered by planning again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .advise import Advice
from .conflicts import prices
from .errors import TermwiseError, UnknownNameError
from .reasons import count, days
from .records import why as answer
from .records.plan import LeftOut, Step
from .schedule import (
    Alternative,
    Move,
    Placement,
    Room,
    blockers,
    nearest,
    room_for,
    without,
)
from .timetable import NEW


def why(advice: Advice, name: str) -> answer.WhyStep:
    """Why a step of the plan is there, what is in its way elsewhere, and what the nearest alternatives
    cost. A step is called by its id, its title or a part of one that is no other's.

    Raises UnknownNameError for what is not known, TermwiseError for what is not in the plan or may be
    several.
    """
    steps = {step.id: step for step in advice.plan.steps}
    if name in advice.library.interventions and name not in steps:
        raise TermwiseError(f"“{name}” is not in the plan: ask termwise why-not")
    found = _called("step of the plan", name, {one: step.title for one, step in steps.items()})
    return _Answers(advice).why(steps[found])


def why_not(advice: Advice, name: str) -> answer.WhyNot:
    """Why an intervention is not in the plan, what bringing it in would cost, and what it would take to
    have it beside all the rest. It is called as a step is.

    Raises UnknownNameError for what is not known, TermwiseError for what is in the plan for all it was
    asked for, or may be several.
    """
    planned = {step.id for step in advice.plan.steps}
    left: dict[str, list[LeftOut]] = {}
    for one in sorted(advice.plan.left_out, key=lambda one: _weight(one.kind)):
        left.setdefault(one.intervention, []).append(one)
    titles = {one.id: one.title for one in advice.library.interventions.values()}
    if name in planned - left.keys():
        raise TermwiseError(f"“{name}” is in the plan: ask termwise why")
    if name not in titles:
        titles = {one: title for one, title in titles.items() if one not in planned or one in left}
    found = _called("intervention outside the plan", name, titles)
    return _Answers(advice).why_not(found, left.get(found, []))


def _weight(kind: str) -> int:
    """What is told first of several reasons: what stood in the way of what was wanted."""
    return _WEIGHTS.index(kind) if kind in _WEIGHTS else len(_WEIGHTS)


def _called(kind: str, name: str, titles: Mapping[str, str]) -> str:
    """The id of what is called by its id, its title, or a part of one that is no other's."""
    if name in titles:
        return name
    asked = name.casefold()
    same = [one for one, title in titles.items() if title.casefold() == asked]
    near = same or [one for one, title in titles.items() if asked in f"{one} {title}".casefold()]
    if len(near) > 1:
        several = ", ".join(f"{one} (“{titles[one]}”)" for one in near)
        raise TermwiseError(f"“{name}” may be any of: {several}")
    if not near:
        raise UnknownNameError(kind, name, titles)
    return near[0]


_IN = "In the plan"
_WEIGHTS = ("undone", "no-room", "pinned", "too-late", "alternative", "impossible", "waits")


class _Answers:
    def __init__(self, advice: Advice) -> None:
        self.advice, self.reasons = advice, advice.reasons
        self.problem, self.solution = advice.problem, advice.solution
        self.slots = self.reasons.slots
        self.most = advice.library.planning.most_moved

    def why(self, step: Step) -> answer.WhyStep:
        form = self.reasons.planned[step.id]
        chosen, item = self.solution.chosen[form], self.problem.item(form)
        starts = [place.start for place in item.open]
        here = starts.index(chosen.start)
        titles = {one.id: one.title for one in self.advice.plan.steps}
        slots = {slot.id: slot.title for term in self.advice.plan.terms for slot in term.slots}
        return answer.WhyStep(
            school=self.advice.plan.school,
            step=step.id,
            title=step.title,
            starts=slots[step.starts],
            ends=slots[step.ends],
            because=step.because,
            against=step.against,
            why_here=step.why_here,
            waits_for=tuple(titles[need] for need in step.needs if need in titles),
            enables=tuple(titles[one] for one in step.enables),
            earliest=slots[step.earliest],
            latest=slots[step.latest],
            slack=step.slack,
            free=step.free,
            held_by=step.held_by,
            critical=step.critical,
            elsewhere=tuple(self._elsewhere(form, item.placements, chosen)),
            earlier=self._moved(form, starts[here - 1]) if here else None,
            later=self._moved(form, starts[here + 1]) if here + 1 < len(starts) else None,
            without=self._without(form),
        )

    def why_not(self, name: str, out: list[LeftOut]) -> answer.WhyNot:
        intervention = self.advice.library.intervention(name)
        left = out[0] if out else None
        step = next((step for step in self.advice.plan.steps if step.id == name), None)
        found = answer.WhyNot(
            school=self.advice.plan.school,
            intervention=name,
            title=left.title if left else intervention.title,
            kind=left.kind if left else "",
            reason=left.reason if left else self._untold(name),
            planned_for=step.target.words if step else "",
            also=tuple(f"{one.target}: {one.reason}" for one in out[1:]),
            because=left.because if left else (),
            elsewhere=(),
            instead=None,
            beside=(),
        )
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
                "instead": self._told(instead, _IN) if instead else None,
                "beside": tuple(self._room(room)) if room else (),
                "beside_alternative": self._beside(room) if room else None,
            }
        )

    def _untold(self, name: str) -> str:
        if name in self.advice.recommendations.in_place:
            return "It is in place already."
        impossible = self.advice.dependencies.impossible
        if name in impossible:
            return impossible[name]
        return "No rule asks for it in this school, and nothing in the plan needs it."

    def _elsewhere(
        self, form: str, places: Iterable[Placement], chosen: Placement | None
    ) -> Iterator[answer.Elsewhere]:
        for place in places:
            if chosen is None or place.start != chosen.start:
                found = blockers(self.problem, self.solution, form, place)
                yield answer.Elsewhere(
                    when=self.slots[place.start].title,
                    blockers=tuple(self.reasons.blocker(one) for one in found),
                )

    def _moved(self, form: str, start: int) -> answer.Alternative:
        when = self.slots[start].title
        found = nearest(self.problem, self.solution, form, start, self.most)
        if found is None:
            return self._impossible(f"{when}: it can't be there, whatever else moves.", when)
        return self._told(found, when)

    def _without(self, form: str) -> answer.Alternative:
        found = without(self.problem, self.solution, form, self.most)
        if found is None:
            return self._impossible(
                "Without it: it has to be done, or what has to be needs it.", ""
            )
        return self._told(found, "Without it")

    def _impossible(self, words: str, when: str) -> answer.Alternative:
        return answer.Alternative(
            words=words, when=when, moved=(), value_lost=0, share_lost=0.0, possible=False
        )

    def _told(self, found: Alternative, when: str) -> answer.Alternative:
        if found.item in found.chosen and when == _IN:
            light = self.reasons.timetable.forms[found.item].kind != "full"
            form = f", as {self.reasons.title(found.item)}" if light else ""
            when = f"{_IN}{form} from {self.slots[found.chosen[found.item].start].title}"
        share = round(100 * found.value_lost / max(1, self.solution.value), 1)
        own = self.reasons.timetable.name(found.item)
        others = [one for one in found.moves if self.reasons.timetable.name(one.item) != own]
        moved = self._moves(others)
        costs = [self._move(one) for one in moved] or ["nothing else moves"]
        if found.value_lost > 0:
            costs.append(f"{share:g} % less value" if share >= 0.1 else "hardly any value is lost")
        elif found.value_lost < 0:
            costs.append(
                f"{-share:g} % more value, which the plan gave up so that people's work is spread "
                "more evenly"
            )
        else:
            costs.append("no value is lost")
        if found.fewest and len(others) > self.most:
            costs.append(f"no plan does it with fewer than {len(others)} changes")
        if not found.proved:
            costs.append("the best found, not proved")
        return answer.Alternative(
            words=f"{when}: {'; '.join(costs)}.",
            when="" if found.item not in found.chosen else when,
            moved=moved,
            value_lost=found.value_lost,
            share_lost=share,
            possible=True,
        )

    def _moves(self, moves: Iterable[Move]) -> tuple[answer.Moved, ...]:
        """What becomes of others; a form that takes another's place is told as one."""
        found: dict[str, list[int | None]] = {}
        for move in moves:
            both = found.setdefault(self.reasons.timetable.name(move.item), [None, None])
            both[0] = move.was if both[0] is None else both[0]
            both[1] = move.now if both[1] is None else both[1]
        return tuple(
            answer.Moved(
                title=self.reasons.title(name).strip("“”"),
                was=None if was is None else self.slots[was].title,
                now=None if now is None else self.slots[now].title,
            )
            for name, (was, now) in found.items()
        )

    @staticmethod
    def _move(one: answer.Moved) -> str:
        if one.was is None:
            return f"“{one.title}” comes in, in {one.now}"
        if one.now is None:
            return f"“{one.title}” is dropped"
        if one.was == one.now:
            return f"“{one.title}” takes another form"
        return f"“{one.title}” moves from {one.was} to {one.now}"

    def _beside(self, room: Room) -> answer.Alternative:
        """The plan in which nothing is dropped for it."""
        lost = self.solution.value - sum(place.value for place in room.chosen.values())
        moved = self._moves(room.moves)
        start = self.slots[room.chosen[room.item].start].title
        told = "; ".join(self._move(one) for one in moved) or "nothing else moves"
        return answer.Alternative(
            words=f"With that it starts in {start}: {told}.",
            when=start,
            moved=moved,
            value_lost=lost,
            share_lost=round(100 * lost / max(1, self.solution.value), 1),
            possible=True,
        )

    def _room(self, room: Room) -> Iterator[str]:
        for one in room.more:
            if one.kind == "budget":
                funds = self.reasons.timetable.funds
                claim = funds.claims.get(one.name)
                if claim is not None and not claim.accounts:
                    yield f"£{one.amount:,} for {funds.kind(claim.kind)}, which no budget line may pay for"
                else:
                    yield f"£{one.amount:,} more in {funds.title(one.name)}"
                continue
            when = self.slots[one.slot].title
            if one.kind == "capacity":
                stated = self.reasons.timetable.to_state(one.amount)
                yield f"{days(stated)} more of {self.reasons.people(one.name)} in {when}"
            elif one.name == NEW:
                yield f"{count(one.amount, 'more point')} of change starting in {when}"
            else:
                led = self.reasons.leads(one.name)
                yield f"{count(one.amount, 'more new step')} led by {led} from {when}"

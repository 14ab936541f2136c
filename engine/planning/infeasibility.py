"""Infeasibility in school words: why what must be done can't all be done, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..core import EFFORT_STEP, listed
from ..library import Planning
from ..scheduling import (
    AtMostOne,
    Conflict,
    Constraint,
    Follows,
    More,
    OneOf,
    Prices,
    Relation,
    Repair,
    Requires,
    Shortfall,
    Together,
    conflict,
    fits,
    preflight,
    solve,
    ways_out,
)
from . import model as view
from .placement_reasons import Reasons, count, days
from .problem_builder import NEW

MOST_PLAIN = 4
FINE = 100
"""Prices are counted in hundredths, so that a tenth of a day has one."""


def prices(planning: Planning) -> Prices:
    """Return an adviser's prices of the ways out as whole hundredths, for the scheduler's units.

    The units are a tenth of a day, a pound, a point of change, a slot.
    """
    given = planning.prices
    return Prices(
        capacity=given.day * FINE // EFFORT_STEP,
        budget=given.hundred_pounds * FINE // 100,
        attention=given.start_point * FINE,
        later=given.later * FINE,
        lighter=given.lighter * FINE,
        waived=given.waived * FINE,
    )


def lighter_forms(reasons: Reasons) -> dict[str, str]:
    """The light form of each item that must be done in full."""
    forms = reasons.timetable.forms
    return {
        form.id: other.id
        for form in forms.values()
        if form.must and form.kind == "full"
        for other in forms.values()
        if other.kind == "light" and other.item.id == form.item.id
    }


class Contradiction:
    """The conflict among what must be done in one problem, and the ways out of it, in words."""

    def __init__(self, reasons: Reasons) -> None:
        self.reasons, self.problem = reasons, reasons.problem
        self.slots = reasons.slots
        self.found: Conflict | None = conflict(self.problem)
        self.plain: tuple[Shortfall, ...] = preflight(self.problem) if self.found else ()

    def words(self) -> tuple[str, ...]:
        """The conflict, sentence by sentence: how much is missing first, then what asks for it; last what
        else can be seen by adding up."""
        if self.found is None:
            return ()
        told = [self._short(short) for short in self.found.shortfalls]
        counted = {short.rule for short in self.found.shortfalls}
        late = {rule.name for rule in self.found.rules if rule.kind == "latest"}
        first = ("must", "latest", "pinned", "earliest")
        for rule in sorted(self.found.rules, key=lambda rule: rule.kind not in first):
            if rule not in counted and not (rule.kind == "must" and rule.name in late):
                told.append(self._rule(rule))
        for short in self.plain[:MOST_PLAIN]:
            if short.rule not in self.found.rules:
                told.append("Also: " + self._short(short))
        return tuple(dict.fromkeys(told))

    def ways_out(self) -> tuple[view.WayOut, ...]:
        """Return the repairs that make the must-do items fit, cheapest first; each was solved."""
        if self.found is None:
            return ()
        planning = self.reasons.library.planning
        ways = ways_out(
            self.problem, prices(planning), lighter_forms(self.reasons), planning.most_ways_out
        )
        return tuple(self._offered(way) for way in ways)

    def _offered(self, way: Repair) -> view.WayOut:
        stated = self._to_state(way)
        capacity = {**way.problem.capacity, **self.reasons.timetable.with_more(stated)}
        solution = way.solution
        if any(capacity[key] < limit for key, limit in way.problem.capacity.items()):
            solution = solve(replace(way.problem, capacity=capacity))
        return view.WayOut(
            words=self._way(way, stated),
            price=-(-way.price // FINE),
            value=solution.value if solution else 0,
        )

    def _to_state(self, way: Repair) -> dict[tuple[str, int], int]:
        """The least that people have to state more for a way out, by person and slot, in tenths of a
        day; each figure is tried."""
        timetable = self.reasons.timetable
        planned = {(one.name, one.slot): one.amount for one in way.more if one.kind == "capacity"}

        def enough(capacity: Mapping[tuple[str, int], int]) -> bool:
            return fits(replace(way.problem, capacity={**way.problem.capacity, **capacity}))

        return timetable.to_state(planned, enough)

    # --- the conflict

    def _short(self, short: Shortfall) -> str:
        rule = short.rule
        if rule.kind == "must":
            return f"{self._said(rule.name)} has no half-term left in which it could start."
        when = "" if rule.slot is None else self.slots[rule.slot].title
        if short.until is not None and rule.slot is not None and short.until != rule.slot:
            when = f"{when} to {self.slots[short.until].title}"
        users = self._listed(short.users)
        need = "needs" if len(short.users) == 1 else "together need"
        if rule.kind == "capacity":
            return (
                f"{users} {need} {days(short.need)} of {self.reasons.people(rule.name)} in {when}; "
                f"{days(short.have)} may be planned."
            )
        if rule.kind == "budget":
            return f"{users} {need} £{short.need:,} from {self._account(rule.name)}; there is £{short.have:,}."
        return f"{users} {need} {self._points(rule.name, short.need)} in {when}; at most {short.have} may be."

    def _points(self, name: str, number: int) -> str:
        if name == NEW:
            return f"{count(number, 'point')} of change to start"
        return f"{count(number, 'new step')} to be led by {self.reasons.leads(name)}"

    def _account(self, name: str) -> str:
        funds = self.reasons.timetable.funds
        claim = funds.claims.get(name)
        if claim is not None and not claim.accounts:
            return (
                f"a budget line that may pay for {funds.kind(claim.kind)}, of which there is none"
            )
        return funds.title(name)

    def _rule(self, rule: Constraint) -> str:
        title = self.reasons.title
        if rule.relation is not None:
            return self._relation(rule.relation)
        if rule.kind in ("must", "pinned", "earliest", "latest"):
            item = self.problem.item(rule.name)
            at = {"pinned": item.pinned, "earliest": item.earliest, "latest": item.latest}.get(
                rule.kind
            )
            when = "" if at is None else self.slots[at].title
            return {
                "must": f"{self._said(rule.name)} has to be done.",
                "pinned": f"{title(rule.name)} is set to start in {when}.",
                "earliest": f"{self._said(rule.name)} may not start before {when}.",
                "latest": f"{self._said(rule.name)} has to start by {when}.",
            }[rule.kind]
        when = "" if rule.slot is None else f" in {self.slots[rule.slot].title}"
        if rule.kind == "capacity":
            return f"{_capital(self.reasons.people(rule.name))} has no more time{when}."
        if rule.kind == "budget":
            return f"There is no more money in {self._account(rule.name)}."
        return f"No more that is new may start{when}."

    def _relation(self, relation: Relation) -> str:
        title = self.reasons.title
        if isinstance(relation, Requires):
            options = " or ".join(title(option) for option in relation.options)
            return f"{title(relation.after)} needs {options} first."
        if isinstance(relation, Follows):
            return f"{title(relation.after)} comes after {title(relation.before)}."
        listed = self._listed(relation.names)
        if isinstance(relation, Together):
            return f"{listed} go together."
        if isinstance(relation, OneOf):
            return f"One of {listed} has to be done."
        assert isinstance(relation, AtMostOne)
        return f"Only one of {listed} can be done."

    def _said(self, form: str) -> str:
        """A form's title; of what the school has accepted, with who did and when."""
        title, accepted = self.reasons.title(form), self._accepted(form)
        return f"{title} ({accepted})" if accepted else title

    def _accepted(self, form: str) -> str:
        """By whom something was accepted and when; empty where it was not."""
        found = self.reasons.school.accepted(self.reasons.timetable.name(form))
        return found.words if found else ""

    def _listed(self, names: tuple[str, ...]) -> str:
        return listed([self.reasons.title(name) for name in names])

    # --- the ways out

    def _way(self, way: Repair, stated: Mapping[tuple[str, int], int]) -> str:
        told = [*self._more(way.more, stated)]
        for shift in way.shifts:
            assert shift.now is not None
            to = self.slots[shift.now].title
            told.append(f"{self.reasons.title(shift.item)} starts in {to}")
        told += [
            f"{self.reasons.title(light)} in place of the full form" for _, light in way.lighter
        ]
        told += [
            f"{self._listed(tuple(names.split('|')))} is not done{self._against(names)}"
            for names in way.waived
        ]
        return _capital(listed(told)) + "."

    def _against(self, name: str) -> str:
        """Return who accepted what is waived, or the rule or duty behind it, in brackets."""
        advised = self.reasons.timetable.advised
        accepted = [told for one in name.split("|") if (told := self._accepted(one))]
        if accepted:
            return f" (though {listed(list(dict.fromkeys(accepted)))})"
        promised = {promise.intervention for promise in self.reasons.school.promises}
        if name in advised.shaping.must and name not in promised:
            return f" (against rule {advised.shaping.must[name][1].rule.id})"
        return " (though it is a duty)" if name in advised.duties and name not in promised else ""

    def _more(self, more: tuple[More, ...], stated: Mapping[tuple[str, int], int]) -> Iterator[str]:
        """Yield the additions in words, with all half-terms of the same people in one phrase."""
        by_name: dict[tuple[str, str], list[More]] = {}
        for one in more:
            by_name.setdefault((one.kind, one.name), []).append(one)
        for (kind, name), parts in by_name.items():
            if kind == "budget":
                pounds = self.reasons.timetable.funds.to_give(name, parts[0].amount)
                yield f"£{pounds:,} more in {self._account(name)}"
                continue
            when = [self.slots[one.slot].title for one in parts]
            if kind == "capacity":
                amounts = [
                    f"{days(tenths)} more in {at}"
                    for one, at in zip(parts, when, strict=True)
                    if (tenths := stated[name, one.slot])
                ]
                if amounts:
                    yield f"{self.reasons.people(name)} gives {listed(amounts)}"
            else:
                amounts = [
                    f"{one.amount} more in {at}" for one, at in zip(parts, when, strict=True)
                ]
                whose = (
                    "points of change"
                    if name == NEW
                    else f"new steps for {self.reasons.leads(name)}"
                )
                yield f"{whose}: {listed(amounts)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

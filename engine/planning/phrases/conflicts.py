"""The sentences on a conflict among what must be done, and on the ways out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...core import listed
from ...inference import Recommendation
from ...scheduling import (
    AtMostOne,
    Constraint,
    Follows,
    More,
    OneOf,
    Problem,
    Relation,
    Repair,
    Requires,
    Shortfall,
    StartedBy,
    Together,
)
from ..problem_builder import NEW, Timetable
from .titles import Titles, capital, count, days


class SeenBesides(NamedTuple):
    """A shortfall that adding up shows beside the conflict."""

    short: Shortfall


class ConflictPhrases(Titles):
    """The sentences on one problem in which what must be done can't all be done."""

    def __init__(
        self, timetable: Timetable, items: Mapping[str, Recommendation], problem: Problem
    ) -> None:
        super().__init__(timetable, items)
        self.problem = problem

    def fact(self, fact: Shortfall | Constraint | SeenBesides) -> str:
        """Say one part of the conflict in one sentence."""
        match fact:
            case SeenBesides(short):
                return "Also: " + self._short(short)
            case Shortfall():
                return self._short(fact)
            case _:
                return self._rule(fact)

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
                f"{users} {need} {days(short.need)} of {self.people(rule.name)} in {when}; "
                f"{days(short.have)} may be planned."
            )
        if rule.kind == "budget":
            return f"{users} {need} £{short.need:,} from {self._asked_account(rule.name)}; there is £{short.have:,}."
        return f"{users} {need} {self._points(rule.name, short.need)} in {when}; at most {short.have} may be."

    def _points(self, name: str, number: int) -> str:
        if name == NEW:
            return f"{count(number, 'point')} of change to start"
        return f"{count(number, 'new step')} to be led by {self.leads(name)}"

    def _asked_account(self, name: str) -> str:
        funds = self.timetable.funds
        claim = funds.claims.get(name)
        if claim is not None and not claim.accounts:
            return (
                f"a budget line that may pay for {funds.kind(claim.kind)}, of which there is none"
            )
        return self.account(name)

    def _rule(self, rule: Constraint) -> str:
        title = self.title
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
            return f"{capital(self.people(rule.name))} has no more time{when}."
        if rule.kind == "budget":
            return f"There is no more money in {self._asked_account(rule.name)}."
        return f"No more that is new may start{when}."

    def _relation(self, relation: Relation) -> str:
        title = self.title
        if isinstance(relation, Requires):
            options = " or ".join(title(option) for option in relation.options)
            return f"{title(relation.after)} needs {options} first."
        if isinstance(relation, Follows):
            return f"{title(relation.after)} comes after {title(relation.before)}."
        listed = self._listed(relation.names)
        if isinstance(relation, Together):
            return f"{listed} go together."
        if isinstance(relation, OneOf):  # the forms of one intervention
            kinds = {self.timetable.forms[name].kind for name in relation.names}
            least = "in its light form" if "light" in kinds else "for those it is not too late for"
            return f"{self._said(relation.names[0])} has to be done, at least {least}."
        if isinstance(relation, StartedBy):
            return f"One of {listed} has to start in time."
        assert isinstance(relation, AtMostOne)
        return f"Only one of {listed} can be done."

    def _said(self, form: str) -> str:
        """A form's title; of what the school has accepted, with who did and when."""
        title, accepted = self.title(form), self._accepted(form)
        return f"{title} ({accepted})" if accepted else title

    def _accepted(self, form: str) -> str:
        """By whom something was accepted and when; empty where it was not."""
        found = self.school.accepted(self.timetable.name(form))
        return found.words if found else ""

    def _listed(self, names: tuple[str, ...]) -> str:
        return listed([self.title(name) for name in names])

    def way_out(self, way: Repair, stated: Mapping[tuple[str, int], int]) -> str:
        """Say a way out in one sentence; `stated`: the tenths of a day people have to state more, by
        person and slot."""
        told = [*self._more(way.more, stated)]
        for shift in way.shifts:
            assert shift.now is not None
            to = self.slots[shift.now].title
            told.append(f"{self.title(shift.item)} starts in {to}")
        told += [f"{self.title(light)} in place of the full form" for _, light in way.lighter]
        told += [
            f"{self.title(names.split('|')[0])} is not done{self._against(names)}"
            for names in way.waived
        ]
        return capital(listed(told)) + "."

    def _against(self, name: str) -> str:
        """Return who accepted what is waived, or the rule or duty behind it, in brackets."""
        advised = self.timetable.advised
        form = name.split("|")[0]
        if accepted := self._accepted(form):
            return f" (though {accepted})"
        name = self.timetable.name(form)
        promised = {promise.intervention for promise in self.school.promises}
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
                pounds = self.timetable.funds.to_give(name, parts[0].amount)
                yield f"£{pounds:,} more in {self._asked_account(name)}"
                continue
            when = [self.slots[one.slot].title for one in parts]
            if kind == "capacity":
                amounts = [
                    f"{days(tenths)} more in {at}"
                    for one, at in zip(parts, when, strict=True)
                    if (tenths := stated[name, one.slot])
                ]
                if amounts:
                    yield f"{self.people(name)} gives {listed(amounts)}"
            else:
                amounts = [
                    f"{one.amount} more in {at}" for one, at in zip(parts, when, strict=True)
                ]
                whose = "points of change" if name == NEW else f"new steps for {self.leads(name)}"
                yield f"{whose}: {listed(amounts)}"

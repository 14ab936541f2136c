"""A problem as a CP-SAT model: every constraint posted, with names and slack where asked.

The model's records are filled in directly through OR-Tools' compiled module, which spares every run the
import of pandas (docs/decisions/0003). Sorted building makes each answer repeatable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from ..constraints import Relation
from ..problem import Constraint, Problem, RuleKind
from .solver_records import INFINITY
from .variables import Terms, Variables, add

Key = TypeVar("Key")


class Model(Variables):
    """One model.

    `named` gives every rule a literal, so that a conflict can be asked for. `loose` has the kinds of rule
    that may be stretched; what stretching takes is in `stretched`. `once` has resources that have so much
    more in one slot of the solver's choice; the literals of the slots are in `slots`.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        named: bool = False,
        without: Iterable[Constraint] = (),
        loose: Iterable[RuleKind] = (),
        once: tuple[Iterable[str], int] = ((), 0),
    ) -> None:
        self.named, self.loose = named, frozenset(loose)
        self.without = frozenset(without)
        narrow = not (named or self.without or self.loose & {"earliest", "latest", "pinned"})
        super().__init__(problem, narrow)
        self.rules: dict[Constraint, int] = {}
        self.stretched: dict[Constraint, int] = {}
        self.more, self.amount = frozenset(once[0]), once[1]
        self.slots = [self.new() for _ in range(problem.slots)] if self.more else []
        if self.slots:
            self.linear(dict.fromkeys(self.slots, 1), 0, 1)
        self.lay_out()
        self.bought = {offer.id: self.new(0, offer.most) for offer in problem.offers}
        if not narrow:
            self._own_rules()
        self._musts()
        for relation in problem.ordered:
            when = self._when(Constraint("relation", relation=relation))
            if when is not None:
                relation.encode(self, when)
        self._limits()

    # --- rules by name, and their slack

    def _when(self, rule: Constraint) -> tuple[int, ...] | None:
        """The literals under which a rule holds; None when it is left out."""
        if rule in self.without:
            return None
        if not self.named:
            return ()
        if rule not in self.rules:
            self.rules[rule] = self.new()
        return (self.rules[rule],)

    def waived(self, relation: Relation) -> int | None:
        """A new literal that says a group is left undone; None where nothing may be left undone."""
        if "must" not in self.loose:
            return None
        rule = Constraint("relation", relation=relation)
        self.stretched[rule] = self.new()
        return self.stretched[rule]

    # --- what holds for one item

    def _own_rules(self) -> None:
        for item in self.items:
            limits: tuple[tuple[RuleKind, Any], ...] = (
                ("earliest", lambda p, i=item: i.earliest is None or p.start >= i.earliest),
                ("latest", lambda p, i=item: i.latest is None or p.start <= i.latest),
                ("pinned", lambda p, i=item: i.pinned is None or p.start == i.pinned),
            )
            for kind, allows in limits:
                rule = Constraint(kind, item.id)
                for position, placement in enumerate(self.places[item.id]):
                    if allows(placement):
                        continue
                    if kind in self.loose:
                        self.stretched.setdefault(rule, self.new())
                        self.clause([self.stretched[rule]], *self.here(item.id, position))
                    elif (when := self._when(rule)) is not None:
                        self.bar(item.id, position, *when)

    def _musts(self) -> None:
        for item in self.items:
            rule = Constraint("must", item.id)
            if not item.must or (when := self._when(rule)) is None:
                continue
            literals = [] if (one := self.chosen(item.id)) is None else [one]
            if "must" in self.loose:
                self.stretched[rule] = self.new()
                literals.append(self.stretched[rule])
            if not literals and not when:
                self.impossible = True
            self.clause(literals, *when)

    # --- what is shared

    def _limits(self) -> None:
        problem = self.problem
        self.loads: dict[tuple[str, int], Terms] = {}
        claims: dict[str, Terms] = {}
        self.begun: dict[tuple[str, int], Terms] = {}
        for item in self.items:
            before: int | None = None
            for placement, step in zip(self.places[item.id], self.z[item.id], strict=True):
                begun = {(name, placement.start): one for name, one in item.attention.items()}
                _claim(self.loads, placement.load, step, before)
                _claim(claims, placement.cost, step, before)
                _claim(self.begun, begun, step, before)
                before = step
        self._offers()
        for key, terms in sorted(self.loads.items()):
            if key in problem.capacity:
                self._at_most(Constraint("capacity", *key), terms, problem.capacity[key])
        for key, terms in sorted(self.begun.items()):
            if key in problem.attention:
                self._at_most(Constraint("attention", *key), terms, problem.attention[key])
        self.charged = self._accounts(claims)
        for offer in problem.offers:
            for account, pounds in offer.price.items():
                add(self.charged.setdefault(account, {}), self.bought[offer.id], pounds)
        for account, terms in sorted(self.charged.items()):
            if account in problem.budget:
                self._at_most(Constraint("budget", account), terms, problem.budget[account])

    def _offers(self) -> None:
        """Take what is bought off the load; of a kind there is no more than its limit."""
        kinds: dict[str, Terms] = {}
        for offer in self.problem.offers:
            for kind in offer.kinds:
                add(kinds.setdefault(kind, {}), self.bought[offer.id], 1)
            for key in offer.adds:
                if key in self.loads:
                    add(self.loads[key], self.bought[offer.id], -offer.unit)
        for kind, terms in sorted(kinds.items()):
            if kind in self.problem.offer_limits:
                self.linear(terms, 0, self.problem.offer_limits[kind])

    def _at_most(self, rule: Constraint, terms: Terms, limit: int) -> None:
        when = self._when(rule)
        if when is None:
            return
        if rule.kind == "capacity" and rule.name in self.more and rule.slot is not None:
            terms = {**terms, self.slots[rule.slot]: -self.amount}
        if rule.kind in self.loose:
            terms = dict(terms)
            most = max(0, sum(factor for factor in terms.values() if factor > 0) - limit)
            for maker in sorted(self.problem.makers.get(rule.name, (rule.name,))):
                more = Constraint(rule.kind, maker, rule.slot)
                if more not in self.stretched:
                    self.stretched[more] = self.new(0, 0)
                domain = self.proto.variables[self.stretched[more]].domain
                domain[1] = max(domain[1], most)
                add(terms, self.stretched[more], -1)
        self.linear(terms, -INFINITY, limit, *when)

    def _accounts(self, claims: Mapping[str, Terms]) -> dict[str, Terms]:
        """Return the charge on each account as linear terms; split variables share out a claim.

        A claim no way can pay is constrained to 0 (or relaxed, if loose) and kept in `unpaid`.
        """
        accounts: dict[str, Terms] = {}
        self.unpaid: dict[str, Terms] = {}
        for claim, terms in sorted(claims.items()):
            ways = self.problem.pays.get(claim, ((claim,),))
            if not ways:
                rule = Constraint("budget", claim)
                self.unpaid[claim] = terms
                if (when := self._when(rule)) is not None and "budget" not in self.loose:
                    self.linear(terms, -INFINITY, 0, *when)
                elif when is not None:
                    self._at_most(rule, terms, 0)
                continue
            if len(ways) == 1:
                shares = [(ways[0], terms)]
            else:
                most = sum(factor for factor in terms.values() if factor > 0)
                parts = [self.new(0, most) for _ in ways]
                self.linear({**terms, **dict.fromkeys(parts, -1)}, -INFINITY, 0)
                shares = [(way, {part: 1}) for way, part in zip(ways, parts, strict=True)]
            for way, share in shares:
                for account in way:
                    for variable, factor in share.items():
                        add(accounts.setdefault(account, {}), variable, factor)
        return accounts

    # --- what is fixed

    def keep(self, chosen: Iterable[str]) -> None:
        """Fixes what is in and what is out."""
        inside = frozenset(chosen)
        for name, steps in self.z.items():
            if steps:
                self.clause([steps[-1] if name in inside else -steps[-1] - 1])
            elif name in inside:
                self.impossible = True

    def put(self, name: str, start: int | None) -> None:
        """Puts an item in, in a slot if one is given; impossible when it has no such placement."""
        literal = self.chosen(name)
        places = [p.start for p in self.places.get(name, ())]
        if literal is None or (start is not None and start not in places):
            self.impossible = True
            return
        if start is None:
            self.clause([literal])
            return
        for one in self.here(name, places.index(start)):
            self.clause([one])

    def leave_out(self, name: str) -> None:
        """Keeps an item out."""
        literal = self.chosen(name)
        if literal is not None:
            self.clause([-literal - 1])


def _claim(
    sums: dict[Key, Terms], amounts: Mapping[Key, int], step: int, before: int | None
) -> None:
    """Add what one placement takes: with the literals of “started by it” and “by the one before it”."""
    for key, amount in amounts.items():
        terms = sums.setdefault(key, {})
        terms[step] = terms.get(step, 0) + amount
        if before is not None:
            terms[before] = terms.get(before, 0) - amount

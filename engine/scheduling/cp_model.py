"""A problem as a CP-SAT model: step variables “started by its k-th placement”, rules with names where asked.

The model's records are filled in directly through OR-Tools' compiled module, which spares every run the
import of pandas (docs/decisions/0003). One worker, a deterministic limit and sorted building make each
answer repeatable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..core import EngineError
from .problem import (
    Constraint,
    Follows,
    Item,
    OneOf,
    Placement,
    Problem,
    Relation,
    Requires,
    RuleKind,
    Together,
)

SOLVER = "OR-Tools CP-SAT, one worker, deterministic"
HASH = 1 << 12
INFINITY = 1 << 62
MANY = 700
"""Placements from which on the solver does better from a draft than from presolving (measured)."""

Terms = dict[int, int]
"""A linear expression: factor by variable."""


def _ortools() -> Any:
    """Load OR-Tools, whose loading takes longer than most commands that make no plan."""
    from ortools.sat.python import cp_model_helper

    return cp_model_helper


class OutOfEffort(EngineError):
    """The limit came before any plan."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The solver's answer: start slots by item, if proved best, the bound, every variable."""

    starts: Mapping[str, int]
    proved: bool
    bound: int
    values: tuple[int, ...]


class Program:
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
        self.problem = problem
        self.proto = _ortools().CpModelProto()
        self.named, self.loose = named, frozenset(loose)
        self.without = frozenset(without)
        self.rules: dict[Constraint, int] = {}
        self.stretched: dict[Constraint, int] = {}
        self.impossible = False
        self.more, self.amount = frozenset(once[0]), once[1]
        self.slots = [self.new() for _ in range(problem.slots)] if self.more else []
        if self.slots:
            self.linear(dict.fromkeys(self.slots, 1), 0, 1)
        self.items = sorted(problem.items, key=lambda item: item.id)
        narrow = not (named or self.without or self.loose & {"earliest", "latest", "pinned"})
        self.places: dict[str, tuple[Placement, ...]] = {
            item.id: item.open if narrow else item.placements for item in self.items
        }
        self.many = sum(map(len, self.places.values())) > MANY
        self.z: dict[str, list[int]] = {}
        for item in self.items:
            steps = [self.new() for _ in self.places[item.id]]
            self.z[item.id] = steps
            for one, later in zip(steps, steps[1:], strict=False):
                self._clause([later], one)
        if not narrow:
            self._own_rules()
        self._musts()
        for relation in sorted(set(problem.relations), key=lambda one: (type(one).__name__, one)):
            self._relation(relation)
        self._limits()

    # --- records of the solver

    def new(self, low: int = 0, high: int = 1) -> int:
        """A new variable."""
        self.proto.variables.add().domain.extend([low, high])
        return len(self.proto.variables) - 1

    def _clause(self, literals: Iterable[int], *when: int) -> None:
        constraint = self.proto.constraints.add()
        constraint.enforcement_literal.extend(when)
        constraint.bool_or.literals.extend(literals)

    def linear(self, terms: Mapping[int, int], low: int, high: int, *when: int) -> None:
        """Keeps an expression between two numbers, where the literals `when` hold."""
        kept = {variable: factor for variable, factor in sorted(terms.items()) if factor}
        if not kept:
            if not low <= 0 <= high:
                self._clause([], *when)
                self.impossible |= not when
            return
        constraint = self.proto.constraints.add()
        constraint.enforcement_literal.extend(when)
        constraint.linear.vars.extend(list(kept))
        constraint.linear.coeffs.extend(list(kept.values()))
        constraint.linear.domain.extend([low, high])

    def _when(self, rule: Constraint) -> tuple[int, ...] | None:
        """The literals under which a rule holds; None when it is left out."""
        if rule in self.without:
            return None
        if not self.named:
            return ()
        if rule not in self.rules:
            self.rules[rule] = self.new()
        return (self.rules[rule],)

    # --- items

    def chosen(self, name: str) -> int | None:
        """The literal that says an item is in; None when it can't be."""
        steps = self.z.get(name)
        return steps[-1] if steps else None

    def step(self, name: str, position: int) -> Terms:
        """1 when the item is in its placement of that position."""
        steps = self.z[name]
        terms = {steps[position]: 1}
        if position:
            terms[steps[position - 1]] = -1
        return terms

    def steps(self, item: Item) -> Iterator[tuple[Placement, Terms]]:
        """Each placement of an item with what is 1 when it is the one."""
        for position, placement in enumerate(self.places[item.id]):
            yield placement, self.step(item.id, position)

    def _not(self, name: str, position: int, *when: int) -> None:
        """Keeps an item out of one placement."""
        steps = self.z[name]
        before = [steps[position - 1]] if position else []
        self._clause([-steps[position] - 1, *before], *when)

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
                        self._clause([self.stretched[rule]], *self._here(item.id, position))
                    elif (when := self._when(rule)) is not None:
                        self._not(item.id, position, *when)

    def _here(self, name: str, position: int) -> list[int]:
        """Literals that hold together exactly when the item is in a placement."""
        steps = self.z[name]
        return [steps[position], *([-steps[position - 1] - 1] if position else [])]

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
            self._clause(literals, *when)

    # --- relations

    def _ready(self, name: str, slot: int, lag: int) -> int | None:
        """The literal that says an item is ready in time for a slot; None when it can't be."""
        last = None
        for position, placement in enumerate(self.places.get(name, ())):
            if self.problem.in_time(placement.ready, slot, lag):
                last = position
        return None if last is None else self.z[name][last]

    def _relation(self, relation: Relation) -> None:
        when = self._when(Constraint("relation", relation=relation))
        if when is None:
            return
        if isinstance(relation, Requires):
            for position, place in enumerate(self.places.get(relation.after, ())):
                ready = [
                    self._ready(name, place.start, relation.lag)
                    for name in sorted(relation.options)
                ]
                self._clause(
                    [one for one in ready if one is not None],
                    self.z[relation.after][position],
                    *when,
                )
        elif isinstance(relation, Follows):
            first = self.chosen(relation.before)
            if first is None:
                return
            for position, place in enumerate(self.places.get(relation.after, ())):
                one = self._ready(relation.before, place.start, relation.lag)
                self._clause(
                    [-first - 1] + ([] if one is None else [one]),
                    self.z[relation.after][position],
                    *when,
                )
        elif isinstance(relation, Together):
            self._together(sorted(relation.items), when)
        else:
            literals = [
                one for name in sorted(relation.items) if (one := self.chosen(name)) is not None
            ]
            exactly = isinstance(relation, OneOf)
            rule = Constraint("relation", relation=relation)
            if exactly and "must" in self.loose:
                self.stretched[rule] = self.new()
                self.linear(dict.fromkeys([*literals, self.stretched[rule]], 1), 1, 1, *when)
            else:
                self.linear(dict.fromkeys(literals, 1), int(exactly), 1, *when)

    def _together(self, names: list[str], when: tuple[int, ...]) -> None:
        starts = sorted({place.start for name in names for place in self.places.get(name, ())})
        for start in starts:
            by = [self._started(name, start) for name in names]
            for one, other in zip(by, by[1:] + by[:1], strict=True):
                if one is not None:
                    self._clause([] if other is None else [other], one, *when)

    def _started(self, name: str, slot: int) -> int | None:
        last = None
        for position, placement in enumerate(self.places.get(name, ())):
            if placement.start <= slot:
                last = position
        return None if last is None else self.z[name][last]

    # --- what is shared

    def _limits(self) -> None:
        problem = self.problem
        self.loads: dict[tuple[str, int], Terms] = {}
        claims: dict[str, Terms] = {}
        self.begun: dict[tuple[str, int], Terms] = {}
        for item in self.items:
            for placement, step in self.steps(item):
                for variable, sign in step.items():
                    for key, amount in placement.load.items():
                        add(self.loads.setdefault(key, {}), variable, sign * amount)
                    for claim, amount in placement.cost.items():
                        add(claims.setdefault(claim, {}), variable, sign * amount)
                    for name, amount in item.attention.items():
                        key = (name, placement.start)
                        add(self.begun.setdefault(key, {}), variable, sign * amount)
        for key, terms in sorted(self.loads.items()):
            if key in problem.capacity:
                self._at_most(Constraint("capacity", *key), terms, problem.capacity[key])
        for key, terms in sorted(self.begun.items()):
            if key in problem.attention:
                self._at_most(Constraint("attention", *key), terms, problem.attention[key])
        self.charged = self._accounts(claims)
        for account, terms in sorted(self.charged.items()):
            if account in problem.budget:
                self._at_most(Constraint("budget", account), terms, problem.budget[account])

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

    # --- questions

    def value(self) -> Terms:
        """The value of what is in the plan."""
        terms: Terms = {}
        for item in self.items:
            for placement, step in self.steps(item):
                for variable, sign in step.items():
                    add(terms, variable, sign * placement.value)
        return terms

    def ties(self) -> Terms:
        """A number for every plan, different for almost all: so that the best plan is one plan."""
        terms: Terms = {}
        for item in self.items:
            for placement, step in self.steps(item):
                for variable, sign in step.items():
                    add(terms, variable, sign * tie(item.id, placement.start))
        return terms

    def changes(self, chosen: Mapping[str, Placement], but: str) -> tuple[Terms, int]:
        """Return how many items but one stand elsewhere than in `chosen`: terms and a constant."""
        terms: Terms = {}
        constant = 0
        for item in self.items:
            if item.id == but or not self.z[item.id]:
                continue
            if item.id not in chosen:
                add(terms, self.z[item.id][-1], 1)
                continue
            constant += 1
            for placement, step in self.steps(item):
                if placement.start == chosen[item.id].start:
                    for variable, sign in step.items():
                        add(terms, variable, -sign)
        return terms, constant

    def finished(self) -> Terms:
        """Return the makespan, the slots until all chosen items are over, less `Problem.slots`."""
        terms: Terms = {}
        before = None
        for slot in reversed(range(self.problem.slots)):
            over = self.new()  # all is over before this slot
            if before is not None:
                self._clause([before], over)
            before = over
            terms[over] = -1
            for item in self.items:
                steps, last = self.z[item.id], None
                for position, placement in enumerate(self.places[item.id]):
                    if placement.end < slot:
                        last = position
                if steps and last != len(steps) - 1:
                    done = [] if last is None else [steps[last]]
                    self._clause([-steps[-1] - 1, *done], over)
        return terms

    def peaks(self) -> Terms:
        """The load above the smooth share of each capacity."""
        terms: Terms = {}
        for key, capacity in sorted(self.problem.capacity.items()):
            if key not in self.loads:
                continue
            line = int(self.problem.smooth_above * capacity)
            if sum(abs(factor) for factor in self.loads[key].values()) <= line:
                continue
            over = self.new(0, max(0, capacity - line))
            self.linear({**self.loads[key], over: -1}, -INFINITY, line)
            terms[over] = 1
        return terms

    def keep(self, chosen: Iterable[str]) -> None:
        """Fixes what is in and what is out."""
        inside = frozenset(chosen)
        for name, steps in self.z.items():
            if steps:
                self._clause([steps[-1] if name in inside else -steps[-1] - 1])
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
            self._clause([literal])
            return
        for one in self._here(name, places.index(start)):
            self._clause([one])

    def leave_out(self, name: str) -> None:
        """Keeps an item out."""
        literal = self.chosen(name)
        if literal is not None:
            self._clause([-literal - 1])

    def ask(
        self,
        objective: Mapping[int, int] | None = None,
        hint: Mapping[str, Placement] | None = None,
        effort: float | None = None,
    ) -> Answer | None:
        """The plan for which an expression is least; None when there is none.

        Raises OutOfEffort when no plan was found within the limit.
        """
        if self.impossible:
            return None
        terms = {
            variable: factor for variable, factor in sorted((objective or {}).items()) if factor
        }
        if terms:
            self.proto.objective.vars.extend(list(terms))
            self.proto.objective.coeffs.extend(list(terms.values()))
        if hint is not None:
            self._hint(hint)
        parameters = self._parameters(self.problem.effort if effort is None else effort)
        parameters.cut_level = 0  # cuts lift the bound but slow the search: see `tightened`
        if hint is not None and self.many:
            parameters.cp_model_presolve = False
        response = self._solve(parameters)
        if response.status == _ortools().CpSolverStatus.INFEASIBLE:
            return None
        if response.status == _ortools().CpSolverStatus.UNKNOWN:
            raise OutOfEffort("the solver reached its limit before any plan: raise effort_limit")
        return self._answer(response)

    def tightened(self, answer: Answer) -> Answer:
        """The answer to what was asked last with the bound of a second search, which works on the bound
        alone; the answer of that search where it is proved.

        It takes a quarter of the effort; for very large problems the bound is hardly better, and the
        answer stays as it is.
        """
        if answer.proved or self.many:
            return answer
        hint = self.proto.solution_hint
        hint.vars.clear()
        hint.values.clear()
        hint.vars.extend(range(len(answer.values)))
        hint.values.extend(answer.values)
        parameters = self._parameters(self.problem.effort / 4)
        parameters.optimize_with_lb_tree_search = True
        response = self._solve(parameters)
        if response.status == _ortools().CpSolverStatus.OPTIMAL:
            return self._answer(response)
        bound = max(answer.bound, int(response.inner_objective_lower_bound))
        return replace(answer, bound=bound)

    def _parameters(self, effort: float) -> Any:
        parameters = _ortools().SatParameters()
        parameters.num_workers = 1
        parameters.random_seed = 0
        parameters.linearization_level = 2
        parameters.cp_model_probing_level = 1
        parameters.max_deterministic_time = effort
        return parameters

    def _answer(self, response: Any) -> Answer:
        solution = list(response.solution)
        starts = {}
        for item in self.items:
            for placement, variable in zip(self.places[item.id], self.z[item.id], strict=True):
                if solution[variable]:
                    starts[item.id] = placement.start
                    break
        proved = response.status == _ortools().CpSolverStatus.OPTIMAL
        bound = int(response.inner_objective_lower_bound)
        return Answer(starts, proved, bound, tuple(solution))

    def core(self) -> tuple[Constraint, ...] | None:
        """Rules that can't all hold; None when they can, () when nothing is known of which."""
        self.proto.assumptions.extend(self.rules.values())
        parameters = _ortools().SatParameters()
        parameters.num_workers = 1
        parameters.random_seed = 0
        parameters.cp_model_presolve = False
        parameters.max_deterministic_time = self.problem.effort
        response = self._solve(parameters)
        if response.status != _ortools().CpSolverStatus.INFEASIBLE:
            return None
        literals = set(response.sufficient_assumptions_for_infeasibility)
        return tuple(rule for rule, literal in self.rules.items() if literal in literals)

    def _solve(self, parameters: Any) -> Any:
        wrapper = _ortools().SolveWrapper()
        wrapper.set_parameters(parameters)
        response: Any = wrapper.solve(self.proto)
        if response.status == _ortools().CpSolverStatus.MODEL_INVALID:
            raise EngineError(
                f"the model is invalid: {_ortools().CpSatHelper.validate_model(self.proto)}"
            )
        return response

    def _hint(self, chosen: Mapping[str, Placement]) -> None:
        for item in self.items:
            start = chosen[item.id].start if item.id in chosen else INFINITY
            for place, variable in zip(self.places[item.id], self.z[item.id], strict=True):
                self.proto.solution_hint.vars.append(variable)
                self.proto.solution_hint.values.append(int(place.start >= start))


def tie(name: str, slot: int) -> int:
    """A number from 1 for an item and a start, the same everywhere."""
    digest = hashlib.sha256(f"{name}|{slot}".encode()).digest()
    return 1 + int.from_bytes(digest[:4], "big") % HASH


def add(terms: Terms, variable: int, amount: int) -> None:
    """Adds to an expression."""
    terms[variable] = terms.get(variable, 0) + amount

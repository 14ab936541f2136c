"""The plan by CP-SAT: step variables “started by slot t”, two questions, the same answer every time.

The model's records are filled in directly through OR-Tools' compiled module, which spares every run the
import of pandas (docs/decisions/0003). One worker, a deterministic limit and sorted building make the
run repeatable; a hash of each item and start, folded into the objective, makes the optimum unique.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ortools.sat.python import cp_model_helper as cp

from ..errors import EngineError
from .model import Item, Level, Placement, Problem, Solution, Status

SOLVER = "OR-Tools CP-SAT, one worker, deterministic"
_HASH = 1 << 12
_INFINITY = 1 << 62
_UNDONE = 1_000_000


def solve(problem: Problem) -> Solution:
    """The best plan: first the most value, then, with that selection, the smoothest load that gives
    up no more than the allowance. When the must-do items can't all fit, as many of them as can."""
    problem = replace(problem, items=tuple(sorted(problem.items, key=lambda item: item.id)))
    model = _Model(problem)
    first = model.best_value()
    undone: tuple[str, ...] = ()
    if first is None:
        relaxed = _Model(problem, musts_bend=True)
        first = relaxed.best_value()
        if first is None:
            raise EngineError("the empty plan was refused by the solver")
        undone = tuple(item.id for item in problem.items if item.must and item.id not in first[0])
        problem = replace(problem, items=tuple(i for i in problem.items if i.id not in undone))
        first = _Model(problem).best_value()
        if first is None:
            raise EngineError("what fitted once did not fit again")
    starts, level = first
    chosen = {name: problem.item(name).at(start) for name, start in sorted(starts.items())}
    value = sum(placement.value for placement in chosen.values())
    levels = [Level("value", level.status, value, max(value, level.bound))]
    second = _Model(problem).smoothest(chosen, value)
    if second is not None:
        starts, level = second
        chosen = {name: problem.item(name).at(start) for name, start in sorted(starts.items())}
        levels.append(level)
    status: Status = "infeasible" if undone else levels[0].status
    return Solution(status, chosen, tuple(levels), undone)


def conflict(problem: Problem) -> tuple[str, ...]:
    """A smallest set of must-do items, limits and deadlines that can't hold together, by their names:
    leave out any one and the rest fits. Empty when the must-do items fit.

    The names are must:ITEM, capacity:RESOURCE, budget:ACCOUNT and starts.
    """
    names = [f"must:{item.id}" for item in sorted(problem.items, key=lambda i: i.id) if item.must]
    limits = sorted({f"capacity:{resource}" for resource, _ in problem.capacity})
    limits += sorted(f"budget:{account}" for account in problem.budget)
    if problem.starts:
        limits.append("starts")
    kept = [*limits, *names]
    if _Model(_only(problem, kept)).feasible():
        return ()
    for name in [*limits, *names]:
        rest = [other for other in kept if other != name]
        if not _Model(_only(problem, rest)).feasible():
            kept = rest
    return tuple(sorted(kept))


def _only(problem: Problem, names: Sequence[str]) -> Problem:
    """The problem with only the named musts and limits."""
    kept = set(names)
    return replace(
        problem,
        items=tuple(replace(i, must=f"must:{i.id}" in kept) for i in problem.items),
        capacity={k: v for k, v in problem.capacity.items() if f"capacity:{k[0]}" in kept},
        budget={k: v for k, v in problem.budget.items() if f"budget:{k}" in kept},
        starts=problem.starts if "starts" in kept else (),
    )


def _hash(name: str, slot: int) -> int:
    digest = hashlib.sha256(f"{name}|{slot}".encode()).digest()
    return 1 + int.from_bytes(digest[:4], "big") % _HASH


class _Model:
    """One model. `z[item, k]`: the item has started by its k-th placement."""

    def __init__(self, problem: Problem, musts_bend: bool = False) -> None:
        self.problem = problem
        self.proto = cp.CpModelProto()
        self.items = [item for item in problem.items if item.placements]
        self.z: dict[str, list[int]] = {}
        self.impossible = False
        self.musts_bend = musts_bend
        for item in self.items:
            self.z[item.id] = [self._new(0, 1) for _ in item.placements]
            for one, later in zip(self.z[item.id], self.z[item.id][1:], strict=False):
                self._implies(one, [later])
        for item in problem.items:
            if item.must and not musts_bend:
                if item.id in self.z:
                    self._clause([self.z[item.id][-1]])
                else:
                    self.impossible = True
        self._relations()
        self._limits()

    def _new(self, low: int, high: int) -> int:
        variable = self.proto.variables.add()
        variable.domain.extend([low, high])
        return len(self.proto.variables) - 1

    def _implies(self, literal: int, literals: list[int]) -> None:
        constraint = self.proto.constraints.add()
        constraint.enforcement_literal.append(literal)
        constraint.bool_or.literals.extend(literals)

    def _clause(self, literals: list[int]) -> None:
        self.proto.constraints.add().bool_or.literals.extend(literals)

    def _linear(self, terms: Mapping[int, int], low: int, high: int) -> None:
        terms = {variable: factor for variable, factor in sorted(terms.items()) if factor}
        if not terms:
            if not low <= 0 <= high:
                self.impossible = True
            return
        constraint = self.proto.constraints.add()
        constraint.linear.vars.extend(list(terms))
        constraint.linear.coeffs.extend(list(terms.values()))
        constraint.linear.domain.extend([low, high])

    def _ready(self, name: str, slot: int) -> int | None:
        """The literal that says an item is ready before a slot; None when it can't be."""
        item = self.problem.item(name)
        last = None
        for position, placement in enumerate(item.placements):
            if placement.ready < slot:
                last = position
        return None if last is None else self.z[name][last]

    def _relations(self) -> None:
        problem = self.problem
        for before, after in sorted(problem.requires):
            self._needs((before,), after)
        for options, after in sorted(problem.requires_any):
            self._needs(tuple(sorted(options)), after)
        for before, after in sorted(problem.follows):
            if before not in self.z or after not in self.z:
                continue
            chosen = self.z[before][-1]
            for position, placement in enumerate(problem.item(after).placements):
                ready = self._ready(before, placement.start)
                literals = [-chosen - 1] + ([] if ready is None else [ready])
                self._implies(self.z[after][position], literals)
        for group in sorted(tuple(sorted(group)) for group in problem.at_most_one):
            literals = [self.z[name][-1] for name in group if name in self.z]
            if len(literals) > 1:
                self.proto.constraints.add().at_most_one.literals.extend(literals)

    def _needs(self, options: tuple[str, ...], after: str) -> None:
        if after not in self.z:
            return
        for position, placement in enumerate(self.problem.item(after).placements):
            literals = [
                literal
                for name in options
                if name in self.z and (literal := self._ready(name, placement.start)) is not None
            ]
            variable = self.z[after][position]
            if literals:
                self._implies(variable, literals)
            else:
                self._clause([-variable - 1])

    def _steps(self, item: Item) -> Iterable[tuple[Placement, dict[int, int]]]:
        """Each placement with the terms that are 1 when it is the one chosen."""
        variables = self.z[item.id]
        for position, placement in enumerate(item.placements):
            terms = {variables[position]: 1}
            if position:
                terms[variables[position - 1]] = -1
            yield placement, terms

    def _limits(self) -> None:
        loads: dict[tuple[str, int], dict[int, int]] = {}
        costs: dict[str, dict[int, int]] = {}
        starts: dict[int, dict[int, int]] = {}
        for item in self.items:
            for placement, terms in self._steps(item):
                for variable, sign in terms.items():
                    for key, amount in placement.load.items():
                        _add(loads.setdefault(key, {}), variable, sign * amount)
                    for account, amount in placement.cost.items():
                        _add(costs.setdefault(account, {}), variable, sign * amount)
                    _add(starts.setdefault(placement.start, {}), variable, sign * item.change)
        self.loads = loads
        for key, terms in sorted(loads.items()):
            if key in self.problem.capacity:
                self._linear(terms, -_INFINITY, self.problem.capacity[key])
        for account, terms in sorted(costs.items()):
            if account in self.problem.budget:
                self._linear(terms, -_INFINITY, self.problem.budget[account])
        for slot, terms in sorted(starts.items()):
            if self.problem.starts:
                self._linear(terms, -_INFINITY, self.problem.starts[slot])

    def _value(self) -> dict[int, int]:
        terms: dict[int, int] = {}
        for item in self.items:
            for placement, step in self._steps(item):
                for variable, sign in step.items():
                    _add(terms, variable, sign * placement.value)
                    if self.musts_bend and item.must:
                        _add(terms, variable, sign * _UNDONE)
        return terms

    def _ties(self) -> dict[int, int]:
        terms: dict[int, int] = {}
        for item in self.items:
            for placement, step in self._steps(item):
                for variable, sign in step.items():
                    _add(terms, variable, sign * _hash(item.id, placement.start))
        return terms

    def best_value(self) -> tuple[dict[str, int], Level] | None:
        """The starts of most value, ties broken by hash; None when there is no plan at all."""
        fold = (len(self.items) + 1) * _HASH
        objective = {variable: -fold * factor for variable, factor in self._value().items()}
        for variable, factor in self._ties().items():
            _add(objective, variable, factor)
        solved = self._solve(objective)
        if solved is None:
            return None
        starts, status, bound = solved
        return starts, Level("value", status, 0, -(bound // fold))

    def smoothest(
        self, chosen: Mapping[str, Placement], value: int
    ) -> tuple[dict[str, int], Level] | None:
        """The same selection with the least load above the smooth share; None when nothing is to be
        smoothed or the limit came first."""
        for name, variables in self.z.items():
            literal = variables[-1]
            self._clause([literal if name in chosen else -literal - 1])
        peaks: dict[int, int] = {}
        for key, capacity in sorted(self.problem.capacity.items()):
            if key not in self.loads:
                continue
            line = int(self.problem.smooth_above * capacity)
            most = sum(abs(factor) for factor in self.loads[key].values())
            if most <= line:
                continue
            over = self._new(0, max(0, capacity - line))
            self._linear({**self.loads[key], over: -1}, -_INFINITY, line)
            peaks[over] = 1
        if not peaks:
            return None
        terms = self._value()
        self._linear(terms, value - int(value * self.problem.allowance), _INFINITY)
        fold_ties = (len(self.items) + 1) * _HASH
        fold_value = max(1, value) + 1
        objective = dict.fromkeys(peaks, fold_value * fold_ties)
        for variable, factor in terms.items():
            _add(objective, variable, -factor * fold_ties)
        for variable, factor in self._ties().items():
            _add(objective, variable, factor)
        solved = self._solve(objective, hint=chosen)
        if solved is None:
            return None
        starts, status, bound = solved
        new = {name: self.problem.item(name).at(start) for name, start in starts.items()}
        peak = _peaks(self.problem, new)
        least = -(-(bound + value * fold_ties) // (fold_value * fold_ties)) - 1
        return starts, Level("smooth load", status, peak, max(0, min(peak, least)))

    def feasible(self) -> bool:
        """Whether there is any plan."""
        return not self.impossible and self._solve({}) is not None

    def _solve(
        self, objective: Mapping[int, int], hint: Mapping[str, Placement] | None = None
    ) -> tuple[dict[str, int], Status, int] | None:
        if self.impossible:
            return None
        terms = {variable: factor for variable, factor in sorted(objective.items()) if factor}
        if terms:
            self.proto.objective.vars.extend(list(terms))
            self.proto.objective.coeffs.extend(list(terms.values()))
        if hint is not None:
            for item in self.items:
                start = hint[item.id].start if item.id in hint else _INFINITY
                for place, variable in zip(item.placements, self.z[item.id], strict=True):
                    self.proto.solution_hint.vars.append(variable)
                    self.proto.solution_hint.values.append(int(place.start >= start))
        parameters = cp.SatParameters()
        parameters.num_workers = 1
        parameters.random_seed = 0
        parameters.linearization_level = 2
        parameters.cp_model_probing_level = 0  # a third of the time on problems of this size
        parameters.max_deterministic_time = self.problem.effort
        wrapper = cp.SolveWrapper()
        wrapper.set_parameters(parameters)
        response: Any = wrapper.solve(self.proto)  # type: ignore[no-untyped-call]
        if response.status == cp.CpSolverStatus.MODEL_INVALID:
            raise EngineError(f"the model is invalid: {cp.CpSatHelper.validate_model(self.proto)}")
        if response.status == cp.CpSolverStatus.INFEASIBLE:
            return None
        if response.status == cp.CpSolverStatus.UNKNOWN:
            if hint is not None:
                return None  # the plan at hand stands, as smooth as it is
            raise EngineError("the solver reached its limit before any plan: raise effort_limit")
        solution = list(response.solution)
        starts = {
            item.id: placement.start
            for item in self.items
            if (placement := self._chosen(item, solution)) is not None
        }
        status: Status = "optimal" if response.status == cp.CpSolverStatus.OPTIMAL else "within-gap"
        return starts, status, int(response.inner_objective_lower_bound)

    def _chosen(self, item: Item, solution: Sequence[int]) -> Placement | None:
        for placement, variable in zip(item.placements, self.z[item.id], strict=True):
            if solution[variable]:
                return placement
        return None


def _peaks(problem: Problem, chosen: Mapping[str, Placement]) -> int:
    """The load above the smooth share, over all resources and slots."""
    used: dict[tuple[str, int], int] = {}
    for placement in chosen.values():
        for key, amount in placement.load.items():
            used[key] = used.get(key, 0) + amount
    return sum(
        max(0, used.get(key, 0) - int(problem.smooth_above * capacity))
        for key, capacity in problem.capacity.items()
    )


def _add(terms: dict[int, int], variable: int, amount: int) -> None:
    terms[variable] = terms.get(variable, 0) + amount

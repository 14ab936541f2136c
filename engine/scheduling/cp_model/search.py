"""The search: the best plan of a model by one objective, a better bound for it, or why there is none.

One worker and a deterministic limit make each answer repeatable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...core import EngineError
from ..problem import Constraint, Placement
from .model import Model
from .solver_records import INFINITY, ortools


class OutOfEffort(EngineError):
    """The limit came before any plan."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The solver's answer: start slots by item, if proved best, the bound, every variable."""

    starts: Mapping[str, int]
    proved: bool
    bound: int
    values: tuple[int, ...]


def ask(
    model: Model,
    objective: Mapping[int, int] | None = None,
    hint: Mapping[str, Placement] | None = None,
    effort: float | None = None,
) -> Answer | None:
    """The plan for which an expression is least; None when there is none.

    Raises OutOfEffort when no plan was found within the limit.
    """
    if model.impossible:
        return None
    terms = {variable: factor for variable, factor in sorted((objective or {}).items()) if factor}
    if terms:
        model.proto.objective.vars.extend(list(terms))
        model.proto.objective.coeffs.extend(list(terms.values()))
    if hint is not None:
        _hint(model, hint)
    parameters = _parameters(model, model.problem.effort if effort is None else effort)
    parameters.cut_level = 0  # cuts lift the bound but slow the search: see `tightened`
    if hint is not None and model.many:
        parameters.cp_model_presolve = False
    response = _solve(model, parameters)
    if response.status == ortools().CpSolverStatus.INFEASIBLE:
        return None
    if response.status == ortools().CpSolverStatus.UNKNOWN:
        raise OutOfEffort("the solver reached its limit before any plan: raise effort_limit")
    return _answer(model, response)


def tightened(model: Model, answer: Answer) -> Answer:
    """The answer to what was asked last with the bound of a second search, which works on the bound
    alone; the answer of that search where it is proved.

    It takes a quarter of the effort; for very large problems the bound is hardly better, and the
    answer stays as it is.
    """
    if answer.proved or model.many:
        return answer
    hint = model.proto.solution_hint
    hint.vars.clear()
    hint.values.clear()
    hint.vars.extend(range(len(answer.values)))
    hint.values.extend(answer.values)
    parameters = _parameters(model, model.problem.effort / 4)
    parameters.optimize_with_lb_tree_search = True
    response = _solve(model, parameters)
    if response.status == ortools().CpSolverStatus.OPTIMAL:
        return _answer(model, response)
    bound = max(answer.bound, int(response.inner_objective_lower_bound))
    return replace(answer, bound=bound)


def core(model: Model) -> tuple[Constraint, ...] | None:
    """Rules that can't all hold; None when they can, () when nothing is known of which."""
    model.proto.assumptions.extend(model.rules.values())
    parameters = ortools().SatParameters()
    parameters.num_workers = 1
    parameters.random_seed = 0
    parameters.cp_model_presolve = False
    parameters.max_deterministic_time = model.problem.effort
    response = _solve(model, parameters)
    if response.status != ortools().CpSolverStatus.INFEASIBLE:
        return None
    literals = set(response.sufficient_assumptions_for_infeasibility)
    return tuple(rule for rule, literal in model.rules.items() if literal in literals)


def _parameters(model: Model, effort: float) -> Any:
    parameters = ortools().SatParameters()
    parameters.num_workers = 1
    parameters.random_seed = 0
    parameters.linearization_level = 2
    parameters.cp_model_probing_level = 1
    # more rounds of presolve, and vivification of clauses, take longer than they save on plans
    parameters.max_presolve_iterations = 1
    parameters.use_sat_inprocessing = False
    parameters.max_deterministic_time = effort
    return parameters


def _answer(model: Model, response: Any) -> Answer:
    solution = list(response.solution)
    starts = {}
    for item in model.items:
        for placement, variable in zip(model.places[item.id], model.z[item.id], strict=True):
            if solution[variable]:
                starts[item.id] = placement.start
                break
    proved = response.status == ortools().CpSolverStatus.OPTIMAL
    bound = int(response.inner_objective_lower_bound)
    return Answer(starts, proved, bound, tuple(solution))


def _solve(model: Model, parameters: Any) -> Any:
    wrapper = ortools().SolveWrapper()
    wrapper.set_parameters(parameters)
    response: Any = wrapper.solve(model.proto)
    if response.status == ortools().CpSolverStatus.MODEL_INVALID:
        raise EngineError(
            f"the model is invalid: {ortools().CpSatHelper.validate_model(model.proto)}"
        )
    return response


def _hint(model: Model, chosen: Mapping[str, Placement]) -> None:
    for item in model.items:
        start = chosen[item.id].start if item.id in chosen else INFINITY
        for place, variable in zip(model.places[item.id], model.z[item.id], strict=True):
            model.proto.solution_hint.vars.append(variable)
            model.proto.solution_hint.values.append(int(place.start >= start))

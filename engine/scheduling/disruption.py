"""The plan that disturbs least: of all that are worth nearly as much as the best, the one that moves least of
a plan before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from .alternatives import kept
from .cp_model import INFINITY, Model, Terms, add, ask, tie_terms, value_terms
from .problem import Level, Problem, Solution, Status
from .solver import fold, placed

LEAST_DISRUPTION = "least disruption"


@dataclass(frozen=True, slots=True)
class Stood:
    """The place where something stood in the plan before."""

    item: str
    """the item it was"""
    start: int | None
    """the slot it started in; None: where it may be now is open, and it only has to be in"""
    weight: int = 1
    """what it counts for when it moves, is done otherwise or goes"""


def least_disturbed(
    problem: Problem,
    solution: Solution,
    stood: Mapping[str, Stood],
    kin: Mapping[str, str],
    allowance: float,
) -> Solution:
    """The plan that disturbs a plan before it least, among those worth at least so much of the best; of several
    the one of most value. What `solution` meets and does stays met and done.

    `stood` is by group, `kin` names the group of each item. Minimises Σ weight over what stands elsewhere or
    is out, + 1 for each item of a group that was not in; subject to value ≥ (1 − allowance) · the best.
    """
    best = solution.level("value").value
    floor = best - int(abs(best) * max(allowance, problem.allowance))
    model = Model(kept(replace(problem, offers=()), solution))
    points, scale = value_terms(model), fold(problem)
    model.linear(points, floor, INFINITY)
    changes, constant = disturbance(model, stood, kin)
    much = 1 + sum(max((abs(p.value) for p in i.open), default=0) for i in problem.items)
    objective: Terms = {variable: -factor * scale for variable, factor in points.items()}
    for variable, factor in changes.items():
        add(objective, variable, factor * 2 * much * scale)
    for variable, factor in tie_terms(model).items():
        add(objective, variable, factor)
    answer = ask(model, objective, hint=solution.chosen)
    if answer is None:
        return solution
    chosen = placed(problem, answer)
    value = constant + sum(factor * answer.values[variable] for variable, factor in changes.items())
    status: Status = "optimal" if answer.proved else "within-gap"
    told = Level(LEAST_DISRUPTION, status, value, value if answer.proved else 0)
    levels = (*(one for one in solution.levels if one.name != "smooth load"), told)
    met = tuple(goal.id for goal in problem.goals if goal.relation.met(chosen))
    return replace(solution, chosen=chosen, levels=levels, met=met or solution.met)


def undisturbed(
    problem: Problem, stood: Mapping[str, Stood], kin: Mapping[str, str]
) -> frozenset[str]:
    """The items that can stay where they are when as many as can do, by weight, whatever that is worth, or that
    can be in where it is open where; none where not all that must be done fits."""
    model = Model(replace(problem, offers=(), goals=()))
    changes, _ = disturbance(model, stood, kin, stood)
    points, scale = value_terms(model), fold(problem)
    much = 1 + sum(max((abs(p.value) for p in i.open), default=0) for i in problem.items)
    objective: Terms = {variable: -factor * scale for variable, factor in points.items()}
    for variable, factor in changes.items():
        add(objective, variable, factor * 2 * much * scale)
    answer = ask(model, objective)
    if answer is None:
        return frozenset()
    open_to = {
        kin.get(item.id, item.id): item.id for item in problem.items if item.id in answer.starts
    }
    staying = (
        open_to.get(name) if one.start is None else one.item
        for name, one in stood.items()
        if one.start is None or answer.starts.get(one.item) == one.start
    )
    return frozenset(item for item in staying if item)


def disturbance(
    model: Model,
    stood: Mapping[str, Stood],
    kin: Mapping[str, str],
    counted: Collection[str] | None = None,
) -> tuple[Terms, int]:
    """Return what a plan disturbs, as terms and a constant; of all groups, or of those that are `counted`."""
    terms: Terms = {}
    for name, one, weight in _parts(model, stood, kin, counted):
        for placement, step in model.steps(model.problem.item(name)):
            if one is None or one.start is None or placement.start == one.start:
                for variable, sign in step.items():
                    add(terms, variable, sign * weight)
    named = stood if counted is None else counted
    return terms, sum(stood[name].weight for name in named)


def _parts(
    model: Model,
    stood: Mapping[str, Stood],
    kin: Mapping[str, str],
    counted: Collection[str] | None,
) -> Iterator[tuple[str, Stood | None, int]]:
    """Yield the items whose place counts: those that stood somewhere, which is a gain, and new ones."""
    for item in model.items:
        group = kin.get(item.id, item.id)
        one = stood.get(group)
        if counted is not None and group not in counted:
            continue
        if one is None:
            yield item.id, None, 1
        elif one.start is None or item.id == one.item:
            yield item.id, one, -one.weight


__all__ = ["LEAST_DISRUPTION", "Stood", "least_disturbed", "undisturbed"]

"""What several problems draw on together, shared out by one linear programme before each is solved by itself.

For each member m, items in parts x_m that keep its own constraints; for each stock k (of so much, S_k) the
share y_mk that it is given, so that

  Σ over items of load_m,r · x_m  ≤  own_m,r + part_m · Σ over stocks k of r: y_mk     (each resource r that draws)
  Σ over m: y_mk ≤ S_k,    0 ≤ y_mk ≤ ask_mk,    Σ over slots of a resource: y_mk + lack_m ≥ floor_m

and the most of: what must be done, then the floors, then the goals and the value of each member by its weight.
What one more of a stock is worth is asked by asking again: the dual of its row may be what one less would cost.
See docs/decisions/0045.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from .cp_model import INFINITY, Relaxation, Relaxed
from .problem import Problem

K = TypeVar("K")
Stock = tuple[str, int]
"""A resource of all members together, in a slot."""
_ALL = 10_000.0
"""What all value of all members together counts in the programme; every other weight is by it."""
_FLOOR = _ALL
"""What one that is missing of a floor counts: more than what any plan can make of it."""
_IDLE = 1e-4
"""What one costs that nobody has use for: so little that it is given wherever it is of any use."""
_LACK = 10.0
"""What a unit counts that a member is short of in all slots together: more than any part of one."""
_MUST = 1_000 * _ALL
"""What something counts that must be done and is not."""


@dataclass(frozen=True, slots=True)
class Draw:
    """The way one resource of a member in a slot draws on stocks."""

    own: float
    """What there is of it without any of them."""
    part: float
    """Of what is given, the part that may be planned."""
    stocks: tuple[Stock, ...]


@dataclass(frozen=True)
class Member:
    """One problem, with what it draws on."""

    name: str
    problem: Problem
    draws: Mapping[tuple[str, int], Draw]
    """By resource and slot of the problem."""
    asks: Mapping[Stock, int]
    """The most that is of use to it."""
    floors: Mapping[str, int]
    """By resource: what it is to be given in all slots together, whatever others would make of it."""
    weight: float = 1.0


@dataclass(frozen=True)
class SharedOut:
    """The share each member is given, in parts of one, and what it would make of it."""

    given: Mapping[str, Mapping[Stock, float]]
    value: float
    """Of all members together, in points."""
    done: Mapping[str, Mapping[str, float]]
    """By member and item: the part of it that would be done, 1 being all."""


def share_out(members: Sequence[Member], stocks: Mapping[Stock, int]) -> SharedOut:
    """Share stocks out among members. The same members, in the same order, are given the same."""
    programme = Relaxation()
    value = sum(_most(member.problem) for member in members) or 1
    point = _ALL / value
    given: dict[str, dict[Stock, Any]] = {}
    chosen: dict[str, dict[str, Any]] = {}
    worth: list[tuple[Any, int]] = []
    for member in members:
        model = Relaxed(_without(member))
        put = programme.put(model, point * member.weight)
        worth += [(put[one], points) for one, points in sorted(model.worth.items())]
        for stretched in model.stretched.values():
            programme.objective.SetCoefficient(put[stretched], -_MUST)
        _goals(programme, member, model, put, point)
        chosen[member.name] = {name: put[steps[-1]] for name, steps in model.z.items() if steps}
        own = given.setdefault(member.name, {})
        for stock, ask in sorted(member.asks.items()):
            own[stock] = programme.variable(0, min(ask, stocks.get(stock, 0)), -_IDLE)
        for resource, floor in sorted(member.floors.items()):
            lack = programme.variable(0, floor, -_FLOOR)
            parts = [(one, 1) for (name, _), one in own.items() if name == resource]
            programme.row([*parts, (lack, 1)], floor, INFINITY)
        for key, draw in sorted(member.draws.items()):
            terms = model.loads.get(key, {})
            drawn = [(own[stock], -draw.part) for stock in draw.stocks if stock in own]
            used = [(put[one], factor) for one, factor in sorted(terms.items())]
            programme.row([*used, *drawn], -INFINITY, max(0.0, draw.own))
    for stock, there in sorted(stocks.items()):
        parts = [(own[stock], 1) for own in given.values() if stock in own]
        programme.row(parts, -INFINITY, there)
    programme.solve()
    return SharedOut(
        {name: _values(own) for name, own in given.items()},
        sum(points * one.solution_value() for one, points in worth),
        {name: _values(items) for name, items in chosen.items()},
    )


def in_units(
    parts: Mapping[tuple[str, Stock], float], left: Mapping[Stock, int]
) -> frozenset[tuple[str, Stock]]:
    """Round parts of a unit to none or one: of a stock no more than are left; of what a member has of one
    resource in all slots no fewer than the whole units in the sum of its parts, as far as enough are left; the
    largest parts first.

    The programme is a transport problem, so that every corner of it is whole.
    """
    programme = Relaxation()
    made = {key: programme.variable(0, 1, part + 0.001) for key, part in sorted(parts.items())}
    for stock, units in sorted(left.items()):
        programme.row([(one, 1) for (_, at), one in made.items() if at == stock], 0, units)
    for name, resource in sorted({(name, stock[0]) for name, stock in made}):
        own = [key for key in made if (key[0], key[1][0]) == (name, resource)]
        least = int(sum(parts[key] for key in own) + 1e-6)
        lack = programme.variable(0, least, -_LACK)
        programme.row([*((made[key], 1) for key in own), (lack, 1)], least, INFINITY)
    programme.solve()
    return frozenset(key for key, one in made.items() if one.solution_value() > 0.5)


def _values(variables: Mapping[K, Any]) -> dict[K, float]:
    return {name: float(one.solution_value()) for name, one in variables.items()}


def _most(problem: Problem) -> int:
    """The value of all items at their best, more than any plan's."""
    return sum(max((one.value for one in item.placements), default=0) for item in problem.items)


def _without(member: Member) -> Problem:
    """The problem without the capacities that draw on stocks, which get rows of their own."""
    kept = {key: most for key, most in member.problem.capacity.items() if key not in member.draws}
    return replace(member.problem, capacity=kept)


def _goals(
    programme: Relaxation, member: Member, model: Relaxed, put: Sequence[Any], point: float
) -> None:
    """Goals come before value: all of a member's together count for as much as all that it can have."""
    goals = member.problem.goals
    total = sum(goal.weight for goal in goals)
    for goal in goals:
        worth = point * member.weight * _most(member.problem) * goal.weight / total
        met = programme.variable(0, 1, worth)
        started = [model.started(name, slot) for name, slot in sorted(goal.relation.options)]
        terms = [(put[one], 1.0) for one in started if one is not None]
        programme.row([*terms, (met, -1.0)], 0, INFINITY)


__all__ = ["Draw", "Member", "SharedOut", "Stock", "in_units", "share_out"]

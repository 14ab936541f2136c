"""Near-equal exchanges: what could stand in place of an item of a plan for nearly the same value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .alternatives import blockers
from .constraints import OneOf
from .problem import Item, Placement, Problem, Solution


@dataclass(frozen=True, slots=True, order=True)
class Exchange:
    """One item out and another in, all else where it is."""

    out: str
    into: str
    start: int
    lost: int
    """Points of value; below 0 when the plan gave some up for a smoother load."""


def exchanges(
    problem: Problem, solution: Solution, share: float, form_of: Callable[[str], str]
) -> Iterator[Exchange]:
    """Yield, for each item that need not be in, the exchange that loses least, where it loses no more than a
    share of the item's own value. Everything else stays where it is, and no goal that is met is missed.

    `form_of` names what an item is a form of: one form in place of another is no exchange.
    """
    others = [item for item in problem.items if item.id not in solution.chosen]
    given_up = int(abs(solution.value) * problem.allowance)
    used: Counter[tuple[str, int]] = Counter()
    for placement in solution.chosen.values():
        used.update(placement.load)
    for name, placement in sorted(solution.chosen.items()):
        if problem.item(name).must:
            continue
        rest = {other: place for other, place in solution.chosen.items() if other != name}
        least = placement.value * (1 - share)
        found = [
            Exchange(name, item.id, into.start, placement.value - into.value)
            for item in others
            if form_of(item.id) != form_of(name)
            for into in item.open
            if least <= into.value <= placement.value + given_up
            and all(
                used[key] - placement.load.get(key, 0) + wanted <= problem.capacity[key]
                for key, wanted in into.load.items()
                if key in problem.capacity
            )
            and _fits(problem, solution, rest, item, into)
        ]
        if found:
            yield min(found, key=lambda one: (one.lost, one.into, one.start))


def _fits(
    problem: Problem, solution: Solution, rest: Mapping[str, Placement], item: Item, into: Placement
) -> bool:
    """Tell whether an item may stand in a placement beside the rest of a plan, which needs nothing more."""
    left = Solution(solution.status, rest, ())
    if any(True for _ in blockers(problem, left, item.id, into)):
        return False
    after = {**rest, item.id: into}
    for relation in problem.relations:
        if isinstance(relation, OneOf) and not after.keys() & set(relation.items):
            return False
        for name in after.keys() & set(relation.names):
            beside = {other: place for other, place in after.items() if other != name}
            if any(True for _ in relation.blockers(problem, name, after[name], beside)):
                return False
    return all(goal.relation.met(after) for goal in problem.goals if goal.id in solution.met)

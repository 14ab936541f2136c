"""The total and free float of each item of a plan: how far it can move by order and dates alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from .constraints import Together
from .problem import Placement, Problem


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last slot an item of a plan could start in without breaking an order or a date, if
    there were time, money and attention enough: earliest with all that stands before it as early as can
    be, latest with all that stands after it as late as can be. A goal that only this item meets is met
    at its latest too."""

    earliest: int
    latest: int
    slack: int
    """Units of time from where it starts to `latest`: it can slip so far if all that waits for it does."""
    free: int
    """Units of time it can slip while everything else stays where it is."""


def spans(problem: Problem, chosen: Mapping[str, Placement]) -> dict[str, Span]:
    """The span of every item of a plan (the critical path method: Kelley and Walker, 1959)."""
    arcs = sorted({arc for one in problem.relations for arc in one.arcs(problem, chosen)})
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(sorted(chosen), ()))
    for before, after, _ in arcs:
        order.add(after, before)
    names = tuple(order.static_order())
    partners, due = _partners(problem, chosen), _due(problem, chosen)
    early: dict[str, Placement] = {}
    for name in names:
        waits = [(early[before], lag) for before, after, lag in arcs if after == name]
        fit = [
            place
            for place in problem.item(name).open
            if all(problem.in_time(first.ready, place.start, lag) for first, lag in waits)
        ]
        early[name] = min(fit, key=lambda place: place.start, default=chosen[name])
    late: dict[str, Placement] = {}
    for name in reversed(names):
        followed = [(late[after], lag) for before, after, lag in arcs if before == name]
        fit = [
            place
            for place in problem.item(name).open
            if all(problem.in_time(place.ready, then.start, lag) for then, lag in followed)
            and place.start <= due.get(name, place.start)
        ]
        late[name] = max(fit, key=lambda place: place.start, default=chosen[name])
    found = {}
    for name in sorted(chosen):
        group = partners.get(name, (name,))
        first = max(early[one].start for one in group)
        last = min(late[one].start for one in group)
        first, last = min(first, chosen[name].start), max(last, chosen[name].start)
        begun = problem.clock[chosen[name].start]
        alone = [
            place.start
            for place in problem.item(name).open
            if place.start <= last
            and len(group) == 1
            and all(
                problem.in_time(place.ready, chosen[after].start, lag)
                for before, after, lag in arcs
                if before == name
            )
        ]
        free = problem.clock[max(alone, default=chosen[name].start)] - begun
        found[name] = Span(first, last, problem.clock[last] - begun, max(0, free))
    return found


def _due(problem: Problem, chosen: Mapping[str, Placement]) -> dict[str, int]:
    """The last slot in which an item still meets each goal that no other meets."""
    found: dict[str, int] = {}
    for goal in problem.goals:
        meets = {
            name: slot
            for name, slot in sorted(goal.relation.options)
            if name in chosen and chosen[name].start <= slot
        }
        for name, slot in meets.items() if len(meets) == 1 else ():
            found[name] = min(slot, found.get(name, slot))
    return found


def _partners(problem: Problem, chosen: Mapping[str, Placement]) -> dict[str, tuple[str, ...]]:
    return {
        name: relation.items
        for relation in problem.relations
        if isinstance(relation, Together)
        for name in relation.items
        if name in chosen
    }

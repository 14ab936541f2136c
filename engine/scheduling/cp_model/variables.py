"""The variables of a model: for each item and placement “started by its k-th placement”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..problem import Item, Placement, Problem
from .solver_records import ortools

MANY = 700
"""Placements from which on the solver does better from a draft than from presolving (measured)."""

Terms = dict[int, int]
"""A linear expression: factor by variable."""


class Variables:
    """The variables of a problem's items, and the two forms in which anything is said of them.

    A literal is a variable of 0 or 1; −v − 1 is its negation, as in the solver's records. `narrow` leaves
    out the placements that the items' own rules forbid.
    """

    def __init__(self, problem: Problem, narrow: bool) -> None:
        self.problem = problem
        self.proto: Any = ortools().CpModelProto()
        self.impossible = False
        self.items = sorted(problem.items, key=lambda item: item.id)
        self.places: dict[str, tuple[Placement, ...]] = {
            item.id: item.open if narrow else item.placements for item in self.items
        }
        self.many = sum(map(len, self.places.values())) > MANY
        self.z: dict[str, list[int]] = {}

    def lay_out(self) -> None:
        """Make the variables of every item, in order of id."""
        for item in self.items:
            steps = [self.new() for _ in self.places[item.id]]
            self.z[item.id] = steps
            for one, later in zip(steps, steps[1:], strict=False):
                self.clause([later], one)

    def new(self, low: int = 0, high: int = 1) -> int:
        """A new variable."""
        self.proto.variables.add().domain.extend([low, high])
        return len(self.proto.variables) - 1

    def clause(self, literals: Iterable[int], *when: int) -> None:
        """Keep a disjunction of literals true, where the literals `when` hold."""
        constraint = self.proto.constraints.add()
        constraint.enforcement_literal.extend(when)
        constraint.bool_or.literals.extend(literals)

    def linear(self, terms: Mapping[int, int], low: int, high: int, *when: int) -> None:
        """Keeps an expression between two numbers, where the literals `when` hold."""
        kept = {variable: factor for variable, factor in sorted(terms.items()) if factor}
        if not kept:
            if not low <= 0 <= high:
                self.clause([], *when)
                self.impossible |= not when
            return
        constraint = self.proto.constraints.add()
        constraint.enforcement_literal.extend(when)
        constraint.linear.vars.extend(list(kept))
        constraint.linear.coeffs.extend(list(kept.values()))
        constraint.linear.domain.extend([low, high])

    def chosen(self, name: str) -> int | None:
        """The literal that says an item is in; None when it can't be."""
        steps = self.z.get(name)
        return steps[-1] if steps else None

    def all_chosen(self, names: Iterable[str]) -> list[int]:
        """The literals that say the items are in, of those that can be, in order of id."""
        return [literal for name in sorted(names) if (literal := self.chosen(name)) is not None]

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

    def here(self, name: str, position: int) -> list[int]:
        """Literals that hold together exactly when the item is in a placement."""
        steps = self.z[name]
        return [steps[position], *([-steps[position - 1] - 1] if position else [])]

    def bar(self, name: str, position: int, *when: int) -> None:
        """Keep an item out of one placement."""
        steps = self.z[name]
        before = [steps[position - 1]] if position else []
        self.clause([-steps[position] - 1, *before], *when)

    def ready(self, name: str, slot: int, lag: int) -> int | None:
        """The literal that says an item is ready in time for a slot; None when it can't be."""
        last = None
        for position, placement in enumerate(self.places.get(name, ())):
            if self.problem.in_time(placement.ready, slot, lag):
                last = position
        return None if last is None else self.z[name][last]

    def started(self, name: str, slot: int) -> int | None:
        """Return the literal that says an item has started by a slot; None when it can't have."""
        last = None
        for position, placement in enumerate(self.places.get(name, ())):
            if placement.start <= slot:
                last = position
        return None if last is None else self.z[name][last]


def add(terms: Terms, variable: int, amount: int) -> None:
    """Adds to an expression."""
    terms[variable] = terms.get(variable, 0) + amount

"""Follows: the order of two items where both are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..blocker import Blocker
from .relation import Arc, Relation

if TYPE_CHECKING:
    from ..cp_model import Model
    from ..draft_state import Outline
    from ..problem import Placement, Problem


@dataclass(frozen=True, slots=True, order=True)
class Follows(Relation):
    """When both are in, `before` is ready so long before `after` starts.

    For each placement k of `after`:  z[after, k] → ¬in[before] ∨ z[before, last placement that is ready
    `lag` before k starts].
    """

    before: str
    after: str
    lag: int = 0
    """In units of time; see `Problem.lengths`."""

    @property
    def names(self) -> tuple[str, ...]:
        """The items it is about."""
        return (self.before, self.after)

    def encode(self, model: Model, when: tuple[int, ...]) -> None:
        """Post the constraint to a CP-SAT model."""
        first = model.chosen(self.before)
        if first is None:
            return
        for position, place in enumerate(model.places.get(self.after, ())):
            ready = model.ready(self.before, place.start, self.lag)
            literals = [-first - 1] + ([] if ready is None else [ready])
            model.clause(literals, model.z[self.after][position], *when)

    def blockers(
        self, problem: Problem, name: str, here: Placement, others: Mapping[str, Placement]
    ) -> Iterator[Blocker]:
        """Yield the other item where the order would be broken."""
        if self.after == name and self.before in others:
            before = others[self.before]
            if not problem.in_time(before.ready, here.start, self.lag):
                yield Blocker("before", self.before, before.ready, lag=self.lag)
        if self.before == name and self.after in others:
            after = others[self.after]
            if not problem.in_time(here.ready, after.start, self.lag):
                yield Blocker("behind", self.after, after.start, lag=self.lag)

    def outline(self, draft: Outline) -> None:
        """Note who is behind and who is ahead of whom."""
        if self.before in draft.needs and self.after in draft.needs:
            draft.behind[self.after].append((self.before, self.lag))
            draft.ahead[self.before].append((self.after, self.lag))

    def concerns(self, names: set[str]) -> bool:
        """Tell whether both are among the items."""
        return {self.before, self.after} <= names

    def arcs(self, problem: Problem, chosen: Mapping[str, Placement]) -> Iterator[Arc]:
        """Yield the order where both are in the plan."""
        if {self.before, self.after} <= chosen.keys():
            yield self.before, self.after, self.lag

"""The interface of a relation between items: everything the scheduler ever asks of one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..blocker import Blocker
    from ..cp_model import Model
    from ..draft_state import Outline
    from ..problem import Placement, Problem

Arc = tuple[str, str, int]
"""A precedence: before, after, lag in units of time."""


class Relation:
    """A tie between items. A new relation is one subclass in one file, listed in `__init__`.

    Every method but `names` and `encode` has an answer for relations that have nothing to say to it.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """The items it is about."""

    @abstractmethod
    def encode(self, model: Model, when: tuple[int, ...]) -> None:
        """Post the constraint to a CP-SAT model, enforced where the literals `when` hold."""

    def blockers(
        self, problem: Problem, name: str, here: Placement, others: Mapping[str, Placement]
    ) -> Iterator[Blocker]:
        """Yield what it says against the placement of an item beside others that stay where they are."""
        yield from ()

    def outline(self, draft: Outline) -> None:
        """Note in the greedy draft's indices what it has to keep."""

    def wants(self, names: set[str]) -> set[str]:
        """Return the items that may be needed as well when these must be done."""
        return set()

    def concerns(self, names: set[str]) -> bool:
        """Tell whether it can bind when only these items are left."""
        return len(names & set(self.names)) > 1

    def narrow(self, problem: Problem, first: dict[str, int], last: dict[str, int]) -> None:
        """Tighten the first and last slot in which each item may start."""

    def arcs(self, problem: Problem, chosen: Mapping[str, Placement]) -> Iterator[Arc]:
        """Yield the precedences it sets between the items of a plan."""
        yield from ()

    def check(self) -> None:
        """Raise ValueError when it can't mean anything."""

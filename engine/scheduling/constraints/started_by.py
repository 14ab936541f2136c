"""StartedBy: at least one of several items has started by a slot of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..blocker import Blocker
from .relation import Relation

if TYPE_CHECKING:
    from ..cp_model import Model
    from ..draft_state import Outline
    from ..problem import Placement, Problem


@dataclass(frozen=True, slots=True, order=True)
class StartedBy(Relation):
    """One of the options (item, last slot) is in and has started by its slot.

    ⋁ over (i, t) in options of started[i, t].
    """

    options: tuple[tuple[str, int], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The items it is about."""
        return tuple(dict.fromkeys(name for name, _ in self.options))

    def encode(self, model: Model, when: tuple[int, ...]) -> None:
        """Post the constraint to a CP-SAT model."""
        started = [model.started(name, slot) for name, slot in sorted(self.options)]
        model.clause([literal for literal in started if literal is not None], *when)

    def blockers(
        self, problem: Problem, name: str, here: Placement, others: Mapping[str, Placement]
    ) -> Iterator[Blocker]:
        """Yield the last slot of an item on which it depends that one has started."""
        own = [slot for option, slot in self.options if option == name]
        if not own or here.start <= max(own) or self.met({**others, name: here}):
            return
        yield Blocker("goal", name, max(own))

    def outline(self, draft: Outline) -> None:
        """Note it among the duties of a draft."""
        draft.started_by.append(self)

    def wants(self, names: set[str]) -> set[str]:
        """Return all options: one has to be in whatever else is."""
        return set(self.names)

    def concerns(self, names: set[str]) -> bool:
        """Tell whether one of them is among the items."""
        return bool(names & set(self.names))

    def met(self, chosen: Mapping[str, Placement]) -> bool:
        """Tell whether a plan keeps it."""
        return any(name in chosen and chosen[name].start <= slot for name, slot in self.options)

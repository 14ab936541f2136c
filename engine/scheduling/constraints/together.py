"""Together: items that start in the same slot, all or none."""

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
class Together(Relation):
    """All of them or none, starting in the same slot.

    For each slot t and each item i with the next one j, round in a ring:  started[i, t] → started[j, t].
    """

    items: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The items it is about."""
        return self.items

    def encode(self, model: Model, when: tuple[int, ...]) -> None:
        """Post the constraint to a CP-SAT model."""
        names = sorted(self.items)
        starts = sorted({place.start for name in names for place in model.places.get(name, ())})
        for start in starts:
            started = [model.started(name, start) for name in names]
            for one, other in zip(started, started[1:] + started[:1], strict=True):
                if one is not None:
                    model.clause([] if other is None else [other], one, *when)

    def blockers(
        self, problem: Problem, name: str, here: Placement, others: Mapping[str, Placement]
    ) -> Iterator[Blocker]:
        """Yield each partner that is out or starts elsewhere."""
        if name not in self.items:
            return
        for other in sorted(self.items):
            if other != name and (other not in others or others[other].start != here.start):
                yield Blocker("together", other, others[other].start if other in others else None)

    def outline(self, draft: Outline) -> None:
        """Join the units of the items to one."""
        known = set(self.items) & draft.needs.keys()
        names = set(self.items)
        for name in sorted(known):
            names.update(draft.unit[name])
        for name in names & draft.needs.keys():
            draft.unit[name] = tuple(sorted(names))

    def wants(self, names: set[str]) -> set[str]:
        """Return all of them when one must be done."""
        return set(self.items) if names & set(self.items) else set()

    def concerns(self, names: set[str]) -> bool:
        """Tell whether one of them is among the items."""
        return bool(names & set(self.items))

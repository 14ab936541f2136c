"""Items of which no two may be in: what `AtMostOne` and `OneOf` have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..blocker import Blocker
from .relation import Relation

if TYPE_CHECKING:
    from ..draft_state import Outline
    from ..problem import Placement, Problem


@dataclass(frozen=True, slots=True, order=True)
class Exclusive(Relation):
    """No two of the items."""

    items: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The items it is about."""
        return self.items

    def blockers(
        self, problem: Problem, name: str, here: Placement, others: Mapping[str, Placement]
    ) -> Iterator[Blocker]:
        """Yield each rival that is in."""
        if name not in self.items:
            return
        for other in sorted(self.items):
            if other != name and other in others:
                yield Blocker("alternative", other)

    def outline(self, draft: Outline) -> None:
        """Note the rivals of each."""
        for name in self.items:
            if name in draft.rivals:
                draft.rivals[name].update(set(self.items) - {name})

"""OneOf: a group of which exactly one item is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .exclusive import Exclusive

if TYPE_CHECKING:
    from ..cp_model import Model
    from ..draft_state import Outline


@dataclass(frozen=True, slots=True, order=True)
class OneOf(Exclusive):
    """Exactly one of them:  Σ in[i] = 1, or Σ in[i] + waived = 1 where duties may be left undone."""

    def encode(self, model: Model, when: tuple[int, ...]) -> None:
        """Post the constraint to a CP-SAT model."""
        literals = model.all_chosen(self.items)
        if (waived := model.waived(self)) is not None:
            literals.append(waived)
        model.linear(dict.fromkeys(literals, 1), 1, 1, *when)

    def outline(self, draft: Outline) -> None:
        """Note the rivals, and that one of them has to be in."""
        Exclusive.outline(self, draft)
        draft.one_of.append(tuple(sorted(self.items)))

    def wants(self, names: set[str]) -> set[str]:
        """Return all of them: one has to be in whatever else is."""
        return set(self.items)

    def concerns(self, names: set[str]) -> bool:
        """Tell whether one of them is among the items."""
        return bool(names & set(self.items))

"""AtMostOne: items that exclude each other, or variants of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .exclusive import Exclusive

if TYPE_CHECKING:
    from ..cp_model import Model


@dataclass(frozen=True, slots=True, order=True)
class AtMostOne(Exclusive):
    """No two of them:  Σ in[i] ≤ 1."""

    def encode(self, model: Model, when: tuple[int, ...]) -> None:
        """Post the constraint to a CP-SAT model."""
        model.linear(dict.fromkeys(model.all_chosen(self.items), 1), 0, 1, *when)

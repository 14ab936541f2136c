"""A whole number cut into whole parts in proportion to weights."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def parts_of(amount: int, weights: Mapping[K, float]) -> dict[K, int]:
    """Cut a whole number into whole parts in proportion to weights, what is left over by largest remainder; without
    any weight into none."""
    total = sum(weights.values())
    if not total:
        return {}
    exact = {name: amount * weight / total for name, weight in weights.items()}
    parts = {name: int(part) for name, part in exact.items()}
    first = sorted(parts, key=lambda name: parts[name] - exact[name])
    for name in first[: amount - sum(parts.values())]:
        parts[name] += 1
    return parts


__all__ = ["parts_of"]

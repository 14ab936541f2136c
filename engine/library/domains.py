"""Which values an indicator can have."""

from __future__ import annotations

import math

from .conditions import Vocabulary
from .facts import Raw
from .model import Indicator


def few_values(indicator: Indicator, vocabulary: Vocabulary) -> tuple[Raw, ...]:
    """List what an indicator of few values can be; nothing for figures, sets and what isn't declared."""
    scale = vocabulary.scale_of(indicator)
    if scale is not None:
        return tuple(range(len(scale.grades)))
    return (False, True) if indicator.type == "yes-no" else indicator.values


def range_of(indicator: Indicator) -> tuple[float, float]:
    """Give the least and the most a figure can be, where none is declared by its type."""
    if indicator.range:
        return indicator.range
    if indicator.type == "percent":
        return 0, 100
    return (0, math.inf) if indicator.type == "count" else (-math.inf, math.inf)


def is_possible(value: Raw, indicator: Indicator, vocabulary: Vocabulary) -> bool:
    """Tell whether a number lies within its range or on its scale; anything else does."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    scale = vocabulary.scale_of(indicator)
    if scale is not None:
        return 0 <= value < len(scale.grades)
    least, most = range_of(indicator)
    return least <= value <= most

"""The values an indicator can have, and those of them that matter to a comparison."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from .conditions import Vocabulary
from .facts import Raw
from .model import Indicator
from .operators import Operator


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


def values_around(
    indicator: Indicator, operands: Iterable[Raw], vocabulary: Vocabulary
) -> Iterator[Raw]:
    """Give the values at which comparisons with some operands can come out otherwise: all there are of
    few, the operands, and of a figure what lies a step to either side, in its unit."""
    yield from few_values(indicator, vocabulary)
    for operand in operands:
        if isinstance(operand, frozenset):
            yield from sorted(operand, key=repr)
        elif isinstance(operand, int | float) and not isinstance(operand, bool):
            yield from (operand, operand - indicator.step, operand + indicator.step)
        elif isinstance(operand, str):
            yield operand


def turning_values(
    operator: Operator,
    operand: Raw,
    wanted: bool,
    indicator: Indicator,
    vocabulary: Vocabulary,
    of: int = 0,
) -> Iterator[Raw]:
    """Give the values with which a comparison comes out as wanted; where there is an order, those
    nearest to the operand.

    A share of so many (`of`) is one that so many can make. What is known can't be made unknown.
    """
    if of and operator.takes == "line" and isinstance(operand, int | float):
        yield _nearest_share(operator.turned(wanted), operand, of)
        return
    around = dict.fromkeys(values_around(indicator, (operand,), vocabulary))
    values = [value for value in around if operator.truth(value, operand) is wanted]
    if not isinstance(operand, int | float) or isinstance(operand, bool):
        yield from values
        return
    apart = {value: abs(value - operand) for value in values if isinstance(value, int | float)}
    yield from (value for value in apart if apart[value] == min(apart.values()))


def _nearest_share(operator: Operator, line: float, of: int) -> float:
    """The percentage nearest to a line that a whole number of so many makes."""
    count = line * of / 100
    if count == int(count) and operator.on_the_line:
        return 100 * int(count) / of
    return 100 * (int(count // 1) + 1 if operator.upwards else -int(-count // 1) - 1) / of

"""The comparisons of `when`, one object each: everything that is known of a comparison stands here.

A new one is an object in `OPERATORS` and a field of its name in `rule.Leaf`. What reads rules asks
the object what it takes, never what it is called.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..core import EngineError

if TYPE_CHECKING:
    from .facts import Raw
    from .model import IndicatorType

Truth = bool | None
DECIMALS = 4
"""A number smaller than one in ten thousand is written with an exponent, which durable-rules can't
read."""
Takes = Literal["line", "value", "values", "member", "presence"]
"""What stands beside a comparison: a line with two sides, one value or several, a member of a set,
or whether anything is known."""


def normal(value: Raw) -> Raw:
    """A value as every engine compares it: numbers to so many decimals."""
    return round(value, DECIMALS) if isinstance(value, float) else value


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words around an operand, `{}`: of a number, and of a count or a grade where they differ."""

    number: str
    count: str = ""
    grade: str = ""

    def of(self, kind: str) -> str:
        """Give the words for an indicator of this type."""
        return {"count": self.count, "grade": self.grade}.get(kind) or self.number


@dataclass(frozen=True, slots=True)
class Operator:
    """A comparison of what is known of something with what a rule names."""

    name: str
    takes: Takes
    types: frozenset[IndicatorType]
    """The types of indicator it can be asked of."""
    test: Callable[[Any, Any], bool]
    """Whether it holds of a known value and an operand; EngineError where they can't be compared."""
    column: Callable[[Any, Any], Any]
    """The same over a column of polars, null where nothing is known."""
    says: str
    """How a condition is told."""
    asks: Phrases = Phrases("{}")
    """What a value has to be, as in “the rule asks for ...”."""
    asks_not: Phrases = Phrases("something other than {}")
    """The same where it must not hold, unless it has an opposite."""
    shows: Phrases = Phrases("{}")
    """What a value was held against, shown in brackets after it."""
    shows_not: Phrases = Phrases("not {}")
    """The same where it did not hold, unless it has an opposite."""
    falls_short: str = ""
    """What a value is that does not reach a line."""
    opposite: str = ""
    """The comparison that holds of exactly the known values of which this one does not."""
    durable: str = ""
    """Its name in durable-rules (`$or`: one of these values). Without one durable-rules is handed
    what it came to."""
    also_called: tuple[str, ...] = ()
    """Words some write in place of its name: they are told the name."""

    def __reduce__(self) -> tuple[Callable[[str], Operator], tuple[str]]:
        return operator_named, (self.name,)

    def holds(self, value: Raw, operand: Raw) -> bool:
        """Test a known value; EngineError where it can't be compared with the operand."""
        return self.test(normal(value), normal(operand))

    def truth(self, read: Raw | None, operand: Raw) -> Truth:
        """Test what was read, None where nothing is known; None where that can't be told."""
        if self.takes == "presence":
            return (read is not None) is operand
        return None if read is None else self.holds(read, operand)

    @property
    def upwards(self) -> bool:
        """It holds of all that is higher than its line."""
        return self.takes == "line" and self.holds(1, 0)

    @property
    def on_the_line(self) -> bool:
        """It holds of the line itself."""
        return self.takes == "line" and self.holds(0, 0)

    def turned(self, wanted: bool) -> Operator:
        """Give the operator itself, or where it is not wanted its opposite."""
        return self if wanted or not self.opposite else OPERATORS[self.opposite]

    def nearest(self, line: float, step: float) -> float:
        """Give the value nearest to a line of which it holds: on it, or a step to one side."""
        return next(v for v in (line, line + step, line - step) if self.holds(v, line))

    def asked(self, wanted: bool, kind: str) -> str:
        """Word what a value of this type of indicator has to be for it to hold, or not."""
        told = self.turned(wanted)
        return (told.asks if wanted or self.opposite else self.asks_not).of(kind)

    def shown(self, result: bool, kind: str) -> str:
        """Word what a value of this type was held against, where it held or did not."""
        told = self.turned(result)
        return (told.shows if result or self.opposite else self.shows_not).of(kind)


NUMBERS: tuple[IndicatorType, ...] = ("number", "count", "percent", "pounds")
"""The types of indicator that are figures."""
_WITH_ORDER: frozenset[IndicatorType] = frozenset({*NUMBERS, "grade"})
_SINGLE: frozenset[IndicatorType] = _WITH_ORDER | {"yes-no", "category"}
_SETS: frozenset[IndicatorType] = frozenset({"set"})


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[Any, Any], bool]:
    def holds(value: Any, line: Any) -> bool:
        if isinstance(value, int | float) and isinstance(line, int | float):
            return compare(value, line)
        raise EngineError(f"{value!r} can't be ordered against {line!r}")

    return holds


def _among(value: Any, options: Any) -> bool:
    if isinstance(options, frozenset):
        return value in options
    raise EngineError(f"{options!r} is no choice of values for {value!r}")


def _includes(members: Any, member: Any) -> bool:
    if isinstance(members, frozenset):
        return member in members
    raise EngineError(f"{members!r} has no members, such as {member!r}")


def _least(operand: float, holds: Callable[[float, float], bool]) -> float:
    # Rounding never changes an order, so that a bound found once stands for rounding every value,
    # and no two libraries have to round alike.
    half: float = 0.5 / 10**DECIMALS  # the bound lies within a few steps of it
    bound = operand + (half if holds is operator.gt else -half)
    while holds(round(bound, DECIMALS), operand):
        bound = math.nextafter(bound, -math.inf)
    while not holds(round(bound, DECIMALS), operand):
        bound = math.nextafter(bound, math.inf)
    return bound


def _reaching(operand: float) -> float:
    """The least number that is at least the operand when rounded as `normal` does."""
    return _least(operand, operator.ge)


def _passing(operand: float) -> float:
    """The least number that is above the operand when rounded as `normal` does."""
    return _least(operand, operator.gt)


def _same_column(column: Any, operand: Any) -> Any:
    if isinstance(operand, bool | str):
        return column == operand
    return column.is_between(_reaching(operand), _passing(operand), closed="left")


_ALL = (
    Operator(
        "is",
        takes="value",
        types=_SINGLE,
        test=operator.eq,
        column=_same_column,
        says="is {}",
        durable="$or",
        also_called=("equals", "equal", "equal_to"),
    ),
    Operator(
        "one_of",
        takes="values",
        types=_SINGLE,
        test=_among,
        column=lambda column, options: functools.reduce(
            operator.or_, (_same_column(column, option) for option in sorted(options))
        ),
        says="is one of {}",
        shows=Phrases("one of {}"),
        shows_not=Phrases("none of {}"),
        durable="$or",
        also_called=("in", "any_of"),
    ),
    Operator(
        "includes",
        takes="member",
        types=_SETS,
        test=_includes,
        column=lambda column, member: column.list.contains(member),
        says="include {}",
        also_called=("contains", "has"),
    ),
    Operator(
        "at_least",
        takes="line",
        types=_WITH_ORDER,
        test=_ordered(operator.ge),
        column=lambda column, line: column >= _reaching(line),
        says="is at least {}",
        asks=Phrases("{} or more", grade="{} or higher"),
        shows=Phrases("at least {}", grade="{} or higher"),
        falls_short="under {}",
        opposite="below",
        durable="$gte",
        also_called=("minimum", "min", "from", "ge", "not_below"),
    ),
    Operator(
        "at_most",
        takes="line",
        types=_WITH_ORDER,
        test=_ordered(operator.le),
        column=lambda column, line: column < _passing(line),
        says="is at most {}",
        asks=Phrases("{} or less", count="{} or fewer", grade="{} or lower"),
        shows=Phrases("at most {}", grade="{} or lower"),
        falls_short="over {}",
        opposite="above",
        durable="$lte",
        also_called=("maximum", "max", "up_to", "le", "not_above"),
    ),
    Operator(
        "above",
        takes="line",
        types=_WITH_ORDER,
        test=_ordered(operator.gt),
        column=lambda column, line: column >= _passing(line),
        says="is above {}",
        asks=Phrases("more than {}", grade="a grade above {}"),
        shows=Phrases("above {}", grade="higher than {}"),
        falls_short="not over {}",
        opposite="at_most",
        durable="$gt",
        also_called=("over", "more_than", "greater_than", "gt"),
    ),
    Operator(
        "below",
        takes="line",
        types=_WITH_ORDER,
        test=_ordered(operator.lt),
        column=lambda column, line: column < _reaching(line),
        says="is below {}",
        asks=Phrases("less than {}", count="fewer than {}", grade="a grade below {}"),
        shows=Phrases("below {}", grade="lower than {}"),
        falls_short="not under {}",
        opposite="at_least",
        durable="$lt",
        also_called=("under", "less_than", "lower_than", "lt"),
    ),
    Operator(
        "known",
        takes="presence",
        types=_SINGLE | _SETS,
        test=lambda _, known: bool(known),
        column=lambda column, known: column.is_not_null() if known else column.is_null(),
        says="is {}",
    ),
)
OPERATORS: dict[str, Operator] = {one.name: one for one in _ALL}


def operator_named(name: str) -> Operator:
    """Give the one object there is of an operator: what is kept of a condition is its name."""
    return OPERATORS[name]


"""Every comparison by its name, in the order in which they are told."""

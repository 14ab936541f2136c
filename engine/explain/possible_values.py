"""What a value that isn't known could be, and what comparisons, conditions and shares could come to then."""

from __future__ import annotations

from dataclasses import dataclass

from ..library import Operator, Raw, Truth

Truths = frozenset[Truth]
"""All that something can come to."""
ANY: Truths = frozenset({True, False})


@dataclass(frozen=True, slots=True)
class Could:
    """The values that something could have."""

    unknown: bool
    """Whether it may still not be known."""
    values: frozenset[Raw] | None = None
    """One of these; None: anything, as far as nothing else is said."""
    between: tuple[float, float] | None = None
    surely: frozenset[str] = frozenset()
    """Of a set: members it has in any case."""
    perhaps: frozenset[str] | None = None
    """Of a set: members it can have at most."""


NEVER = Could(True, frozenset())
"""It can't be known."""


def compared(operator: Operator, read: Could, operand: Raw) -> Truths:
    """Give all that a comparison with a value that is known can come to."""
    if operator.takes == "member":
        member = str(operand)
        if member in read.surely:
            return frozenset({True})
        out = read.perhaps is not None and member not in read.perhaps
        return frozenset({False}) if out else ANY
    if read.values is not None:
        return frozenset(operator.holds(value, operand) for value in read.values)
    if read.between is None:
        return ANY
    if operator.takes == "line":
        return frozenset(operator.holds(value, operand) for value in read.between)
    return ANY


def turned(one: Truth) -> Truth:
    return None if one is None else not one


def together(parts: list[Truths], decisive: bool) -> Truths:
    """All that parts can come to together, each on its own: `any` where True decides, else `all`."""
    found: set[Truth] = set()
    if any(decisive in part for part in parts):
        found.add(decisive)
    if all((not decisive) in part for part in parts):
        found.add(not decisive)
    if any(None in part for part in parts) and all(part - {decisive} for part in parts):
        found.add(None)
    return frozenset(found)


def count(parts: list[Truths], least: int) -> Could:
    low = sum(part == {True} for part in parts)
    high = sum(True in part for part in parts)
    if any(part == {None} for part in parts):
        return NEVER
    unknown = any(None in part for part in parts) or len(parts) < least
    return Could(unknown, between=(low, high))


def share(parts: list[Truths], least: int) -> Could:
    """The bounds of a share in percent; a part that is not known is not counted."""
    if sum(part != {None} for part in parts) < least:
        return NEVER
    unknown = sum(None not in part for part in parts) < least
    surely = sum(part == {True} for part in parts)
    never = sum(part == {False} for part in parts)
    perhaps, against = sum(True in part for part in parts), sum(False in part for part in parts)
    low = 100 * surely / (surely + against) if surely + against else 0.0
    high = 100 * perhaps / (perhaps + never) if perhaps + never else 100.0
    return Could(unknown, between=(low, high))


def gap(own: list[Truths], rest: list[Truths], least: int) -> Could:
    inside, outside = share(own, least), share(rest, least)
    if inside.between is None or outside.between is None:
        return NEVER
    low = outside.between[0] - inside.between[1]
    high = outside.between[1] - inside.between[0]
    return Could(inside.unknown or outside.unknown, between=(low, high))

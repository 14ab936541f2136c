"""Shared people's days given out among schools: by what plans would make of them, with floors, must-dos first.

The linear programme of `scheduling.share_out` says how much each plan would use; here that is made whole units,
what is left is given to who asked for more, and a school whose must-dos would not fit is helped before others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..scheduling import Member, SharedOut, Stock, fits, in_units, share_out

Given = dict[str, dict[Stock, int]]
"""Tenths of a day by school, person and slot."""


@dataclass(frozen=True)
class NextUnit:
    """The worth of one unit more of somebody's days."""

    points: float
    """what plans would be worth more; 0 where it would be used for what comes before value"""
    school: str | None
    """who would be given most of it"""
    step: str | None
    """what of that school's plan would be done more of"""


@dataclass(frozen=True)
class DaysGivenOut:
    """The days each school is given, and what a unit more would do."""

    given: Mapping[str, Mapping[Stock, int]]
    next: Mapping[Stock, NextUnit]
    helped: tuple[str, ...]
    """schools that were given more so that what they must do fits"""


def give_out(members: Sequence[Member], stocks: Mapping[Stock, int], unit: int) -> DaysGivenOut:
    """Give out stocks in whole units, in tenths of a day. `members` stand in the order of need, by which what
    is left over goes: what one asks for in all may be no whole unit."""
    if not stocks:
        return DaysGivenOut({one.name: {} for one in members}, {}, ())
    shared = share_out(members, stocks)
    given = _in_whole_units(members, stocks, unit, shared)
    for stock in sorted(stocks):
        _left_over(stock, stocks[stock], unit, members, given)
    helped = tuple(one.name for one in members if _helped(one, members, stocks, given))
    return DaysGivenOut(given, dict(_next(members, stocks, unit, shared)), helped)


def _in_whole_units(
    members: Sequence[Member], stocks: Mapping[Stock, int], unit: int, shared: SharedOut
) -> Given:
    """Cut what each would use to whole units; who is given all it asks for has that."""
    given: Given = {one.name: {} for one in members}
    parts: dict[tuple[str, Stock], float] = {}
    for one in members:
        for stock, exact in shared.given[one.name].items():
            ask = one.asks[stock]
            whole = int((exact + 1e-6) // unit) * unit
            given[one.name][stock] = ask if exact > ask - 1e-6 else whole
            part = (exact - given[one.name][stock]) / unit
            if part > 1e-6 and ask - whole >= unit:
                parts[one.name, stock] = part
    left = {
        stock: (there - sum(own.get(stock, 0) for own in given.values())) // unit
        for stock, there in stocks.items()
    }
    for name, stock in in_units(parts, left):
        given[name][stock] += unit
    return given


def _left_over(
    stock: Stock, there: int, unit: int, members: Sequence[Member], given: Given
) -> None:
    """Give what is left of a stock, a unit at a time by need, to who asked for more."""
    left = there - sum(own.get(stock, 0) for own in given.values())
    before = -1
    while left > 0 and left != before:
        before = left
        for one in members:
            if stock in one.asks:
                left -= _more(one, stock, min(unit, left), given)


def _more(one: Member, stock: Stock, amount: int, given: Given) -> int:
    """Give so much more, as far as it was asked for; returns how much."""
    more = min(amount, one.asks[stock] - given[one.name][stock])
    given[one.name][stock] += more
    return more


def with_share(member: Member, given: Mapping[Stock, int]) -> Member:
    """Give the member with the capacities that its share makes."""
    capacity = dict(member.problem.capacity)
    for key, draw in member.draws.items():
        stated = sum(given.get(stock, 0) for stock in draw.stocks)
        capacity[key] = int(draw.own + draw.part * stated + 1e-6)
    return replace(member, problem=replace(member.problem, capacity=capacity))


def _fits(member: Member, given: Mapping[Stock, int]) -> bool:
    return fits(with_share(member, given).problem)


def _helped(
    one: Member,
    members: Sequence[Member],
    stocks: Mapping[Stock, int],
    given: Given,
) -> bool:
    """Give a school what its must-dos lack, by the tenth of a day: of what nobody has, then of those whose
    own fit without it, who need least first. Tells whether anything was given."""
    own = given[one.name]
    if not one.asks or _fits(one, own) or not _fits(one, one.asks):
        return False
    wanted = dict(one.asks)
    for stock in sorted(wanted):  # the least it does with
        enough = range(own[stock], wanted[stock])
        wanted[stock] = next(
            (few for few in enough if _fits(one, {**wanted, stock: few})), wanted[stock]
        )
    before = dict(own)
    for stock in sorted(wanted):
        while own[stock] < wanted[stock]:
            left = stocks[stock] - sum(shares.get(stock, 0) for shares in given.values())
            if not left and not _taken(one, members, stock, given):
                break
            own[stock] += 1
    return own != before


def _taken(one: Member, members: Sequence[Member], stock: Stock, given: Given) -> bool:
    """Take a tenth of a day from a school whose must-dos fit without it; tells whether one was found."""
    for other in reversed(members):
        has = given[other.name].get(stock, 0)
        if other is one or not has:
            continue
        less = {**given[other.name], stock: has - 1}
        if _fits(other, less):
            given[other.name] = less
            return True
    return False


def _next(
    members: Sequence[Member], stocks: Mapping[Stock, int], unit: int, shared: SharedOut
) -> Iterator[tuple[Stock, NextUnit]]:
    for stock, there in sorted(stocks.items()):
        if sum(own.get(stock, 0.0) for own in shared.given.values()) < there - 1e-3:
            yield stock, NextUnit(0.0, None, None)
            continue
        more = share_out(members, {**stocks, stock: there + unit})
        school = _gains(
            {
                name: more.given[name].get(stock, 0.0) - own.get(stock, 0.0)
                for name, own in shared.given.items()
            }
        )
        before, after = (one.done[school] if school else {} for one in (shared, more))
        step = _gains({item: after[item] - part for item, part in before.items()})
        yield stock, NextUnit(max(0.0, more.value - shared.value), school, step)


def _gains(gains: Mapping[str, float]) -> str | None:
    """The name that gains most, the first of several; None where none gains a twentieth."""
    best = max(gains, key=lambda name: round(gains[name], 3), default=None)
    return best if best is not None and gains[best] >= 0.05 else None


__all__ = ["DaysGivenOut", "NextUnit", "give_out", "with_share"]

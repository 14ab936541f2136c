"""The sentences on plans made again with one thing forced: what moves, what is lost, what it would take."""

from __future__ import annotations

from collections.abc import Iterable

from ...planning import count, days
from .. import argument as answer

WITHOUT = "Without it"
NEEDED = (
    "Without it: it has to be done, or what has to be needs it, or else a priority would lose its step "
    "or what cannot wait would be late."
)
_NOTHING_MOVES = "nothing else moves"
_NOT_PROVED = "the best found, not proved"


def never_there(when: str) -> str:
    """Say that something can't be in a half-term."""
    return (
        f"{when}: it can't be there, whatever else moves, while each priority keeps its step and what "
        "cannot wait is in time."
    )


def in_the_plan(when: str, form: str | None) -> str:
    """Say from when something is in the plan, as which form where that is not the full one."""
    return f"In the plan{f', as {form}' if form else ''} from {when}"


def forced(
    what: str,
    moved: Iterable[answer.Moved],
    points: int,
    share: float,
    fewest: int | None,
    proved: bool,
) -> str:
    """Say what a plan with one thing forced costs.

    `points` are lost, below 0 where the plan has more, and `share` is how many percent of its value that
    is; `fewest` is how many changes no plan does with fewer, None where that isn't worth saying.
    """
    costs = [move(one) for one in moved] or [_NOTHING_MOVES]
    costs.append(_lost(points, share))
    if fewest is not None:
        costs.append(f"no plan does it with fewer than {fewest} changes")
    if not proved:
        costs.append(_NOT_PROVED)
    return f"{what}: {'; '.join(costs)}."


def _lost(points: int, share: float) -> str:
    if points > 0:
        return f"{share:g} % less value" if share >= 0.1 else "hardly any value is lost"
    if points < 0:
        return (
            f"{-share:g} % more value, which the plan gave up so that people's work is spread "
            "more evenly"
        )
    return "no value is lost"


def move(one: answer.Moved) -> str:
    """Say what becomes of another step."""
    if one.was is None:
        return f"“{one.title}” comes in, in {one.now}"
    if one.now is None:
        return f"“{one.title}” is dropped"
    if one.was == one.now:
        return f"“{one.title}” takes another form"
    return f"“{one.title}” moves from {one.was} to {one.now}"


def beside(slot: str, moved: Iterable[answer.Moved]) -> str:
    """Say how the plan stands in which nothing is dropped for it."""
    told = "; ".join(move(one) for one in moved) or _NOTHING_MOVES
    return f"With that it starts in {slot}: {told}."


# --- what it would take to have it beside all the rest


def unpayable(pounds: int, kind: str) -> str:
    """Say that no budget line may pay for a kind of cost."""
    return f"£{pounds:,} for {kind}, which no budget line may pay for"


def more_money(pounds: int, account: str) -> str:
    """Say that an account needs more."""
    return f"£{pounds:,} more in {account}"


def more_days(tenths: int, people: str, slot: str) -> str:
    """Say that people need more time, in tenths of a day."""
    return f"{days(tenths)} more of {people} in {slot}"


def more_change(points: int, slot: str) -> str:
    """Say that more that is new has to start."""
    return f"{count(points, 'more point')} of change starting in {slot}"


def more_led(steps: int, leads: str, slot: str) -> str:
    """Say that somebody has to lead more new steps."""
    return f"{count(steps, 'more new step')} led by {leads} from {slot}"

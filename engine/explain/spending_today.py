"""What is spent on improvement today, line by line, beside what the plan spends on each strand."""

from __future__ import annotations

from collections.abc import Iterable

from ..core import Record
from ..library import Library
from ..planning import Plan
from ..school import SpentLine


class StrandMoney(Record):
    """The money that goes to a strand today, and in the plan."""

    strand: str
    """empty: what serves no strand"""
    title: str
    spent: int
    """pounds in the last year"""
    planned: int
    """pounds of the plan's steps in a year, on average over the plan"""
    value: int
    """points of the plan's steps"""


class LineToday(Record):
    """A line from which improvement is paid today."""

    title: str
    pounds: int
    serves: str
    """the title of the strand; empty: nobody could say"""
    then: str
    """keep, pool, invest or stop; empty: not decided"""


class SpendingToday(Record):
    """Today's spending on improvement, seen as one sum."""

    total: int
    lines: tuple[LineToday, ...]
    strands: tuple[StrandMoney, ...]
    pool: int
    """pounds that could be pooled with other schools"""
    invest: int
    stop: int
    unnamed: int
    """pounds of which nobody could say what they serve"""


def spending_today(
    plan: Plan, spent: Iterable[SpentLine], library: Library
) -> SpendingToday | None:
    """Lay today's spending beside the plan's; None where the school has not written it down."""
    lines = tuple(spent)
    if not lines:
        return None
    years = max(1, round((plan.ends - plan.starts).days / 365))
    strands = []
    for strand in library.programme.strands:
        steps = [step for step in plan.steps if step.strand == strand.id]
        strands.append(
            StrandMoney(
                strand=strand.id,
                title=strand.title,
                spent=sum(one.pounds for one in lines if one.serves == strand.id),
                planned=round(sum(cost.pounds for step in steps for cost in step.cost) / years),
                value=sum(step.value for step in steps),
            )
        )
    unnamed = sum(one.pounds for one in lines if one.serves is None)

    def then(word: str) -> int:
        return sum(one.pounds for one in lines if one.then == word)

    return SpendingToday(
        total=sum(one.pounds for one in lines),
        lines=tuple(
            LineToday(
                title=one.title,
                pounds=one.pounds,
                serves=library.strands[one.serves].title if one.serves else "",
                then=one.then or "",
            )
            for one in lines
        ),
        strands=tuple(strands),
        pool=then("pool"),
        invest=then("invest"),
        stop=then("stop"),
        unnamed=unnamed,
    )

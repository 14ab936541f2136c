"""The sections on what a plan uses: people's time, what waits for it, and money."""

from __future__ import annotations

from collections.abc import Sequence

from ...core import listed
from ...planning import Load, Plan, Purchase
from .. import words
from ..charts.load_chart import load_charts
from ..plan_words import USED, held
from ..tree import (
    Block,
    Bullets,
    Column,
    Gauge,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Strong,
    Table,
    Words,
)
from ..words import Names
from .budget_lines import budget_lines

_NEAR = f"{USED} “Near limit”: at least {words.NEAR * 100:.0f} % of them."


def peoples_time(plan: Plan, names: Names) -> Section:
    """Show the days used of those that may be, of every role and group of people."""
    columns = (Column("Role"), *(Column(slot.title) for slot in names.slots))
    rows = tuple(
        Row((title, *(_load(loads.get(slot.id)) for slot in names.slots)), f"time-{kind}-{role}")
        for (kind, role, title), loads in words.load_rows(plan).items()
    )
    told: tuple[Block, ...] = (
        Paragraph((Quiet(_NEAR),)),
        load_charts(plan, names, Table(columns, rows)),
    )
    return Section("People's time", told if rows else (), name="time")


def _load(load: Load | None) -> Words:
    if load is None:
        return ""
    used = f"{words.number(load.used)} of {words.number(load.capacity)}"
    return (Gauge(used, words.share_used(load), words.load_state(load)),)


def held_back(plan: Plan, names: Names) -> Section:
    """Tell what waits because enough is new already."""
    told = tuple(
        ListItem((Strong(item.title), f": {held(item, names)}")) for item in plan.held_back
    )
    why = Paragraph((Quiet("New things that wait because enough is new already."),))
    return Section("Held back", (why, Bullets(told)) if told else (), name="held-back")


def bought(plan: Plan, names: Names) -> Section:
    """Tell the time that is bought, what it costs, and which steps it makes room for: a row for the same
    thing for the same people from the same line, whatever the half-terms."""
    rows: dict[tuple[str, tuple[str, ...], str, str], list[Purchase]] = {}
    for one in plan.purchases:
        rows.setdefault((one.sold, one.people, one.line, one.year), []).append(one)
    columns = (
        *(Column("What"), Column("When"), Column("Cost", "pounds")),
        *(Column("From"), Column("Makes room for")),
    )
    table = Table(columns, tuple(_purchase(found, names) for found in rows.values()))
    why = Paragraph((Quiet("Where people's time is what lacks, money buys some of it."),))
    return Section("What is bought", (why, table) if rows else (), name="bought")


def _purchase(found: Sequence[Purchase], names: Names) -> Row:
    """Lay out what is bought of one thing for the same people, over the half-terms."""
    days = sum(one.amount for one in found)
    first = found[0]
    steps = dict.fromkeys(step for one in found for step in one.for_)
    when = [f"{one.amount:g} in {names.slot_title(one.slot)}" for one in found]
    return Row(
        (
            f"{words.days(days)} {first.of}",
            listed(when) if len(found) > 1 else names.slot_title(first.slot),
            words.pounds(sum(one.pounds for one in found)),
            f"{names.line(first.line)}, {first.year}",
            listed([names.step_title(step) for step in steps]),
        )
    )


def budget(plan: Plan) -> Section:
    """Tell what is planned from each line, and the rules of the lines."""
    return Section("Budget", (budget_lines(plan.budget),), name="budget")


__all__ = ["bought", "budget", "held_back", "peoples_time"]

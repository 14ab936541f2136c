"""The sections on what a plan is to achieve: its priorities with their evidence, and the school's decisions
about advice."""

from __future__ import annotations

from collections.abc import Iterator

from ...planning import Overridden, OwnLineRef, Plan, Priority, PriorityOutcome
from .. import words
from ..decision_phrases import DECIDED, KEPT
from ..tree import (
    Bullets,
    Code,
    Column,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Span,
    Strong,
    Table,
)

_COLUMNS = (
    *(Column("Priority", share=0.4), Column("Strand"), Column("Now"), Column("Target")),
    *(Column("By", "date"), Column("Lead"), Column("State")),
)


def priorities(plan: Plan) -> Section:
    """Tell each priority with why it is one; what is done for it, and the evidence, stand under it further on."""
    rows = tuple(_row(item) for item in plan.priorities)
    return Section("Priorities", (Table(_COLUMNS, rows),), name="priorities")


def _row(item: Priority) -> Row:
    return Row(
        (
            f"{item.rank}. {item.title}",
            item.strand_title,
            item.judgement or "not judged",
            item.target or "",
            words.date(item.by) if item.by else "",
            item.lead or "",
            "agreed" if item.agreed else "proposed, not yet agreed",
        ),
        f"priority-{item.id}",
        note=item.why,
    )


def outcome_words(outcome: PriorityOutcome) -> str:
    """Say from where to where a figure is to move, and by when."""
    told = words.clean(outcome.title)
    if outcome.from_ is not None:
        told += f", from {words.number(outcome.from_)}"
    if outcome.to is not None:
        told += f" to {words.number(outcome.to)}"
    return told + (f" by {words.date(outcome.by)}" if outcome.by else "")


def decided(plan: Plan) -> Section:
    """Tell what the school decided about advice, and why."""
    told = tuple(ListItem(tuple(_decision(item))) for item in plan.overrides)
    blocks = (Paragraph((Quiet(KEPT),)), Bullets(told)) if told else ()
    return Section(DECIDED, blocks, name="decided")


OWN_WAYS = "Where the school and its trust go their own way"


def own_ways(plan: Plan) -> Section:
    """Tell where the school and its trust go their own way: whose line it is, what it replaces, and why."""
    told = tuple(
        ListItem((Strong(words.capital(one.title)), f": {words.clean(_own(one))}"))
        for one in plan.own_lines
        if one.layer != "shipped"
    )
    return Section(OWN_WAYS, (Bullets(told),) if told else (), name="own-ways")


def _own(line: OwnLineRef) -> str:
    return f"{line.words}. {line.because}" if line.because else f"{line.words}."


def _decision(item: Overridden) -> Iterator[Span]:
    yield Strong(item.title)
    yield Quiet(f" ({words.clean(item.target)})")
    yield f": {words.clean(item.words)}"
    for at, rule in enumerate(item.rules):
        yield ", " if at else " ("
        yield Code(rule)
    if item.rules:
        yield ")"


__all__ = ["decided", "outcome_words", "own_ways", "priorities"]

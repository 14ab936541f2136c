"""The sections on what a plan is to achieve: its priorities with their evidence, and the school's decisions
about advice."""

from __future__ import annotations

from collections.abc import Iterator

from ...planning import Overridden, Plan, Priority
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
    items,
)

_COLUMNS = (
    *(Column("Priority", share=0.4), Column("Strand"), Column("Now"), Column("Target")),
    *(Column("By", "date"), Column("Lead"), Column("State")),
)


def priorities(plan: Plan) -> Section:
    """Tell each priority with why it is one and the evidence for it."""
    rows = tuple(map(_row, plan.priorities))
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
        under=(Bullets(items(item.evidence)),),
    )


def decided(plan: Plan) -> Section:
    """Tell what the school decided about advice, and why."""
    told = tuple(ListItem(tuple(_decision(item))) for item in plan.overrides)
    blocks = (Paragraph((Quiet(KEPT),)), Bullets(told)) if told else ()
    return Section(DECIDED, blocks, name="decided")


def _decision(item: Overridden) -> Iterator[Span]:
    yield Strong(item.title)
    yield Quiet(f" ({words.clean(item.target)})")
    yield f": {words.clean(item.words)}"
    for at, rule in enumerate(item.rules):
        yield ", " if at else " ("
        yield Code(rule)
    if item.rules:
        yield ")"


__all__ = ["decided", "priorities"]

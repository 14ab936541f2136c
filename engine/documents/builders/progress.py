"""The document on progress: what is overdue and due, then by lead, by priority, and step by step."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from ...core import listed
from ...review import DueItem, ProgressGroup, ProgressReport, StepProgress
from ..plan_words import sentence
from ..tree import (
    Block,
    Bullets,
    Column,
    Document,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Strong,
    Table,
    Words,
    items,
)
from ..words import capital, clean, count, date, days, number, pounds, short_date

_DUE = (Column("Day"), Column("What"), Column("Step", share=0.3), Column("Lead"))
_GROUP = (
    Column("", share=0.35),
    *(Column(one, "number") for one in ("Steps", "Done", "Running", "Not begun", "Stopped")),
    Column("Overdue", "number"),
    Column("Days used", "number"),
    Column("Pounds used", "number"),
)


def progress_document(found: ProgressReport) -> Document:
    """Tell first what is overdue and due, by lead, then where everything stands."""
    soon = f"Due within {count(found.due_days, 'day')}"
    blocks: tuple[Block, ...] = (
        Paragraph(_in_short(found)),
        Section(f"Overdue ({len(found.overdue)})", (_due(found.overdue),), name="overdue"),
        Section(f"{soon} ({len(found.due)})", (_due(found.due),), name="due"),
        Section("By lead", (_groups((*found.by_lead, found.total)),), name="leads"),
        Section("By priority", (_groups(found.by_priority),), name="priorities"),
        Section("Step by step", _steps(found.steps, found.on), name="steps"),
        Paragraph((Quiet(clean(found.notice)),)),
    )
    title = f"{clean(found.school.name)}: where the plan stands on {date(found.on)}"
    return Document(title, blocks)


def _in_short(found: ProgressReport) -> str:
    total = found.total
    silent = len(_silent(found.steps, found.on))
    of_silent = count(silent, "step")
    to_come = sum(step.means is None for step in found.steps) - silent
    return (
        f"The plan issued on {date(found.issued)} has {count(total.steps, 'step')}: {total.done} done, "
        f"{total.running} running, {total.stopped} stopped"
        f"{f', {to_come} to come' if to_come else ''}"
        f"{f'; nothing is written down of {of_silent} that should have begun' if silent else ''}. "
        f"{_of(total.days_used, total.days_planned)} days and {_money(total)} are used."
    )


def _of(used: float, planned: float) -> str:
    return f"{number(used)} of {number(planned)}"


def _money(group: ProgressGroup) -> str:
    return f"{pounds(group.pounds_used)} of {pounds(group.pounds_planned)}"


def _due(due: Iterable[DueItem]) -> Table:
    rows = (
        Row((short_date(one.date), capital(one.what), clean(one.title), clean(one.lead)), one.step)
        for one in due
    )
    return Table(_DUE, tuple(rows))


def _groups(groups: Iterable[ProgressGroup]) -> Table:
    rows = (
        Row(
            (
                f"{one.name}: {clean(one.title)}" if one.name not in ("", one.title) else one.title,
                *map(str, (one.steps, one.done, one.running, one.not_begun, one.stopped)),
                str(one.overdue),
                _of(one.days_used, one.days_planned),
                _money(one),
            ),
            one.name or one.title,
        )
        for one in groups
    )
    return Table(_GROUP, tuple(rows))


def _steps(steps: Sequence[StepProgress], on: datetime.date) -> tuple[Block, ...]:
    """Tell each step of which something is written down, and name the others that were to begin."""
    told: list[Block] = [Bullets(tuple(_step(step) for step in steps if step.means))]
    if silent := _silent(steps, on):
        named = listed(f"“{clean(step.title)}”" for step in silent)
        told.append(Paragraph(f"Nothing is written down of what should have begun: {named}."))
    return tuple(told)


def _silent(steps: Sequence[StepProgress], on: datetime.date) -> list[StepProgress]:
    """The steps that were to begin, of which nothing is written down."""
    return [step for step in steps if step.means is None and step.starts <= on]


def _step(step: StepProgress) -> ListItem:
    rated = f", rated {step.rag}" if step.rag else ""
    said = f" ({short_date(step.said)}, {clean(step.by or '')})" if step.said else ""
    words: Words = (
        Strong(clean(step.title)),
        f": {clean(step.status)}{rated}{said}. {_used(step)}",
    )
    told = [
        sentence(one) for one in (step.note, step.evidence and f"Evidence: {step.evidence}") if one
    ]
    for one in step.milestones:
        state = f"met by {short_date(one.met)}" if one.met else f"due {short_date(one.due)}"
        told.append(f"Milestone {one.number}, {state}: {sentence(one.what)}")
    return ListItem(words, (Bullets(items(told)),) if told else ())


def _used(step: StepProgress) -> str:
    used = "" if step.days_used is None else f"{number(step.days_used)} used of "
    left = "" if step.days_left is None else f", {number(step.days_left)} more needed"
    spent = "" if step.pounds_used is None else f"{pounds(step.pounds_used)} used of "
    return f"{used}{days(step.days_planned)}{left}; {spent}{pounds(step.pounds_planned)}."


__all__ = ["progress_document"]

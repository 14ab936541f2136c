"""The plan for the adviser: each half-term's days in the school, what they are for, and what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...planning import Plan, PlanReader, SlotRef, Step, by_priority, step_codes
from ...review import StepProgress
from .. import words
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
    Table,
    items,
)
from ..words import Names
from .view_summary import to_decide

_AGENDA = (
    Column("Code", share=0.07),
    Column("Step", share=0.33),
    Column("What is done then", share=0.4),
    Column("Days", "number", 0.08),
    Column("Lead", share=0.12),
)


def adviser_view(plan: Plan, reader: PlanReader, progress: Mapping[str, StepProgress]) -> Document:
    """Tell, half-term by half-term, what an adviser is in the school for, what is due by then, and what to ask."""
    names, codes = Names(plan), step_codes(plan)
    ordered = [step for part in by_priority(plan) for step in part.steps]
    visits = [_visit(slot, plan, reader, ordered, codes, progress, names) for slot in names.slots]
    days = sum(one.days for step in plan.steps for one in step.effort if one.role in reader.roles)
    blocks: tuple[Block, ...] = (
        Paragraph(
            f"{words.date(plan.starts)} to {words.date(plan.ends)}: {words.days(days)} of the {reader.title} in "
            f"{words.count(sum(bool(one.blocks) for one in visits), 'half-term')}."
        ),
        Section(
            "To settle with the school first", (Bullets(items(to_decide(plan))),), name="settle"
        ),
        *visits,
        Section("What hangs on one judgement", tuple(_doubts(plan)), name="doubts"),
    )
    return Document(f"{words.clean(plan.school.name)}: the plan for the {reader.title}", blocks)


def _visit(
    slot: SlotRef,
    plan: Plan,
    reader: PlanReader,
    steps: list[Step],
    codes: Mapping[str, str],
    progress: Mapping[str, StepProgress],
    names: Names,
) -> Section:
    rows = []
    for step in steps:
        days = sum(
            one.days for one in step.effort if one.role in reader.roles and one.slot == slot.id
        )
        if days:
            rows.append(
                Row(
                    (
                        codes[step.id],
                        words.clean(step.title),
                        _does(step, slot, names),
                        words.number(days),
                        step.lead.title,
                    ),
                    f"visit-{slot.id}-{step.id}",
                )
            )
    dates = [
        f"{words.weekday(one.date)} {words.date(one.date)}: {words.clean(one.what)}"
        for one in plan.calendar
        if one.slot == slot.id and reader.has(one) and not one.by
    ]
    asked = _ask(slot, steps, codes, progress)
    if not (rows or dates or asked):
        return Section(slot.title, ())
    return Section(
        slot.title,
        (
            Section("Days", (Bullets(items(dates)),)),
            Section("Agenda", (Table(_AGENDA, tuple(rows)),)),
            Section("To ask, and to be shown", (Bullets(tuple(asked)),)),
        ),
        name=f"visit-{slot.id}",
    )


def _does(step: Step, slot: SlotRef, names: Names) -> str:
    at = names.index[slot.id]
    does = [
        words.clean(one.does)
        for one in step.phases
        if names.index.get(one.starts, at) <= at <= names.index.get(one.ends, at)
    ]
    return " ".join(does)


def _ask(
    slot: SlotRef, steps: list[Step], codes: Mapping[str, str], progress: Mapping[str, StepProgress]
) -> list[ListItem]:
    """Ask for each milestone of the half-term, and for what is behind or at risk."""
    told = []
    for step in steps:
        for one in step.milestones:
            if slot.starts <= one.due <= slot.ends:
                ask: tuple[str | Quiet, ...] = (
                    f"{codes[step.id]}, by {words.date(one.due)}: {words.clean(one.what)}",
                    Quiet(f" ({words.clean(step.monitoring.evidence)})"),
                )
                told.append((one.due, codes[step.id], ListItem(ask)))
        stands = progress.get(step.id)
        if (
            stands
            and stands.means == "running"
            and stands.said
            and slot.starts <= stands.said <= slot.ends
        ):
            state = f"{codes[step.id]} {words.clean(step.title)}: {stands.status}, {stands.rag or 'not rated'}"
            told.append((stands.said, codes[step.id], ListItem(state)))
    return [one for _, _, one in sorted(told, key=lambda one: (one[0], one[1]))]


def _doubts(plan: Plan) -> Iterator[Block]:
    """Tell the steps that hang on one judgement, which a visit can look at again."""
    told = [
        ListItem((f"{words.clean(step.title)}: {'; '.join(map(words.clean, step.depends_on))}",))
        for step in plan.steps
        if step.depends_on
    ]
    yield Bullets(tuple(told))


__all__ = ["adviser_view"]

"""The plan for one person: what a leader leads, does and needs, or what there is for the teacher of a class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...core import listed, listed_first
from ...planning import Plan, PlanReader, Step, by_priority, step_codes
from ...review import StepProgress
from .. import words
from ..diary import day_words, entries
from ..tree import (
    Block,
    Break,
    Column,
    Document,
    Paragraph,
    Quiet,
    Row,
    Section,
    Span,
    Strong,
    Table,
    Words,
    lines,
)
from ..words import Names
from .action_table import ActionTable

_WITH = 3
"""So many of those who are there too are named."""
_DIARY = (
    Column("Day", "date", 0.16),
    Column("What", share=0.62),
    Column("With", share=0.22),
)
_PART = (
    Column("Code", share=0.07),
    Column("Step", share=0.38),
    Column("When", share=0.2),
    Column("Led by", share=0.2),
    Column("Your days", "number", 0.15),
)


def leader_view(plan: Plan, reader: PlanReader, progress: Mapping[str, StepProgress]) -> Document:
    """Tell what somebody leads, takes part in and looks at, by date, with the days and pounds it takes."""
    names, codes = Names(plan), step_codes(plan)
    ordered = [step for part in by_priority(plan) for step in part.steps]
    led = [step for step in ordered if reader.leads(step.lead)]
    part = [step for step in ordered if step not in led and reader.takes_part(step)]
    blocks: tuple[Block, ...] = (
        Paragraph(_in_short(plan, reader, led, part)),
        Section("Your diary", (_diary(plan, reader),), name="diary"),
        Section("What you lead", (_led(plan, led, codes, progress),), name="leads", landscape=True),
        Section("What you take part in", (_part(part, reader, codes, names),), name="part"),
        Section("What you look at for others", (_looked_at(ordered, reader, codes),), name="looks"),
        Section("Your time", (_time(ordered, reader, names),), name="time"),
        Section("What you need", (_needs(led, names),), name="needs"),
    )
    return Document(f"{words.clean(plan.school.name)}: the plan for the {reader.title}", blocks)


def teacher_view(plan: Plan, reader: PlanReader, progress: Mapping[str, StepProgress]) -> Document:
    """Tell the teacher of a class what comes on which day, what it is for, and how much time it takes."""
    names, codes = Names(plan), step_codes(plan)
    ordered = [step for part in by_priority(plan) for step in part.steps]
    mine = [step for step in ordered if reader.leads(step.lead) or reader.takes_part(step)]
    blocks: tuple[Block, ...] = (
        Paragraph(
            f"{words.date(plan.starts)} to {words.date(plan.ends)}: "
            f"{words.count(len(mine), 'step')} ask something of you."
        ),
        Section("Your diary", (_diary(plan, reader),), name="diary"),
        Section("What is asked of you", (_for_class(mine, reader, codes, names),), name="class"),
        Section("Your time", (_time(mine, reader, names),), name="time"),
        Section("What stops", tuple(_ends(plan)), name="stops"),
    )
    title = reader.title[:1].lower() + reader.title[1:]
    return Document(f"{words.clean(plan.school.name)}: the plan for the {title}", blocks)


def _in_short(plan: Plan, reader: PlanReader, led: Sequence[Step], part: Sequence[Step]) -> str:
    days = sum(_days_of(step, reader) for step in (*led, *part))
    return (
        f"{words.date(plan.starts)} to {words.date(plan.ends)}. You lead {words.count(len(led), 'step')} and take "
        f"part in {words.count(len(part), 'other')}: {words.days(days)} of your roles ({listed(reader.role_titles)})."
    )


def _days_of(step: Step, reader: PlanReader) -> float:
    return sum(one.days for one in step.effort if one.role in reader.roles)


def _diary(plan: Plan, reader: PlanReader) -> Table:
    """Tell by day what takes place with them, and by when their milestones are to be met."""
    found = sorted(entries(plan, reader), key=lambda one: (one.starts, one.by, one.uid))
    rows = (
        Row(
            (
                f"{'by ' if one.by else ''}{words.weekday(one.starts)} {day_words(one)}",
                f"{one.what}. {one.note}" if one.note else one.what,
                listed_first(one.others, _WITH),
            ),
            f"diary-{one.uid}",
        )
        for one in found
    )
    return Table(_DIARY, tuple(rows))


def _led(
    plan: Plan, led: Sequence[Step], codes: Mapping[str, str], progress: Mapping[str, StepProgress]
) -> Table:
    return ActionTable(plan, codes, progress).table(led, "leads")


def _part(
    steps: Sequence[Step], reader: PlanReader, codes: Mapping[str, str], names: Names
) -> Table:
    rows = (
        Row(
            (
                codes[step.id],
                words.clean(step.title),
                names.when(step),
                step.lead.title,
                words.number(_days_of(step, reader)),
            ),
            f"part-{step.id}",
        )
        for step in steps
    )
    return Table(_PART, tuple(rows))


def _looked_at(steps: Sequence[Step], reader: PlanReader, codes: Mapping[str, str]) -> Table:
    columns = (
        Column("Code", share=0.07),
        Column("Step", share=0.3),
        Column("How you look at it", share=0.38),
        Column("What shows it", share=0.25),
    )
    rows = (
        Row(
            (
                codes[step.id],
                words.clean(step.title),
                words.capital(step.monitoring.how),
                words.capital(step.monitoring.evidence),
            ),
            f"looks-{step.id}",
        )
        for step in steps
        if step.monitoring.role in reader.roles
    )
    return Table(columns, tuple(rows))


def _time(steps: Sequence[Step], reader: PlanReader, names: Names) -> Table:
    """Add up the planned days of their roles by half-term; of roles that several hold, of all of them together."""
    columns = (
        Column("Role"),
        *(Column(one.title, "number") for one in names.slots),
        Column("In all", "number"),
    )
    rows = []
    for role, title in zip(reader.roles, reader.role_titles, strict=True):
        days = [
            sum(
                one.days
                for step in steps
                for one in step.effort
                if one.role == role and one.slot == slot.id
            )
            for slot in names.slots
        ]
        if any(days):
            cells = (words.number(one) if one else "" for one in days)
            rows.append(Row((title, *cells, words.number(sum(days))), f"time-{role}"))
    return Table(columns, tuple(rows))


def _needs(led: Sequence[Step], names: Names) -> Table:
    """Tell what steps that they lead take of others, and what they cost."""
    columns = (Column("Step", share=0.4), Column("People", share=0.4), Column("Cost", "pounds"))
    rows = []
    for step in led:
        others: dict[str, float] = {}
        for one in step.effort:
            if one.role != step.lead.role:
                others[one.title] = others.get(one.title, 0) + one.days
        people = [f"{title} {words.days(days)}" for title, days in others.items()]
        rows.append(
            Row(
                (words.clean(step.title), lines(people), words.pounds(words.cost(step))),
                f"needs-{step.id}",
            )
        )
    return Table(columns, tuple(rows))


def _for_class(
    steps: Sequence[Step], reader: PlanReader, codes: Mapping[str, str], names: Names
) -> Table:
    """Tell what each step asks of them, those that are for their class or for them first."""
    columns = (
        Column("Code", share=0.07),
        Column("Step", share=0.25),
        Column("What is done", share=0.45),
        Column("When, and who leads it", share=0.15),
        Column("Days", "number", 0.08),
    )
    own = sorted(steps, key=lambda step: step.target.kind == "school")
    rows = (
        Row(
            (
                codes[step.id],
                _called(step),
                lines(
                    f"{names.span(one.starts, one.ends)}: {words.clean(one.does)}"
                    for one in step.phases
                ),
                lines((names.when(step), step.lead.title)),
                words.number(_days_of(step, reader)),
            ),
            f"class-{step.id}",
        )
        for step in own
    )
    return Table(columns, tuple(rows))


def _called(step: Step) -> Words:
    title: tuple[Span, ...] = (Strong(words.clean(step.title)),)
    return (*title, Break(), f"For {step.target.words}") if step.target.kind != "school" else title


def _ends(plan: Plan) -> Iterator[Block]:
    for one in plan.stopped:
        if one.decision != "keep":
            yield Paragraph(words.clean(one.title))
    if any(one.decision != "keep" for one in plan.stopped):
        yield Paragraph((Quiet("A proposal, until the head says so."),))


__all__ = ["leader_view", "teacher_view"]

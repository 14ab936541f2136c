"""The plan in two pictures: its steps over time, and what needs what."""

from __future__ import annotations

from collections.abc import Iterator

from ...planning import Plan, Step
from .. import words
from ..charts.gantt import gantt
from ..charts.prerequisite_graph import graph
from ..plan_words import FIXED, HANGS, LIGHT, MARKS, MUST, chain_words, critical, events, vacant
from ..tree import (
    Block,
    Bullets,
    Column,
    Figure,
    Paragraph,
    Quiet,
    Row,
    Section,
    Strong,
    Table,
    items,
)
from ..words import Names

_STEPS = (
    *(Column("Step"), Column("Strand"), Column("When"), Column("Lead")),
    *(Column("Days", "number"), Column("Cost", "pounds")),
)
_NEEDS = (Column("First"), Column("Then"), Column("The first is"))
_MARKS = f"{MARKS}; {HANGS} hangs on a judgement."


def at_a_glance(plan: Plan, names: Names) -> Section:
    """Show all steps over time, and tell the dates and the vacant posts to plan around."""
    steps = (step for slot in names.slots for step in names.starting(slot.id))
    table = Table(_STEPS, tuple(_step(step, names) for step in steps))
    return Section(
        "The plan at a glance",
        (
            gantt(plan, names, table),
            Paragraph((Quiet(_MARKS),)),
            Section("Dates to plan around", (Bullets(items(events(plan))),)),
            Section("Vacant posts", (Bullets(items(vacant(plan))),)),
            Section("What hangs on a hair", (Bullets(items(_hairs(plan, names))),)),
        ),
        name="glance",
    )


def _hairs(plan: Plan, names: Names) -> list[str]:
    """Each step that a little other input would put out of the plan, with what that is."""
    return [f"{names.step_title(one.step)}. {words.capital(one.words)}" for one in plan.hangs_on]


def _step(step: Step, names: Names) -> Row:
    return Row(
        (
            step.title + (LIGHT if step.form == "light" else ""),
            names.strand(step.strand),
            names.when(step),
            step.lead.title,
            words.number(words.effort(step)),
            words.pounds(words.cost(step)),
        ),
        f"glance-{step.id}",
        (
            MUST if step.must else "",
            FIXED if step.critical else "",
            HANGS if step.depends_on else "",
        ),
    )


def what_needs_what(plan: Plan, names: Names) -> Section:
    """Show which steps need which, and the longest chain of them."""
    return Section("What needs what", tuple(_needs(plan, names)), name="needs")


def _needs(plan: Plan, names: Names) -> Iterator[Block]:
    rows = [_need(pair, "needed", names) for pair in plan.picture.edges]
    rows += [_need(pair, "of help", names) for pair in plan.picture.helped]
    table = Table(_NEEDS, tuple(rows))
    drawn: Figure | None = graph(plan, names, table)
    yield drawn or Paragraph("No step needs another.")
    if critical(plan):
        chain = " → ".join(words.clean(names.step_title(name)) for name in critical(plan))
        yield Paragraph((Strong(chain_words(plan)), f" {chain}"))


def _need(pair: tuple[str, str], kind: str, names: Names) -> Row:
    before, after = pair
    cells = (names.step_title(before), names.step_title(after), kind)
    return Row(cells, f"needs-{before}-{after}")


__all__ = ["at_a_glance", "what_needs_what"]

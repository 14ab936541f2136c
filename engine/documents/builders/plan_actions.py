"""The sections of a plan with what is to be done, priority by priority, and who agreed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...core import listed
from ...planning import Plan, PlanPart, Priority, by_priority, step_codes
from ...review import StepProgress
from .. import words
from ..plan_words import no_step
from ..tree import (
    Block,
    Bullets,
    Callout,
    Column,
    Fact,
    Facts,
    Paragraph,
    Quiet,
    Row,
    Section,
    Table,
    items,
)
from ..words import Names
from .action_table import ActionTable
from .plan_priorities import outcome_words
from .plan_step import step_details

REQUIRED = "What has to be done whatever the priorities"
REST = "Beside the priorities: days and reviews, and what else the school's evidence asks for"
_SIGNED = tuple(Column(title, "editable", 0.25) for title in ("Role", "Name", "Signature", "Date"))


def actions(plan: Plan, progress: Mapping[str, StepProgress] | None = None) -> Iterator[Section]:
    """Lay out each priority with its steps as a table, to be printed across."""
    maker = ActionTable(plan, step_codes(plan), progress or {})
    for part in by_priority(plan):
        yield Section(
            part_title(part),
            (*_about(part, plan, maker.codes), maker.table(part.steps, "action"), *_empty(part)),
            name=f"actions-{part.id}",
            landscape=True,
        )


def part_title(part: PlanPart) -> str:
    """Name a priority with its rank, or what serves none."""
    if part.priority:
        return f"Priority {part.priority.rank}: {part.priority.title}"
    return REQUIRED if part.must else REST


def _about(part: PlanPart, plan: Plan, codes: Mapping[str, str]) -> Iterator[Block]:
    """Tell why a priority is one, what is to be reached by when, and which steps are for it."""
    priority = part.priority
    if priority is None:
        return
    reach = f"{priority.judgement or 'not judged'}, to be {priority.target or 'agreed'}"
    reach += f" by {words.date(priority.by)}" if priority.by else ""
    told = [Fact("Judgement", reach)]
    if priority.outcome is not None:
        told.append(Fact("Outcome", outcome_words(priority.outcome)))
    if priority.lead:
        told.append(Fact("Lead", priority.lead))
    if priority.why:
        told.append(Fact("Why", words.clean(priority.why)))
    told += _steps_for(priority, part, plan, codes)
    yield Facts(tuple(told))
    yield Bullets(items(priority.evidence))


def _steps_for(
    priority: Priority, part: PlanPart, plan: Plan, codes: Mapping[str, str]
) -> Iterator[Fact]:
    """Name the steps of substance for a priority, and those that serve it and stand under another."""
    if priority.covered_by:
        yield Fact("Steps of substance", listed(sorted(codes[one] for one in priority.covered_by)))
    here = {step.id for step in part.steps}
    others = (one.id for one in plan.steps if priority.id in one.serves and one.id not in here)
    if also := sorted(codes[one] for one in others):
        yield Fact("Told under another priority, and serving this one too", listed(also))


def _empty(part: PlanPart) -> Iterator[Block]:
    if part.priority and not part.steps and not part.priority.covered_by:
        yield Callout(no_step(part.priority) or "No step of this plan works on it.", True)


def signatures() -> Section:
    """Leave room for those who agree the plan."""
    rows = tuple(
        Row((who, "", "", ""), f"agreed-{number}")
        for number, who in enumerate(
            ("For the school", "For the governing board", "For those who advise the school"), 1
        )
    )
    return Section("Agreed", (Table(_SIGNED, rows),), name="agreed")


def steps_in_full(plan: Plan, names: Names) -> Iterator[Section]:
    """Tell every step with its reasons, in the order of the tables."""
    codes = step_codes(plan)
    about = Paragraph(
        (Quiet("Each step with its reasons, the rules that gave them, and its dates."),)
    )
    parts = tuple(
        Section(
            part_title(part),
            tuple(step_details(step, names, codes[step.id]) for step in part.steps),
            name=f"steps-{part.id}",
        )
        for part in by_priority(plan)
        if part.steps
    )
    yield Section("Every step, with its reasons", (about, *parts), name="steps")


__all__ = ["REQUIRED", "REST", "actions", "part_title", "signatures", "steps_in_full"]

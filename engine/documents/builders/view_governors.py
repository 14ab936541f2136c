"""The plan for the governing board: a page to ask from, and an appendix; nothing about single people."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from ...core import listed
from ...planning import Plan, by_priority
from ...review import StepProgress
from .. import words
from ..figure_words import figure, now
from ..plan_words import BOUGHT, bought, critical, no_step
from ..suppression import suppressed
from ..tree import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Paragraph,
    Quiet,
    Row,
    Section,
    Table,
    items,
)
from ..words import Names
from .budget_lines import budget_lines
from .plan_actions import part_title
from .plan_outcomes import outcomes

_PRIORITIES = (
    Column("Priority", share=0.36),
    Column("Now"),
    Column("To be"),
    Column("By"),
    Column("Steps", "number"),
    Column("Cost", "pounds"),
    Column("Progress", share=0.18),
)
_FULL = 3
"""So many of those whose time is nearly used up are named."""
_ASKED = 3
"""So many figures are asked about."""


def governors_view(
    plan: Plan, progress: Mapping[str, StepProgress], issued: datetime.date | None = None
) -> Document:
    """Tell the board what the plan is for, how far it is, what it costs, what could go wrong, and what to ask.

    Of a plan that is `issued`, what could go wrong is from that day on.
    """
    names = Names(plan)
    blocks: tuple[Block, ...] = (
        Paragraph(
            f"{words.date(plan.starts)} to {words.date(plan.ends)}. The board asks what has come of the plan "
            "and what shows it; it does not judge lessons."
        ),
        *(
            Callout(words.shorten(no_step(one), 260), True)
            for one in plan.priorities
            if no_step(one)
        ),
        Section("Priorities", (_priorities(plan, progress),), name="priorities"),
        Section("Money", (_money(plan),), name="money"),
        Section(
            "Risks", (Bullets(items(_risks(plan, names, issued or plan.starts))),), name="risks"
        ),
        Section(
            "Questions to ask",
            (Bullets(items(_questions(plan, names)), mark="number"),),
            name="questions",
        ),
        Section("Appendix: figures", (*outcomes(plan).blocks, *_pupils(plan)), name="figures"),
        Section("Appendix: rules of the money", (budget_lines(plan.budget),), name="lines"),
        Section("Appendix: meetings of the board and days to know", (_days(plan),), name="days"),
    )
    return Document(f"{words.clean(plan.school.name)}: the plan, for governors", blocks)


def _priorities(plan: Plan, progress: Mapping[str, StepProgress]) -> Table:
    rows = []
    for part in by_priority(plan):
        one = part.priority
        stands = [progress[step.id] for step in part.steps if step.id in progress]
        rows.append(
            Row(
                (
                    f"{one.rank}. {one.title}" if one else part_title(part),
                    (one.judgement or "not judged") if one else "",
                    (one.target or "") if one else "",
                    words.date(one.by) if one and one.by else "",
                    str(len(part.steps)),
                    words.pounds(sum(map(words.cost, part.steps))),
                    _how_far(stands),
                ),
                f"priority-{part.id}",
            )
        )
    if plan.purchases:
        rows.append(Row((BOUGHT, "", "", "", "", words.pounds(bought(plan)), ""), "bought"))
    return Table(_PRIORITIES, tuple(rows))


def _money(plan: Plan) -> Table:
    """The lines without their rules, and all of them together."""
    whole = budget_lines(plan.budget)
    planned = sum(one.planned for one in plan.budget)
    available = sum(one.available for one in plan.budget)
    total = ("All together", *map(words.pounds, (planned, available, available - planned)))
    rows = (*(Row(row.cells, f"money-{row.id}") for row in whole.rows), Row(total, "money-all"))
    return Table(whole.columns, rows)


def _how_far(stands: list[StepProgress]) -> str:
    """Count the steps that are done, run and are rated, where something is written down."""
    told = [one for one in stands if one.means]
    if not told:
        return "nothing written down yet"
    counts: dict[str, int] = {}
    for one in told:
        state = one.status if one.means in ("done", "stopped") else (one.rag or one.status)
        counts[state] = counts.get(state, 0) + 1
    return listed(f"{many} {state}" for state, many in counts.items())


def _risks(plan: Plan, names: Names, first: datetime.date) -> Iterator[str]:
    if plan.conflict:
        yield f"Not all that must be done fits: {words.shorten(' '.join(plan.conflict), 200)}"
    for post in plan.vacant:
        since = f" from {words.date(post.starts)}" if post.starts else ""
        yield f"A post is vacant{since}: {listed(map(words.clean, post.roles))}."
    if chain := critical(plan):
        last = names.steps[chain[-1]]
        yield (
            f"{words.count(len(chain), 'step')} hang together and none of them can slip: the last, “"
            f"{words.clean(last.title)}”, is to begin in {names.slot_title(last.begins)}."
        )
    full: dict[str, list[str]] = {}
    for load in plan.load:
        to_come = names.slot[load.slot].ends >= first
        if load.kind == "role" and to_come and words.load_state(load):
            full.setdefault(load.title, []).append(names.slot_title(load.slot))
    for title, slots in sorted(full.items(), key=lambda one: (-len(one[1]), one[0]))[:_FULL]:
        yield f"{title}: no time in reserve in {listed(slots)}."
    unspent = sum(one.available - one.planned for one in plan.budget)
    if unspent > 0:
        yield f"{words.pounds(unspent)} of the money for improvement is not planned."


def _questions(plan: Plan, names: Names) -> Iterator[str]:
    """Ask for what shows something: what is due first for each priority, then figures, then what stops."""
    for part in by_priority(plan):
        if part.priority is None:
            continue
        due = sorted(
            (one.due, step.title, one.what) for step in part.steps for one in step.milestones
        )
        if due:
            day, title, what = due[0]
            yield (
                f"Priority {part.priority.rank}, by {words.date(day)}: {words.clean(what).rstrip('.')} "
                f"(“{words.clean(title)}”). What shows it, and who has looked?"
            )
    asked = [one for one in plan.outcomes if one.goal is not None][:_ASKED]
    for told in asked:
        goal = told.goal
        assert goal is not None
        seen = (
            f" What do you go by until then: {words.clean(told.seen_by)}?" if told.seen_by else ""
        )
        least = "no worse than " if goal.kept else ""
        yield (
            f"{words.clean(told.title)}: {now(told.now)}, to be {least}{figure(goal.value, told.now.unit)}.{seen}"
        )
    if any(one.decision != "keep" for one in plan.stopped):
        yield "What has stopped since we last met, and what did that give back to staff?"
    yield "Which step would you drop first if time ran short, and who would be the worse for it?"


def _pupils(plan: Plan) -> Iterator[Block]:
    """Tell how many pupils are in which state, without a group of so few that somebody is known by it."""
    if not plan.screening:
        return
    columns = (Column("Pupils"), Column("How many", "number"))
    shown = suppressed([one.pupils for one in plan.screening])
    rows = (
        Row((words.capital(one.title), told), f"state-{one.state}")
        for one, told in zip(plan.screening, shown, strict=True)
    )
    yield Table(columns, tuple(rows))
    yield Paragraph((Quiet("Each pupil once, in the gravest state of any subject."),))


def _days(plan: Plan) -> Table:
    """List what concerns the board: its own days, and those of the country's calendar."""
    columns = (Column("Day", "date"), Column("What"))
    rows = (
        Row(
            (
                words.date(one.starts)
                if one.starts == one.ends
                else f"{words.date(one.starts)} to {words.date(one.ends)}",
                words.capital(one.title),
            ),
            f"day-{number}",
        )
        for number, one in enumerate(plan.events, start=1)
        if plan.starts <= one.ends and one.starts <= plan.ends
    )
    return Table(columns, tuple(rows))


__all__ = ["governors_view"]

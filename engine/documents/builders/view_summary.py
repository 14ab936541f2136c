"""The plan on two pages: the priorities, what stops, the year in one picture, and what is to be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from ...core import in_words, listed
from ...planning import Plan, PlanPart, Priority, Step, by_priority, step_codes
from ...review import StepProgress
from .. import words
from ..charts.gantt import gantt
from ..plan_words import BOUGHT, MARKS, bought, no_step, sentence
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
    Strong,
    Table,
    Words,
    items,
    lines,
)
from ..words import Names
from .plan_actions import part_title
from .plan_priorities import outcome_words

_STEPS, _DRAWN, _DECIDE = 4, 14, 7
"""So many steps of a priority are named, so many steps are drawn, so many things to decide are told."""
_WHY = 150
"""So many letters of why a priority is one."""
_COLUMNS = (
    Column("Priority", share=0.19),
    Column("Why", share=0.24),
    Column("To be reached", share=0.17),
    Column("What is done", share=0.3),
    Column("Cost", "pounds", 0.1),
)


def summary_view(
    plan: Plan, progress: Mapping[str, StepProgress], notes: Mapping[str, str]
) -> Document:
    """Sum the plan up for those who have two pages' time; at most 900 words.

    `notes` has what was noted at the audit, without where it was seen, by what the plan tells of both.
    """
    codes = step_codes(plan)
    parts = by_priority(plan)
    whole = f"{words.date(plan.starts)} to {words.date(plan.ends)}"
    blocks: tuple[Block, ...] = (
        Paragraph(f"{whole}. {_size(plan)}. {_money(plan)}"),
        *_stops_all(plan),
        Section(
            "Priorities",
            (
                Table(
                    _COLUMNS,
                    (*(_row(part, codes, progress, notes) for part in parts), *_bought(plan)),
                ),
            ),
            name="priorities",
        ),
        Section("What stops or is joined", (_stopped(plan),), name="stops"),
        Section("To decide", (Bullets(items(islice(to_decide(plan), _DECIDE))),), name="decide"),
        Section("The year in one picture", tuple(_picture(plan, parts)), name="year"),
    )
    return Document(f"{words.clean(plan.school.name)}: the plan on two pages", blocks)


def _size(plan: Plan) -> str:
    phase = words.capital(plan.school.phase)
    return (
        f"{phase} school, {words.count(plan.school.roll, 'pupil')}; "
        f"{words.count(len(plan.steps), 'step')}"
    )


def _money(plan: Plan) -> str:
    planned = sum(one.planned for one in plan.budget)
    available = sum(one.available for one in plan.budget)
    days = sum(map(words.effort, plan.steps))
    return (
        f"It takes {words.number(days)} days of people's time and {words.pounds(planned)} of "
        f"{words.pounds(available)}."
    )


def _stops_all(plan: Plan) -> Iterator[Block]:
    """Yield what has to be seen before anything else: what does not fit, and what nothing is done for."""
    if plan.conflict:
        told = words.shorten(" ".join(plan.conflict), 300)
        yield Callout((Strong("Not all that must be done fits. "), told), True)
    for one in plan.priorities:
        if told := no_step(one):
            yield Callout(words.shorten(told, 260), True)


def _row(
    part: PlanPart,
    codes: Mapping[str, str],
    progress: Mapping[str, StepProgress],
    notes: Mapping[str, str],
) -> Row:
    one = part.priority
    cost = words.pounds(sum(map(words.cost, part.steps)))
    if one is None:
        return Row(
            (part_title(part), "", "", _work(part.steps, (), codes, progress), cost), part.id
        )
    title: Words = (Strong(f"{one.rank}. {one.title}"),)
    return Row(
        (
            lines((title, one.lead)) if one.lead else title,
            _why(one, notes),
            lines(_reached(one)),
            _work(part.steps, one.covered_by, codes, progress),
            cost,
        ),
        f"priority-{one.id}",
    )


def _bought(plan: Plan) -> Iterator[Row]:
    if plan.purchases:
        yield Row((BOUGHT, "", "", "", words.pounds(bought(plan))), "bought")


def _why(one: Priority, notes: Mapping[str, str]) -> str:
    """Give the first reason, without where it was looked for where there is no room for that."""
    whole = one.why or next(iter(one.evidence), "")
    if len(whole) > _WHY:
        whole = notes.get(whole, whole)
    return words.shorten(whole, _WHY)


def _reached(one: Priority) -> Iterator[str]:
    if one.outcome is not None:
        yield words.capital(outcome_words(one.outcome))
    by = f" by {words.short_date(one.by)} {one.by.year}" if one.by else ""
    yield f"Judged {one.judgement or 'not yet'}, to be {one.target or 'agreed'}{by}"


def _work(
    steps: Sequence[Step],
    first: Sequence[str],
    codes: Mapping[str, str],
    progress: Mapping[str, StepProgress],
) -> Words:
    """Name the steps of substance first, each with how it stands, and count the others."""
    ordered = sorted(steps, key=lambda step: (step.id not in first, -step.score, step.id))
    shown = sorted(ordered[:_STEPS], key=lambda step: codes[step.id])
    told = []
    for step in shown:
        stands = progress.get(step.id)
        state = f" ({stands.rag or stands.status})" if stands and stands.means else ""
        told.append(f"{codes[step.id]} {words.clean(step.title)}{state}")
    if rest := len(steps) - len(shown):
        told.append(f"and {rest} more")
    elsewhere = sorted(codes[name] for name in first) if not steps else []
    if elsewhere:
        told.append(f"{listed(elsewhere)}, told under another priority")
    return lines(told or ["nothing"])


def _stopped(plan: Plan) -> Bullets:
    told = []
    for one in plan.stopped:
        if one.decision == "keep":
            continue
        into = f", into “{words.clean(one.into)}”" if one.into else ""
        freed = f" ({words.count_of(one.freed, 'hour')} a week given back)" if one.freed else ""
        told.append(f"{words.clean(one.title)}{into}{freed}")
    return Bullets(items(told))


def to_decide(plan: Plan) -> Iterator[str]:
    """Yield what head, adviser and governors have to decide before the plan is theirs, the gravest first."""
    if plan.conflict:
        ways = words.count(len(plan.ways_out), "way") + " out"
        yield f"Which of {ways} is taken, so that what must be done fits."
    for one in plan.priorities:
        if one.uncovered and one.uncovered.ways_out:
            way = words.shorten(one.uncovered.ways_out[0].words, 160)
            yield f"Whether room is made for priority {one.rank}: {sentence(way)}"
    if any(not one.agreed for one in plan.priorities):
        yield "Whether the priorities, which rules propose, are yours."
    goals = sum(one.goal is not None and one.goal.proposed for one in plan.outcomes)
    if goals:
        yield f"Which goals you set: {words.count(goals, 'figure')} to move, each with a proposal."
    ends = [one for one in plan.stopped if one.decision != "keep"]
    if ends:
        yield f"What becomes of the {in_words(len(ends))} initiatives above; who tells whom, by when."
    for post in plan.vacant:
        until = f" until {words.date(post.ends)}" if post.ends else ""
        yield f"Who does the work of the vacant post “{post.post}”{until}."
    days = sum(not one.fixed and not one.by for one in plan.calendar)
    if days:
        yield f"Which days you set: {words.count(days, 'day')} in the calendar {'is' if days == 1 else 'are'} proposed."
    for hair in plan.hangs_on[:2]:
        title = Names(plan).step_title(hair.step)
        yield f"Whether “{words.clean(title)}” is wanted: it hangs on a hair."
    left = sum(one.available - one.planned for one in plan.budget)
    if left > 0:
        yield f"What becomes of the {words.pounds(left)} that this plan leaves."


def _picture(plan: Plan, parts: Sequence[PlanPart]) -> Iterator[Block]:
    """Draw the steps that carry the priorities: as many of each as there is room for."""
    wanted = [
        sorted(part.steps, key=lambda step: (step.id not in one.covered_by, -step.score))
        for part in parts
        if (one := part.priority)
    ]
    room = max(1, _DRAWN // max(1, len(wanted)))
    kept = {step.id for steps in wanted for step in steps[:room]}
    drawn = plan.model_copy(
        update={"steps": tuple(step for step in plan.steps if step.id in kept), "events": ()}
    )
    if drawn.steps:
        yield gantt(drawn, Names(drawn), None)
        told = f"{MARKS}."
        if rest := len(plan.steps) - len(drawn.steps):
            told += f" {words.count(rest, 'more step')} in the full plan."
        yield Paragraph((Quiet(told),))


__all__ = ["summary_view", "to_decide"]

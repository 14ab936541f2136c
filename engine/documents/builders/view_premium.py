"""The pupil premium strategy statement: challenges, outcomes, and activity by tier with evidence and cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...core import listed
from ...planning import Plan, PlanOutcome, Step, step_codes
from .. import words
from ..figure_words import figure, now
from ..plan_words import BOUGHT
from ..tree import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Facts,
    Paragraph,
    Quiet,
    Row,
    Section,
    Table,
    items,
)

_CHALLENGES = (Column("Number", "number", 0.1), Column("Challenge", share=0.9))
_OUTCOMES = (
    Column("Intended outcome", share=0.4),
    Column("Now"),
    Column("Success criterion", share=0.35),
)
_ACTIVITY = (
    Column("Activity", share=0.32),
    Column("Evidence that supports it", share=0.42),
    Column("Challenges", share=0.11),
    Column("Cost", "pounds", 0.15),
)


class Challenge(NamedTuple):
    """A reason that several steps may share, with whom it is about and the rules that gave it."""

    title: str
    words: str
    entities: tuple[str, ...]
    rules: tuple[str, ...]


Paid = Sequence[tuple[Step, int]]
"""Steps, each with the pounds of the premium that it takes."""


def premium_view(plan: Plan) -> Document:
    """Lay out the plan as the statement asks for it: only what the money set aside for it pays."""
    lines = {(one.line, one.year) for one in plan.budget if one.tiers}
    tiers = tuple(dict.fromkeys(tier for one in plan.budget for tier in one.tiers))
    paid = [
        (step, spent)
        for step in plan.steps
        if (spent := sum(one.pounds for one in step.cost if (one.line, one.year) in lines))
    ]
    challenges = _challenges(plan, paid)
    title = f"{words.clean(plan.school.name)}: pupil premium strategy statement"
    if not lines:
        none = Paragraph(
            "No line of money in school.yaml is kept to the tiers of the pupil premium (only_for, tiers), so that "
            "nothing can be told apart from the rest of the plan."
        )
        return Document(title, (none, *_money(plan)))
    blocks: tuple[Block, ...] = (
        Paragraph((Quiet(_ABOUT),)),
        Section("School overview", (_overview(plan),), name="overview"),
        Section("Challenges", (_numbered(challenges, plan.school.name),), name="challenges"),
        Section("Intended outcomes", (_outcomes(plan, challenges),), name="outcomes"),
        Section(
            "Activity in this academic year",
            tuple(_tiers(plan, tiers, paid, challenges)),
            name="activity",
        ),
        *_money(plan),
    )
    return Document(title, blocks)


_ABOUT = (
    "A draft for the statement that schools publish by 31 December. What the plan does for all pupils and pays from "
    "other money is not listed. Evidence is research on average, no forecast."
)


def _overview(plan: Plan) -> Facts:
    uses = [one for one in plan.budget if one.tiers]
    told = [
        Fact("School", words.clean(plan.school.name)),
        Fact("Pupils", f"{plan.school.roll:,}"),
        Fact("Time of this statement", f"{words.date(plan.starts)} to {words.date(plan.ends)}"),
    ]
    told += [Fact(f"{one.title}, {one.year}", words.pounds(one.available)) for one in uses]
    told += [
        Fact(who, "")
        for who in ("Proportion of pupils who are eligible", "Authorised by", "Lead", "Governor")
    ]
    return Facts(tuple(told))


def _challenges(plan: Plan, paid: Paid) -> tuple[Challenge, ...]:
    """Give the first reason of each step that is paid for, what several share once; what is of a group first."""
    found: dict[str, Challenge] = {}
    for step, _ in paid:
        for reason in step.because:
            if reason.kind == "rule":
                alone = step.target.kind != "school"  # a class or a teacher is not named in public
                said, whom = (reason.title, "") if alone else (reason.words, reason.entity)
                known = found.get(reason.title, Challenge(reason.title, said, (), ()))
                found[reason.title] = Challenge(
                    known.title,
                    known.words,
                    (*known.entities, *({whom} - {"", *known.entities})),
                    (*known.rules, reason.rule),
                )
                break
    return tuple(sorted(found.values(), key=lambda one: set(one.entities) <= {plan.school.name}))


def _numbered(challenges: Sequence[Challenge], school: str) -> Table:
    rows = (
        Row((str(number), _challenge(one, school)), f"challenge-{number}")
        for number, one in enumerate(challenges, start=1)
    )
    return Table(_CHALLENGES, tuple(rows))


def _challenge(one: Challenge, school: str) -> str:
    whom = listed(words.clean(entity) for entity in one.entities if entity != school)
    return f"{words.capital(one.words).rstrip('.')}{f' ({whom})' if whom else ''}."


def _outcomes(plan: Plan, challenges: Sequence[Challenge]) -> Table:
    """List the figures of those whom the challenges are about, and of the whole school."""
    about = {entity for one in challenges for entity in one.entities}
    told = [one for one in plan.outcomes if not one.about or one.about in about]
    return Table(_OUTCOMES, tuple(_outcome(one, at) for at, one in enumerate(told, start=1)))


def _outcome(told: PlanOutcome, number: int) -> Row:
    goal = told.goal
    to = ""
    if goal is not None:
        by = f" by {words.date(goal.by)}" if goal.by else ""
        to = f"{figure(goal.value, told.now.unit)}{by}{', proposed' if goal.proposed else ''}"
    title = f"{told.title}, {told.about}" if told.about else told.title
    return Row((words.clean(title), now(told.now), to), f"outcome-{number}")


def _tiers(
    plan: Plan,
    tiers: Sequence[str],
    paid: Paid,
    challenges: Sequence[Challenge],
) -> Iterator[Section]:
    codes = step_codes(plan)
    for tier in tiers:
        here = [(step, spent) for step, spent in paid if step.tier == tier]
        total = sum(spent for _, spent in here)
        rows = tuple(_activity(step, spent, codes, challenges) for step, spent in here)
        blocks: tuple[Block, ...] = (Table(_ACTIVITY, rows),)
        if not rows:
            blocks = (Paragraph("Nothing in this plan is paid for from it."),)
        yield Section(f"{words.capital(tier)}: {words.pounds(total)}", blocks)
    lines = {(one.line, one.year) for one in plan.budget if one.tiers}
    time = [one for one in plan.purchases if (one.line, one.year) in lines]
    if time:
        told = items(f"{words.capital(one.what)}: {words.pounds(one.pounds)}" for one in time)
        total = sum(one.pounds for one in time)
        yield Section(f"{BOUGHT}: {words.pounds(total)}", (Bullets(told),))
    loose = [(step, spent) for step, spent in paid if step.tier not in tiers]
    if loose:
        rows = tuple(_activity(step, spent, codes, challenges) for step, spent in loose)
        total = sum(spent for _, spent in loose)
        yield Section(f"Other: {words.pounds(total)}", (Table(_ACTIVITY, rows),))


def _activity(
    step: Step, spent: int, codes: Mapping[str, str], challenges: Sequence[Challenge]
) -> Row:
    rules = {one.rule for one in step.because}
    numbers = [
        str(number) for number, one in enumerate(challenges, start=1) if rules & set(one.rules)
    ]
    return Row(
        (
            f"{codes[step.id]} {words.clean(step.title)}",
            words.evidence_words(step.evidence),
            listed(numbers),
            words.pounds(spent),
        ),
        f"activity-{step.id}",
    )


def _money(plan: Plan) -> Iterator[Section]:
    uses = [one for one in plan.budget if one.tiers]
    if uses:
        planned, available = sum(one.planned for one in uses), sum(one.available for one in uses)
        yield Section(
            "Total budgeted cost",
            (
                Paragraph(
                    f"{words.pounds(planned)} of {words.pounds(available)}; "
                    f"{words.pounds(available - planned)} is not planned."
                ),
            ),
            name="total",
        )


__all__ = ["premium_view"]

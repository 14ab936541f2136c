"""The plan on about one screen: what is done when, by whom and for how much."""

from __future__ import annotations

from collections.abc import Iterator

from ...planning import FOR_SOME, LeftOut, Plan, Step, TermRef
from .. import words
from ..decision_phrases import DECIDED, because, short
from ..plan_words import (
    HANGS,
    LIGHT,
    NO_WAY_OUT,
    SEVERAL,
    critical,
    no_step,
    sentence,
    then,
    vacant,
    ways_out,
    ways_words,
)
from ..tree import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Facts,
    Paragraph,
    Row,
    Section,
    Table,
    items,
)
from ..words import Names
from .plan_priorities import own_ways

_STEPS = 24
"""About so many steps are told, those of each term by how many of all start in it."""
_LEFT_OUT = 3
"""So many of what was left out are told, each on two lines."""
_LONG, _LEAD = 46, 28
"""So many characters of a step's and of its lead's title fit beside each other."""
_COLUMNS = (
    Column("Step"),
    Column("Lead", share=0.28, most=_LEAD),
    Column("Days", "number", share=0.09),
    Column("Cost", "pounds", share=0.07),
)


def plan_summary(plan: Plan) -> Document:
    """Sum the plan up for a screen."""
    names = Names(plan)
    blocks: tuple[Block, ...] = (
        Paragraph(
            f"{words.capital(plan.school.phase)} school, {words.count(plan.school.roll, 'pupil')}. "
            f"{words.count(len(plan.steps), 'step')} in the plan."
        ),
        Paragraph(plan.notice),
        Paragraph(words.not_read(plan)),
        *map(Paragraph, vacant(plan)),
        Section("What does not fit", tuple(_conflict(plan))),
        *_uncovered(plan),
        Section("Priorities", (_priorities(plan),)),
        Section(DECIDED, (_decided(plan),)),
        own_ways(plan),
        *_terms(plan, names),
        Section("", tuple(_waiting(plan, names))),
        _left_out(plan),
        Section("Budget", (_budget(plan),)),
        Section("", (Paragraph(words.proof_words(plan.proof)),)),
    )
    whole = f"{words.date(plan.starts)} to {words.date(plan.ends)}"
    return Document(f"{plan.school.name}: {plan.programme.title} plan, {whole}", blocks)


def _conflict(plan: Plan) -> Iterator[Block]:
    """Tell what does not fit and what would make it fit."""
    if not plan.conflict:
        return
    yield from (Paragraph(told, indent=2) for told in plan.conflict)
    if ways_words(plan).endswith(SEVERAL):
        yield Paragraph(SEVERAL)
    if not plan.ways_out:
        yield Paragraph(NO_WAY_OUT)
        return
    yield Paragraph("Ways out, the cheapest first; each alone is enough")
    told = (f"{sentence(way.words)[:-1]} ({then(way, plan)})" for way in ways_out(plan))
    yield Bullets(items(told), mark="number")


def _uncovered(plan: Plan) -> Iterator[Block]:
    """Tell which priority has no step, why, and the cheapest way to one."""
    for priority in plan.priorities:
        if told := no_step(priority):
            yield Paragraph(told)
            ways = priority.uncovered.ways_out if priority.uncovered else ()
            for way in ways[:1]:
                yield Paragraph(f"The cheapest way out: {sentence(way.words)}", indent=2)


def _priorities(plan: Plan) -> Facts:
    facts = []
    for item in plan.priorities:
        tail = f"{item.judgement or 'not judged'} -> {item.target or 'no target'}"
        tail += "" if item.agreed else " (proposed)"
        tail += " (reached already)" if item.reached else ""
        facts.append(Fact(f"{item.rank}. {item.title}", tail))
    return Facts(tuple(facts), indent=2, apart=True)


def _decided(plan: Plan) -> Bullets:
    told = (f"{one.title} ({one.target}): {short(one)}. {because(one)}" for one in plan.overrides)
    return Bullets(items(told), mark="none")


def _terms(plan: Plan, names: Names) -> Iterator[Section]:
    told: list[Step] = []
    for term in plan.terms:
        steps = [step for slot in term.slots for step in names.starting(slot.id)]
        room = max(2, _STEPS * len(steps) // max(1, len(plan.steps)))
        best = sorted(
            steps, key=lambda step: (not step.must, not step.urgent, -step.score, step.id)
        )
        kept = {step.id for step in (best if len(best) <= room + 1 else best[:room])}
        shown = [step for step in steps if step.id in kept]
        told += shown
        yield _term(term, steps, shown)
    marks = []
    if any(step.must for step in told):
        marks.append("* has to be done: promised, decided, a duty, or asked so by a rule.")
    if any(step.urgent for step in told):
        marks.append("! cannot wait: a rule says within how many half-terms it has to begin.")
    if any(step.depends_on for step in told):
        marks.append(f"{HANGS} hangs on a judgement: termwise firm tells on which.")
    yield Section("", tuple(map(Paragraph, marks)))


def _term(term: TermRef, steps: list[Step], shown: list[Step]) -> Section:
    total = sum(map(words.effort, steps))
    tail = f"{words.days(total)}, {words.pounds(sum(map(words.cost, steps)))}" if steps else ""
    starts = f"{words.count(len(steps), 'step')} {'starts' if len(steps) == 1 else 'start'}"
    blocks: list[Block] = [
        Facts((Fact(f"{term.title}: {starts}", tail),), apart=True),
        Table(_COLUMNS, tuple(map(_row, shown)), indent=1, headed=False),
    ]
    if len(steps) > len(shown):
        blocks.append(Paragraph(f"and {len(steps) - len(shown)} more", indent=4))
    return Section("", tuple(blocks))


def _row(step: Step) -> Row:
    light = LIGHT if step.form == "light" else ""
    return Row(
        (
            words.shorten(step.title, _LONG - len(light)) + light,
            step.lead.title.replace(" strand lead", " lead"),
            words.days(words.effort(step)),
            words.pounds(words.cost(step)),
        ),
        step.id,
        (
            HANGS if step.depends_on else "",
            "*" if step.must else "",
            "!" if step.urgent else "",
        ),
    )


def _waiting(plan: Plan, names: Names) -> Iterator[Paragraph]:
    """Tell the chain that sets the pace, and what waits because enough is new."""
    if critical(plan):
        chain = " -> ".join(words.clean(names.step_title(name)) for name in critical(plan))
        yield Paragraph(f"Longest chain: {chain}", hang=4)
    titles = list(dict.fromkeys(words.clean(item.title) for item in plan.held_back))
    if titles:
        more = f" and {len(titles) - 3} more" if len(titles) > 4 else ""
        told = "; ".join(titles[:3] if more else titles)
        yield Paragraph(f"Held back, because enough is new: {told}{more}", hang=4)
    ends = [words.clean(one.title) for one in plan.stopped if one.decision != "keep"]
    if ends:
        freed = words.count_of(sum(one.freed for one in plan.stopped), "hour")
        yield Paragraph(
            f"Stops or is joined: {'; '.join(ends)} ({freed} a week given back)", hang=4
        )


def _left_out(plan: Plan) -> Section:
    """Tell the first of each kind before others, and nothing of what only some do without."""
    by_kind = words.left_out_by_kind(plan)
    for kind in FOR_SOME:
        by_kind.pop(words.LEFT_OUT_KINDS[kind], None)
    shown: list[LeftOut] = [several[0] for several in by_kind.values()]
    shown += [item for several in by_kind.values() for item in several[1:]]
    left = words.count(len({item.intervention for item in shown}), "intervention")
    told = (
        Paragraph(f"{item.title}: {item.reason}", indent=4, hang=2, most=2)
        for item in shown[:_LEFT_OUT]
    )
    return Section(f"Left out: {left}", tuple(told))


def _budget(plan: Plan) -> Facts:
    told = (
        Fact(
            f"{use.title}, {use.year}",
            f"{words.pounds(use.planned)} of {words.pounds(use.available)}",
        )
        for use in plan.budget
    )
    return Facts(tuple(told), indent=2, apart=True)


__all__ = ["plan_summary"]

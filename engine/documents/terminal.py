"""The plan in about one screen of a terminal."""

from __future__ import annotations

import textwrap

from ..records.plan import LeftOut, Plan, Step
from . import words
from .words import Names

STEP_LINES = 24


def as_text(plan: Plan, width: int = 100) -> str:
    """A summary to read in one screen."""
    names = Names(plan)
    lines = [
        f"{plan.school.name}: {plan.programme.title} plan, "
        f"{words.date(plan.starts)} to {words.date(plan.ends)}",
        f"{words.capital(plan.school.phase)} school, {words.count(plan.school.roll, 'pupil')}. "
        f"{words.count(len(plan.steps), 'step')} in the plan.",
        words.shorten(plan.notice, width),
    ]
    lines += _wrapped(words.not_read(plan), width)
    if plan.conflict:
        lines += _wrapped("Conflict: " + "; ".join(plan.conflict), width)
    lines += ["", "Priorities"]
    for priority in plan.priorities:
        tail = f"{priority.judgement or 'not judged'} -> {priority.target or 'no target'}"
        tail += "" if priority.agreed else " (proposed)"
        lines.append(_row(f"  {priority.rank}. {priority.title}", tail, width))
    lines += _terms(plan, names, width)
    lines += _left_out(plan, width)
    lines += ["", "Budget"]
    for use in plan.budget:
        tail = f"{words.pounds(use.planned)} of {words.pounds(use.available)}"
        lines.append(_row(f"  {use.title}, {use.year}", tail, width))
    lines += ["", *_wrapped(words.proof_words(plan.proof), width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _terms(plan: Plan, names: Names, width: int) -> list[str]:
    lines: list[str] = []
    everything = max(1, len(plan.steps))
    for term in plan.terms:
        steps = [step for slot in term.slots for step in names.starting(slot.id)]
        room = max(2, STEP_LINES * len(steps) // everything)
        best = sorted(steps, key=lambda step: (not step.must, -step.score, step.id))
        kept = {step.id for step in (best if len(best) <= room + 1 else best[:room])}
        total = sum(words.effort(step) for step in steps)
        tail = f"{words.days(total)}, {words.pounds(sum(map(words.cost, steps)))}" if steps else ""
        lines += ["", _row(f"{term.title}: {words.count(len(steps), 'step')} start", tail, width)]
        lines += [_step(step, width) for step in steps if step.id in kept]
        if len(steps) > len(kept):
            lines.append(f"    and {len(steps) - len(kept)} more")
    return lines


def _step(step: Step, width: int) -> str:
    lead = words.shorten(step.lead.title.replace(" strand lead", " lead"), 28)
    tail = f"{lead:<28} {words.days(words.effort(step)):>10} {words.pounds(words.cost(step)):>8}"
    return _row(f"  {'*' if step.must else ' '} {step.title}", tail, width)


def _left_out(plan: Plan, width: int) -> list[str]:
    by_kind = words.left_out_by_kind(plan)
    for kind in words.FOR_SOME:
        by_kind.pop(words.LEFT_OUT_KINDS[kind], None)
    shown: list[LeftOut] = [items[0] for items in by_kind.values()]
    shown += [item for items in by_kind.values() for item in items[1:]]
    lines = [
        "",
        f"Left out: {words.count(len({item.intervention for item in shown}), 'intervention')}",
    ]
    lines += [
        words.shorten(f"{item.title}: {item.reason}", width - 4).join(("    ", ""))
        for item in shown[:3]
    ]
    return lines if shown else []


def _row(left: str, right: str, width: int) -> str:
    room = max(8, width - len(right) - 2)
    indent = left[: len(left) - len(left.lstrip())]
    text = left if len(left) <= room else indent + words.shorten(left, room - len(indent))
    return f"{text:<{room}}  {right}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(words.clean(text), width)

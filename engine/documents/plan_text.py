"""The plan in about one screen of a terminal."""

from __future__ import annotations

import textwrap

from ..planning import LeftOut, Plan, Step
from . import words
from .decision_phrases import DECIDED, because, short
from .plan_words import (
    HANGS,
    NO_WAY_OUT,
    SEVERAL,
    critical,
    sentence,
    then,
    vacant,
    ways_out,
    ways_words,
)
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
        *_two(plan.notice, width),
    ]
    lines += _wrapped(words.not_read(plan), width)
    for told in vacant(plan):
        lines += _wrapped(told, width)
    if plan.conflict:
        lines += _conflict(plan, width)
    if plan.priorities:
        lines += ["", "Priorities"]
    for priority in plan.priorities:
        tail = f"{priority.judgement or 'not judged'} -> {priority.target or 'no target'}"
        tail += "" if priority.agreed else " (proposed)"
        tail += " (reached already)" if priority.reached else ""
        lines.append(_row(f"  {priority.rank}. {priority.title}", tail, width))
    if plan.overrides:
        lines += ["", DECIDED]
    for item in plan.overrides:
        lines += textwrap.wrap(
            words.clean(f"{item.title} ({item.target}): {short(item)}. {because(item)}"),
            width,
            initial_indent="  ",
            subsequent_indent="    ",
        )
    lines += _terms(plan, names, width)
    lines += ["", *_waiting(plan, names, width)]
    lines += _left_out(plan, width)
    lines += ["", "Budget"]
    for use in plan.budget:
        tail = f"{words.pounds(use.planned)} of {words.pounds(use.available)}"
        lines.append(_row(f"  {use.title}, {use.year}", tail, width))
    lines += ["", *_wrapped(words.proof_words(plan.proof), width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _conflict(plan: Plan, width: int) -> list[str]:
    """What does not fit and what would make it fit."""
    lines = ["", "What does not fit"]
    for told in plan.conflict:
        lines += textwrap.wrap(
            words.clean(told), width, initial_indent="  ", subsequent_indent="  "
        )
    if ways_words(plan).endswith(SEVERAL):
        lines += _wrapped(f"  {SEVERAL}", width)
    lines.append("Ways out, the cheapest first; each alone is enough")
    for number, way in enumerate(ways_out(plan), 1):
        told = f"{sentence(way.words)[:-1]} ({then(way, plan)})"
        lines += textwrap.wrap(
            told, width, initial_indent=f"  {number}. ", subsequent_indent="     "
        )
    if not plan.ways_out:
        lines[-1] = NO_WAY_OUT
    return lines


def _waiting(plan: Plan, names: Names, width: int) -> list[str]:
    """The chain that sets the pace, and what waits because enough is new."""
    lines: list[str] = []
    if critical(plan):
        chain = " -> ".join(words.clean(names.step_title(name)) for name in critical(plan))
        lines += _wrapped(f"Longest chain: {chain}", width, "    ")
    titles = list(dict.fromkeys(words.clean(item.title) for item in plan.held_back))
    if titles:
        more = f" and {len(titles) - 3} more" if len(titles) > 4 else ""
        told = "; ".join(titles[:3] if more else titles)
        lines += _wrapped(f"Held back, because enough is new: {told}{more}", width, "    ")
    return lines


def _terms(plan: Plan, names: Names, width: int) -> list[str]:
    lines: list[str] = []
    printed: list[Step] = []
    everything = max(1, len(plan.steps))
    for term in plan.terms:
        steps = [step for slot in term.slots for step in names.starting(slot.id)]
        room = max(2, STEP_LINES * len(steps) // everything)
        best = sorted(steps, key=lambda step: (not step.must, -step.score, step.id))
        kept = {step.id for step in (best if len(best) <= room + 1 else best[:room])}
        total = sum(words.effort(step) for step in steps)
        tail = f"{words.days(total)}, {words.pounds(sum(map(words.cost, steps)))}" if steps else ""
        starts = f"{words.count(len(steps), 'step')} {'starts' if len(steps) == 1 else 'start'}"
        lines += ["", _row(f"{term.title}: {starts}", tail, width)]
        lines += [_step(step, width) for step in steps if step.id in kept]
        printed += [step for step in steps if step.id in kept]
        if len(steps) > len(kept):
            lines.append(f"    and {len(steps) - len(kept)} more")
    marks = []
    if any(step.must for step in printed):
        marks.append("* has to be done: promised, decided, a duty, or asked so by a rule.")
    if any(step.depends_on for step in printed):
        marks.append(f"{HANGS} hangs on a judgement: termwise firm tells on which.")
    return [*lines, *(["", *marks] if marks else [])]


def _step(step: Step, width: int) -> str:
    lead = words.shorten(step.lead.title.replace(" strand lead", " lead"), 28)
    tail = f"{lead:<28} {words.days(words.effort(step)):>10} {words.pounds(words.cost(step)):>8}"
    light = " (light form)" if step.form == "light" else ""
    room = width - len(tail) - len(light) - 6
    title = words.shorten(step.title, room) + light
    marks = (HANGS if step.depends_on else " ") + ("*" if step.must else " ")
    return _row(f" {marks} {title}", tail, width)


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
    for item in shown[:3]:
        lines += _two(f"{item.title}: {item.reason}", width, "    ", "      ")
    return lines if shown else []


def _two(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """A text on two lines at most."""
    return textwrap.wrap(
        words.clean(text),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        max_lines=2,
        placeholder="…",
    )


def _row(left: str, right: str, width: int) -> str:
    room = max(8, width - len(right) - 2)
    indent = left[: len(left) - len(left.lstrip())]
    text = left if len(left) <= room else indent + words.shorten(left, room - len(indent))
    return f"{text:<{room}}  {right}"


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(words.clean(text), width, subsequent_indent=indent)

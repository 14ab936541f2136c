"""The top of a plan, to be seen before anything else: its time, what does not fit, what it is for."""

from __future__ import annotations

from collections.abc import Iterator

from ...planning import Plan, Priority
from .. import words
from ..plan_words import NO_WAY_OUT, no_step, sentence, then, ways_out, ways_words
from ..tree import Block, Bullets, Callout, ListItem, Paragraph, Quiet, Strong, items


def opening(plan: Plan) -> Iterator[Block]:
    """Open the plan: the school and the time, what does not fit, and how to take what follows."""
    yield Paragraph(
        f"{words.date(plan.starts)} to {words.date(plan.ends)}. "
        f"{words.capital(plan.school.phase)} school, {words.count(plan.school.roll, 'pupil')}, "
        f"{words.count(len(plan.steps), 'step')}."
    )
    if plan.conflict:
        fits_not = Bullets(items(plan.conflict))
        yield Callout((Strong("What does not fit"),), True, (fits_not, *_ways_out(plan)))
    for priority in plan.priorities:
        if told := no_step(priority):
            yield Callout(told, True, tuple(_priority_ways(priority)))
    yield Callout(plan.notice)
    if unread := words.not_read(plan):
        yield Callout(unread)
    yield Paragraph((Quiet(plan.programme.note),))


def _priority_ways(priority: Priority) -> Iterator[Block]:
    """Tell what would make room for a step, the cheapest first."""
    if priority.uncovered and priority.uncovered.ways_out:
        yield Paragraph((Strong("Ways out, the cheapest first"),))
        yield Bullets(
            items(sentence(one.words) for one in priority.uncovered.ways_out), mark="number"
        )


def _ways_out(plan: Plan) -> Iterator[Block]:
    if not plan.ways_out:
        yield Paragraph(NO_WAY_OUT)
        return
    yield Paragraph((Strong("Ways out, the cheapest first"),))
    yield Paragraph((Quiet(ways_words(plan)),))
    ways = (
        ListItem((Strong(sentence(way.words)), Quiet(f" {sentence(then(way, plan))}")))
        for way in ways_out(plan)
    )
    yield Bullets(tuple(ways), mark="number")


__all__ = ["opening"]

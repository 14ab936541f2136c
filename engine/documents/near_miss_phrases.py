"""The rules that come nearest to asking for something, and what is in their way, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from ..explain import InTheWay, Nearest, WhyNot
from .argument_lines import Line, cited, said, where
from .tree import Words
from .words import capital, clean, count

_SHOWN = 3
"""So many rules are told; the record has all of them."""


def nearest(answer: WhyNot) -> Iterator[Line]:
    """The nearest rules, each with the comparisons in its way, and where these stand."""
    for one in answer.nearest[:_SHOWN]:
        yield from _rule(one, answer.school.name)
    if rest := answer.nearest[_SHOWN:]:
        yield Line(0, f"{count(len(rest), 'other rule')} could ask for it, from further away.")


def _rule(one: Nearest, school: str) -> Iterator[Line]:
    verdict = one.verdict
    label = verdict.entity.label if verdict.entity else ""
    whom = f"{capital(label)}: " if clean(label) != clean(school) else ""
    ways, number = (one.in_the_way, *one.or_else), len(one.in_the_way)
    so = "this" if number == 1 else f"these {number} together"
    if number == 1 and len(ways) > 1:
        so = "one of these"
    head = f"{whom}{clean(verdict.title)} ({one.strength}; {verdict.rule})."
    yield Line(0, f"{head} For the rule to ask, {so} would have to be otherwise:")
    for place, way in enumerate(ways):
        if place and number > 1:
            yield Line(1, f"Or these {number} together:")
        for each in way:
            yield Line(2 if place and number > 1 else 1, _way(each, verdict.rule))


def _way(way: InTheWay, rule: str) -> Words:
    """One comparison, with what it would show on the way to the rule."""
    words = said(way.compared)
    if way.rule != rule:
        found = f"“{clean(way.needs[-1])}”"
        does = "show" if way.wanted == "true" else "no longer show"
        words += f" It would {does} {found} ({way.rule})."
    if way.settled:
        words += " That is settled: nothing the school does now makes it otherwise."
    return cited(words, where([way.compared]))


__all__ = ["nearest"]

"""The document on an edit of rules: what was edited, and what it does to each school."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import listed
from ...explain import RulesDiff, SchoolDiff
from ..tree import Block, Bullets, Document, Paragraph, Section, items
from ..words import clean, count

_HOW = {
    "new": "is now recommended",
    "gone": "is no longer recommended",
    "otherwise": "is recommended otherwise",
}


def rules_diff_document(found: RulesDiff) -> Document:
    """Tell what was edited, then school by school which advice, pupils, steps and costs are otherwise."""
    edits = items(
        f"{one.kind} {one.id}, “{clean(one.title)}”: {one.how}"
        + (f", {one.words}" if one.words else "")
        for one in found.edits
    )
    blocks: list[Block] = [
        Section("What was edited", (Bullets(edits) if edits else Paragraph("Nothing."),))
    ]
    for school in found.schools:
        told = tuple(_school(school))
        if not told:
            told = (
                Paragraph("Nothing is otherwise: the same advice, the same plan, the same cost."),
            )
        blocks.append(Section(clean(school.name), told))
    return Document("What the edit does", tuple(blocks))


def _school(school: SchoolDiff) -> Iterator[Block]:
    advice = []
    for one in school.advice:
        said = f"“{clean(one.title)}” {_HOW[one.how]}"
        if one.more:
            said += f"; now also {listed(one.more)}"
        if one.fewer:
            said += f"; no longer {listed(one.fewer)}"
        advice.append(f"{said} (through {listed(one.through)})" if one.through else said)
    if advice:
        yield Section("Advice", (Bullets(items(advice)),))
    pupils = [
        f"{one.title}: {_pupils(one.now)} instead of {_pupils(one.was)}" for one in school.pupils
    ]
    if pupils:
        yield Section("Pupils, each counted once, in the gravest state", (Bullets(items(pupils)),))
    steps = [f"{one.how}: “{clean(one.title)}” {one.words}" for one in school.steps]
    if steps:
        yield Section("The plan", (Bullets(items(steps)),))
    (days, days_now), (pounds, pounds_now) = school.days, school.pounds
    if steps or pounds != pounds_now:
        yield Paragraph(
            f"The plan takes {days_now:g} days instead of {days:g}, and £{pounds_now:,} instead of £{pounds:,}."
        )


def _pupils(number: int | None) -> str:
    return "fewer than 6 pupils" if number is None else count(number, "pupil")

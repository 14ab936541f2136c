"""What money and time buy: in short, the lines, what a little more would buy, the curve, the steps, the
finances."""

from __future__ import annotations

from collections.abc import Sequence

from ...explain import MoneyReport
from ..money_words import (
    CURVE,
    POINTS,
    STEPS,
    asked,
    bought_words,
    curve_rows,
    flat,
    forgone,
    in_short,
    step_row,
    title_of,
    worth_telling,
)
from ..plan_words import line_words
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
from ..words import clean, pounds

_LONG = 42
"""So many characters of a step's title fit beside its figures."""


def money_document(report: MoneyReport) -> Document:
    """Tell what the money buys, and what a little more money or time would."""
    blocks: list[Block] = [
        Paragraph(f"{clean(report.notice)} {POINTS}"),
        Section("In short", (Bullets(items(in_short(report))),)),
        Section("The lines", (_lines(report),)),
    ]
    for title, bought in asked(report):
        some, rest = worth_telling(bought)
        told = [*map(bought_words, some), *([rest] if rest else [])]
        blocks.append(Section(title, (Bullets(items(told)),)))
    if report.curve:
        notes = (Paragraph(told, indent=2) for told in flat(report))
        curve = _table(CURVE, curve_rows(report.curve))
        blocks.append(Section("The best plan for each budget", (curve, *notes)))
    if report.steps:
        steps = _table(STEPS, list(map(step_row, report.steps)), [s.step for s in report.steps])
        blocks.append(Section("What each step brings and takes", (steps,)))
    blocks.append(Section("What is forgone", (Bullets(items(forgone(report))),)))
    finance = (
        f"{clean(note.title)}: {clean(note.value)}" + (f". {clean(note.note)}" if note.note else "")
        for note in report.finance
    )
    blocks.append(Section("The school's finances", (Bullets(items(finance)),)))
    return Document(title_of(report), tuple(blocks))


def _lines(report: MoneyReport) -> Facts:
    return Facts(
        tuple(
            Fact(
                f"{use.title}, {use.year}",
                f"{pounds(use.planned)} of {pounds(use.available)}, "
                f"{pounds(use.available - use.planned)} left",
                rules,
            )
            for use, rules in line_words(report.lines)
        ),
        indent=2,
        apart=True,
    )


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]], ids: Sequence[str] = ()) -> Table:
    columns = (Column(titles[0], most=_LONG), *(Column(title, "number") for title in titles[1:]))
    named = ids or [""] * len(rows)
    return Table(
        columns,
        tuple(Row(tuple(row), name) for row, name in zip(rows, named, strict=True)),
        indent=2,
    )

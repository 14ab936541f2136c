"""The document on what money and time buy: in short, the lines, what a little more would buy, the curve,
the steps, the finances."""

from __future__ import annotations

from collections.abc import Sequence

from ...explain import Buys, MoneyReport, SpendingToday
from ..charts.budget_curve import curve
from ..money_words import (
    CURVE,
    POINTS,
    STEPS,
    asked,
    changes,
    curve_rows,
    forgone,
    in_short,
    step_row,
    title_of,
    totals,
    worth_telling,
)
from ..plan_words import sentence
from ..tree import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Strong,
    Table,
    Words,
    items,
)
from ..words import clean, count
from .budget_lines import budget_lines

_LONG = 42
"""So many characters of a step's title fit beside its figures."""


def money_document(report: MoneyReport) -> Document:
    """Tell what the money buys, and what a little more money or time would."""
    blocks: list[Block] = [
        Callout(f"{clean(report.notice)} {POINTS}"),
        Section("In short", (Bullets(items(in_short(report))),), name="short"),
        _spent(report.spent),
        _lines(report),
        *(_bought(*tried) for tried in asked(report)),
        _curve(report),
        _steps(report),
        Section("What is forgone", (Bullets(items(forgone(report))),), name="forgone"),
        _finance(report),
    ]
    return Document(title_of(report), tuple(blocks))


_THEN = {
    "keep": "stays",
    "pool": "could be pooled with other schools",
    "invest": "to be invested in what comes",
    "stop": "stops",
}


def _spent(found: SpendingToday | None) -> Section:
    """Lay what is spent on improvement today beside the plan, strand by strand, as one sum."""
    if found is None:
        return Section("", ())
    told = [f"£{found.total:,} on {count(len(found.lines), 'line')}, seen as one sum"]
    told += [
        f"£{pounds:,} {words}"
        for pounds, words in (
            (found.unnamed, "of which nobody could say what it serves"),
            (found.pool, "could be pooled with other schools"),
            (found.invest, "to be invested"),
            (found.stop, "to be stopped"),
        )
        if pounds
    ]
    columns = (
        Column("Strand"),
        Column("Spent last year", "pounds"),
        Column("In the plan, a year", "pounds"),
        Column("Worth in the plan", "number"),
    )
    rows = tuple(
        Row(
            (clean(one.title), f"£{one.spent:,}", f"£{one.planned:,}", f"{one.value:,}"), one.strand
        )
        for one in found.strands
    )
    lines = items(
        f"{clean(one.title)}, £{one.pounds:,}: {clean(one.serves) or 'serves nothing that was named'}"
        + (f"; {_THEN[one.then]}" if one.then else "")
        for one in found.lines
    )
    blocks = (Bullets(items(told)), Table(columns, rows, indent=2), Bullets(lines))
    return Section("Spent on improvement today, beside the plan", blocks, name="spent")


def _lines(report: MoneyReport) -> Section:
    blocks = (budget_lines(report.lines, indent=2),) if report.lines else ()
    return Section("The lines of the budget", blocks, name="lines")


def _bought(name: str, title: str, bought: Sequence[Buys]) -> Section:
    some, rest = worth_telling(bought)
    told = tuple(
        ListItem((Strong(one.title), Quiet(f" ({clean(one.more)})"), f": {sentence(changes(one))}"))
        for one in some
    )
    return Section(title, (Bullets(told), Paragraph(rest, indent=2)), name=name)


def _curve(report: MoneyReport) -> Section:
    if not report.curve:
        return Section("", ())
    spends, *figures, proved = CURVE
    columns = (Column(spends), *(Column(one, "number") for one in figures), Column(proved))
    rows = (Row(tuple(row), f"budget-{at}") for at, row in enumerate(curve_rows(report.curve)))
    drawn = curve(report, Table(columns, tuple(rows), indent=2))
    return Section("The best plan for each budget", (drawn,), name="curve")


def _steps(report: MoneyReport) -> Section:
    if not report.steps:
        return Section("", ())
    columns = (Column(STEPS[0], most=_LONG), *(Column(title, "number") for title in STEPS[1:]))
    rows = (Row(tuple(step_row(step)), step.step) for step in report.steps)
    steps = Table(columns, tuple(rows), indent=2)
    first = Quiet(f"The most points for a pound first. {totals(report)}")
    blocks = (Paragraph((first,), indent=2), steps)
    return Section("What each step brings and takes", blocks, name="steps")


def _finance(report: MoneyReport) -> Section:
    told = []
    for note in report.finance:
        more: Words = (Quiet(f". {clean(note.note)}"),) if note.note else ()
        told.append(ListItem((Strong(note.title), f": {clean(note.value)}", *more)))
    return Section("The school's finances", (Bullets(tuple(told)),), name="finance")


__all__ = ["money_document"]

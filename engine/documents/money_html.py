"""What money and time buy as one page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from ..explain import Buys, MoneyReport
from . import words
from .charts.budget_curve import KEY, curve
from .money_words import (
    CURVE,
    POINTS,
    STEPS,
    asked,
    changes,
    curve_rows,
    flat,
    forgone,
    in_short,
    step_row,
    title_of,
    totals,
    worth_telling,
)
from .plan_words import line_words, sentence
from .render.markup import bullets, table, text
from .render.page import contents, page, sections


def money_as_html(report: MoneyReport) -> str:
    """The whole report as a page."""
    bought = dict(asked(report))
    titled = [
        ("lines", "The lines of the budget", _lines(report)),
        *(
            (name, title, _bought(bought[title]))
            for name, title in zip(("money", "time"), bought, strict=False)
        ),
        ("curve", "The best plan for each budget", _curve(report)),
        ("steps", "What each step brings and takes", _steps(report)),
        ("forgone", "What is forgone", bullets(map(text, forgone(report)))),
        ("finance", "The school's finances", _finance(report)),
    ]
    return page(
        title_of(report),
        f"{bullets(map(text, in_short(report)))}"
        f'<div class="box">{text(report.notice)} {text(POINTS)}</div>{contents(titled)}',
        sections(titled),
        "Made with termwise.",
    )


def _lines(report: MoneyReport) -> str:
    rows = (
        [
            text(use.title) + (f"<p class='quiet'>{text(rules)}</p>" if rules else ""),
            text(use.year),
            *map(words.pounds, (use.planned, use.available, use.available - use.planned)),
        ]
        for use, rules in line_words(report.lines)
    )
    spent = report.invested + report.running
    return table(["Line", "Year", "Planned", "Available", "Left"], rows, 2, "stack") + (
        f"<p>{words.pounds(spent)} in all: {words.pounds(report.invested)} invested in preparing "
        f"and delivering, {words.pounds(report.running)} to keep things going.</p>"
    )


def _bought(bought: Sequence[Buys]) -> str:
    some, rest = worth_telling(bought)
    rows = (
        [
            f"{text(one.title)} <span class='quiet'>{text(one.more)}</span>",
            text(sentence(changes(one))),
        ]
        for one in some
    )
    return (
        "<p class='quiet'>The plan was made again with each of these and nothing else changed.</p>"
        + (table(["A little more", "Buys"], rows, kind="stack") if some else "")
        + (f"<p>{text(rest)}</p>" if rest else "")
    )


def _curve(report: MoneyReport) -> str:
    if not report.curve:
        return ""
    drawn = curve(report)
    rows = ([text(cell) for cell in row] for row in curve_rows(report.curve))
    listed = table(CURVE, rows, 1, "stack")
    note = "".join(f"<p>{text(told)}</p>" for told in flat(report))
    return f"{note}{KEY}<div class='beside'><div>{drawn}</div><div>{listed}</div></div>"


def _steps(report: MoneyReport) -> str:
    rows = ([text(cell) for cell in step_row(step)] for step in report.steps)
    listed = table(STEPS, rows, 1, "stack")
    return (
        f"<p class='quiet'>The most points for a pound first. {text(totals(report))}</p>{listed}"
        if listed
        else ""
    )


def _finance(report: MoneyReport) -> str:
    return bullets(
        f"<b>{text(note.title)}</b>: {text(note.value)}"
        + (f" <span class='quiet'>{text(note.note)}</span>" if note.note else "")
        for note in report.finance
    )

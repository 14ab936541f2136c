"""Commands about the plan: the plan itself, and its money."""

from __future__ import annotations

import datetime
import pathlib
import sys
from typing import Any

import click

from termwise.commands import shared
from termwise.commands.answer import FORMATS, OF_A_PLAN, Answer, answering


@click.command()
@click.argument("folder", type=shared.FOLDER)
@shared.YEARS
@click.option(
    "--view",
    metavar="VIEW",
    help="A part of it: summary, governors, leader:ROLE, teacher:CLASS, premium, adviser, calendar; or full.",
)
@click.option(
    "--issued", is_flag=True, help="The plan in force, with its progress, in place of a new one."
)
@click.option("--on", type=shared.DATE, help="With --issued: the day it is; by default today.")
@answering(*FORMATS, *OF_A_PLAN)
@click.pass_context
def plan(
    ctx: click.Context,
    folder: pathlib.Path,
    years: int | None,
    view: str | None,
    issued: bool,
    on: datetime.datetime | None,
    to: Answer,
) -> None:
    """Plan the school in a folder, term by term.

    Exits with 3 when what must be done can't all be done; the best plan is printed all the same.
    """
    if issued:
        _in_force(folder, view or "full", on.date() if on else datetime.date.today(), to)
        return
    if on:
        raise click.UsageError("--on goes with --issued")
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("Reading, recommending, planning"):
            advice = shared.advice(folder, years)
    else:
        advice = shared.advice(folder, years)
    what = f"The plan for {advice.plan.school.name} is"
    if to.form in OF_A_PLAN or (view is not None and to.form != "json"):
        from termwise.engine.documents import shown

        _give(view, shown(advice.plan, advice.school, advice.library), what, to)
        return
    to.give(advice.plan, what)
    if to.path is None and to.form == "text":
        shared.say(
            f"The full plan, with every reason: termwise plan {folder}"
            f"{f' --years {years}' if years else ''} --format html -o plan.html"
        )
    told = to.path is None and to.form in ("text", "md")  # the document itself begins with it
    if advice.plan.conflict and told:
        ctx.exit(3)
    if advice.plan.conflict:
        shared.say("These can't all hold together:", err=True)
        for line in advice.plan.conflict:
            shared.say(f"- {line}", err=True)
        if advice.plan.ways_out:
            shared.say("Ways out, the cheapest first:", err=True)
        for way in advice.plan.ways_out:
            shared.say(f"- {way.words}", err=True)
        ctx.exit(3)


def _in_force(folder: pathlib.Path, view: str, today: datetime.date, to: Answer) -> None:
    """Answers with the plan in force and how it is carried out on a day."""
    from termwise.engine.documents import shown
    from termwise.engine.review import load_progress, plan_on, plans_in_use, progress
    from termwise.engine.school import load_school

    plans = plans_in_use(folder)
    force = plan_on(plans, today)
    library = shared.library(folder)
    school = load_school(folder, library)
    latest = max(today, datetime.date.today())  # who looks back sees no later rows as mistakes
    entries = load_progress(folder, plans, school, library, latest)
    what = f"The plan for {force.plan.school.name} of {force.issued} is"
    if to.form == "json":
        to.give(force.plan, what)
        return
    steps = progress(force, entries, library, today).steps
    _give(
        view, shown(force.plan, school, library, steps, force.issued, plans.index(force)), what, to
    )


def _give(view: str | None, plan: Any, what: str, to: Answer) -> None:
    """Answers with a view of a plan, as a document, as a workbook or as a diary."""
    from termwise.engine.documents import diary_view, view_of, workbook_of

    if to.form == "xlsx":
        to.give(workbook_of(plan), what)
    elif to.form == "ics":
        to.give(diary_view(view or "full", plan), what)
    else:
        to.give(view_of(view or "full", plan), what)


@click.command()
@click.argument("folder", type=shared.FOLDER)
@shared.YEARS
@answering()
def calendar(folder: pathlib.Path, years: int | None, to: Answer) -> None:
    """The duties and dates of the plan's year, and who looks at what by which day."""
    from termwise.engine.planning import calendar_of_year

    advice = shared.advice(folder, years)
    found = calendar_of_year(advice.plan, advice.school, advice.library)
    to.give(found, "The calendar is")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@shared.YEARS
@answering()
def money(folder: pathlib.Path, years: int | None, to: Answer) -> None:
    """What the plan's money buys, and what a little more money or time would.

    The school is planned again some thirty times, which takes a while.
    """
    from termwise.engine.explain import money as report

    found = report(shared.advice(folder, years))
    to.give(found, f"The report on the money of {found.school.name} is")

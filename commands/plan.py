"""Commands about the plan: the plan itself, and its money."""

from __future__ import annotations

import pathlib
import sys

import click

from termwise.commands import shared
from termwise.commands.answer import Answer, answering


@click.command()
@click.argument("folder", type=shared.FOLDER)
@shared.YEARS
@answering()
@click.pass_context
def plan(ctx: click.Context, folder: pathlib.Path, years: int | None, to: Answer) -> None:
    """Plan the school in a folder, term by term.

    Exits with 3 when what must be done can't all be done; the best plan is printed all the same.
    """
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("Reading, recommending, planning"):
            advice = shared.advice(folder, years)
    else:
        advice = shared.advice(folder, years)
    to.give(advice.plan, f"The plan for {advice.plan.school.name} is")
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

"""Commands about the plan: the plan itself, and its money."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable
from typing import Any

import click

from termwise.commands import shared


@click.command()
@click.argument("folder", type=shared.FOLDER)
@shared.YEARS
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text")
@shared.output
@click.pass_context
def plan(
    ctx: click.Context,
    folder: pathlib.Path,
    years: int | None,
    form: str,
    output: pathlib.Path | None,
    force: bool,
) -> None:
    """Plan the school in a folder, term by term.

    Exits with 3 when what must be done can't all be done; the best plan is printed all the same.
    """
    from termwise.engine.documents import as_html, as_json, as_markdown, as_text

    to = shared.Output(output, force)
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("Reading, recommending, planning"):
            advice = shared.advice(folder, years)
    else:
        advice = shared.advice(folder, years)
    render: dict[str, Callable[[Any], str]] = {
        "text": as_text,
        "md": as_markdown,
        "html": as_html,
        "json": as_json,
    }
    text = render[form](advice.plan)
    to.put(text, form, f"The plan for {advice.plan.school.name} is")
    if output is None and form == "text":
        shared.say(
            f"The full plan, with every reason: termwise plan {folder}"
            f"{f' --years {years}' if years else ''} --format html -o plan.html"
        )
    told = output is None and form in ("text", "md")  # the document itself begins with it
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
@click.option("--format", "form", type=click.Choice(["text", "html", "json"]), default="text")
@shared.output
def money(
    folder: pathlib.Path, years: int | None, form: str, output: pathlib.Path | None, force: bool
) -> None:
    """What the plan's money buys, and what a little more money or time would.

    The school is planned again some thirty times, which takes a while.
    """
    from termwise.engine.documents import money_as_html, money_as_text
    from termwise.engine.explain import money as report

    to = shared.Output(output, force)
    found = report(shared.advice(folder, years))
    render: dict[str, Callable[[Any], str]] = {
        "text": money_as_text,
        "html": money_as_html,
        "json": shared.as_json,
    }
    to.put(render[form](found), form, f"The report on the money of {found.school.name} is")

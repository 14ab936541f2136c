"""Commands about a plan in use: issuing it, and what is otherwise in another."""

from __future__ import annotations

import datetime
import pathlib

import click

from termwise.commands import shared
from termwise.commands.answer import Answer, answering
from termwise.engine.core import without_unprintable


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option("--by", "roles", multiple=True, metavar="ROLE", help="Who agreed it; more than once.")
@click.option("--note", help="A sentence about it.")
@click.option("--on", type=shared.DATE, help="The day it was agreed; by default today.")
@shared.YEARS
def issue(
    folder: pathlib.Path,
    roles: tuple[str, ...],
    note: str | None,
    on: datetime.datetime | None,
    years: int | None,
) -> None:
    """Keep the plan as it was agreed: from then on the school works by it.

    It is written to plans/, by the day, and nothing is ever written over it.
    """
    from termwise.engine.review import issue as made
    from termwise.engine.review import issued_plans, keep_issued

    before = issued_plans(folder)
    advice = shared.advice(folder, years)
    day = on.date() if on else datetime.date.today()
    said = without_unprintable(note).strip() if note else None
    issued = made(advice, day, roles, said or None, before[-1] if before else None)
    path = keep_issued(folder, issued)
    steps = len(issued.plan.steps)
    shared.say(f"The plan for {issued.plan.school.name} with its {steps} steps is issued: {path}.")
    if before:
        shared.say(f"It takes the place of the plan of {before[-1].issued}, which stays.")


@click.command()
@click.argument("old", type=shared.FOLDER)
@click.argument("new", type=shared.FOLDER)
@answering()
def diff(old: pathlib.Path, new: pathlib.Path, to: Answer) -> None:
    """What is otherwise in the plan NEW than in OLD, and why.

    Each is a file in plans/, or one of "termwise plan DIR --format json -o FILE"; a school's folder
    stands for its plan in force.
    """
    from termwise.engine.review import diff as changes
    from termwise.engine.review import plan_from

    to.give(changes(plan_from(old), plan_from(new)), "What changed is")

"""Commands about the schools of a network, which share people, days and money."""

from __future__ import annotations

import datetime
import pathlib
from typing import Any

import click

from termwise.commands import shared
from termwise.commands.answer import FORMATS, Answer, answering
from termwise.engine.core import UnknownNameError

_OF_EACH = ("html", "json")
"""The formats in which each school's plan is written."""


@click.group()
def network() -> None:
    """Plan the schools of a network together."""


@network.command("plan")
@click.argument("folder", type=shared.FOLDER)
@click.option("--out", type=shared.FOLDER, help="A folder to write each school's plan to.")
@shared.WORKERS
@answering()
@click.pass_context
def network_plan(
    ctx: click.Context, folder: pathlib.Path, out: pathlib.Path | None, workers: int, to: Answer
) -> None:
    """Give out what the schools of a network share, and plan each with its share.

    FOLDER holds network.yaml. Exits with 3 when not all that must be done fits in some school.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    import termwise.engine.network as many

    found = many.load_network(folder)
    places = _places(out, found, to)
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    with pool:
        planned = many.plan_network(found, pool)
    told = planned.network.for_all
    to.give(told, f"The plan of the {told.title} is")
    _write_each(places, planned)
    if any(one.status == "infeasible" for one in told.schools):
        ctx.exit(3)


def _places(out: pathlib.Path | None, found: Any, to: Answer) -> dict[tuple[str, str], Answer]:
    """Where each school's plan goes, by id and format: refused before anything is planned, if it must be."""
    if out is None:
        return {}
    with shared.told(out):
        out.mkdir(parents=True, exist_ok=True)
    return {
        (one.id, form): Answer(form, out / f"{one.id}.{form}", to.force)
        for one in found.members
        for form in _OF_EACH
    }


def _write_each(places: dict[tuple[str, str], Answer], planned: Any) -> None:
    from termwise.engine.documents import member_document

    for (school, form), answer in places.items():
        plan = planned.plans[school]
        what = f"The plan for {plan.school.name} is"
        answer.give(
            plan if form == "json" else member_document(planned.network, school, plan), what
        )


@network.command("review")
@click.argument("folder", type=shared.FOLDER)
@click.option("--on", type=shared.DATE, help="The day it is; by default today.")
@click.option(
    "--person",
    metavar="ID",
    help="With --format ics: whose diary, by the id in network.yaml; by default the first.",
)
@answering(*FORMATS, "ics")
def network_review(
    folder: pathlib.Path, on: datetime.datetime | None, person: str | None, to: Answer
) -> None:
    """What a network sees of its schools' plans in force: what they have in common, and where help is due.

    It ranks nobody and tells of no pupil. As ics it is the diary of somebody shared.
    """
    import termwise.engine.network as many

    if person is not None and to.form != "ics":
        raise click.UsageError("--person goes with --format ics")
    found = many.load_network(folder)
    day = on.date() if on else datetime.date.today()
    in_force = many.plans_in_force(found, day)
    if to.form != "ics":
        told = many.review_network(found, in_force, day)
        to.give(told, f"The review of the {told.title} is")
        return
    from termwise.engine.documents import shared_diary

    known = [one.id for one in found.file.shared if any(p.member.shared(one.id) for p in in_force)]
    person = person or next(iter(known), "")
    if person not in known:
        raise UnknownNameError("shared person", person, known)
    named = found.file.network
    to.give(shared_diary(named.id, named.title, person, in_force), f"The diary of {person} is")

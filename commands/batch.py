"""Commands about many schools at once."""

from __future__ import annotations

import pathlib
import sys

import click

from termwise.commands import shared


@click.group()
def batch() -> None:
    """Plan many schools at once."""


@batch.command("plan")
@click.argument("folder", type=shared.FOLDER)
@click.option(
    "--out", type=shared.FOLDER, required=True, help="The table to write, a .parquet file."
)
@shared.WORKERS
def batch_plan(folder: pathlib.Path, out: pathlib.Path, workers: int) -> None:
    """Plan every school whose folder stands in FOLDER, and write what came of it as tables.

    Each is planned as "termwise plan" plans it alone. What is planned is kept beside the table, so that
    a run that was stopped goes on where it was, and only schools whose files are otherwise are planned
    again.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    from termwise.engine.network import plan_batch, write_batch

    def told(done: int, of: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done} of {of} schools", err=True, nl=done == of)

    if out.suffix != ".parquet":
        raise click.BadParameter("give the table a name that ends in .parquet", param_hint="--out")
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    with pool:
        found = plan_batch(folder, out.with_suffix(".parts"), pool, told=told)
    write_batch(found, out)
    wrong = [row for row in found.schools if row.status == "error"]
    short = [row for row in found.schools if row.status == "infeasible"]
    count = len(found.schools)
    kept = count - found.planned_now
    shared.say(
        f"{count} schools: {count - len(wrong) - len(short)} planned"
        + (f", {len(short)} where not all that must be done fits" if short else "")
        + (f", {len(wrong)} not to be read" if wrong else "")
        + (f"; {kept} were kept from a run before" if kept else "")
        + f". The table is {out}."
    )
    for row in wrong:
        shared.say(f"{row.folder}: {row.error}", err=True)
    if wrong:
        sys.exit(1)

"""Commands about a school's folder: make one, make one up, check it, and see what was read."""

from __future__ import annotations

import datetime
import pathlib
from typing import Any

import click

from termwise.commands import shared
from termwise.commands.answer import OF_A_TABLE, Answer, answering
from termwise.engine.core import ContentError


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option("--workbook", is_flag=True, help="One workbook to fill in, in place of YAML files.")
def new(folder: pathlib.Path, workbook: bool) -> None:
    """Make a school folder to fill in, every field explained."""
    from termwise.engine.core import Content, fill_folder
    from termwise.engine.school import template

    if workbook:
        _new_workbook(folder)
        return
    texts = template(shared.library())
    with shared.told(folder):
        fill_folder(folder, {name: Content(text.encode()) for name, text in texts.items()})
    shared.say(
        f"{folder} is made. Fill in school.yaml, cqa.yaml and staff.yaml, put pupils.csv beside"
    )
    shared.say(f"them, and run: termwise check {folder}; termwise data {folder}")


def _new_workbook(folder: pathlib.Path) -> None:
    from termwise.engine.core import Content, fill_folder
    from termwise.engine.documents import as_file, school_workbook
    from termwise.engine.school import WORKBOOK, template

    library = shared.library()
    files = {
        WORKBOOK: Content(as_file(school_workbook(library), "xlsx")),
        ".gitignore": Content(template(library)[".gitignore"].encode()),
    }
    with shared.told(folder):
        fill_folder(folder, files)
    shared.say(f"{folder / WORKBOOK} is made. Fill it in, beginning with its first sheet, and run:")
    shared.say(f"termwise check {folder}; termwise plan {folder}")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another seed, another school."
)
@click.option("--pupils", type=click.IntRange(1), default=210, show_default=True)
@click.option("--classes", type=click.IntRange(1), default=7, show_default=True)
@click.option("--shape", default="long", show_default=True, help="How its pupils are exported.")
def demo(folder: pathlib.Path, seed: int, pupils: int, classes: int, shape: str) -> None:
    """Make up a school, with the truth about its pupils in truth.json.

    The shape is that of a system's export: long, arbor, sims, bromcom, insight, target-tracker, fft
    or ctf.
    """
    from termwise.engine.assurance import make_demo

    try:
        with shared.told(folder):
            report = make_demo(
                folder, shared.library(), seed=seed, pupils=pupils, classes=classes, shape=shape
            )
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    shared.say(
        f"A made-up school is in {folder}: {report.pupils} pupils in {' and '.join(report.rows)}, "
        f"{report.at_risk} times at risk in a subject (truth.json says who and why)."
    )
    shared.say(f"Look at it with: termwise data {folder}, then termwise plan {folder}")


@click.command()
@click.argument("folder", type=shared.FOLDER)
@answering(*OF_A_TABLE)
@click.pass_context
def check(ctx: click.Context, folder: pathlib.Path, to: Answer) -> None:
    """Check a school folder: all problems at once, each with its place.

    Rows of pupils that can't be used are problems here, and so are names that nothing in the files
    uses; a plan is made without them.
    """
    from termwise.engine.pupils import COMMITMENTS, load_commitments
    from termwise.engine.school import all_problems, load_school, still_to_fill

    try:
        library = shared.library(folder)
        school = load_school(folder, library)
        problems = [*all_problems(school.accounts), *school.doubts]
        agreed: Any = ()
        try:
            agreed = load_commitments(folder, school, library)
        except ContentError as error:
            problems.extend(error.problems)
        used: dict[str, int] = {}
        try:
            used = _in_use(folder, school, library)
        except ContentError as error:
            problems.extend(error.problems)
        if problems:
            raise ContentError(problems)
    except ContentError as error:
        if to.form == "text":
            raise
        rows = [
            {
                "file": p.place.file,
                "line": p.place.line,
                "column": p.place.column,
                "problem": p.what,
                "hint": p.hint,
            }
            for p in error.problems
        ]
        to.rows(f"{folder}: what is wrong", rows, ["file", "line", "column", "problem", "hint"])
        ctx.exit(1)
    name = school.file.school.name
    rows = [{"file": i.file, "rows": i.rows or "", "sha256": i.sha256[:16]} for i in school.inputs]
    if agreed:
        rows.append({"file": COMMITMENTS, "rows": len(agreed), "sha256": ""})
    rows += [{"file": file, "rows": many, "sha256": ""} for file, many in used.items()]
    if left := still_to_fill(school, library):
        apart = to.form != "text"
        shared.say(f"{name}: no mistakes so far. Still to be filled in:", err=apart)
        shared.say("\n".join(f"- {line}" for line in left), err=apart)
    elif to.form == "text":
        shared.say(f"{name}: nothing is wrong.")
    to.rows(f"{name}: what was read", rows, ["file", "rows", "sha256"])


@click.command()
@click.argument("folder", type=shared.FOLDER)
@click.option("--names", is_flag=True, help="Show pupils by name, not by pseudonym.")
@answering()
def data(folder: pathlib.Path, names: bool, to: Answer) -> None:
    """What was read in a school's files: every row accounted for, and what to look at.

    Pupils are shown under pseudonyms that stay the same on this machine; the key to them is written
    into the folder the first time, and belongs to nobody else. What is wrong elsewhere in the folder
    is told after the report.
    """
    from termwise.engine.school import data_report, load_data

    library = shared.library(folder)
    school, problems = load_data(folder, library, names)
    if school is None:
        raise ContentError(problems)
    if not problems:
        school = shared.school_with_key(folder, library, names, school)
    to.give(data_report(school, library))
    if problems:
        raise ContentError(problems)


def _in_use(folder: pathlib.Path, school: Any, library: Any) -> dict[str, int]:
    """The rows of progress.csv and the number of plans that were issued, by file; what isn't there is left
    out. Raises ContentError with every problem in them."""
    from termwise.engine.review import (
        PLANS,
        PROGRESS,
        REVIEWS,
        issued_plans,
        kept_reviews,
        load_progress,
    )

    plans = issued_plans(folder)
    entries = load_progress(folder, plans, school, library, datetime.date.today())
    found = {
        f"{PLANS}/": len(plans),
        PROGRESS: len(entries),
        f"{REVIEWS}/": len(kept_reviews(folder)),
    }
    return {file: many for file, many in found.items() if many}

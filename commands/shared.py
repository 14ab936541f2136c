"""What commands have in common: options, the library and the school they ask about, how they print."""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from termwise.engine.errors import UnknownNameError

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print it.",
)
FOLDER = click.Path(path_type=pathlib.Path)
DATE = click.DateTime(formats=["%Y-%m-%d"])
YEARS = click.option("--years", type=click.IntRange(1, 3), help="How many years to plan.")
ANSWER = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it."
)


CONTENT = click.option(
    "--content",
    type=FOLDER,
    metavar="FOLDER",
    help="A folder with rules/ and knowledge/; by default what comes with termwise.",
)


def content_of(root: pathlib.Path | None) -> Any:
    """The rules and knowledge in a folder, by default those that come with termwise."""
    from termwise.engine.library import load_library

    return library() if root is None else load_library(root=root)


def library(folder: pathlib.Path | None = None) -> Any:
    """The library of the programme a folder names, or the first."""
    from termwise.engine.library import load_library
    from termwise.engine.readers.folder import programme_of

    programme = programme_of(folder) if folder else None
    try:
        return load_library(programme)
    except UnknownNameError:
        return load_library()  # the folder is told of it with its line, when it is read


def advice(folder: pathlib.Path, years: int | None = None) -> Any:
    """What termwise has to say of the school in a folder."""
    from termwise.engine.advise import advise
    from termwise.engine.readers import load_school

    known = library(folder)
    return advise(load_school(folder, known, years), known)


def school_with_key(folder: pathlib.Path, known: Any, names: bool, school: Any = None) -> Any:
    """A school whose pupils can be shown: a folder that has no key to their pseudonyms gets one,
    unless it can't be read, or holds commitments that were written with another key. `school` is what
    was read of it already."""
    from termwise.engine.readers import load_school, make_key
    from termwise.engine.teams import load_commitments

    school = school or load_school(folder, known, names=names)
    if school.pupils and not school.pseudonyms.kept:
        load_commitments(folder, school, known)
        make_key(folder)
        school = load_school(folder, known, names=names)
    return school


def can_write(output: pathlib.Path | None, folder: pathlib.Path) -> None:
    """Refuses what can't be written to, and what the school's own files stand in."""
    if output is None:
        return
    if output.is_dir():
        raise click.UsageError(f"{output} is a folder: name a file in it")
    if not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}")
    if not os.access(output.parent, os.W_OK):
        raise click.UsageError(f"nothing can be written in the folder {output.parent}")
    own = output.resolve().parent == folder.resolve() and output.exists()
    if own and output.suffix not in _OURS:
        raise click.UsageError(
            f"{output} may be one of the school's own files: choose another name"
        )


_OURS = (".html", ".md", ".json")
"""What a document in a school's folder can be called and written over; the school's own files are
never called so."""


def put(text: str, output: pathlib.Path | None, what: str, private: bool = False) -> None:
    """Prints a document, or writes it to a file: one about single pupils only for its owner to
    read, a table with the mark by which a spreadsheet knows its letters."""
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        write(output, "\ufeff" + text if output.suffix == ".csv" else text, private)
        click.echo(f"{what} in {output}.")


def write(path: pathlib.Path, text: str, private: bool = False) -> None:
    """Writes a file beside its place and renames it; what stands in the way is a usage error."""
    from termwise.engine.beside import write_beside

    try:
        write_beside(path, text.encode(), 0o600 if private else 0o644)
    except OSError as error:
        raise click.UsageError(f"{path} can't be written: {error.strerror}") from None


def today_in(school: Any) -> datetime.date:
    """Today, if the plan has begun and isn't over; else its first day."""
    first, last = school.timeline.halves[0].starts, school.timeline.halves[-1].ends
    today = datetime.date.today()
    return today if first <= today <= last else first


def _rich_table(rows: Sequence[Sequence[str]], header: Sequence[str]) -> None:
    """The same for a person at a terminal: wrapped to its width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for position, name in enumerate(header):
        table.add_column(name, no_wrap=position == 0)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def table(rows: list[dict[str, Any]], columns: Iterable[str], form: str) -> None:
    """Prints rows as a table or as JSON."""
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False, default=str))
        return
    columns = list(columns)
    cells = [[str(row[column]) for column in columns] for row in rows]
    if sys.stdout.isatty():
        _rich_table(cells, columns)
    else:
        from termwise.engine.documents.table import plain_table

        click.echo(plain_table(cells, columns))
    click.echo(f"{len(rows)} in all")


def as_json(record: Any) -> str:
    """A record as it is printed for programs."""
    return str(record.model_dump_json(indent=2, by_alias=True)) + "\n"

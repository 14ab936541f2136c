"""What commands have in common: options, the library and the school they ask about, how they print."""

from __future__ import annotations

import contextlib
import datetime
import os
import pathlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from termwise.engine.core import UnknownNameError, without_unprintable

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
    from termwise.engine.school import programme_of

    programme = programme_of(folder) if folder else None
    try:
        return load_library(programme)
    except UnknownNameError:
        return load_library()  # the folder is told of it with its line, when it is read


def advice(folder: pathlib.Path, years: int | None = None) -> Any:
    """What termwise has to say of the school in a folder."""
    from termwise.engine.advise import advise
    from termwise.engine.school import load_school

    known = library(folder)
    return advise(load_school(folder, known, years), known)


def school_with_key(folder: pathlib.Path, known: Any, names: bool, school: Any = None) -> Any:
    """A school whose pupils can be shown: a folder that has no key to their pseudonyms gets one,
    unless it can't be read, or holds commitments that were written with another key. `school` is what
    was read of it already."""
    from termwise.engine.pupils import load_commitments
    from termwise.engine.school import load_school, make_key

    school = school or load_school(folder, known, names=names)
    if school.pupils and not school.pseudonyms.kept:
        load_commitments(folder, school, known)
        make_key(folder)
        school = load_school(folder, known, names=names)
    return school


def say(text: str, nl: bool = True, err: bool = False) -> None:
    """Prints a text, whatever it was put together from, without what can't be seen: everything a
    command says goes through here."""
    click.echo(without_unprintable(text), nl=nl, err=err)


class Output:
    """Where a document goes: to a file that may be written, or to the terminal."""

    def __init__(self, path: pathlib.Path | None, force: bool) -> None:
        self.path, self.force = path, force
        if path is not None:
            self._check(path)

    def put(self, text: str, form: str, what: str, private: bool = False) -> None:
        """Prints a document in one of its forms, or writes it to the file: one about single pupils
        only for its owner to read, a table with the mark by which a spreadsheet knows its letters."""
        from termwise.engine.core import Content, write_whole
        from termwise.engine.documents import signed

        if self.path is None:
            say(text, nl=not text.endswith("\n"))
            return
        self._check(self.path)  # what was not there when the work began may be there now
        text = signed(without_unprintable(text), form)
        text = ("\ufeff" if self.path.suffix == ".csv" else "") + text
        with told(self.path):
            write_whole(_meant(self.path), Content(text.encode(), 0o600 if private else 0o644))
        say(f"{what} in {self.path}.")

    def _check(self, path: pathlib.Path) -> None:
        """Refuses what can't be written to, what is a school's own, and what termwise did not write."""
        file = _meant(path)
        with told(path):
            if file.is_dir():
                raise click.UsageError(f"{path} is a folder: name a file in it")
            if not file.parent.is_dir():
                raise click.UsageError(f"there is no folder {path.parent}")
            if not os.access(file.parent, os.W_OK):
                raise click.UsageError(f"nothing can be written in the folder {path.parent}")
            if os.path.lexists(file) and not file.is_file():
                raise click.UsageError(f"{path} is no ordinary file: choose another name")
            ours = not file.exists() or _is_signed(file)
            if _is_of_a_school(file, ours):
                raise click.UsageError(
                    f"{path} may be one of the school's own files: choose another name, or move that "
                    "file away first"
                )
            if not ours and not self.force:
                raise click.UsageError(
                    f"{path} is there already, and termwise did not write it: choose another name, or "
                    "write over it with --force"
                )


def _meant(path: pathlib.Path) -> pathlib.Path:
    """The file itself where a path is a link to it."""
    return pathlib.Path(os.path.realpath(path))


def _is_signed(path: pathlib.Path) -> bool:
    from termwise.engine.documents import is_signed

    try:
        return is_signed(path)
    except OSError:
        return False


_DOCUMENTS = (".html", ".md", ".json")
"""Endings that no file of a school's folder has which termwise reads."""


def _is_of_a_school(path: pathlib.Path, ours: bool) -> bool:
    """Whether a file is one that termwise reads in a school's folder, or would be if it were
    written."""
    from termwise.engine.pupils import COMMITMENTS
    from termwise.engine.school import KEY, SCHOOL

    if not any((place / SCHOOL).exists() for place in path.parents):
        return False
    name = path.name.casefold()
    read = name in (COMMITMENTS, KEY) or name.endswith((".yaml", ".yml"))
    return read or (not ours and not name.endswith(_DOCUMENTS))


def output(command: Any) -> Any:
    """The options of a command that can write what it has to say to a file."""
    force = click.option(
        "--force", is_flag=True, help="Write over a file that termwise did not write."
    )
    return click.option("-o", "--output", type=FOLDER, help="Write it to this file.")(
        force(command)
    )


@contextlib.contextmanager
def told(path: pathlib.Path) -> Iterator[None]:
    """What keeps a file or folder from being written is a usage error."""
    from termwise.engine.core import why

    try:
        yield
    except OSError as error:
        if isinstance(error, FileExistsError) and error.errno is None:
            raise click.UsageError(str(error)) from None
        raise click.UsageError(
            f"{path} can't be written: {why(error)}; nothing was written"
        ) from None


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
        table.add_row(*(Text(without_unprintable(cell)) for cell in row))
    Console().print(table)


def table(rows: list[dict[str, Any]], columns: Iterable[str], form: str) -> None:
    """Prints rows as a table or as JSON."""
    if form == "json":
        say(data_as_json(rows), nl=False)
        return
    columns = list(columns)
    cells = [[str(row[column]) for column in columns] for row in rows]
    if sys.stdout.isatty():
        _rich_table(cells, columns)
    else:
        from termwise.engine.documents import plain_table

        say(plain_table(cells, columns))
    say(f"{len(rows)} in all")


def as_json(record: Any, exclude_none: bool = False) -> str:
    """A record as it is printed for programs."""
    return data_as_json(record.model_dump(mode="json", by_alias=True, exclude_none=exclude_none))


def data_as_json(data: Any) -> str:
    """Plain data as it is printed for programs."""
    from termwise.engine.documents import printable_json

    return printable_json(data)

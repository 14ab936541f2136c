"""What commands have in common: options, the library and the school they ask about, how they print."""

from __future__ import annotations

import contextlib
import datetime
import os
import pathlib
from collections.abc import Iterator
from typing import Any

import click

from termwise.engine.core import UnknownNameError, without_unprintable

FOLDER = click.Path(path_type=pathlib.Path)
DATE = click.DateTime(formats=["%Y-%m-%d"])
YEARS = click.option("--years", type=click.IntRange(1, 3), help="How many years to plan.")


WORKERS = click.option(
    "--workers",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    help="How many schools are planned at once; by default one for each processor.",
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


def kept_libraries() -> Any:
    """Where checked libraries are kept for this user; None where they are not."""
    from termwise.engine.library import private_folder

    context = click.get_current_context(silent=True)
    if context is not None and context.find_root().params.get("no_cache"):
        return None
    return private_folder(os.environ)


def library(folder: pathlib.Path | None = None) -> Any:
    """The library of the packs a folder asks for; of the default programme where it asks for none."""
    from termwise.engine.library import load_library
    from termwise.engine.school import packs_asked

    try:
        return load_library(asked=packs_asked(folder) if folder else None, kept=kept_libraries())
    except UnknownNameError:
        return load_library(
            kept=kept_libraries()
        )  # the folder is told of it with its line, when it is read


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


def as_json(record: Any, exclude_none: bool = False) -> str:
    """A record as it is printed for programs."""
    return data_as_json(record.model_dump(mode="json", by_alias=True, exclude_none=exclude_none))


def data_as_json(data: Any) -> str:
    """Plain data as it is printed for programs."""
    from termwise.engine.documents import printable_json

    return printable_json(data)

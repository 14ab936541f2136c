"""How a command answers: what it found, in the format asked for, to the screen or to a file."""

from __future__ import annotations

import functools
import os
import pathlib
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from termwise.commands import shared
from termwise.engine.core import without_unprintable

FILES = ("docx", "pdf")
"""The formats that only a file can hold."""
OF_A_PLAN = ("xlsx", "ics")
"""The formats that a plan has beside the others."""
FORMATS = ("text", "md", "html", "json", *FILES)
"""The formats of every answer; the first is what is meant without a word."""
OF_A_TABLE = (*FORMATS, "csv")
"""The formats of an answer that is a table."""


class _Format(click.Choice[str]):
    """The name of a format; text for the screen was once called a table, and scripts still say so."""

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        return super().convert("text" if value == "table" else value, param, ctx)


def answering(*formats: str) -> Callable[[Any], Any]:
    """Gives a command the options of one that answers, and in their place a `to`, to answer through.

    Args: the formats it has, the usual one first, where these are not those of every answer.
    """
    options = (
        click.option(
            "--format",
            "form",
            type=_Format(formats or FORMATS),
            default=(formats or FORMATS)[0],
            help="How to print it.",
        ),
        click.option("-o", "--output", type=shared.FOLDER, help="Write it to this file."),
        click.option(
            "--force", is_flag=True, help="Write over a file that termwise did not write."
        ),
    )

    def decorate(command: Any) -> Any:
        @functools.wraps(command)
        def with_answer(*args: Any, form: str, output: Any, force: bool, **given: Any) -> Any:
            return command(*args, to=Answer(form, output, force), **given)

        for option in reversed(options):
            option(with_answer)
        return with_answer

    return decorate


class Answer:
    """Where an answer goes, and in which format: to a file that may be written, or to the screen."""

    def __init__(self, form: str, path: pathlib.Path | None = None, force: bool = False) -> None:
        self.form, self.path, self.force = form, path, force
        if form in (*FILES, *OF_A_PLAN):
            self._can_be_made()
        if path is not None:
            self._check(path)

    def give(self, found: Any, what: str = "The answer is", err: bool = False) -> None:
        """Answers with a record. `what` is told to be in the file; `err` is for what is wrong, which
        as text for the screen goes where mistakes are told."""
        from termwise.engine.documents import as_file, is_private, rendered

        if self.form in (*FILES, *OF_A_PLAN):
            self._write(as_file(found, self.form), what, is_private(found))
            return
        text = rendered(found, self.form, self.width())
        private = is_private(found)
        self.put(text, what, private, err=err and self.form == "text")

    def rows(self, title: str, rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
        """Answers with a table of some values of each row."""
        from termwise.engine.documents import printable_json, rendered, rows_document

        if self.form == "json":
            self.put(printable_json(rows), "The table is")
            return
        table = rows_document(title, rows, columns)
        if self.form in FILES:
            self.give(table, "The table is")
        else:
            self.put(rendered(table, self.form, self.width()), "The table is")

    def width(self) -> int | None:
        """The width of the terminal, if the answer goes to one."""
        to_terminal = self.path is None and sys.stdout.isatty()
        return shutil.get_terminal_size().columns if to_terminal else None

    def put(self, text: str, what: str, private: bool = False, err: bool = False) -> None:
        """Answers with a text in its format: what is about single pupils is written only for its owner
        to read, a table with the mark by which a spreadsheet knows its letters."""
        from termwise.engine.documents import signed

        if self.path is None:
            shared.say(text, nl=not text.endswith("\n"), err=err)
            return
        text = signed(without_unprintable(text), self.form)
        text = ("\ufeff" if self.path.suffix == ".csv" else "") + text
        self._write(text.encode(), what, private)

    def _write(self, raw: bytes, what: str, private: bool) -> None:
        from termwise.engine.core import Content, write_whole

        assert self.path is not None
        self._check(self.path)  # what was not there when the work began may be there now
        with shared.told(self.path):
            write_whole(_meant(self.path), Content(raw, 0o600 if private else 0o644))
        shared.say(f"{what} in {self.path}.")

    def _can_be_made(self) -> None:
        """Refuses a format of files without a file, or without what writes it."""
        from termwise.engine.documents import missing_for

        if self.path is None:
            raise click.UsageError(f"{self.form} is written to a file: name one with -o FILE")
        if missing := missing_for(self.form):
            raise click.UsageError(
                f"{self.form} needs {' and '.join(missing)}: pip install 'termwise[documents]'"
            )

    def _check(self, path: pathlib.Path) -> None:
        """Refuses what can't be written to, what is a school's own, and what termwise did not write."""
        file = _meant(path)
        with shared.told(path):
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


_DOCUMENTS = (".html", ".md", ".json", ".docx", ".ics", ".pdf")
"""Endings that no file of a school's folder has which termwise reads."""


def _is_of_a_school(path: pathlib.Path, ours: bool) -> bool:
    """Whether a file is one that termwise reads in a school's folder, or would be if it were
    written."""
    from termwise.engine.pupils import COMMITMENTS
    from termwise.engine.review import PLANS, PROGRESS, REVIEWS
    from termwise.engine.school import KEY, WORKBOOK, main_file

    if not any(main_file(place).exists() for place in path.parents):
        return False
    if path.parent.name in (PLANS, REVIEWS):
        return True
    name = path.name.casefold()
    read = name in (COMMITMENTS, PROGRESS, KEY, WORKBOOK) or name.endswith((".yaml", ".yml"))
    return read or (not ours and not name.endswith(_DOCUMENTS))

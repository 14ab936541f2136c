"""The writer of commitments.csv: adds a commitment or an outcome, and keeps all other bytes."""

from __future__ import annotations

import datetime
import pathlib
import stat
from typing import NamedTuple

from ..core import TermwiseError, UnknownNameError, Write
from ..library import Library
from ..school import School, TableText, hide_upns, main_file, only_writer_of
from . import phrases
from .commitment import Agreed, Commitment
from .commitments_file import COMMITMENTS, SHAPE, load_commitments, read_commitments
from .team import title_of

_DIGITS = 3


class Written(NamedTuple):
    """A commitment that was written, and the file it is in."""

    path: pathlib.Path
    commitment: Commitment


def add(
    folder: str | pathlib.Path, school: School, library: Library, commitment: Agreed
) -> Written:
    """Adds a commitment under the next number of its team; it alone is held against the school as
    it is now.

    Raises ContentError, as the reader does, with every problem the file would have; then nothing is
    written.
    """
    path = pathlib.Path(folder) / COMMITMENTS
    with only_writer_of(path) as write:
        load_commitments(folder, school, library, today=False)  # tells all that is wrong with it
        file = TableText.of(SHAPE, path)
        team = commitment.team
        numbers = [
            int(number)
            for row in file.rows
            for before, _, number in [file.cell(row, "id").rpartition("-")]
            if before == team and number.isdecimal()
        ]
        name = f"{team}-{max(numbers, default=0) + 1:0{_DIGITS}d}"
        given = commitment.model_dump(mode="json", exclude={"pupils"}, exclude_none=True)
        cells = {"id": name, "pupils": " ".join(commitment.pupils), **given}
        return _write(write, path, file.with_row(cells), name, school, library)


def outcome(
    folder: str | pathlib.Path,
    school: School,
    library: Library,
    name: str,
    kept: str,
    worked: str | None,
    seen: datetime.date,
    note: str | None = None,
    *,
    again: bool = False,
) -> Written:
    """Writes what came of a commitment, and the day it was seen; `worked` and `note` stay as they
    are where None is given. With `again` it replaces the outcome there is.

    Raises UnknownNameError for an id that is not there, TermwiseError where there is an outcome
    already, else ContentError as `add` does.
    """
    path = pathlib.Path(folder) / COMMITMENTS
    with only_writer_of(path) as write:
        known = {item.id: item for item in load_commitments(folder, school, library, today=False)}
        if name not in known:
            raise UnknownNameError("commitment", hide_upns(name), known)
        before = known[name]
        if before.kept and before.seen and not again:
            title = title_of(before.kept, library.teams.kept) or before.kept
            raise TermwiseError(phrases.has_outcome(name, title, _day(before.seen)))
        file = TableText.of(SHAPE, path)
        row = next(row for row in file.rows if file.cell(row, "id") == name)
        given = {"kept": kept, "worked": worked, "seen": seen.isoformat(), "note": note}
        said = {column: text for column, text in given.items() if text is not None}
        return _write(write, path, file.with_cells(row, said), name, school, library)


def _day(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"


def _write(
    write: Write, path: pathlib.Path, raw: bytes, name: str, school: School, library: Library
) -> Written:
    """Checks the whole file as it would be read and writes it, with the rights the file had, or those
    of school.yaml."""
    found = {item.id: item for item in read_commitments(raw, school, library, (name,))}
    like = path if path.exists() else main_file(path.parent)
    write(raw, stat.S_IMODE(like.stat().st_mode))
    return Written(path, found[name])

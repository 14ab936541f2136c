"""The writer of progress.csv: adds a row, and keeps all other bytes."""

from __future__ import annotations

import datetime
import pathlib
import stat
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..library import Library
from ..school import School, TableText, main_file, only_writer_of
from .model import IssuedPlan, ProgressEntry
from .progress_file import PROGRESS, SHAPE, load_progress, read_progress


class ProgressWritten(NamedTuple):
    """A row that was written, and the file it is in."""

    path: pathlib.Path
    entry: ProgressEntry


def add_progress(
    folder: str | pathlib.Path,
    plans: Sequence[IssuedPlan],
    school: School,
    library: Library,
    cells: Mapping[str, str],
    today: datetime.date,
) -> ProgressWritten:
    """Add a row to progress.csv, its cells by column as they are typed there; one writer at a time.

    Raises ContentError, as the reader does, with every problem the file would have; then nothing is
    written.
    """
    return add_progress_rows(folder, plans, school, library, [cells], today)[0]


def add_progress_rows(
    folder: str | pathlib.Path,
    plans: Sequence[IssuedPlan],
    school: School,
    library: Library,
    rows: Sequence[Mapping[str, str]],
    today: datetime.date,
) -> list[ProgressWritten]:
    """Add rows to progress.csv, all of them or none. Raises ContentError as `add_progress` does."""
    path = pathlib.Path(folder) / PROGRESS
    with only_writer_of(path) as write:
        before = load_progress(folder, plans, school, library, today)  # tells what is wrong with it
        raw = TableText.of(SHAPE, path).with_rows(rows)
        found = list(read_progress(raw, plans, school, library, today))
        for entry in before:
            found.remove(entry)
        like = path if path.exists() else main_file(path.parent)
        write(raw, stat.S_IMODE(like.stat().st_mode))
    return [ProgressWritten(path, entry) for entry in found]


__all__ = ["ProgressWritten", "add_progress", "add_progress_rows"]

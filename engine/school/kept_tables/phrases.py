"""What is wrong with a table that is kept in a school's folder, with its headings and with its cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Wrong(NamedTuple):
    """A mistake in a cell, row or file, and what to do about it; `hint` may be empty."""

    what: str
    hint: str = ""


NOT_WRITTEN_BACK = Wrong("can't be written back as it is", "save it as CSV UTF-8")


def not_written(why: str) -> Wrong:
    """The system refuses to write the file."""
    hint = "see that there is room, and that the folder and the file may be written"
    return Wrong(f"can't be written ({why})", hint)


def lacks_letters(encoding: str) -> Wrong:
    """The file's encoding has not every letter that is to be written."""
    what = f"is written in {encoding}, which does not have every letter needed"
    return Wrong(what, "save it as CSV UTF-8")


def unread_row(reason: str) -> Wrong:
    """A row can't be read as a table's."""
    return Wrong(f"the row {reason}")


# --- its headings


def column_twice(name: str) -> Wrong:
    """A column stands twice."""
    return Wrong(f"the column {name} stands twice")


def column_missing(name: str) -> Wrong:
    """A column is not there."""
    return Wrong(f"the column {name} is missing", "add it")


def no_heading(near: str, columns: Iterable[str]) -> Wrong:
    """A heading is none of this file; `near` asks for one that is like it, or is empty."""
    hint = near or f"the columns are {', '.join(columns)}"
    return Wrong("is no heading of this file", hint)


# --- its cells

TOO_MANY_CELLS = Wrong("has more cells than there are headings", "put quotes around texts")
FORMULA = Wrong("begins as a formula does", "begin with a word")
HOLDS_UPN = Wrong("holds a unique pupil number", "write the pupil's pseudonym")


def too_long(most: int) -> Wrong:
    """A text is too long for the sheet; `most` characters fit."""
    return Wrong("is too long for the sheet", f"say it in {most} characters at most")


def empty(column: str) -> Wrong:
    """A cell that is needed is empty."""
    return Wrong(f"{column} is empty", "fill it in")


def date_in_doubt(column: str) -> Wrong:
    """A date can be read in two ways."""
    what = f"the date in {column} can be read with the day first or the month"
    return Wrong(what, "write it as 2026-11-24")


def no_date(column: str) -> Wrong:
    """A date can't be read."""
    return Wrong(f"{column} is no date", "write it as 2026-11-24 or 24/11/2026")

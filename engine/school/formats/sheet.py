"""A table of texts out of a file, before anybody knows what its columns mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ...core import Mistake, Place
from ..pupil_data.rows import UnreadableError

MOST_BYTES = 64_000_000
"""Of a file that is read as a table."""
MOST_COLUMNS = 2_000
MOST_ROWS = 500_000
MOST_CELL = 131_072
"""Python's own limit for a cell of a text file; a spreadsheet's holds a quarter of it."""
HEAD = 40
"""Headings are looked for in so many first rows."""
UNREAD = "\0"
"""Begins the text of a cell that can't be read; why not follows."""
FORMULA = UNREAD + "holds a formula, which is not worked out: paste its value"


@dataclass(slots=True)
class Sheet:
    """The rows of one table, each with its number; `wrong` are rows that could not be taken
    apart, with the reason."""

    name: str
    rows: Iterator[tuple[int, list[str]]]
    head: list[tuple[int, list[str]]]
    """The first rows, among which the headings are; `rows` goes on after them."""
    wrong: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """How the file is written, for a person: its encoding, what stands between cells; and what was
    done to read it."""
    title: str = ""
    """What a sheet of a workbook is called, which can be a pupil's name."""
    label: str = ""
    """What it is called to anybody: its title, where that is a class or year group, else its place."""
    says: dict[str, str] = field(default_factory=dict)
    """What its title says of all its pupils: ids of the library's columns, each with the text."""

    def leave_out(self, rows: Collection[tuple[int, int]]) -> list[int]:
        """Takes out rows that are not to be read, each given by the first and the last of several;
        returns the numbers of those in which something stands."""
        left: list[int] = []

        def kept(number: int, fields: list[str]) -> bool:
            out = any(first <= number <= last for first, last in rows)
            if out and any(text.strip() for text in fields):
                left.append(number)
            return not out

        every = [*self.head, *self.rows]
        kept_rows = [(number, fields) for number, fields in every if kept(number, fields)]
        self.head, self.rows = kept_rows[:HEAD], iter(kept_rows[HEAD:])
        self.wrong = [(number, reason) for number, reason in self.wrong if kept(number, [reason])]
        return left


def too_large(name: str, row: int, columns: int = 0, rows: bool = False) -> UnreadableError:
    """The error that a table has more rows or columns than any school's; `columns` is how many, where
    that is known."""
    most = f"{MOST_ROWS:,} rows" if rows else f"{MOST_COLUMNS:,} columns"
    what = (
        f"has {columns:,} columns, more than {MOST_COLUMNS:,}"
        if columns
        else f"has more than {most}"
    )
    return UnreadableError(Mistake(Place(name, row, 1), what, "export only what is needed"))

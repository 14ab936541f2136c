"""A table of texts out of a file, before anybody knows what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_BYTES = 64_000_000
MOST_COLUMNS = 2_000
MOST_ROWS = 500_000
MOST_CELL = 131_072
"""Python's own limit for a cell of a text file; a spreadsheet's holds a quarter of it."""
HEAD = 40
"""Headings are looked for in so many first rows."""
FORMULA = "\x00formula"
"""Stands for a cell with a formula, which is never evaluated."""


@dataclass(slots=True)
class Sheet:
    """The rows of one table, each with its number; `wrong` are rows that could not be taken
    apart, with the reason."""

    name: str
    rows: Iterator[tuple[int, list[str]]]
    head: list[tuple[int, list[str]]]
    """The first rows, among which the headings are; `rows` goes on after them."""
    wrong: list[tuple[int, str]] = field(default_factory=list)
    written: str = ""
    """How the file is written, for a person: its encoding, what stands between cells."""

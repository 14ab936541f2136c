"""A workbook as sheets of named tables, with what is worked out in them and what is to be filled in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, in the names of tables and columns, with its value: programs believe what is written there."""

    text: str
    value: float


Cell: TypeAlias = str | float | datetime.date | Formula | None
CellKind: TypeAlias = Literal["text", "number", "pounds", "date", "share"]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: the width is in letters. `choices` are the only words that its cells may hold; an `editable` one
    is to be filled in, a `hidden` one is for programs."""

    title: str
    width: float = 12
    kind: CellKind = "text"
    choices: tuple[str, ...] = ()
    editable: bool = False
    hidden: bool = False
    note: str = ""
    choices_of_rows: tuple[tuple[str, ...], ...] = ()
    """the same row by row, where each row has its own"""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table with the name that formulas call it by.

    `full` names a table of the same size with the most that its cells may be, which are then coloured; `rated`:
    cells of its last columns are coloured by the word of a rating. `total`: its last row adds up the others.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    filters: bool = True
    full: str = ""
    rated: tuple[tuple[str, str], ...] = ()
    """words with the colour of each"""


@dataclass(frozen=True, slots=True)
class SheetChart:
    """Columns of a table drawn as bars, with what they show in words."""

    table: str
    names: str
    """the title of the column with the names"""
    values: tuple[str, ...]
    """titles of the columns that are drawn"""
    title: str
    alt: str


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet: its tables below each other, with a sentence above."""

    name: str
    about: str
    tables: tuple[SheetTable, ...]
    chart: SheetChart | None = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook. `properties` are kept in it under their names, such as the hash of its plan."""

    title: str
    sheets: tuple[BookSheet, ...]
    properties: tuple[tuple[str, str], ...] = ()
    private: bool = False


__all__ = [
    "Cell",
    "CellKind",
    "Formula",
    "BookSheet",
    "SheetChart",
    "SheetColumn",
    "SheetTable",
    "Workbook",
]

"""A value that a rule read, with the cells it is written in."""

from __future__ import annotations

from pydantic import Field

from .base import Record


class CellRef(Record):
    file: str
    row: int
    column: str


class ValueRead(Record):
    """A value a rule read: what it was compared with, and the cells it is written in."""

    key: str
    title: str
    value: str | None = Field(description="as it is shown; null when it is not known")
    comparison: str
    against: str
    standard: str = Field(default="", description="the dated threshold, where it is one")
    cells: tuple[CellRef, ...] = Field(default=(), description="at most five; see `cells_in_all`")
    cells_in_all: int = 0

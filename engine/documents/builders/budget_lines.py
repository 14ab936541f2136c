"""The table of budget lines: what is planned of each, what is left, and its rules."""

from __future__ import annotations

from collections.abc import Iterable

from ...planning import BudgetUse
from ..plan_words import line_words
from ..tree import Column, Row, Table
from ..words import pounds

_LINES = (
    *(Column("Line"), Column("Planned", "pounds"), Column("Available", "pounds")),
    Column("Left", "pounds"),
)


def budget_lines(uses: Iterable[BudgetUse], indent: int = 0) -> Table:
    """Lay out a row for each line and year, with its rules under it; `indent` in characters of a text."""
    rows = tuple(
        Row(
            (
                f"{use.title}, {use.year}",
                *map(pounds, (use.planned, use.available, use.available - use.planned)),
            ),
            f"line-{use.line}-{use.year}",
            note=rules,
        )
        for use, rules in line_words(uses)
    )
    return Table(_LINES, rows, indent=indent)


__all__ = ["budget_lines"]

"""The widths of a table's columns on a page: room for the longest word first, the rest by what they ask for."""

from __future__ import annotations

from ..tree import Table, plain

_MOST = 60
"""A cell longer than this goes on several lines, and asks for no more."""
_WORD = 18
"""A longer word may be broken."""


def column_shares(table: Table, letters: float) -> list[float]:
    """Give the share of each column, of a page so many letters wide; together they are 1."""
    columns = range(len(table.columns))
    least = [_longest_word(table, at) for at in columns]
    asked = [table.columns[at].share * letters for at in columns]
    free = letters - sum(map(max, least, asked))
    wants = [0.0 if asked[at] else min(_MOST, _usual(table, at)) for at in columns]
    whole = sum(wants) or 1
    made = [max(least[at], asked[at]) + max(0.0, free) * wants[at] / whole for at in columns]
    return [one / sum(made) for one in made]


def _texts(table: Table, at: int) -> list[str]:
    column = table.columns[at]
    return [column.title, *(plain(row.named if not at else row.cells[at]) for row in table.rows)]


def _longest_word(table: Table, at: int) -> float:
    """Give the letters of the longest word, which is not to be broken."""
    words = (word for text in _texts(table, at) for word in text.split())
    return min(_WORD, max(map(len, words), default=0)) + 3.0


def _usual(table: Table, at: int) -> float:
    """Give the letters of a cell, the longer ones counting more."""
    lengths = [len(text) for text in _texts(table, at)]
    return sum(one * one for one in lengths) / max(1, sum(lengths))


__all__ = ["column_shares"]

"""Rows as a document that is a table and says how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..tree import Column, Document, Paragraph, Row, Table


def rows_document(title: str, rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> Document:
    """Make a table of some values of each row, under their names; the first tells of which it is."""
    table = Table(
        tuple(map(Column, columns)),
        tuple(Row(tuple(str(row[name]) for name in columns), str(row[columns[0]])) for row in rows),
    )
    return Document(title, (table, Paragraph(f"{len(rows)} in all")), untitled=True)

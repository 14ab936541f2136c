"""Tables as CSV, in which no spreadsheet finds a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ...core import FORMULA_BEGINS
from ..tree import Document, Table, plain


def as_csv(document: Document) -> str:
    """Write the table of a document that holds one and no other.

    Raises ValueError where a document is more than a table.
    """
    tables = [block for block in document.blocks if isinstance(block, Table)]
    if len(tables) != 1:
        raise ValueError(f"{document.title} is no table")
    [table] = tables
    return rows_as_csv(
        [column.title for column in table.columns],
        ([plain(cell) for cell in row.cells] for row in table.rows),
    )


def rows_as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows under a header."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(header)
    table.writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip()[:1] in FORMULA_BEGINS else cell


__all__ = ["as_csv", "rows_as_csv"]

"""Rows as a plain table, its columns as wide as they need."""

from __future__ import annotations

from collections.abc import Sequence


def plain_table(rows: Sequence[Sequence[str]], header: Sequence[str], numbers: int = 99) -> str:
    """The rows under a header, without a line break at the end; from column `numbers` on they stand
    to the right."""
    lines = [list(header), *[list(row) for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    lines.insert(1, ["-" * width for width in widths])

    def set_in(index: int, cell: str, width: int) -> str:
        return cell.rjust(width) if index >= numbers else cell.ljust(width)

    return "\n".join(
        "  ".join(
            set_in(index, cell, width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )

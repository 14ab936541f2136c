"""What a rule read, as it is shown: the value, the cells it is written in, what it was compared
with."""

from __future__ import annotations

from collections.abc import Iterable

from ..core import Record
from ..library import Cell, Verdict, Vocabulary, title_of

MOST_CELLS = 5


class CellRef(Record):
    file: str
    row: int
    column: str


class ValueRead(Record):
    """A value a rule read: what it was compared with, and the cells it is written in."""

    key: str
    title: str
    value: str | None
    """as it is shown; null when it is not known"""
    comparison: str
    against: str
    standard: str = ""
    """the dated threshold, where it is one"""
    cells: tuple[CellRef, ...] = ()
    """at most five; see `cells_in_all`"""
    cells_in_all: int = 0


def value_read(leaf: Verdict, vocabulary: Vocabulary) -> ValueRead:
    """One comparison with the value that was read in it."""
    value = leaf.read
    cells = value.cells if value else ()
    if value and leaf.takes("member") and str(leaf.operand) in value.members:
        cells = (value.members[str(leaf.operand)],)
    if isinstance(leaf.operand, bool) or leaf.operand is None:
        against = "yes" if leaf.operand else "no"
    elif leaf.takes("member"):
        against = vocabulary.titles.get(str(leaf.operand), str(leaf.operand))
    else:
        against = vocabulary.say(leaf.key, leaf.operand)
    if leaf.kind == "need":
        return ValueRead(
            key=leaf.key,
            title=title_of(leaf.key, vocabulary),
            value=("yes" if value.value else "no") if value else None,
            comparison="",
            against="",
        )
    if own := vocabulary.own.get(leaf.standard):
        against = f"{against}, {own}"
    return ValueRead(
        key=leaf.key,
        title=title_of(leaf.key, vocabulary),
        value=vocabulary.tell(leaf.key, value) if value else None,
        comparison=leaf.kind if leaf.result else f"not {leaf.kind}",
        against=against,
        standard=leaf.standard,
        cells=cell_refs(cells[:MOST_CELLS]),
        cells_in_all=len(cells),
    )


def cell_refs(cells: Iterable[Cell]) -> tuple[CellRef, ...]:
    """Cells as a document names them."""
    return tuple(CellRef(file=cell.file, row=cell.row, column=cell.column) for cell in cells)

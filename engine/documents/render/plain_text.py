"""A document as plain text for a terminal: its layout, its wrapping and its plain tables."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence

from ..tree import (
    Block,
    Bullets,
    Callout,
    Details,
    Document,
    Fact,
    Facts,
    Figure,
    ListItem,
    Paragraph,
    Section,
    Table,
    Words,
    is_empty,
    notes,
    plain,
)
from ..words import clean, shorten

WIDTH = 100
"""Columns of a text that goes to no terminal."""
_HANG = 2
"""So much further in stand the other lines of what has no mark."""
_NARROW = 16
"""No column is made narrower than this."""
_TOO_WIDE = 3
"""A table that is so many times wider than a line is told row by row."""
_MARKS = {"dash": "- ", "box": "[ ] ", "none": ""}


def as_text(document: Document, width: int = WIDTH, fit: bool = False) -> str:
    """Lay out a document in lines of at most `width` columns, but for unbroken lines and for tables.

    `fit`: tables too, their cells on several lines where need be. For eyes alone: a program that reads a
    table wants a row on a line.
    """
    layout = _Layout(width, document.whole_words, fit)
    lines = [] if document.untitled else layout.wrapped(document.title)
    lines += layout.blocks(document.blocks)
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines) + "\n"


class _Layout:
    def __init__(self, width: int, whole_words: bool, fit: bool) -> None:
        self.width, self.whole_words, self.fit = width, whole_words, fit

    def wrapped(
        self, words: Words, first: str = "", rest: str = "", most: int | None = None
    ) -> list[str]:
        return textwrap.wrap(
            clean(plain(words)),
            self.width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=not self.whole_words,
            max_lines=most,
            placeholder="…",
        )

    def blocks(self, blocks: Iterable[Block], indent: int = 0) -> list[str]:
        return [line for one in blocks if not is_empty(one) for line in self._block(one, indent)]

    def _block(self, block: Block, indent: int) -> Iterator[str]:
        at = " " * indent
        if isinstance(block, Section):
            yield ""
            if block.title:
                title = self.wrapped(block.title, at, at)
                title[0] = f"{at}{block.code}  {title[0][indent:]}" if block.code else title[0]
                yield from title
            yield from self.blocks(block.blocks, indent + block.indent)
        elif isinstance(block, Paragraph):
            first = at + " " * block.indent
            yield from self.wrapped(
                block.words, first, first + " " * block.hang, block.most or None
            )
        elif isinstance(block, Bullets):
            yield from self._list(block, indent + block.indent)
        elif isinstance(block, Table):
            yield from self._table(block, indent + block.indent)
        elif isinstance(block, Facts):
            for fact in block.facts:
                yield from self._fact(fact, indent + block.indent, block.apart)
        elif isinstance(block, Callout):
            yield from self.wrapped(block.words, at, at)
            yield from self.blocks(block.blocks, indent)
        elif isinstance(block, Details):
            marks = f" ({'; '.join(block.marks)})" if block.marks else ""
            yield from self.wrapped(block.title + marks, at, at + " " * _HANG)
            yield from self.wrapped(block.line, at + " " * _HANG, at + " " * _HANG)
            yield from self.blocks(block.blocks, indent + _HANG)
        elif isinstance(block, Figure):
            indent += block.table.indent if block.table else 0
            yield from self.wrapped(block.alt, " " * indent, " " * indent)
            if block.table:
                yield from self._table(block.table, indent)
            elif block.listed:
                yield from self._list(block.listed, indent)
        else:
            yield from (f"{at}{' ' * block.indent}{line}" for line in block.lines)

    def _list(self, bullets: Bullets, indent: int) -> Iterator[str]:
        for number, item in enumerate(bullets.items, 1):
            if bullets.spaced and number > 1:
                yield ""
            mark = f"{number}. " if bullets.mark == "number" else _MARKS[bullets.mark]
            yield from self._item(item, indent, mark, bullets.unbroken)

    def _item(self, item: ListItem, indent: int, mark: str, unbroken: bool) -> Iterator[str]:
        first, under = " " * indent + mark, indent + len(mark)
        if unbroken:
            yield first + clean(plain(item.words))
        else:
            yield from self.wrapped(item.words, first, " " * (under if mark else under + _HANG))
        yield from self.blocks(item.blocks, under)

    def _fact(self, fact: Fact, indent: int, apart: bool) -> Iterator[str]:
        at, deeper = " " * indent, " " * (indent + _HANG)
        if not apart:
            note = f". {fact.note}" if fact.note else ""
            yield from self.wrapped(f"{fact.term}: {plain(fact.value)}{note}", at, deeper)
            return
        value = clean(plain(fact.value))
        room = self.width - len(value) - 2
        yield f"{at + shorten(fact.term, room - indent):<{room}}  {value}".rstrip()
        yield from self.wrapped(fact.note, deeper, deeper)

    def _table(self, table: Table, indent: int) -> list[str]:
        most = [column.most for column in table.columns]
        cells = [
            [shorten(plain(cell), to) if to else clean(plain(cell)) for cell, to in pairs]
            for pairs in (zip(row.cells, most, strict=True) for row in table.rows)
        ]
        for row, line in zip(table.rows, cells, strict=True):
            if row.marks:
                line[0] = f"{''.join(mark or ' ' for mark in row.marks)} {line[0]}"
        header = [clean(column.title) if table.headed else "" for column in table.columns]
        room = self.width - indent
        asked = [round(column.share * room) for column in table.columns]
        if sum(_widths(cells, header, ())) > _TOO_WIDE * self.width:
            return [*self._one_by_one(header, cells, indent), *self._list(notes(table), indent)]
        if self.fit:
            cells = list(_fitted(cells, header, asked, room))
        right = [index for index, column in enumerate(table.columns) if column.right]
        least = _least(_widths(cells, header, asked), asked, room)
        titles, rule, *rows = plain_table(cells, header, right, least).splitlines()
        lines = [titles, rule, *rows] if table.ruled else [titles, *rows]
        lines = [" " * indent + line for line in (lines if table.headed else rows)]
        return [*lines, *self._list(notes(table), indent)]

    def _one_by_one(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], indent: int
    ) -> Iterator[str]:
        """Tell each row by itself, a line for each of its cells that says something."""
        at = " " * indent
        for name, *cells in rows:
            yield from self.wrapped(f"{header[0]}: {name}" if header[0] else name, at, at)
            for title, cell in zip(header[1:], cells, strict=True):
                if cell:
                    deeper = at + " " * _HANG
                    yield from self.wrapped(f"{title}: {cell}", deeper, deeper + " " * _HANG)


def _widths(
    rows: Sequence[Sequence[str]], header: Sequence[str], asked: Sequence[int]
) -> list[int]:
    """Give the width of each column: what it asks for, and more where its cells need more; `asked` of nothing: what
    its cells need."""
    columns = list(zip(header, *rows, strict=True))
    return [
        max(least, *map(len, column))
        for least, column in zip(asked or [0] * len(columns), columns, strict=True)
    ]


def _least(widths: Sequence[int], asked: Sequence[int], room: int) -> list[int]:
    """Give the least width of each column: what it asks for, and of the only one that asks for nothing what
    is left."""
    least = list(asked)
    if any(least) and least.count(0) == 1:
        free = least.index(0)
        others = sum(widths) - widths[free] + 2 * (len(widths) - 1)
        least[free] = max(0, room - others)
    return least


def _fitted(
    rows: Sequence[Sequence[str]], header: Sequence[str], asked: Sequence[int], width: int
) -> Iterator[list[str]]:
    """The rows with the widest column made as narrow as it has to be: what is left of its cells goes on
    lines of their own."""
    widths = _widths(rows, header, asked)
    widest = widths.index(max(widths))
    room = max(_NARROW, width - sum(widths) - 2 * (len(widths) - 1) + widths[widest])
    for row in rows:
        first, *others = textwrap.wrap(row[widest], room) or [""]
        yield [*row[:widest], first, *row[widest + 1 :]]
        for other in others:
            yield [other if at == widest else "" for at in range(len(row))]


def plain_table(
    rows: Sequence[Sequence[str]],
    header: Sequence[str],
    right: Collection[int] = (),
    least: Sequence[int] = (),
) -> str:
    """Set rows under a header, each column as wide as it needs and at least so many characters, those in
    `right` to the right; no line break at the end."""
    lines = [list(header), *[list(row) for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    widths = list(map(max, widths, least)) if least else widths
    lines.insert(1, ["-" * width for width in widths])

    def set_in(index: int, cell: str, width: int) -> str:
        return cell.rjust(width) if index in right else cell.ljust(width)

    return "\n".join(
        "  ".join(
            set_in(index, cell, width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


__all__ = ["WIDTH", "as_text", "plain_table"]

"""Every document as one tree: what is said, and in which kind of block; no format is known here.

A document is a title and blocks, a block holds words or other blocks, and words are spans. What stands
in a section belongs together; how far apart things stand is for each format to say. The fields on `indent`
and the like are about plain text alone, where nothing but space shows what belongs to what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Words that stand back: where something is written, what goes without saying."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words as they are typed or stand in a file: an id, a path, a command."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """A part of a whole: in words, as a share of it (1 is all), and in a word or two what has to be seen of
    that."""

    used: str
    share: float
    state: str = ""

    @property
    def text(self) -> str:
        """Give what is used with what has to be seen of it."""
        return f"{self.used} {self.state}".rstrip()


@dataclass(frozen=True, slots=True)
class Box:
    """A box to be ticked, with what it stands for."""

    label: str

    @property
    def text(self) -> str:
        """Give the box as a sign with its words."""
        return f"☐ {self.label}".rstrip()


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a cell; where there are no lines, a semicolon."""

    @property
    def text(self) -> str:
        """Give the sign that parts two lines where they stand on one."""
        return "; "


Span: TypeAlias = str | Strong | Quiet | Code | Link | Gauge | Box | Break
Words: TypeAlias = str | tuple[Span, ...]
Kind: TypeAlias = Literal["text", "number", "pounds", "date", "editable"]
NUMERIC: tuple[Kind, ...] = ("number", "pounds")
"""Kinds of column whose cells are compared digit under digit."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words by themselves. In plain text `hang` is how much further in its other lines stand, `most` to how
    many lines it is shortened (0: not at all)."""

    words: Words
    indent: int = 0
    hang: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class ListItem:
    """One thing in a list, with what stands under it."""

    words: Words
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list.

    A `box` is to be ticked. `indent` counts from the text of what it stands under; `spaced` items have
    an empty line between them; of `unbroken` ones plain text keeps each on one line, for programs that
    read the place first.
    """

    items: tuple[ListItem, ...]
    mark: Literal["dash", "number", "box", "none"] = "dash"
    indent: int = 2
    spaced: bool = False
    unbroken: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the kind of its cells, and the share of the width that it asks for (0: what
    is left). `ranged` is on which side plain text sets it, where that is not the side of its kind, `most`
    to how many characters it shortens a cell (0: not at all)."""

    title: str
    kind: Kind = "text"
    share: float = 0
    ranged: Literal["", "left", "right"] = ""
    most: int = 0

    @property
    def right(self) -> bool:
        """Say whether plain text sets its cells to the right."""
        return self.ranged == "right" or (not self.ranged and self.kind in NUMERIC)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a cell for each column, and the id of what it is about. `marks` are signs of one letter before
        its name, each in a place of its own: an empty one keeps the place. The `note` says more of what it is about,
    and `under` that stands more; where cells hold words alone, both come after the table."""

    cells: tuple[Words, ...]
    id: str = ""
    marks: tuple[str, ...] = ()
    note: Words = ""
    under: tuple[Block, ...] = ()

    @property
    def named(self) -> Words:
        """Its first cell with its marks, those that are there."""
        marks = " ".join(filter(None, self.marks))
        return (f"{marks} ", *spans(self.cells[0])) if marks else self.cells[0]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the first column names the row. `ruled`: plain text draws a line under the
    titles of the columns; `headed`: it has those titles."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    indent: int = 0
    ruled: bool = True
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """A term with its value, and what has to be said of it."""

    term: str
    value: Words
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms, each with its value. `apart`: plain text sets the values at its right edge."""

    facts: tuple[Fact, ...]
    indent: int = 0
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """A notice that has to be seen; a `stop` is what keeps something from being done."""

    words: Words
    stop: bool = False
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """A title with a line on it, and what can be opened under them.

    `marks` are a word or two on its state, `name` is what a link can lead to, `hue` the number of the colour
    of its kind, 0 to 4.
    """

    title: str
    blocks: tuple[Block, ...]
    marks: tuple[str, ...] = ()
    name: str = ""
    line: Words = ""
    hue: int | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as SVG; one of several has a title and a line on it."""

    svg: str
    title: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """Drawings, with what they show in words and as a table. The key has each mark in them, as the inside
    of an SVG of 26 by 12, with its meaning; `layout` says how they are laid out, where they are seen. `listed` is
    the same as a list, for a page too narrow for drawings and for text that has neither drawings nor the table."""

    drawings: tuple[Drawing, ...]
    alt: str
    table: Table | None = None
    key: tuple[tuple[str, str], ...] = ()
    layout: str = ""
    listed: Bullets | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines that are kept as they are, to be copied."""

    lines: tuple[str, ...]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that belong together, under a title or without one; left out where there is nothing in
    it. `code` is what the titled is called in files, `name` what a link can lead to; a `landscape` one at the top of
    a document is printed on sheets laid across."""

    title: Words
    blocks: tuple[Block, ...]
    code: str = ""
    name: str = ""
    indent: int = 0
    landscape: bool = False


Block: TypeAlias = (
    Paragraph | Bullets | Table | Facts | Callout | Details | Figure | Listing | Section
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    `private`: it is about single pupils, and for its owner's eyes. `untitled`: plain text begins without
    the title, which the command just given says already. `whole_words`: plain text breaks no word at a
    hyphen, so that ids and commands in it can be copied. `sheet`: it is printed on one sheet of paper.
    """

    title: str
    blocks: tuple[Block, ...]
    private: bool = False
    untitled: bool = False
    whole_words: bool = False
    sheet: bool = False


def spans(words: Words) -> tuple[Span, ...]:
    """Give the spans of words, which may be one text."""
    return (words,) if isinstance(words, str) else words


def plain(words: Words) -> str:
    """Give words as text, without what makes them stand out."""
    return "".join(span if isinstance(span, str) else span.text for span in spans(words))


def lines(told: Iterable[Words]) -> tuple[Span, ...]:
    """Put words on lines of their own, within a cell."""
    made: list[Span] = []
    for words in told:
        made += [*([Break()] if made else []), *spans(words)]
    return tuple(made)


def items(told: Iterable[Words]) -> tuple[ListItem, ...]:
    """Make each of some words a thing in a list."""
    return tuple(ListItem(words) for words in told)


def notes(table: Table) -> Bullets:
    """List what is said of single rows, each under the row's name, for where cells hold words alone."""
    told = []
    for row in table.rows:
        note: tuple[Span, ...] = (": ", *spans(row.note)) if plain(row.note).strip() else ()
        if note or not all(map(is_empty, row.under)):
            told.append(ListItem((Strong(plain(row.named)), *note), row.under))
    return Bullets(tuple(told), indent=table.indent)


def is_empty(block: Block) -> bool:
    """Say whether a block has nothing to show: a list of nothing, a section of such lists."""
    if isinstance(block, Section):
        return all(map(is_empty, block.blocks))
    if isinstance(block, Bullets):
        return not block.items
    if isinstance(block, Facts):
        return not block.facts
    if isinstance(block, Listing):
        return not block.lines
    if isinstance(block, Table):
        return not block.rows
    return isinstance(block, Paragraph) and not plain(block.words)


def texts(block: Block | ListItem) -> Iterator[str]:
    """Yield every text in a block, in the order in which it is read."""
    if isinstance(block, Section):
        yield plain(block.title)
    elif isinstance(block, Details):
        yield from (block.title, *block.marks, plain(block.line))
    elif isinstance(block, Paragraph | ListItem | Callout):
        yield plain(block.words)
    elif isinstance(block, Table):
        yield from (plain(cell) for row in block.rows for cell in row.cells)
        yield from texts(notes(block))
    elif isinstance(block, Facts):
        yield from (f"{plain(fact.value)} {fact.note}" for fact in block.facts)
    elif isinstance(block, Listing):
        yield from block.lines
    elif isinstance(block, Figure):
        yield block.alt
        yield from texts(block.table) if block.table else ()
    if isinstance(block, Section | Details | ListItem | Callout):
        for one in block.blocks:
            yield from texts(one) if not is_empty(one) else ()
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from texts(item)


__all__ = [
    "NUMERIC",
    "Block",
    "Box",
    "Break",
    "Bullets",
    "Callout",
    "Code",
    "Column",
    "Details",
    "Document",
    "Drawing",
    "Fact",
    "Facts",
    "Figure",
    "Gauge",
    "Link",
    "ListItem",
    "Listing",
    "Paragraph",
    "Quiet",
    "Row",
    "Section",
    "Span",
    "Strong",
    "Table",
    "Words",
    "is_empty",
    "items",
    "lines",
    "notes",
    "plain",
    "spans",
    "texts",
]

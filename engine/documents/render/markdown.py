"""A document as Markdown; what Markdown would take as its own is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..tree import (
    NUMERIC,
    Block,
    Box,
    Break,
    Bullets,
    Callout,
    Code,
    Details,
    Document,
    Fact,
    Facts,
    Figure,
    Gauge,
    Link,
    Listing,
    Paragraph,
    Quiet,
    Section,
    Strong,
    Table,
    Words,
    is_empty,
    notes,
    spans,
)
from ..words import clean

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_BEGINS_A_LIST = re.compile(r"^(\d+(?=[.)])|(?=[-+]\s))")
"""What at the beginning of a line makes it a list."""
_DEEPEST = 6


def as_markdown(document: Document) -> str:
    """Lay out a document, an empty line between any two blocks."""
    title = f"# {escaped(document.title)}"
    return "\n\n".join([title, *_blocks(document.blocks, 2)]) + "\n"


def escaped(text: str) -> str:
    """Give a text on one line in which nothing is a mark of Markdown's."""
    return _SPECIAL.sub(r"\\\1", clean(text))


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[str]:
    for block in blocks:
        if not is_empty(block):
            yield from _block(block, level)


def _block(block: Block, level: int) -> Iterator[str]:
    if isinstance(block, Section):
        if block.title:
            code = f"`{block.code}` " if block.code else ""
            yield f"{'#' * min(level, _DEEPEST)} {code}{_words(block.title)}"
        yield from _blocks(block.blocks, level + 1 if block.title else level)
    elif isinstance(block, Paragraph):
        yield _line(block.words)
    elif isinstance(block, Bullets):
        yield _list(block, level)
    elif isinstance(block, Table):
        yield from _table(block, level)
    elif isinstance(block, Facts):
        yield "\n".join(map(_fact, block.facts))
    elif isinstance(block, Callout):
        told = "\n\n".join((_line(block.words), *_blocks(block.blocks, level)))
        yield "\n".join(f"> {line}".rstrip() for line in told.split("\n"))
    elif isinstance(block, Details):
        marks = f" ({escaped('; '.join(block.marks))})" if block.marks else ""
        yield f"{'#' * min(level, _DEEPEST)} {escaped(block.title)}{marks}"
        if block.line:
            yield _line(block.line)
        yield from _blocks(block.blocks, level + 1)
    elif isinstance(block, Figure):
        yield _line(block.alt)
        if block.table:
            yield from _table(block.table, level)
        elif block.listed:
            yield _list(block.listed, level)
    else:
        yield _fenced(block)


def _fact(fact: Fact) -> str:
    note = f". {escaped(fact.note)}" if fact.note else ""
    return f"- {escaped(fact.term)}: {_words(fact.value)}{note}"


def _list(bullets: Bullets, level: int) -> str:
    lines = []
    for number, item in enumerate(bullets.items, 1):
        mark = f"{number}. " if bullets.mark == "number" else "- "
        box = "[ ] " if bullets.mark == "box" else ""
        told = mark + box + _line(item.words)
        for under in item.blocks:
            # Only a list stands under an item without an empty line before it.
            between = "\n" if isinstance(under, Bullets) else "\n\n"
            for part in _blocks([under], level):
                told += between + _indented(part, len(mark))
        lines.append(told)
    loose = any(isinstance(one, Paragraph) for item in bullets.items for one in item.blocks)
    return ("\n\n" if loose else "\n").join(lines)


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line if line else "" for line in text.split("\n"))


def _table(table: Table, level: int) -> Iterator[str]:
    lines = [
        [escaped(column.title) for column in table.columns],
        ["---:" if column.kind in NUMERIC else "---" for column in table.columns],
        *([_words(cell) for cell in (row.named, *row.cells[1:])] for row in table.rows),
    ]
    yield "\n".join("| " + " | ".join(line) + " |" for line in lines)
    yield from _blocks([notes(table)], level)


def _fenced(listing: Listing) -> str:
    runs = re.findall("`+", "\n".join(listing.lines))
    fence = "`" * max(3, *(len(run) + 1 for run in runs), 3)
    return "\n".join([fence, *listing.lines, fence])


def _line(words: Words) -> str:
    """Words at the beginning of a line, where a dash or a number could make them a list."""
    text = _words(words)
    return _BEGINS_A_LIST.sub(lambda found: f"{found[0]}\\", text, count=1)


def _words(words: Words) -> str:
    told = ""
    for span in spans(words):
        if isinstance(span, Strong):
            told += f"**{escaped(span.text)}**"
        elif isinstance(span, Code):
            told += f"`{clean(span.text).replace('`', '')}`"
        elif isinstance(span, Break):
            told = f"{told.rstrip().removesuffix('.')}; " if told.strip() else ""
        elif isinstance(span, Box):
            told += escaped(span.text)
        elif isinstance(span, Gauge):
            told += escaped(span.used) + (f" **{escaped(span.state)}**" if span.state else "")
        elif isinstance(span, Link) and span.address.startswith("#"):
            told += escaped(span.text)  # titles have no names here that a link could lead to
        elif isinstance(span, Link):
            told += f"[{escaped(span.text)}](<{_address(span.address)}>)"
        elif isinstance(span, Quiet):
            told += _kept(span.text, escaped(span.text))
        else:
            told += _kept(span, escaped(span))
    return told.strip()


def _address(address: str) -> str:
    return clean(address).replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")


def _kept(text: str, made: str) -> str:
    """A made text with the spaces at both ends that tell it from its neighbours."""
    return f"{' ' if text[:1].isspace() else ''}{made}{' ' if text[-1:].isspace() and made else ''}"


__all__ = ["as_markdown", "escaped"]

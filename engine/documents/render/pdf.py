"""A document as an accessible PDF: the tree goes to typst as data, and a page of typst lays it out.

Nothing of a document is read as typst's own language: texts go in as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ...core import without_unprintable
from ..tree import (
    NUMERIC,
    Block,
    Break,
    Bullets,
    Callout,
    Code,
    Details,
    Document,
    Facts,
    Figure,
    Gauge,
    Link,
    Paragraph,
    Quiet,
    Section,
    Span,
    Strong,
    Table,
    Words,
    is_empty,
    plain,
    spans,
)
from ..words import clean
from .archive import WRITTEN
from .column_widths import column_shares
from .figure_picture import figure_svg, typst_made

Data = dict[str, Any]
_DEEPEST = 5
_SECTIONS = 8
_UPRIGHT, _ACROSS, _CROWDED = 118.0, 190.0, 9
"""The letters in a line of a table, upright and across; a table of more columns has smaller letters."""
_PRIVATE = "About children: keep it within the school."
_MADE = "Made with termwise."


def as_pdf(document: Document) -> bytes:
    """Make the file, by the standard PDF/UA-1; the same document makes the same bytes.

    Raises ImportError where typst is not installed.
    """
    blocks = [one for one in document.blocks if not is_empty(one)]
    titled = [one for one in blocks if isinstance(one, Section) and plain(one.title).strip()]
    data: Data = {
        "title": clean(document.title),
        "said": _PRIVATE if document.private else _MADE,
        "small": document.sheet,
        "contents": not document.sheet and len(titled) >= _SECTIONS,
        "blocks": list(_blocks(blocks, 1, False, _names(blocks))),
    }
    made = typst_made(_PAGE, "pdf", {"document": json.dumps(data)})
    return made.rstrip() + f"\n% {WRITTEN}\n".encode()


def _names(blocks: Iterable[Block]) -> frozenset[str]:
    """Give the names that links can lead to: only a link to one of them is a link."""
    found: list[str] = []

    def look(several: Iterable[Block]) -> None:
        for block in several:
            if is_empty(block):
                continue
            if isinstance(block, Section | Details):
                found.append(block.name)
            if isinstance(block, Section | Details | Callout):
                look(block.blocks)

    look(blocks)
    return frozenset(name for name in found if name and found.count(name) == 1)


def _blocks(
    blocks: Iterable[Block], level: int, across: bool, names: frozenset[str]
) -> Iterator[Data]:
    for block in blocks:
        if not is_empty(block):
            yield from _block(block, level, across, names)


def _block(block: Block, level: int, across: bool, names: frozenset[str]) -> Iterator[Data]:
    if isinstance(block, Section):
        across = across or (block.landscape and level == 1)
        inner = (
            []
            if not block.title
            else [
                _heading(
                    (f"{block.code} " if block.code else "", *spans(block.title)),
                    level,
                    block.name,
                    names,
                )
            ]
        )
        inner += _blocks(block.blocks, level + bool(block.title), across, names)
        if block.landscape and level == 1:
            yield {"is": "across", "blocks": inner}
        else:
            yield from inner
    elif isinstance(block, Paragraph):
        yield {"is": "line", "words": _words(block.words, names)}
    elif isinstance(block, Bullets):
        yield _list(block, level, across, names)
    elif isinstance(block, Table):
        yield _table(block, level, across, names)
    elif isinstance(block, Facts):
        for fact in block.facts:
            note: tuple[Span, ...] = (Quiet(f" {fact.note}"),) if fact.note else ()
            told = (Strong(f"{fact.term}: "), *spans(fact.value), *note)
            yield {"is": "line", "words": _words(told, names), "hang": True}
    elif isinstance(block, Callout):
        inner = [{"is": "line", "words": _words(block.words, names)}]
        inner += _blocks(block.blocks, level, across, names)
        yield {"is": "box", "stop": block.stop, "blocks": inner}
    elif isinstance(block, Details):
        marks = f" ({'; '.join(block.marks)})" if block.marks else ""
        yield _heading((block.title, Quiet(marks)), level, block.name, names)
        if block.line:
            yield {"is": "line", "words": _words((Quiet(plain(block.line)),), names)}
        yield from _blocks(block.blocks, level + 1, across, names)
    elif isinstance(block, Figure):
        yield from _figure(block, level, across, names)
    else:
        for line in block.lines:
            yield {"is": "line", "words": [["code", without_unprintable(line)]]}


def _heading(words: Words, level: int, name: str, names: frozenset[str]) -> Data:
    named = name if name in names else ""
    return {
        "is": "heading",
        "words": _words(words, names),
        "level": min(level, _DEEPEST),
        "name": named,
    }


def _list(bullets: Bullets, level: int, across: bool, names: frozenset[str]) -> Data:
    box: tuple[Span, ...] = ("☐ ",) if bullets.mark == "box" else ()
    told = [
        {
            "words": _words((*box, *spans(item.words)), names),
            "blocks": list(_blocks(item.blocks, level, across, names)),
        }
        for item in bullets.items
    ]
    return {"is": "list", "mark": bullets.mark, "items": told}


def _table(table: Table, level: int, across: bool, names: frozenset[str]) -> Data:
    crowded = len(table.columns) > _CROWDED
    letters = (_ACROSS if across else _UPRIGHT) * (1.2 if crowded else 1)
    rows = []
    for row in table.rows:
        cells = [_words(cell, names) for cell in (row.named, *row.cells[1:])]
        under = (
            [{"is": "line", "words": _words(row.note, names)}] if plain(row.note).strip() else []
        )
        under += _blocks(row.under, level + 1, across, names)
        rows.append({"cells": cells, "under": under})
    return {
        "is": "table",
        "crowded": crowded,
        "widths": column_shares(table, letters),
        "right": [column.kind in NUMERIC for column in table.columns],
        "titles": [clean(column.title) for column in table.columns] if table.headed else [],
        "rows": rows,
    }


def _figure(figure: Figure, level: int, across: bool, names: frozenset[str]) -> Iterator[Data]:
    if figure.drawings:
        svg, wide, high = figure_svg(figure)
        yield {"is": "picture", "svg": svg, "alt": clean(figure.alt), "tall": high > 1.1 * wide}
    yield {"is": "line", "words": _words((Quiet(f"{figure.alt} {figure.layout}".strip()),), names)}
    if figure.table and not is_empty(figure.table):
        yield _table(figure.table, level, across, names)


def _words(words: Words, names: frozenset[str]) -> list[list[str]]:
    return [told for span in spans(words) if (told := _span(span, names))[1] or told[0] == "break"]


def _span(span: Span, names: frozenset[str]) -> list[str]:
    if isinstance(span, Break):
        return ["break", ""]
    if isinstance(span, Link):
        within = span.address.startswith("#")
        if within and span.address[1:] not in names:
            return ["text", _kept(span.text)]
        return ["within" if within else "link", _kept(span.text), span.address.lstrip("#")]
    if isinstance(span, str):
        return ["text", _kept(span)]
    kinds: dict[type, str] = {Strong: "strong", Quiet: "quiet", Code: "code"}
    if isinstance(span, Gauge):
        return ["text", span.text]
    return [kinds.get(type(span), "text"), _kept(span.text)]


def _kept(text: str) -> str:
    """A text on one line, with the spaces that keep it from its neighbours."""
    made = clean(text)
    return f"{' ' * text[:1].isspace()}{made}{' ' * (text[-1:].isspace() and bool(made))}"


_PAGE = """
#let it = json(bytes(sys.inputs.document))
#let ink = rgb("#1d2730")
#let dark = rgb("#1f4e79")
#let quiet = rgb("#4d5a65")
#let rule = rgb("#9aa7b2")
#set document(title: it.title, author: "termwise", date: none)
#set text(font: "Libertinus Serif", size: if it.small { 8.5pt } else { 10.5pt }, lang: "en", region: "GB",
  fill: ink)
#set page(paper: "a4", margin: if it.small { 1.1cm } else { (x: 1.8cm, top: 1.7cm, bottom: 1.9cm) },
  footer: context text(size: 8pt, fill: quiet)[#it.title. #it.said #h(1fr) Page #counter(page).display() of
    #counter(page).final().first()])
#set par(leading: 0.55em, spacing: 0.75em)
#set heading(numbering: none)
#show heading: set text(fill: dark)
#show heading.where(level: 1): set text(size: 1.35em)
#show heading.where(level: 2): set text(size: 1.15em)
#show heading: set block(above: 1.3em, below: 0.6em)
#show link: set text(fill: dark)
#set list(indent: 0.3em, spacing: 0.5em)
#set enum(indent: 0.3em, spacing: 0.5em)

#let run(span) = {
  let (kind, said) = (span.at(0), span.at(1))
  if kind == "break" { linebreak() }
  else if kind == "strong" { strong(said) }
  else if kind == "quiet" { text(fill: quiet, said) }
  else if kind == "code" { text(font: "DejaVu Sans Mono", size: 0.8em, said) }
  else if kind == "within" { link(label(span.at(2)), said) }
  else if kind == "link" { link(span.at(2), said) }
  else { text(said) }
}
#let words(spans) = spans.map(run).join()
#let lay(blocks) = {
  for block in blocks {
    if block.is == "line" {
      par(hanging-indent: if block.at("hang", default: false) { 1.2em } else { 0em }, words(block.words))
    } else if block.is == "heading" {
      let made = heading(level: block.level, words(block.words))
      if block.name == "" { made } else [#made #label(block.name)]
    } else if block.is == "list" {
      let told = block.items.map(item => {
        words(item.words)
        lay(item.blocks)
      })
      if block.mark == "number" { enum(..told) }
      else if block.mark == "dash" { list(..told) }
      else { for one in told { par(hanging-indent: 1.2em, one) } }
    } else if block.is == "box" {
      std.block(width: 100%, inset: (left: 0.9em, y: 0.3em), breakable: true,
        stroke: (left: 3pt + if block.stop { rgb("#8a2f3c") } else { rgb("#5b6b79") }), lay(block.blocks))
    } else if block.is == "picture" {
      image(bytes(block.svg), format: "svg", alt: block.alt, width: if block.tall { auto } else { 100% },
        height: if block.tall { 88% } else { auto })
    } else if block.is == "across" {
      page(flipped: true, lay(block.blocks))
    } else if block.is == "table" {
      set text(size: if block.crowded { 7.2pt } else { 0.88em })
      set par(leading: 0.45em, spacing: 0.5em)
      let cells = ()
      for row in block.rows {
        for (at, cell) in row.cells.enumerate() {
          cells.push(table.cell(align: if block.right.at(at) { right } else { left },
            if at == 0 and not block.right.at(0) { strong(words(cell)) } else { words(cell) }))
        }
        if row.under.len() > 0 {
          cells.push(table.cell(colspan: block.widths.len(), lay(row.under)))
        }
      }
      let head = block.titles.map(title => table.cell(fill: rgb("#e3e9ee"), strong(title)))
      table(columns: block.widths.map(one => one * 1fr), inset: 3.5pt, stroke: 0.5pt + rule,
        ..if head.len() > 0 { (table.header(..head),) } else { () }, ..cells)
    }
  }
}

#par(text(size: 1.9em, fill: dark, weight: "bold", it.title))
#if it.contents { outline(title: none, depth: 1) }
#lay(it.blocks)
"""

__all__ = ["as_pdf"]

"""A document as one page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..tree import (
    NUMERIC,
    Block,
    Bullets,
    Callout,
    Code,
    Details,
    Document,
    Facts,
    Figure,
    Link,
    Paragraph,
    Quiet,
    Section,
    Strong,
    Table,
    Words,
    is_empty,
    spans,
)
from .markup import running, text, text_line
from .page import contents, page, picture

_PRIVATE = "About children: keep it within the school."
_MADE = "Made with termwise."
_DEEPEST = 6
_IN_HEAD = (Paragraph, Callout, Bullets)


def as_html(document: Document) -> str:
    """Make the page: the words at its beginning in its head, with links to the named sections."""
    blocks = [block for block in document.blocks if not is_empty(block)]
    first = next((i for i, one in enumerate(blocks) if not isinstance(one, _IN_HEAD)), len(blocks))
    named = [
        (one.name, "".join(map(_plain, spans(one.title))), "there")
        for one in blocks
        if isinstance(one, Section) and one.name
    ]
    return page(
        document.title,
        "".join(_blocks(blocks[:first], 2)) + (contents(named) if named else ""),
        "".join(_blocks(blocks[first:], 2)),
        _PRIVATE if document.private else _MADE,
    )


def _plain(span: object) -> str:
    return span if isinstance(span, str) else str(getattr(span, "text", ""))


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[str]:
    for block in blocks:
        if not is_empty(block):
            yield _block(block, level)


def _block(block: Block, level: int) -> str:
    if isinstance(block, Section):
        return _section(block, level)
    if isinstance(block, Paragraph):
        return f"<p>{_words(block.words)}</p>\n"
    if isinstance(block, Bullets):
        return _list(block, level)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Facts):
        facts = (
            f"<dt>{text(fact.term)}</dt><dd>{_words(fact.value)}"
            + (f'<p class="quiet">{text(fact.note)}</p>' if fact.note else "")
            + "</dd>"
            for fact in block.facts
        )
        return f'<dl class="facts">{"".join(facts)}</dl>\n'
    if isinstance(block, Callout):
        return f'<div class="box{" stop" if block.stop else ""}">{_words(block.words)}</div>\n'
    if isinstance(block, Details):
        marks = "".join(f'<span class="pill">{text(mark)}</span>' for mark in block.marks)
        return (
            f'<details class="step"{_id(block.name)}><summary>{_words(block.summary)}{marks}</summary>'
            f"<div>{''.join(_blocks(block.blocks, level))}</div></details>\n"
        )
    if isinstance(block, Figure):
        return picture(block.svg, block.alt) + (_table(block.table) if block.table else "")
    lines = "\n".join(text_line(line) for line in block.lines)
    return f'<div class="scroll"><pre>{lines}</pre></div>\n'


def _section(section: Section, level: int) -> str:
    if not section.title:
        return "".join(_blocks(section.blocks, level))
    heading = f"h{min(level, _DEEPEST)}"
    code = f"<code>{text(section.code)}</code> " if section.code else ""
    return (
        f"<section{_id(section.name)}><{heading}>{code}{_words(section.title)}</{heading}>\n"
        f"{''.join(_blocks(section.blocks, level + 1))}</section>\n"
    )


def _list(bullets: Bullets, level: int) -> str:
    kind = "ol" if bullets.mark == "number" else "ul"
    box = "☐ " if bullets.mark == "box" else ""
    lines = (
        f"<li>{box}{_words(item.words)}{''.join(_blocks(item.blocks, level))}</li>"
        for item in bullets.items
    )
    return f"<{kind}>{''.join(lines)}</{kind}>\n"


def _table(table: Table) -> str:
    """A table whose first cells name the rows; on a narrow page each cell says its column."""
    numeric = [' class="num"' if c.kind in NUMERIC else "" for c in table.columns]
    titles = [text(column.title) for column in table.columns]
    head = "".join(
        f'<th scope="col"{css}>{title}</th>' for title, css in zip(titles, numeric, strict=True)
    )
    body = []
    for row in table.rows:
        first, *rest = (_words(cell) for cell in (row.named, *row.cells[1:]))
        cells = "".join(
            f'<td{css} data-t="{title}">{cell}</td>'
            for title, css, cell in zip(titles[1:], numeric[1:], rest, strict=True)
        )
        body.append(f'<tr{_id(row.id)}><th scope="row"{numeric[0]}>{first}</th>{cells}</tr>')
    return (
        f'<div class="scroll"><table class="stack"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>\n"
    )


def _id(name: str) -> str:
    return f' id="{text(name)}"' if name else ""


def _words(words: Words) -> str:
    told = []
    for span in spans(words):
        if isinstance(span, Strong):
            told.append(f"<b>{text(span.text)}</b>")
        elif isinstance(span, Quiet):
            told.append(f'<span class="quiet">{running(span.text)}</span>')
        elif isinstance(span, Code):
            told.append(f"<code>{text(span.text)}</code>")
        elif isinstance(span, Link):
            told.append(f'<a href="{text(span.address)}">{text(span.text)}</a>')
        else:
            told.append(running(span))
    return "".join(told)


__all__ = ["as_html"]

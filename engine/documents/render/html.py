"""A document as one page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

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
    Drawing,
    Facts,
    Figure,
    Gauge,
    Link,
    Paragraph,
    Quiet,
    Section,
    Strong,
    Table,
    Words,
    is_empty,
    plain,
    spans,
)
from .markup import running, text, text_line
from .page import OPENER, contents, framed, page, picture
from .sheet_style import SHEET

_PRIVATE = "About children: keep it within the school."
_MADE = "Made with termwise."
_DEEPEST = 6
_SHORT = 12
"""A table of at most so many rows stands open under the drawing of the same."""
_CLOSED = "<details"
_MANY = 8
"""A table of more columns has smaller letters, and on a page of middle width each row by itself; a document of
more sections has a front page in print."""
_MAY_SCROLL = 5
"""A table of so many columns may be wider than the page, and is reached by the keyboard."""
_IN_HEAD = (Paragraph, Callout, Bullets)


def as_html(document: Document) -> str:
    """Make the page: the words at its beginning in its head, with links to the named sections."""
    blocks = [block for block in document.blocks if not is_empty(block)]
    if document.sheet:
        return _sheet(document.title, blocks)
    first = next((i for i, one in enumerate(blocks) if not isinstance(one, _IN_HEAD)), len(blocks))
    named = [
        (one.name, plain(one.title)) for one in blocks if isinstance(one, Section) and one.name
    ]
    main = "".join(_blocks(blocks[first:], 2))
    return page(
        document.title,
        "".join(_blocks(blocks[:first], 2)) + contents(named) + (OPENER if _CLOSED in main else ""),
        main,
        _PRIVATE if document.private else _MADE,
        len(named) > _MANY,
    )


def _sheet(title: str, blocks: Sequence[Block]) -> str:
    """A sheet of paper: what stands before its sections in its head, and notices in its foot."""
    foot = [_words(block.words) for block in blocks if isinstance(block, Callout)]
    body = [block for block in blocks if isinstance(block, Section)]
    head = [block for block in blocks if not isinstance(block, Section | Callout)]
    return framed(
        title,
        SHEET,
        f"<header><h1>{text(title)}</h1>{''.join(_blocks(head, 2))}</header>\n"
        f"<main>\n{''.join(_blocks(body, 2))}</main>\n"
        f'<footer class="quiet">{" ".join(foot)}</footer>\n',
    )


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[str]:
    for block in blocks:
        if not is_empty(block):
            yield _block(block, level)


def _block(block: Block, level: int) -> str:
    if isinstance(block, Section):
        return _section(block, level)
    if isinstance(block, Paragraph):
        return _paragraph(block.words)
    if isinstance(block, Bullets):
        return _list(block, level)
    if isinstance(block, Table):
        return _table(block, level)
    if isinstance(block, Facts):
        facts = (
            f"<dt>{text(fact.term)}</dt><dd>{_words(fact.value)}"
            + (f'<p class="quiet">{text(fact.note)}</p>' if fact.note else "")
            + "</dd>"
            for fact in block.facts
        )
        return f'<dl class="facts">{"".join(facts)}</dl>\n'
    if isinstance(block, Callout):
        under = "".join(_blocks(block.blocks, level))
        css = "box stop" if block.stop else "box"
        return f'<div class="{css}">{_words(block.words)}{under}</div>\n'
    if isinstance(block, Details):
        return _details(block, level)
    if isinstance(block, Figure):
        return _figure(block, level)
    lines = "\n".join(text_line(line) for line in block.lines)
    return f'<div class="scroll" tabindex="0" role="group" aria-label="Lines to copy"><pre>{lines}</pre></div>\n'


def _section(section: Section, level: int) -> str:
    if not section.title:
        return "".join(_blocks(section.blocks, level))
    heading = f"h{min(level, _DEEPEST)}"
    code = f"<code>{text(section.code)}</code> " if section.code else ""
    across = ' class="across"' if section.landscape else ""
    return (
        f"<section{_id(section.name)}{across}><{heading}>{code}{_words(section.title)}</{heading}>\n"
        f"{''.join(_blocks(section.blocks, level + 1))}</section>\n"
    )


def _paragraph(words: Words) -> str:
    """A paragraph; one that stands back as a whole does so itself."""
    several = spans(words)
    if len(several) == 1 and isinstance(several[0], Quiet):
        return f'<p class="quiet">{text(several[0].text)}</p>\n'
    return f"<p>{_words(words)}</p>\n"


def _details(details: Details, level: int) -> str:
    marks = "".join(f'<span class="pill">{text(mark)}</span>' for mark in details.marks)
    line = f'<span class="quiet">{_words(details.line)}</span>' if details.line else ""
    hue = "" if details.hue is None else f" s{details.hue}-edge"
    parts = []
    shown = (block for block in details.blocks if not is_empty(block))
    for short, several in groupby(shown, _is_short):
        made = list(_blocks(several, level))
        beside = short and len(made) > 1
        parts += ['<div class="two">', *made, "</div>\n"] if beside else made
    return (
        f'<details class="step{hue}"{_id(details.name)}><summary><b>{text(details.title)}</b>{marks}'
        f"{line}</summary><div>{''.join(parts)}</div></details>\n"
    )


def _is_short(block: Block) -> bool:
    """Say whether a block is a list under a title and no more, of which two stand side by side."""
    if not isinstance(block, Section) or len(block.blocks) != 1:
        return False
    [only] = block.blocks
    return isinstance(only, Bullets) and not any(item.blocks for item in only.items)


def _figure(figure: Figure, level: int) -> str:
    """Drawings with their key above and their words below. A table of the same stands beside them where there
    is room; a long one is to be opened."""
    key = "".join(
        '<span><svg width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">'
        f"{mark}</svg> {text(means)}</span>"
        for mark, means in figure.key
    )
    parts = [f'<p class="quiet key">{key}</p>\n'] if key and figure.drawings else []
    shown = ""
    if len(figure.drawings) == 1:
        shown = picture(figure.drawings[0].svg, figure.alt)
    elif figure.drawings:
        several = "".join(map(_one_of_several, figure.drawings))
        shown = f'<div class="loads">{several}</div>'
    if figure.listed and shown:
        shown = f'<div class="drawn">{shown}</div><div class="narrow">{_list(figure.listed, level)}</div>'
    told = f"{figure.alt} {figure.layout}" if figure.layout and shown else figure.alt
    words = f'<p class="quiet">{text(told)}</p>\n'
    table = _table(figure.table, level) if figure.table and not is_empty(figure.table) else ""
    if figure.table and len(figure.table.rows) > _SHORT and shown:
        table = f'<details class="same"><summary>The same as a table</summary>{table}</details>\n'
        return "".join([*parts, shown, words, table])
    return "".join([*parts, f'<div class="beside">{shown}{table}</div>', words])


def _one_of_several(drawing: Drawing) -> str:
    return (
        f'<figure><figcaption><b>{text(drawing.title)}</b> <span class="quiet">{text(drawing.line)}'
        f"</span></figcaption>{drawing.svg}</figure>"
    )


def _list(bullets: Bullets, level: int) -> str:
    kind = "ol" if bullets.mark == "number" else "ul"
    box = "☐ " if bullets.mark == "box" else ""
    lines = (
        f"<li>{box}{_words(item.words)}{''.join(_blocks(item.blocks, level))}</li>"
        for item in bullets.items
    )
    return f"<{kind}>{''.join(lines)}</{kind}>\n"


def _table(table: Table, level: int) -> str:
    """A table whose first cells name the rows; on a narrow page each cell says its column. It is as wide as it
    needs, and where its columns ask for a share of the page as wide as that."""
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
        note = _paragraph((Quiet(plain(row.note)),)) if plain(row.note).strip() else ""
        first += note + "".join(_blocks(row.under, level))
        body.append(f'<tr{_id(row.id)}><th scope="row"{numeric[0]}>{first}</th>{cells}</tr>')
    shares = [column.share for column in table.columns]
    widths = (f'<col width="{share:.0%}">' if share else "<col>" for share in shares)
    group = f"<colgroup>{''.join(widths)}</colgroup>" if any(shares) else ""
    css = f"stack{' wide' if group else ''}{' many' if len(titles) > _MANY else ''}"
    reached = f' tabindex="0" role="group" aria-label="Table: {", ".join(filter(None, titles))}"'
    keys = reached if len(titles) >= _MAY_SCROLL else ""
    return (
        f'<div class="scroll{"" if group else " fit"}"{keys}><table class="{css}">'
        f"{group}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>\n"
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
        elif isinstance(span, Box):
            told.append(f'<span class="ticks"><span class="tick"></span>{text(span.label)}</span>')
        elif isinstance(span, Break):
            told.append("<br>")
        elif isinstance(span, Gauge):
            told.append(_gauge(span))
        elif isinstance(span, Link):
            told.append(f'<a href="{text(span.address)}">{text(span.text)}</a>')
        else:
            told.append(running(span))
    return "".join(told)


def _gauge(gauge: Gauge) -> str:
    """A bar under its words."""
    state = f" <b>{text(gauge.state)}</b>" if gauge.state else ""
    css = " over" if gauge.share > 1 else " near" if gauge.state else ""
    return (
        f'<span class="gauge{css}">{text(gauge.used)}{state}'
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{min(100, round(100 * gauge.share))}" height="6"/></svg></span>'
    )


__all__ = ["as_html"]

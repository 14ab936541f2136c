"""A document as a Word file: real headings, contents, tables with repeated titles, pictures with their words.

The body is written as WordprocessingML, and python-docx makes the package around it. Rows and sections with
an id have a bookmark of its name, which survives what office programs save.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

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
    Listing,
    Paragraph,
    Quiet,
    Row,
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
from .archive import settled
from .column_widths import column_shares
from .figure_picture import figure_png

if TYPE_CHECKING:
    from docx.document import Document as WordFile

_PRIVATE = "About children: keep it within the school."
_MADE = "Made with termwise."
_SHORT, _LONG = 11906, 16838
"""A4 in twentieths of a point."""
_MARGIN, _SHEET_MARGIN = 1020, 620
_DEEPEST = 5
_LETTER, _LETTER_SMALL = 86, 72
"""The width of a letter in a table, on average, in twentieths of a point."""
_CROWDED = 9
"""A table of more columns has smaller letters."""
_EMU = 635
"""English metric units to a twentieth of a point."""
_FONT, _INK, _DARK, _QUIET, _RULE, _SHADE = (
    "Arial",
    "1D2730",
    "1F4E79",
    "4D5A65",
    "9AA7B2",
    "E3E9EE",
)
_WHOLE = 1600
"""A row of at most so many letters is kept on one page."""
_SECTIONS = 8
"""A document of at least so many sections has contents."""
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def as_docx(document: Document) -> bytes:
    """Make the file; the same document makes the same bytes.

    Raises ImportError where python-docx, or typst for its pictures, is not installed.
    """
    from docx import Document as empty_file
    from docx.oxml.parser import parse_xml

    file = empty_file()
    _set_up(file, document)
    writer = _Writer(file, document)
    parts = [*writer.opening(), *writer.blocks(document.blocks, 1), writer.last_page()]
    body = parse_xml(f"<w:body {_NAMES}>{''.join(parts)}</w:body>")
    old = file.element.body
    for child in list(old):
        old.remove(child)
    for child in list(body):
        old.append(child)
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())


def bookmark(name: str) -> str:
    """Give the name of the bookmark of an id: letters, digits and lines, at most forty."""
    made = re.sub(r"[^A-Za-z0-9]", "_", name)
    if len(made) <= 40 and made[:1].isalpha():
        return made
    return f"n{made[:29]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _set_up(file: WordFile, document: Document) -> None:
    """Set the styles, the language and what the file says of itself, without the hour."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.oxml.parser import parse_xml
    from docx.shared import Pt, RGBColor

    about = file.core_properties
    about.title, about.author, about.language = clean(document.title), "termwise", "en-GB"
    about.comments = about.last_modified_by = ""
    for child in list(about._element):
        if child.tag.endswith(("}created", "}modified")):
            about._element.remove(child)
    styles = file.styles
    small = document.sheet
    for name, size, before, after in (
        ("Normal", 8.5 if small else 10, 0, 2 if small else 4),
        ("Title", 16 if small else 22, 0, 4),
        ("Heading 1", 12 if small else 15, 14, 4),
        ("Heading 2", 10 if small else 12.5, 11, 3),
        ("Heading 3", 9 if small else 11, 9, 2),
        ("Heading 4", 9 if small else 10, 7, 2),
        ("Heading 5", 9 if small else 10, 6, 2),
    ):
        style = styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.rPr.rFonts
        for key in list(fonts.attrib):
            if "Theme" in key:
                del fonts.attrib[key]
        for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), _FONT)
        style.font.color.rgb = RGBColor.from_string(_INK if name == "Normal" else _DARK)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    title = styles["Title"].element.pPr
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    for name, size in (("Table Text", 8.5), ("Table Small", 7)):
        cell = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style = styles["Normal"]
        cell.font.size = Pt(size)
        cell.paragraph_format.space_after = Pt(1)
    entry = styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    entry.base_style = styles["Normal"]
    entry.paragraph_format.space_after = Pt(1)
    found = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for lang in found.findall(qn("w:lang")):
        found.remove(lang)
    found.append(parse_xml(f'<w:lang {_NAMES} w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'))
    foot = file.sections[0].footer
    foot.is_linked_to_previous = False
    said = _PRIVATE if document.private else _MADE
    words = f"{clean(document.title)}. {said} Page "
    line = foot.paragraphs[0]._p
    parts = (_run(words, quiet=True), _field("PAGE"), _run(" of ", quiet=True), _field("NUMPAGES"))
    for part in parse_xml(f"<w:p {_NAMES}>{''.join(parts)}</w:p>"):
        line.append(part)


class _Writer:
    """A writer of blocks; it knows how wide the page is and which bookmarks and pictures there are."""

    def __init__(self, file: WordFile, document: Document) -> None:
        self.file, self.document = file, document
        self.margin = _SHEET_MARGIN if document.sheet else _MARGIN
        self.across = False
        self.marks: set[str] = set()
        self.pictures = 0
        self.cell = ""
        """The style of what stands in a table; empty outside of one."""
        self.boxed = ""
        self.foot = self._reference()

    def _reference(self) -> str:
        [found] = [
            one.get(f"{{{_R}}}id")
            for one in self.file.sections[0]._sectPr
            if one.tag.endswith("}footerReference")
        ]
        return str(found)

    # --- pages

    def opening(self) -> Iterator[str]:
        """Write the title, and the contents of a document that has many sections."""
        yield _paragraph(_run(self.document.title), "Title")
        titled = [
            one
            for one in self.document.blocks
            if isinstance(one, Section) and plain(one.title).strip() and not is_empty(one)
        ]
        if self.document.sheet or len(titled) < _SECTIONS:
            return
        yield _paragraph(_run("Contents", bold=True))
        begins = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
            'TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        ends = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for at, one in enumerate(titled):
            link = _anchor(_named(one), _run(_title(one)))
            last = at == len(titled) - 1
            yield _paragraph((begins if not at else "") + link + (ends if last else ""), "toc1")

    def last_page(self) -> str:
        """Close the last part of the document."""
        return self._page()

    def _page(self) -> str:
        wide, high = (_LONG, _SHORT) if self.across else (_SHORT, _LONG)
        laid = ' w:orient="landscape"' if self.across else ""
        edge = self.margin
        return (
            f'<w:sectPr><w:footerReference w:type="default" r:id="{self.foot}"/>'
            f'<w:pgSz w:w="{wide}" w:h="{high}"{laid}/><w:pgMar w:top="{edge}" w:right="{edge}" '
            f'w:bottom="{edge}" w:left="{edge}" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>'
        )

    def _turned(self, across: bool) -> Iterator[str]:
        """Begin a page laid the other way, where it lies another way than asked."""
        if across != self.across:
            yield f"<w:p><w:pPr>{_SPACE}{self._page()}</w:pPr></w:p>"
            self.across = across

    @property
    def room(self) -> int:
        """The width of the text in twentieths of a point."""
        return (_LONG if self.across else _SHORT) - 2 * self.margin

    # --- blocks

    def blocks(self, blocks: Iterable[Block], level: int) -> Iterator[str]:
        for block in blocks:
            if not is_empty(block):
                yield from self._block(block, level)

    def _block(self, block: Block, level: int) -> Iterator[str]:
        if isinstance(block, Section):
            yield from self._section(block, level)
        elif isinstance(block, Paragraph):
            yield self._line(block.words)
        elif isinstance(block, Bullets):
            yield from self._list(block, level, 0)
        elif isinstance(block, Table):
            yield from self._table(block, level)
        elif isinstance(block, Facts):
            for fact in block.facts:
                note = self._runs((Quiet(f" {fact.note}"),)) if fact.note else ""
                told = self._runs((Strong(f"{fact.term}: "),)) + self._runs(fact.value) + note
                yield self._set(told, hang=True)
        elif isinstance(block, Callout):
            yield from self._callout(block, level)
        elif isinstance(block, Details):
            marks = f" ({'; '.join(block.marks)})" if block.marks else ""
            yield self._heading((block.title, Quiet(marks)), level, block.name)
            if block.line:
                yield self._line((Quiet(plain(block.line)),))
            yield from self.blocks(block.blocks, level + 1)
        elif isinstance(block, Figure):
            yield from self._figure(block, level)
        else:
            yield from self._listing(block)

    def _section(self, section: Section, level: int) -> Iterator[str]:
        if level == 1:
            yield from self._turned(section.landscape)
        if not section.title:
            yield from self.blocks(section.blocks, level)
            return
        code: tuple[Span, ...] = (f"{section.code} ",) if section.code else ()
        name = _named(section) if level == 1 else section.name
        yield self._heading((*code, *spans(section.title)), level, name)
        yield from self.blocks(section.blocks, level + 1)

    def _heading(self, words: Words, level: int, name: str) -> str:
        text = self._runs(words)
        return _paragraph(self._marked(name, text), f"Heading{min(level, _DEEPEST)}", self.boxed)

    def _line(self, words: Words) -> str:
        return self._set(self._runs(words))

    def _set(self, runs: str, hang: bool = False) -> str:
        more = self.boxed + ('<w:ind w:left="284" w:hanging="284"/>' if hang else "")
        return _paragraph(runs, self.cell, more)

    def _listing(self, listing: Listing) -> Iterator[str]:
        for line in listing.lines:
            yield self._set(_run(without_unprintable(line), code=True, kept=True))

    def _callout(self, callout: Callout, level: int) -> Iterator[str]:
        """A notice behind a thick line, with what belongs to it."""
        colour = "8A2F3C" if callout.stop else "5B6B79"
        before, self.boxed = (
            self.boxed,
            (f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{colour}"/></w:pBdr>'),
        )
        yield self._line(callout.words)
        yield from self.blocks(callout.blocks, level)
        self.boxed = before
        yield f"<w:p><w:pPr>{_SPACE}</w:pPr></w:p>"

    def _list(self, bullets: Bullets, level: int, depth: int) -> Iterator[str]:
        deep = "" if not depth else f"{min(depth, 2) + 1}"
        number = self._new_number() if bullets.mark == "number" else ""
        for item in bullets.items:
            words = self._runs(item.words)
            if bullets.mark in ("box", "none"):
                box = _run("☐ ") if bullets.mark == "box" else ""
                yield self._set(box + words, hang=True)
            else:
                style = f"{'ListNumber' if number else 'ListBullet'}{deep}"
                yield _paragraph(words, style, number + self.boxed + _TIGHT)
            for under in item.blocks:
                if isinstance(under, Bullets):
                    yield from self._list(under, level, depth + 1)
                elif not is_empty(under):
                    yield from self._block(under, level)

    def _new_number(self) -> str:
        """Begin a numbered list at 1."""
        from docx.oxml.ns import qn

        numbering = self.file.part.numbering_part.element
        style = self.file.styles["List Number"].element.pPr.numPr.numId.val
        [of] = [one for one in numbering.num_lst if one.numId == style]
        num = numbering.add_num(of.abstractNumId.get(qn("w:val")))
        num.add_lvlOverride(ilvl=0).add_startOverride(1)
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num.numId}"/></w:numPr>'

    def _figure(self, figure: Figure, level: int) -> Iterator[str]:
        """A picture as wide as the page, with its words below and the same as a table."""
        if figure.drawings:
            png, wide, high = figure_png(figure)
            most_high = (_SHORT if self.across else _LONG) - 2 * self.margin - 1200
            width = min(self.room, int(wide * 20))
            if width * high / wide > most_high:
                width = int(most_high * wide / high)
            yield _paragraph(self._picture(png, width, int(width * high / wide), figure.alt))
        yield self._line((Quiet(f"{figure.alt} {figure.layout}".strip()),))
        if figure.table and not is_empty(figure.table):
            yield from self._table(figure.table, level)

    def _picture(self, png: bytes, wide: int, high: int, alt: str) -> str:
        """A picture of a width and height in twentieths of a point."""
        name, _ = self.file.part.get_or_add_image(io.BytesIO(png))
        self.pictures += 1
        size = f'cx="{wide * _EMU}" cy="{high * _EMU}"'
        told = escape(clean(alt))
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{self.pictures}" name="Picture {self.pictures}" descr="{told}"/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{self.pictures}" name="{name}" descr="{told}"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{name}"/><a:stretch>'
            f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
            '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    # --- tables

    def _table(self, table: Table, level: int) -> Iterator[str]:
        crowded = len(table.columns) > _CROWDED
        letter = _LETTER_SMALL if crowded else _LETTER
        widths = [int(share * self.room) for share in column_shares(table, self.room / letter)]
        was, self.cell = self.cell, "TableSmall" if crowded else "TableText"
        grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
        rows = []
        if table.headed:
            cells = (
                self._cell(_run(clean(column.title), bold=True), wide, column.kind in NUMERIC, True)
                for column, wide in zip(table.columns, widths, strict=True)
            )
            rows.append(
                f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"
            )
        for row in table.rows:
            rows += self._row(table, row, widths, level)
        self.cell = was
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        yield (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}'
            '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/>'
            '<w:right w:w="70" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="04A0" w:firstRow="1" '
            f'w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
            f"<w:p><w:pPr>{_SPACE}</w:pPr></w:p>"
        )

    def _row(self, table: Table, row: Row, widths: Sequence[int], level: int) -> Iterator[str]:
        """A row, and what is said of it below over its whole width."""
        cells = []
        for at, (column, words) in enumerate(
            zip(table.columns, (row.named, *row.cells[1:]), strict=True)
        ):
            named = not at and not any(isinstance(one, Strong) for one in spans(words))
            runs = self._runs(words, bold=named and column.kind not in NUMERIC)
            text = self._marked(row.id, runs) if not at else runs
            cells.append(self._cell(text, widths[at], column.kind in NUMERIC))
        letters = sum(len(plain(cell)) for cell in row.cells)
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if letters <= _WHOLE else ""
        yield f"<w:tr>{whole}{''.join(cells)}</w:tr>"
        said = [self._line(row.note)] if plain(row.note).strip() else []
        said += self.blocks(row.under, level + 1)
        if said:
            if not said[-1].startswith("<w:p>"):
                said.append(f"<w:p><w:pPr>{_SPACE}</w:pPr></w:p>")
            yield (
                f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>'
                f'<w:gridSpan w:val="{len(widths)}"/></w:tcPr>{"".join(said)}</w:tc></w:tr>'
            )

    def _cell(self, runs: str, wide: int, right: bool, title: bool = False) -> str:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>' if title else ""
        side = '<w:jc w:val="right"/>' if right else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}</w:tcPr>'
            f"{_paragraph(runs, self.cell, side)}</w:tc>"
        )

    # --- words

    def _marked(self, name: str, runs: str) -> str:
        """Runs with the bookmark of a name about them, where it is the first of that name."""
        if not name or name in self.marks:
            return runs
        self.marks.add(name)
        number = len(self.marks)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(name)}"/>{runs}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _runs(self, words: Words, bold: bool = False) -> str:
        return "".join(self._span(span, bold) for span in spans(words))

    def _span(self, span: Span, bold: bool) -> str:
        if isinstance(span, str):
            return _run(span, bold=bold)
        if isinstance(span, Strong):
            return _run(span.text, bold=True)
        if isinstance(span, Quiet):
            return _run(span.text, quiet=True)
        if isinstance(span, Code):
            return _run(span.text, code=True)
        if isinstance(span, Break):
            return "<w:r><w:br/></w:r>"
        if isinstance(span, Gauge):
            state = _run(f" {span.state}", bold=True) if span.state else ""
            return _run(span.used, bold=bold) + state
        if isinstance(span, Link):
            if span.address.startswith("#"):
                return _anchor(span.address[1:], _run(span.text, link=True))
            to = self.file.part.relate_to(clean(span.address), _HYPERLINK, is_external=True)
            return f'<w:hyperlink r:id="{to}">{_run(span.text, link=True)}</w:hyperlink>'
        return _run(span.text, bold=bold)


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HYPERLINK = f"{_R}/hyperlink"
_SPACE = '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
_TIGHT = '<w:spacing w:after="20"/>'


def _named(section: Section) -> str:
    """Give what a link to a section at the top leads to."""
    return section.name or f"section-{_title(section)}"


def _title(section: Section) -> str:
    return clean(f"{section.code} {plain(section.title)}")


def _paragraph(runs: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{runs}</w:p>"


def _anchor(name: str, runs: str) -> str:
    return f'<w:hyperlink w:anchor="{bookmark(name)}">{runs}</w:hyperlink>'


def _field(what: str) -> str:
    return f'<w:fldSimple w:instr=" {what} ">{_run("1", quiet=True)}</w:fldSimple>'


def _run(
    text: str,
    bold: bool = False,
    quiet: bool = False,
    code: bool = False,
    link: bool = False,
    kept: bool = False,
) -> str:
    """Text as it stands in a paragraph; `kept`: its spaces too."""
    if not kept:
        made = clean(text)
        text = f"{' ' * text[:1].isspace()}{made}{' ' * (text[-1:].isspace() and bool(made))}"
    looks = ""
    if code:
        looks += '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>'
    if bold:
        looks += "<w:b/>"
    if quiet or link:
        looks += f'<w:color w:val="{_DARK if link else _QUIET}"/>'
    if link:
        looks += '<w:u w:val="single"/>'
    return (
        f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'
        if text
        else ""
    )


__all__ = ["as_docx", "bookmark"]

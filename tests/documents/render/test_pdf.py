"""A document as an accessible PDF: what a PDF reader reads of it again."""

from __future__ import annotations

import io

from pypdf import PdfReader

from termwise.engine.documents.render.pdf import as_pdf
from termwise.engine.documents.tree import (
    Block,
    Bullets,
    Callout,
    Column,
    Details,
    Document,
    Drawing,
    Figure,
    Link,
    ListItem,
    Paragraph,
    Row,
    Section,
    Table,
    items,
)

DRAWN = Drawing(
    '<svg viewBox="0 0 60 20" width="60" height="20"><rect width="9" height="9"/></svg>'
)


def read(*blocks: Block) -> PdfReader:
    return PdfReader(io.BytesIO(as_pdf(Document("Hillside", blocks))))


def text(*blocks: Block) -> str:
    return " ".join(page.extract_text() for page in read(*blocks).pages)


def table(*rows: Row) -> Table:
    columns = (Column("Step"), Column("Cost", "pounds"))
    return Table(columns, rows or (Row(("Talk", "£9"), "step-talk"),))


def test_the_same_document_makes_the_same_bytes_and_is_signed() -> None:
    document = Document("Hillside", (Section("One", (table(), Figure((DRAWN,), "A square."))),))
    assert as_pdf(document) == as_pdf(document)
    assert as_pdf(document).endswith(b"Written by termwise.\n")


def test_it_is_tagged_with_its_title_and_language() -> None:
    reader = read(Paragraph("So."))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert str(root["/Lang"]) == "en-GB"
    assert reader.metadata is not None and reader.metadata.title == "Hillside"
    assert b"pdfuaid" in as_pdf(Document("Hillside", ()))


def test_every_kind_of_block_is_told() -> None:
    told = text(
        Callout("It does not fit.", True, (Bullets(items(["why"])),)),
        Section("Plan", (Details("A step", (Paragraph("So."),), ("light form",), "step-x"),)),
        Bullets((ListItem("first", (Bullets(items(["under it"])),)),), mark="number"),
        table(Row(("Talk", "£9"), note="Only talk.")),
        Figure((DRAWN, DRAWN), "Two squares."),
        Paragraph((Link("A step", "#step-x"), " and ", Link("nowhere", "#not-there"))),
    )
    for said in ("It does not fit.", "why", "Plan", "A step (light form)", "1. first", "under it"):
        assert said in told
    for said in ("Step Cost", "Talk", "£9", "Only talk.", "Two squares.", "A step and nowhere"):
        assert said in told


def test_a_wide_section_lies_across() -> None:
    pages = read(Paragraph("First."), Section("Wide", (table(),), landscape=True)).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True]


def test_words_of_a_school_are_text_whatever_is_in_them() -> None:
    said = '#panic("x") $1+1$ *bold* <a> \\u{41} [x] @ref \x1b[31m'
    told = text(Paragraph(said), Bullets(items([said])), table(Row((said, said))))
    assert told.count('#panic("x") $1+1$ *bold* <a>') >= 2
    assert "@ref" in told

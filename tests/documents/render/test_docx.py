"""A document as a Word file: what python-docx reads of it again."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn

from termwise.engine.documents.render.docx import as_docx, bookmark
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


def made(*blocks: Block, private: bool = False) -> WordFile:
    raw = as_docx(Document("Hillside", blocks, private=private))
    return docx.Document(io.BytesIO(raw))


def table(*rows: Row) -> Table:
    columns = (Column("Step"), Column("Lead", share=0.3), Column("Cost", "pounds"))
    return Table(columns, rows or (Row(("Talk", "Head", "£9"), "step-talk"),))


def test_the_same_document_makes_the_same_bytes_without_an_hour_in_them() -> None:
    document = Document("Hillside", (Section("One", (table(), Figure((DRAWN,), "A square."))),))
    assert as_docx(document) == as_docx(document)
    with zipfile.ZipFile(io.BytesIO(as_docx(document))) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:created" not in parts.read("docProps/core.xml")


def test_titles_are_headings_of_their_level() -> None:
    file = made(Section("Plan", (Section("Autumn", (Details("A step", (Paragraph("So."),)),)),)))
    styles = {one.text: one.style.name for one in file.paragraphs if one.style}
    assert styles["Hillside"] == "Title"
    assert [styles[one] for one in ("Plan", "Autumn", "A step")] == [
        "Heading 1",
        "Heading 2",
        "Heading 3",
    ]


def test_contents_are_written_out_and_lead_to_their_sections() -> None:
    sections = tuple(Section(f"Part {n}", (Paragraph("So."),), name=f"part-{n}") for n in range(8))
    file = made(*sections)
    entries = [one for one in file.paragraphs if one.style and one.style.name == "toc 1"]
    assert [one.hyperlinks[0].text for one in entries] == [one.title for one in sections]
    marks = {one.get(qn("w:name")) for one in file.element.body.iter(qn("w:bookmarkStart"))}
    assert {one.hyperlinks[0].fragment for one in entries} <= marks


def test_a_table_repeats_its_titles_and_every_row_has_the_bookmark_of_its_id() -> None:
    [found] = made(table()).tables
    assert [cell.text for cell in found.rows[0].cells] == ["Step", "Lead", "Cost"]
    assert found.rows[0]._tr.trPr is not None
    assert found.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    [mark] = found.rows[1]._tr.iter(qn("w:bookmarkStart"))
    assert mark.get(qn("w:name")) == bookmark("step-talk") == "step_talk"


def test_columns_are_as_wide_as_their_cells_and_together_as_the_page() -> None:
    [found] = made(table()).tables
    widths = [column.width for column in found.columns]
    assert [cell.width for cell in found.rows[1].cells] == widths
    assert sum(int(one or 0) for one in widths) / 914400 > 6.8  # inches of A4 between its margins


def test_what_is_said_of_a_row_stands_below_it_over_its_whole_width() -> None:
    [found] = made(table(Row(("Talk", "Head", "£9"), note="Only talk."))).tables
    assert {cell.text for cell in found.rows[2].cells} == {"Only talk."}


def test_a_wide_section_lies_across_and_what_follows_does_not() -> None:
    file = made(
        Paragraph("First."),
        Section("Wide", (table(),), landscape=True),
        Section("After", (Paragraph("Last."),)),
    )
    laid = [int(one.page_width or 0) > int(one.page_height or 0) for one in file.sections]
    assert laid == [False, True, False]


def test_a_picture_has_its_words_as_alternative_text() -> None:
    file = made(Figure((DRAWN, DRAWN), "Two squares."))
    [picture] = file.inline_shapes
    assert picture._inline.docPr.get("descr") == "Two squares."


def test_the_language_and_the_foot_of_every_page_are_set() -> None:
    file = made(Paragraph("So."), private=True)
    [language] = file.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
    foot = file.sections[0].footer.paragraphs[0]
    assert "keep it within the school" in foot.text
    assert {one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))} == {
        " PAGE ",
        " NUMPAGES ",
    }


def test_each_numbered_list_begins_at_one() -> None:
    file = made(*(Bullets(items(["a", "b"]), mark="number") for _ in range(2)))
    numbers = {one.get(qn("w:val")) for one in file.element.body.iter(qn("w:numId"))}
    assert len(numbers) == 2


def test_words_of_a_school_are_text_whatever_is_in_them() -> None:
    said = '<w:p>&amp; "quoted" \x0b\x1b[31m=1+1'
    file = made(
        Paragraph((Link(said, "https://x.example/?a=1&b=<2>"),)),
        Callout(said, blocks=(Bullets((ListItem(said, (Bullets(items([said])),)),)),)),
    )
    texts = [one.text for one in file.paragraphs if one.text and one.text != "Hillside"]
    assert set(texts) == {'<w:p>&amp; "quoted" =1+1'}
    assert len(texts) == 4


def test_a_bookmark_is_short_and_one_for_each_id() -> None:
    long = [f"step-accelerating-progress-in-class-for-{one}" for one in ("maths", "writing")]
    names = {bookmark(one) for one in (*long, "1-step", "a.b", "a-b c")}
    assert len(names) == 5
    assert all(len(one) <= 40 and one[0].isalpha() for one in names)

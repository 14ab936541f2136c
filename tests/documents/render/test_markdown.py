"""A document as Markdown: what can't stand in a cell, in a heading or in a quotation stands by it."""

from __future__ import annotations

from termwise.engine.documents.render.markdown import as_markdown
from termwise.engine.documents.tree import (
    Block,
    Box,
    Bullets,
    Callout,
    Column,
    Details,
    Document,
    Drawing,
    Figure,
    Gauge,
    Link,
    Paragraph,
    Row,
    Section,
    Table,
    items,
)


def text(*blocks: Block) -> str:
    return as_markdown(Document("Hillside", blocks))


def test_what_is_said_of_a_row_comes_after_the_table_under_its_name() -> None:
    rows = (
        Row(("Pool", "£9"), note="Only for teaching.", under=(Bullets(items(["why"])),)),
        Row(("Grant", "£1"), marks=("★", "")),
    )
    told = text(Table((Column("Line"), Column("Left", "pounds")), rows))
    assert told.endswith("| ★ Grant | £1 |\n\n- **Pool**: Only for teaching.\n  - why\n")


def test_details_are_a_heading_of_their_depth_with_their_marks_and_their_line() -> None:
    under = (Section("Why", (Paragraph("So."),)),)
    told = text(Section("Autumn", (Details("A step", under, ("light form",), "x", "It is."),)))
    assert "## Autumn\n\n### A step (light form)\n\nIt is.\n\n#### Why\n\nSo.\n" in told


def test_all_of_a_callout_is_quoted() -> None:
    told = text(Callout("It does not fit.", True, (Bullets(items(["a", "b"])),)))
    assert "\n> It does not fit.\n>\n> - a\n> - b\n" in told


def test_a_link_within_the_document_is_its_words() -> None:
    told = text(Paragraph((Link("A step", "#step-x"), ", ", Link("page", "https://x.example"))))
    assert "\nA step, [page](<https://x.example>)\n" in told


def test_a_box_is_a_sign_with_its_words() -> None:
    assert "\n☐ kept ☐\n" in text(Paragraph((Box("kept"), " ", Box(""))))


def test_a_gauge_is_its_words_and_what_has_to_be_seen_stands_out() -> None:
    told = text(Paragraph((Gauge("5 of 4", 1.25, "over"), " and ", Gauge("1 of 4", 0.25))))
    assert "\n5 of 4 **over** and 1 of 4\n" in told


def test_a_drawing_without_a_table_is_told_as_its_list() -> None:
    figure = Figure((Drawing("<svg/>"),), "2 steps.", listed=Bullets(items(["One", "Two"])))
    assert text(figure).split("\n\n", 1)[1] == "2 steps.\n\n- One\n- Two\n"

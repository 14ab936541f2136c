"""The tree of a document in each format: every block, what is escaped, and how wide text is."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from typing import get_args

import pytest
from click.testing import CliRunner

from termwise.cli import main
from termwise.engine.documents import tree
from termwise.engine.documents.argument_lines import cited
from termwise.engine.documents.render.csv import as_csv
from termwise.engine.documents.render.formats import FORMATS
from termwise.engine.documents.render.html import as_html
from termwise.engine.documents.render.markdown import as_markdown
from termwise.engine.documents.render.plain_text import as_text
from termwise.engine.documents.tree import (
    Bullets,
    Callout,
    Code,
    Column,
    Details,
    Document,
    Drawing,
    Fact,
    Facts,
    Figure,
    Link,
    Listing,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Strong,
    Table,
    items,
)

TABLE = Table(
    (Column("Step"), Column("Cost", "pounds"), Column("Due", "date", share=0.2)),
    (Row(("Coaching", "£1,200", "1 May 2027"), id="coaching"), Row(("Moderation", "£90", ""))),
)
BLOCKS: dict[str, tuple[tree.Block, tuple[str, ...]]] = {
    "Paragraph": (Paragraph(("It is ", Strong("firm"), ".")), ("It is", "firm")),
    "Bullets": (
        Bullets((ListItem("A reason", (Bullets(items(["what it read"])),)), ListItem("Another"))),
        ("A reason", "what it read", "Another"),
    ),
    "Table": (TABLE, ("Step", "Coaching", "£1,200", "Moderation")),
    "Facts": (Facts((Fact("Lead", "Headteacher", "A note."),)), ("Lead", "Headteacher", "A note.")),
    "Callout": (Callout("Does not fit.", stop=True), ("Does not fit.",)),
    "Details": (
        Details("A pupil", (Paragraph("Reads less."),), marks=("at risk",)),
        ("A pupil", "at risk", "Reads less."),
    ),
    "Figure": (
        Figure((Drawing("<svg></svg>"),), "The curve is flat.", TABLE),
        ("The curve is flat.", "£90"),
    ),
    "Listing": (Listing(("given:", "  roll: 90")), ("given:", "  roll: 90")),
    "Section": (Section("Why then", (Paragraph("Time."),), code="R-1"), ("Why then", "R-1")),
}


class _Page(HTMLParser):
    """What a browser would show of a page, and whether every element is closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shown, self.open, self.tags = "", list[str](), list[str]()
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br", "col", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["title"]):
            self.shown += data


def document(*blocks: tree.Block, **fields: bool) -> Document:
    return Document("Hillside", blocks, **fields)


def test_every_kind_of_block_is_shown_here() -> None:
    assert {kind.__name__ for kind in get_args(tree.Block)} == BLOCKS.keys()


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_says_the_same_in_text_markdown_and_html(name: str) -> None:
    block, said = BLOCKS[name]
    shown = {
        "text": as_text(document(block)),
        "md": as_markdown(document(block)).replace("\\", ""),
        "html": _Page(as_html(document(block))).shown,
    }
    if name == "Figure":
        assert "<svg>" not in shown["text"] + shown["md"]
        assert 'aria-label="The curve is flat."' in as_html(document(block))
    for form, text in shown.items():
        assert "Hillside" in text
        for words in said:
            assert words in text, f"{words} in {form}"


HOSTILE = "a <b>&amp; | *star* _line_ [x](y) `code` # \\ \n- next\n1. first"


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(HOSTILE),
        Paragraph((Strong(HOSTILE), Quiet(HOSTILE), Code(HOSTILE), Link(HOSTILE, "a>b"))),
        Bullets((ListItem(HOSTILE, (Paragraph(HOSTILE),)),)),
        Table((Column(HOSTILE), Column(HOSTILE)), (Row((HOSTILE, HOSTILE), id=HOSTILE),)),
        Facts((Fact(HOSTILE, HOSTILE, HOSTILE),)),
        Callout(HOSTILE),
        Details(HOSTILE, (), marks=(HOSTILE,)),
        Section(HOSTILE, (Paragraph("There."),), name="x"),
        Listing(tuple(HOSTILE.split("\n"))),
    ],
    ids=lambda block: type(block).__name__,
)
def test_words_are_never_taken_for_html(block: tree.Block) -> None:
    page = _Page(as_html(document(block)))
    assert "a <b>&amp; | *star* _line_ [x](y) `code` # \\" in page.shown
    bold = isinstance(block, Details) or (
        isinstance(block, Paragraph) and not isinstance(block.words, str)
    )
    assert page.tags.count("b") == bold  # what stands out does so by itself


def test_words_are_never_taken_for_markdown() -> None:
    text = as_markdown(document(Paragraph(HOSTILE), Paragraph("1. one"), Paragraph("- dash")))
    assert "a \\<b\\>&amp; \\| \\*star\\* \\_line\\_ \\[x\\](y) \\`code\\` \\# \\\\ - next" in text
    assert "\n1\\. one\n" in text
    assert "\n\\- dash\n" in text


def test_a_cell_is_never_more_than_one_cell_of_markdown() -> None:
    text = as_markdown(document(Table((Column("a"), Column("b")), (Row((HOSTILE, "c")),))))
    last = text.splitlines()[-1]
    assert last.replace("\\|", "").count("|") == 3
    assert last.endswith("| c |")


def test_lines_to_be_copied_stay_in_their_fence() -> None:
    text = as_markdown(document(Listing(("```", "# no title", "````"))))
    assert text.endswith("`````\n```\n# no title\n````\n`````\n")


def test_columns_of_numbers_are_set_to_the_right() -> None:
    assert as_text(document(TABLE)).splitlines()[1:] == [
        "Step          Cost  Due",
        "----------  ------  --------------------",
        "Coaching    £1,200  1 May 2027",
        "Moderation     £90",
    ]
    assert "| --- | ---: | --- |" in as_markdown(document(TABLE))
    assert '<td class="num" data-t="Cost">£1,200</td>' in as_html(document(TABLE))
    assert '<tr id="coaching">' in as_html(document(TABLE))


@pytest.mark.parametrize("width", [40, 72, 100])
def test_text_is_no_wider_than_asked_for(width: int) -> None:
    told = "Two classes of one year group read less well than they did a half-term ago. " * 4
    nested = Bullets((ListItem(told, (Bullets(items([told]), mark="none"), Paragraph(told))),))
    numbered = Bullets(items([told, told]), mark="number", spaced=True)
    lines = as_text(
        document(Paragraph(told), nested, numbered, Section(told, (Facts((Fact("A", told),)),))),
        width,
    ).splitlines()
    assert max(map(len, lines)) <= width
    assert max(map(len, lines)) > width - 12


def test_what_stands_under_an_item_stands_under_its_words() -> None:
    under = Bullets(items(["deeper"]), mark="none")
    assert as_text(
        document(
            Bullets((ListItem("one", (under,)), ListItem("two", (Paragraph("more"),)))),
            Section("", (Bullets(items("ab"), mark="number", indent=0, spaced=True),)),
        )
    ).splitlines() == [
        "Hillside",
        "  - one",
        "      deeper",
        "  - two",
        "    more",
        "",
        "1. a",
        "",
        "2. b",
    ]


def test_words_are_kept_whole_where_a_document_asks_for_it() -> None:
    told = Paragraph("termwise why-not-this")
    assert "termwise why-\nnot-this" in as_text(document(told), 14)
    assert "termwise\nwhy-not-this" in as_text(document(told, whole_words=True), 14)


def test_a_section_with_nothing_in_it_is_left_out() -> None:
    empty = Section("Nothing", (Bullets(()), Section("Nor here", (Paragraph(""),))), name="none")
    for form in ("text", "md", "html"):
        assert "No" not in FORMATS[form](document(empty))


def test_where_something_was_read_stands_back_on_a_page_and_is_told_everywhere() -> None:
    told = Paragraph(cited("Two or more.", " [pupils.csv:3]"))
    assert "Two or more. [pupils.csv:3]\n" in as_text(document(told))
    assert "Two or more. \\[pupils.csv:3\\]\n" in as_markdown(document(told))
    assert 'Two or more.<span class="quiet"> [pupils.csv:3]</span>' in as_html(document(told))


def test_a_page_loads_and_runs_nothing() -> None:
    page = as_html(document(Paragraph("There."), private=True))
    assert "default-src 'none'" in page
    assert "keep it within the school" in page


def test_a_table_as_csv_holds_no_formula() -> None:
    cells = ("=1+1", "+1", "-1", "@sum", "＝1", " =1", "plain", 'a "b", c')
    rows = tuple(Row((cell, str(at))) for at, cell in enumerate(cells))
    text = as_csv(document(Table((Column("what"), Column("at", "number")), rows)))
    read = list(csv.reader(io.StringIO(text)))
    assert read[0] == ["what", "at"]
    assert [row[0] for row in read[1:]] == [
        *("'=1+1", "'+1", "'-1", "'@sum", "'＝1", "' =1", "plain", 'a "b", c'),
    ]


def test_what_is_more_than_a_table_is_no_csv() -> None:
    with pytest.raises(ValueError, match="Hillside is no table"):
        as_csv(document(TABLE, TABLE))


def test_json_of_an_answer_is_its_record() -> None:
    found = CliRunner().invoke(main, ["rules", "test", "SCR-01", "--format", "json"])
    assert json.loads(found.output)["rules"] == 1

"""A document as a page: what folds, what stands side by side, and how wide a table is."""

from __future__ import annotations

from termwise.engine.documents.render.html import as_html
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
    Quiet,
    Row,
    Section,
    Table,
    items,
)


def page(*blocks: Block) -> str:
    return as_html(Document("Hillside", blocks)).partition("<body>")[2]


def table(rows: int, share: float = 0) -> Table:
    columns = (Column("Step", share=share), Column("Lead"))
    return Table(columns, tuple(Row((f"Step {n}", "Head"), f"row-{n}") for n in range(rows)))


def test_a_table_is_as_wide_as_it_needs_unless_a_column_asks_for_a_share() -> None:
    assert '<div class="scroll fit"><table class="stack">' in page(table(2))
    wide = page(table(2, share=0.4))
    assert '<table class="stack wide"><colgroup><col width="40%"><col></colgroup>' in wide


def test_a_long_table_of_what_is_drawn_is_to_be_opened_and_a_short_one_stands_open() -> None:
    drawn = (Drawing("<svg></svg>"),)
    folded = "<summary>The same as a table</summary>"
    assert folded in page(Figure(drawn, "A chart.", table(30)))
    assert folded not in page(Figure(drawn, "A chart.", table(3)))
    assert folded not in page(Figure((), "No chart.", table(30)))


def test_a_key_stands_above_its_drawing_and_not_without_it() -> None:
    key = (("<path/>", "needed first"),)
    assert "<path/></svg> needed first" in page(Figure((Drawing("<svg></svg>"),), "A.", None, key))
    assert "needed first" not in page(Figure((), "A.", table(1), key))


def test_several_drawings_have_titles_of_their_own() -> None:
    shown = page(Figure((Drawing("<svg></svg>", "Head", "full"), Drawing("<svg></svg>")), "Time."))
    assert '<figcaption><b>Head</b> <span class="quiet">full</span></figcaption><svg>' in shown


def test_short_lists_in_details_stand_side_by_side_and_nested_ones_do_not() -> None:
    short = [Section(title, (Bullets(items(["one"])),)) for title in ("Milestones", "Success")]
    assert page(Details("A step", tuple(short))).count('<div class="two">') == 1
    assert '<div class="two">' not in page(Details("A step", (short[0],)))
    assert '<div class="two">' not in page(*short)


def test_details_show_their_marks_their_line_and_their_colour() -> None:
    shown = page(Details("A step", (), ("light form",), "step-x", "The head leads.", 2))
    assert '<details class="step s2-edge" id="step-x">' in shown
    assert '<span class="pill">light form</span><span class="quiet">The head leads.' in shown


def test_what_is_said_of_a_row_stands_under_its_name() -> None:
    row = Row(("Pool", "£9"), "pool", note="Only for teaching.", under=(Bullets(items(["a"])),))
    shown = page(Table((Column("Line"), Column("Left", "pounds")), (row,)))
    assert 'Pool<p class="quiet">Only for teaching.</p>\n<ul><li>a</li></ul>\n</th>' in shown


def test_a_gauge_is_a_bar_that_says_in_words_when_it_is_over() -> None:
    shown = page(Paragraph((Gauge("5 of 4", 1.25, "over"), Gauge("1 of 4", 0.25))))
    assert '<span class="gauge over">5 of 4 <b>over</b>' in shown
    assert '<rect width="100"' in shown and '<rect width="25"' in shown


def test_a_callout_holds_what_belongs_to_it() -> None:
    shown = page(Callout("It does not fit.", True, (Bullets(items(["why"])),)))
    assert '<div class="box stop">It does not fit.<ul><li>why</li></ul>' in shown


def test_a_paragraph_that_stands_back_as_a_whole_does_so_itself() -> None:
    assert '<p class="quiet">Aside.</p>' in page(Paragraph((Quiet("Aside."),)))


def test_a_box_can_be_ticked_on_paper() -> None:
    shown = page(Paragraph((Box("kept"), " ", Box(""))))
    assert '<span class="tick"></span>kept</span>' in shown and shown.count('class="tick"') == 2


def test_a_sheet_is_a_page_of_paper_with_its_notice_in_the_foot() -> None:
    blocks = (Paragraph("When."), Section("1. Agreed", (Paragraph("So."),)), Callout("Keep it."))
    shown = as_html(Document("A meeting", blocks, sheet=True))
    assert "@page { size: A4" in shown
    assert "<header><h1>A meeting</h1><p>When.</p>" in shown
    assert '<footer class="quiet">Keep it.</footer>' in shown
    assert 'id="main"' not in shown and 'id="main"' in as_html(Document("A meeting", blocks))


def test_what_is_closed_can_be_opened_all_at_once_without_a_script() -> None:
    assert 'id="open-all"' in page(Details("A step", (Paragraph("So."),)))
    assert 'id="open-all"' not in page(Paragraph("So."))


def test_a_page_begins_with_a_way_past_its_head() -> None:
    shown = page(Paragraph("So."))
    assert shown.index('href="#main"') < shown.index("<header>") < shown.index('<main id="main"')


def test_what_may_scroll_is_reached_by_the_keyboard() -> None:
    def table(columns: int) -> str:
        cells = tuple(f"c{number}" for number in range(columns))
        return page(Table(tuple(map(Column, cells)), (Row(cells),)))

    assert 'tabindex="0" role="group" aria-label="Table: c0, c1' in table(5)
    assert 'role="group"' not in table(4)
    assert 'class="stack many"' in table(9) and 'class="stack many"' not in table(8)


def test_a_drawing_is_a_list_where_the_page_is_narrow() -> None:
    figure = Figure((Drawing("<svg></svg>"),), "Two steps.", listed=Bullets(items(("First",))))
    assert '<div class="narrow"><ul><li>First</li></ul>' in page(figure)


def test_in_print_what_is_to_be_printed_across_is_and_many_sections_have_a_front_page() -> None:
    def sections(many: int) -> str:
        told = (Paragraph("So."),)
        return page(*(Section(f"S{n}", told, name=f"s{n}", landscape=n == 1) for n in range(many)))

    assert sections(8).count('class="across"') == 1 and 'class="front"' not in sections(8)
    assert 'class="front"' in sections(9)


def test_a_link_within_the_page_leads_to_its_name() -> None:
    assert '<a href="#step-x">A step</a>' in page(Paragraph((Link("A step", "#step-x"),)))

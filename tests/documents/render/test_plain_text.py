"""A document as plain text: columns as wide as their share, marks in their places, what is shortened."""

from __future__ import annotations

from termwise.engine.documents.render.plain_text import as_text
from termwise.engine.documents.tree import (
    Block,
    Bullets,
    Column,
    Details,
    Document,
    Drawing,
    Figure,
    Paragraph,
    Row,
    Table,
    items,
)


def lines(*blocks: Block, width: int = 60, fit: bool = False) -> list[str]:
    return as_text(Document("Hillside", blocks), width, fit).splitlines()[1:]


STEPS = Table(
    (Column("Step"), Column("Lead", share=0.2), Column("Cost", "pounds", share=0.1)),
    (
        Row(("Coaching", "Head", "£9"), "a", ("?", "*")),
        Row(("Visits", "SENCO", "£10"), "b", ("", "*")),
    ),
    headed=False,
)


def test_a_column_is_as_wide_as_its_share_and_the_one_without_has_what_is_left() -> None:
    told = lines(STEPS)
    assert told == [
        "?* Coaching" + " " * 27 + "  Head        " + "      £9",
        " * Visits" + " " * 29 + "  SENCO       " + "     £10",
    ]
    assert {len(line) for line in told} == {60}


def test_a_narrow_terminal_gets_a_long_cell_on_lines_of_its_own() -> None:
    long = Table(STEPS.columns, (Row(("a step with a long title in words", "Head", "£9")),))
    told = lines(long, width=40, fit=True)[2:]
    assert len(told) == 2 and max(map(len, told)) <= 40


def test_what_is_said_of_a_row_comes_after_the_table() -> None:
    table = Table(
        (Column("Line"), Column("Left")), (Row(("Pool", "£9"), note="Only for teaching."),)
    )
    assert lines(table)[-1] == "- Pool: Only for teaching."


def test_a_paragraph_is_shortened_to_the_lines_it_may_have() -> None:
    told = lines(Paragraph("word " * 60, most=2))
    assert len(told) == 2 and told[-1].endswith("…")


def test_details_stand_under_their_title_and_line() -> None:
    told = lines(Details("A step", (Paragraph("Reads."),), ("light",), "x", "The head leads."))
    assert told == ["A step (light)", "  The head leads.", "  Reads."]


def test_a_table_far_too_wide_for_a_line_is_told_row_by_row() -> None:
    columns = (Column("Step"), Column("What"), Column("Cost", "pounds"))
    wide = Table(columns, (Row(("Talk", "long " * 80, ""), "talk"),))
    told = as_text(Document("A plan", (wide,))).splitlines()
    assert told[1].startswith("Step: Talk") and told[2].startswith("  What: long long")
    assert max(map(len, told)) <= 100 and not any("Cost" in line for line in told)


def test_a_drawing_without_a_table_is_told_as_its_list() -> None:
    figure = Figure((Drawing("<svg/>"),), "2 steps.", listed=Bullets(items(["One", "Two"])))
    told = as_text(Document("D", (figure,)))
    assert told.index("2 steps.") < told.index("- One") < told.index("- Two")

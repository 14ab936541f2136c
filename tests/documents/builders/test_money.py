"""What money and time buy: the lines, what more would buy, and the curve with the table of the same."""

from __future__ import annotations

from termwise.engine.documents.builders.money import money_document
from termwise.engine.documents.tree import Document, Figure, Section, Table, is_empty, texts
from tests import made_up_money


def _section(document: Document, name: str) -> Section:
    [found] = [one for one in document.blocks if isinstance(one, Section) and one.name == name]
    return found


def test_a_line_stands_with_what_is_left_of_it_and_its_rule() -> None:
    [table] = _section(money_document(made_up_money.money()), "lines").blocks
    assert isinstance(table, Table)
    assert table.rows[0].cells == ("Pool, 2026-27", "£2,700", "£4,000", "£1,300")
    assert table.rows[0].note == "Only for teaching."


def test_the_curve_has_a_table_of_every_budget_that_was_tried() -> None:
    report = made_up_money.money()
    [figure] = [
        block
        for block in _section(money_document(report), "curve").blocks
        if isinstance(block, Figure)
    ]
    assert figure.table is not None and len(figure.table.rows) == len(report.curve)
    assert len(figure.drawings) == 1


def test_what_it_costs_and_where_more_buys_nothing_is_said_once() -> None:
    told = [one for block in money_document(made_up_money.money()).blocks for one in texts(block)]
    for words in ("£1,800 invested in preparing", "more money hardly buys more"):
        assert sum(words in one for one in told) == 1, words


def test_more_time_says_what_it_would_bring_and_more_money_that_it_brings_nothing() -> None:
    document = money_document(made_up_money.money())
    assert any("10.7 % more value" in text for text in texts(_section(document, "time")))
    assert "Nothing more from: Pool, 2026-27." in list(texts(_section(document, "money")))


def test_without_a_curve_or_steps_there_is_no_section_of_them() -> None:
    bare = made_up_money.money().model_copy(update={"curve": (), "steps": (), "lines": ()})
    names = [
        block.name
        for block in money_document(bare).blocks
        if isinstance(block, Section) and not is_empty(block)
    ]
    assert not {"curve", "steps", "lines"} & set(names)

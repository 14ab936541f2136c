"""The columns of a table share a page: the longest word first, then what they ask for."""

from __future__ import annotations

import pytest

from termwise.engine.documents.render.column_widths import column_shares
from termwise.engine.documents.tree import Column, Row, Table


def table(cells: tuple[str, ...], *shares: float) -> Table:
    columns = tuple(Column(f"T{at}", share=share) for at, share in enumerate(shares))
    return Table(columns, (Row(cells, "row"),))


def test_shares_are_one_together() -> None:
    found = column_shares(table(("a b c", "some words here", "x"), 0, 0, 0.2), 80)
    assert sum(found) == pytest.approx(1) and len(found) == 3


def test_a_column_has_what_it_asks_for() -> None:
    found = column_shares(table(("a", "b"), 0.7, 0), 100)
    assert found[0] == pytest.approx(0.7)


def test_a_word_is_not_broken_for_another_column_s_share() -> None:
    word = "Safeguarding"
    asked, whole = column_shares(table(("a", word), 0.99, 0), 60)
    assert whole * (60 * 0.99 + len(word) + 3) == pytest.approx(len(word) + 3)
    assert asked > whole


def test_of_two_that_ask_for_nothing_the_longer_has_more() -> None:
    short, long = column_shares(table(("a few", "a good many more words than that"), 0, 0), 100)
    assert long > short

"""Rows are a table of the columns that are asked for, with how many there are."""

from __future__ import annotations

from termwise.engine.documents import rendered
from termwise.engine.documents.builders.listing import rows_document


def test_only_what_is_asked_for_is_shown_and_all_rows_are_counted() -> None:
    rows = [{"id": "a", "title": "One", "more": 1}, {"id": "b", "title": "Two", "more": 2}]
    told = rendered(rows_document("Rows", rows, ("id", "more")), "csv")
    assert told.splitlines() == ["id,more", "a,1", "b,2"]
    assert "2 in all" in rendered(rows_document("Rows", rows, ("id",)), "text")

"""The table of budget lines: what is left stands beside what is planned, and a reason is given once."""

from __future__ import annotations

from termwise.engine.documents.builders.budget_lines import budget_lines
from termwise.engine.planning.model import BudgetUse


def use(line: str, planned: int, **more: object) -> BudgetUse:
    given = {"title": line.capitalize(), "year": "2026-27", "planned": planned, "available": 900}
    return BudgetUse.model_validate({"line": line, **given, **more})


def test_a_row_tells_what_is_planned_what_there_is_and_what_is_left() -> None:
    (row,) = budget_lines([use("books", 250)]).rows
    assert row.cells == ("Books, 2026-27", "£250", "£900", "£650")


def test_a_reason_for_keeping_back_is_given_for_the_first_line_only() -> None:
    kept = {"kept_back": 100, "kept_because": "the budget is in deficit"}
    first, second = budget_lines([use("books", 0, **kept), use("cover", 0, **kept)]).rows
    assert "The budget is in deficit." in str(first.note)
    assert "for the same reason" in str(second.note)


def test_what_is_gone_is_told_where_something_is() -> None:
    none, some = budget_lines([use("books", 0), use("cover", 0, gone=120)]).rows
    assert "was spent" not in str(none.note)
    assert "£120 was spent on what is no longer planned" in str(some.note)

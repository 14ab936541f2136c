"""The curve of what the best plan brings for each budget."""

from __future__ import annotations

from termwise.engine.documents.charts.budget_curve import curve
from termwise.engine.documents.tree import Column, Table
from tests import made_up_money

TABLE = Table((Column("Budget"),), ())


def test_every_budget_is_a_point_and_the_present_one_is_named() -> None:
    [drawing] = curve(made_up_money.money(), TABLE).drawings
    assert drawing.svg.count('class="best"') == 3 and drawing.svg.count('class="found"') == 1
    assert "today: £4,000, 3,000 points" in drawing.svg


def test_with_one_budget_there_is_the_table_alone() -> None:
    report = made_up_money.money()
    figure = curve(report.model_copy(update={"curve": report.curve[:1]}), TABLE)
    assert figure.drawings == () and figure.table is TABLE

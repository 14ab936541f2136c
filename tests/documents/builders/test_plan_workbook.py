"""The plan as a workbook: read back, it adds up to the plan, and every value is that of its formula."""

from __future__ import annotations

import io

import openpyxl
import pytest

from termwise.engine.advise import Advice
from termwise.engine.documents import as_file
from termwise.engine.documents.builders.plan_workbook import PLAN_HASH
from termwise.engine.documents.views import shown, workbook_of
from termwise.engine.documents.words import effort
from termwise.engine.planning import plan_hash, step_codes

EXAMPLES = ("hillside", "little-fen", "carrick-junior")
Rows = list[dict[str, object]]


def read(advice: Advice) -> dict[str, Rows]:
    """Each table by its name, as rows of values by the titles of columns."""
    raw = as_file(workbook_of(shown(advice.plan, advice.school, advice.library)), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    found: dict[str, Rows] = {}
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            titles, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
            found[table.name] = [dict(zip(map(str, titles), row, strict=True)) for row in rows]
    kept = book.custom_doc_props  # type: ignore[attr-defined]
    assert {one.name: one.value for one in kept.props} == {PLAN_HASH: plan_hash(advice.plan)}
    return found


def added(rows: Rows, title: str) -> float:
    return round(sum(float(str(row[title] or 0)) for row in rows), 1)


@pytest.mark.parametrize("school", EXAMPLES)
def test_pounds_and_days_are_those_of_the_plan_in_every_table(
    school: str, all_advice: dict[str, Advice]
) -> None:
    plan = all_advice[school].plan
    tables = read(all_advice[school])
    spent = sum(one.planned for one in plan.budget)
    bought = sum(one.pounds for one in plan.purchases)
    assert added(tables["Costs"], "Pounds") == added(tables["Lines"], "Planned") == spent
    assert added(tables["Steps"], "Cost") == spent - bought
    days = round(sum(map(effort, plan.steps)), 1)
    assert added(tables["Steps"], "Days") == added(tables["Effort"], "Days") == days
    assert added(tables["Load"], "In all") == days
    assert len(tables["Milestones"]) == sum(len(step.milestones) for step in plan.steps)


def test_each_value_is_what_its_formula_adds_up(all_advice: dict[str, Advice]) -> None:
    """The sums that Excel would make, made here: programs believe the values that are written."""
    tables = read(all_advice["hillside"])
    for row in tables["Steps"]:
        own = [one for one in tables["Costs"] if one["Code"] == row["Code"]]
        assert added(own, "Pounds") == row["Cost"]
        own = [one for one in tables["Effort"] if one["Code"] == row["Code"]]
        assert added(own, "Days") == row["Days"]
    for row in tables["Load"]:
        own = [one for one in tables["Effort"] if one["Role"] == row["Role"]]
        assert added(own, "Days") == row["In all"]
        first = [one for one in own if one["Half-term"] == "Autumn 1 2026"]
        assert added(first, "Days") == row["Autumn 1 2026"]


def test_every_step_is_found_again_by_code_and_id(all_advice: dict[str, Advice]) -> None:
    codes = step_codes(all_advice["hillside"].plan)
    for name in ("Steps", "Progress"):
        rows = read(all_advice["hillside"])[name]
        assert {row["Step id"]: row["Code"] for row in rows} == codes

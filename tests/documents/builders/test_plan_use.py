"""What a plan uses: who is over what may be planned, what waits, and what each line is left with."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_use import budget, held_back, peoples_time
from termwise.engine.documents.tree import Figure, Gauge, Table, is_empty, texts
from termwise.engine.documents.words import Names
from tests import made_up_plan


def test_time_over_what_may_be_planned_is_said_and_not_only_shown() -> None:
    plan = made_up_plan.plan()
    [figure] = [b for b in peoples_time(plan, Names(plan)).blocks if isinstance(b, Figure)]
    assert figure.table is not None
    [senco] = [row for row in figure.table.rows if row.id == "time-role-senco"]
    assert senco.cells[2] == (Gauge("2.5 of 2", 1.25, "over"),)


def test_without_anybodys_time_there_is_no_section_of_it() -> None:
    plan = made_up_plan.plan().model_copy(update={"load": ()})
    assert is_empty(peoples_time(plan, Names(plan)))


def test_a_line_says_what_is_left_of_it_and_its_rule() -> None:
    [table] = budget(made_up_plan.plan()).blocks
    assert isinstance(table, Table)
    [row] = table.rows
    assert row.cells == ("Pool, 2026-27", "£2,700", "£4,000", "£1,300")
    assert row.note == "Only for teaching."


def test_what_waits_says_for_what() -> None:
    plan = made_up_plan.plan()
    told = " ".join(texts(held_back(plan, Names(plan))))
    assert "Feedback: Would have started in Autumn 1 2026" in told
    assert is_empty(held_back(plan.model_copy(update={"held_back": ()}), Names(plan)))

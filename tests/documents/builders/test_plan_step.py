"""A step of the plan: its marks, who does what when, and links to the steps it needs."""

from __future__ import annotations

from typing import Any

from termwise.engine.documents.builders.plan_step import step_details
from termwise.engine.documents.tree import Details, Facts, Link, Section, Table, plain, texts
from termwise.engine.documents.words import Names
from termwise.engine.planning.model import Occurrence
from tests import made_up_plan


def _step(**changed: Any) -> Details:
    plan = made_up_plan.plan()
    step = made_up_plan.step("review", "aut1", "aut2", **changed)
    return step_details(step, Names(plan))


def _section(details: Details, title: str) -> Section:
    [found] = [one for one in details.blocks if isinstance(one, Section) and one.title == title]
    return found


def test_its_marks_are_in_words_too() -> None:
    details = _step(must=True, critical=True, form="light", depends_on=("if it were secure",))
    assert details.marks == ("★ must do", "◆ can't slip", "? hangs on a judgement", "light form")
    assert _step().marks == ()


def test_a_needed_step_of_the_plan_is_a_link_and_another_its_id() -> None:
    [facts] = [block for block in _step(needs=("coaching", "x")).blocks if isinstance(block, Facts)]
    [needs] = [fact.value for fact in facts.facts if fact.term == "Needs"]
    assert needs == (Link("Coaching", "#step-coaching"), ", ", "x")


def test_days_stand_under_their_half_terms_with_their_total() -> None:
    [table] = _section(_step(), "Time").blocks
    assert isinstance(table, Table)
    assert [column.title for column in table.columns] == ["Days of", "Autumn 1 2026", "Total"]
    assert [row.cells for row in table.rows] == [("Headteacher", "2", "2")]


def test_a_reason_names_its_rule_and_the_cells_it_read() -> None:
    told = list(texts(_section(_step(), "Why it is in the plan")))
    assert told[1] == "Teachers judge like work differently. (strong, RAF-01)"
    assert told[2].endswith("[cqa.yaml:40:5]")


def test_a_date_says_who_set_it() -> None:
    time = Occurrence(slot="aut1", date=made_up_plan.DAY(2026, 9, 8), fixed=True, follow_ups=())
    told = list(texts(_section(_step(occurrences=(time,)), "Dates")))
    assert told[1:] == ["8 September 2026 (set by the school)"]


def test_the_line_under_its_title_says_strand_lead_days_cost_and_time() -> None:
    assert (
        plain(_step().line)
        == "Leadership. Led by the Headteacher; 2 days, £900; Autumn 1 2026 to Autumn 2 2026"
    )

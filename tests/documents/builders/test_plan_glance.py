"""The two pictures of a plan, and the tables that say the same without them."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_glance import at_a_glance, what_needs_what
from termwise.engine.documents.tree import Figure, Paragraph, Section, plain, texts
from termwise.engine.documents.words import Names
from termwise.engine.planning.model import Picture
from tests import made_up_plan


def _figures(section: Section) -> list[Figure]:
    return [block for block in section.blocks if isinstance(block, Figure)]


def test_the_table_under_the_chart_has_every_step_with_its_marks() -> None:
    plan = made_up_plan.plan()
    [chart] = _figures(at_a_glance(plan, Names(plan)))
    assert chart.table is not None
    rows = [plain(row.named) for row in chart.table.rows]
    assert rows == ["★ ◆ Coaching", "Visits (light form)", "◆ Feedback"]


def test_the_dates_to_plan_around_are_told_in_words() -> None:
    plan = made_up_plan.plan()
    told = list(texts(at_a_glance(plan, Names(plan))))
    assert "Reports: 10 to 20 November 2026" in told
    assert not any("Too far" in text for text in told)


def test_the_table_under_the_graph_tells_needs_and_helps_apart() -> None:
    plan = made_up_plan.plan()
    helps = plan.picture.model_copy(update={"helped": (("visits", "feedback"),)})
    plan = plan.model_copy(update={"picture": helps})
    [graph] = _figures(what_needs_what(plan, Names(plan)))
    assert graph.table is not None
    assert [row.cells for row in graph.table.rows] == [
        ("Coaching", "Feedback", "needed"),
        ("Visits", "Feedback", "of help"),
    ]


def test_where_no_step_needs_another_it_is_said() -> None:
    nothing = Picture(edges=(), helped=(), longest_chain=())
    plan = made_up_plan.plan().model_copy(update={"picture": nothing})
    section = what_needs_what(plan, Names(plan))
    assert section.blocks == (Paragraph("No step needs another."),)

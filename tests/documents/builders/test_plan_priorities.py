"""Priorities with what speaks for them, and what the school decided about advice."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_priorities import decided, priorities
from termwise.engine.documents.render.markdown import as_markdown
from termwise.engine.documents.tree import Document, is_empty
from termwise.engine.planning.model import Priority
from tests import made_up_plan


def _told(agreed: bool) -> str:
    priority = Priority(
        id="p",
        strand="leadership",
        strand_title="Leadership",
        title="Leaders who lead",
        rank=1,
        judgement=None,
        target="Secure",
        by=made_up_plan.DAY(2027, 7, 16),
        lead="Headteacher",
        agreed=agreed,
        why="They seldom do.",
        evidence=("Half the actions are the head's. (reading plans)",),
    )
    plan = made_up_plan.plan().model_copy(update={"priorities": (priority,)})
    return as_markdown(Document("A plan", (priorities(plan),)))


def test_a_priority_stands_in_a_row_and_why_it_is_one_under_it() -> None:
    told = _told(agreed=True)
    assert (
        "| 1. Leaders who lead | Leadership | not judged | Secure | 16 July 2027 | Headteacher | agreed |"
        in told
    )
    assert "- **1. Leaders who lead**: They seldom do.\n" in told


def test_what_nobody_agreed_is_called_proposed() -> None:
    assert "| proposed, not yet agreed |" in _told(agreed=False)


def test_a_school_that_decided_nothing_has_no_section_of_decisions() -> None:
    assert is_empty(decided(made_up_plan.plan()))

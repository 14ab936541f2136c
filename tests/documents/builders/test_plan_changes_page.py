"""The document on what changed: the counts first, then each change with its reasons."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_changes_page import plan_changes_document
from termwise.engine.documents.render.plain_text import as_text
from termwise.engine.review.plan_changes import diff
from tests import made_up_plan
from tests.made_up_plan import HOSTILE, step


def test_it_begins_with_how_much_changed_and_tells_each_change_with_its_reason() -> None:
    old = made_up_plan.plan()
    late = step("visits", "spr1", "spr1", why_here=(f"no room {HOSTILE}",))
    new = old.model_copy(update={"steps": (old.steps[0], late)})
    told = " ".join(as_text(plan_changes_document(diff(old, new))).split())
    assert "1 step kept, 1 moved, 0 new, 1 dropped." in told
    assert "Visits: from Autumn 1 2026 to Spring 1 2027" in told
    assert f"No room {HOSTILE}." in told
    assert "Feedback: was to begin in Autumn 2 2026, led by Headteacher, 2 days, £900" in told
    assert "Headteacher 6 4 -2" in told


def test_where_nothing_changed_it_says_so_and_nothing_else() -> None:
    plan = made_up_plan.plan()
    told = as_text(plan_changes_document(diff(plan, plan)))
    assert "all 3 steps stand where they did" in " ".join(told.split())
    assert len(told.splitlines()) <= 4

"""The document on what changed: the counts first, then each change with its reasons."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_changes_page import plan_changes_document
from termwise.engine.documents.render.plain_text import as_text
from termwise.engine.planning import model as view
from termwise.engine.review.plan_changes import diff
from tests import made_up_plan
from tests.made_up_plan import HOSTILE, step


def test_it_begins_with_how_much_changed_and_tells_each_change_with_its_reason() -> None:
    old = made_up_plan.plan()
    late = step("visits", "spr1", "spr1", why_here=(f"no room {HOSTILE}",))
    load = [one.model_copy(update={"used": one.used + 2}) for one in old.load]
    cover = {"sold": "cover", "what": "1 day of cover", "of": "of cover", "people": ("head",)}
    paid = {"amount": 1, "pounds": 217, "line": "pool", "year": "2026-27", "slot": "spr1"}
    bought = [view.Purchase.model_validate({**cover, **paid, "for": ("visits",)})]
    new = old.model_copy(update={"steps": (old.steps[0], late), "load": load, "purchases": bought})
    told = " ".join(as_text(plan_changes_document(diff(old, new))).split())
    assert "1 step kept, 1 moved, 0 new, 1 dropped." in told
    assert "Visits: from Autumn 1 2026 to Spring 1 2027" in told
    assert f"No room {HOSTILE}." in told
    assert "Feedback: was to begin in Autumn 2 2026, led by Headteacher, 2 days, £900" in told
    assert "1 day of cover Spring 1 2027 Pool, 2026-27 £0 £217 “Visits”" in told
    one = next(one for one in diff(old, new).time)
    assert f"{one.title} {one.was:g} {one.now:g} {one.now - one.was:g}" in told


def test_where_nothing_changed_it_says_so_and_nothing_else() -> None:
    plan = made_up_plan.plan()
    told = as_text(plan_changes_document(diff(plan, plan)))
    assert "all 3 steps stand where they did" in " ".join(told.split())
    assert len(told.splitlines()) <= 4

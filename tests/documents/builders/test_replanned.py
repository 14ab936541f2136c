"""The document of a plan that was planned again: what changed first, what came of the past, then the plan."""

from __future__ import annotations

import datetime

from termwise.engine.documents.builders.replanned import replanned_document, replanned_summary
from termwise.engine.documents.render.plain_text import as_text
from termwise.engine.planning.model import Plan
from termwise.engine.review.model import CameOf, Replanned
from termwise.engine.review.plan_changes import diff
from tests import made_up_plan
from tests.made_up_plan import HOSTILE

ON = datetime.date(2026, 11, 2)


def replanned() -> Replanned:
    plan = made_up_plan.plan()
    fewer = plan.model_copy(update={"steps": plan.steps[:2]})
    past = (
        CameOf(step="coaching", title="Coaching", state="done", said=ON, words=f"Done {HOSTILE}."),
        CameOf(step="feedback", title="Feedback", state="runs", said=None, words="Nothing."),
    )
    return Replanned(
        **{name: getattr(fewer, name) for name in Plan.model_fields},
        since=datetime.date(2026, 9, 1),
        on=ON,
        stability=1,
        past=past,
        changes=diff(plan, fewer),
    )


def test_on_the_screen_it_tells_what_changed_and_what_came_of_the_past() -> None:
    told = " ".join(as_text(replanned_summary(replanned())).split())
    assert (
        "from the plan issued on 1 September 2026: 2 steps kept, 0 moved, 0 new, 1 dropped" in told
    )
    assert "worth at most 1 % less than the best" in told
    assert told.index("No longer in the plan (1)") < told.index(f"Coaching: Done {HOSTILE}.")
    assert "Nothing is written down of “Feedback”: taken to go as planned." in told


def test_the_whole_plan_stands_behind_it() -> None:
    told = " ".join(as_text(replanned_document(replanned())).split())
    assert told.index("Planned again on 2 November 2026") < told.index("What coaching is.")


def test_what_changed_rules_do_by_themselves_is_told_apart() -> None:
    found = replanned()
    dropped = tuple(one.model_copy(update={"by_rules": True}) for one in found.changes.dropped)
    changes = found.changes.model_copy(
        update={"dropped": dropped, "files": ("staff.yaml", "p.csv")}
    )
    told = found.model_copy(update={"packs_changed": ("base",), "changes": changes})
    text = " ".join(as_text(replanned_summary(told)).split())
    assert "(packs: “base”). 1 of 1 changes would be so without new results" in text
    assert "What was changed in staff.yaml can't be told apart from that." in text
    assert "It would be so without new results and without what was written down." in text
    assert "were changed since then" not in as_text(replanned_summary(found))

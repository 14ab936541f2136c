"""The document on progress: what is overdue first, then where everything stands."""

from __future__ import annotations

import datetime

from termwise.engine.documents.builders.progress import progress_document
from termwise.engine.documents.render.plain_text import as_text
from termwise.engine.library.loader import Library
from termwise.engine.review.model import ProgressEntry
from termwise.engine.review.progress_report import progress
from tests.made_up_plan import HOSTILE, step
from tests.made_up_progress import MILESTONES, issued


def test_it_begins_with_the_counts_and_what_is_overdue(library: Library) -> None:
    plan = issued(
        step("visits", "aut1", "aut2", milestones=MILESTONES), step("clubs", "spr1", "spr1")
    )
    row = ProgressEntry(
        date=datetime.date(2026, 10, 1),
        step="visits",
        by="headteacher",
        status="behind",
        rag="red",
        note=f"one visit {HOSTILE}",
        days=1.5,
        days_left=2,
        met=(1,),
    )
    report = progress(plan, [row], library, datetime.date(2026, 11, 11))
    told = " ".join(as_text(progress_document(report)).split())
    assert "has 2 steps: 0 done, 1 running, 0 stopped, 1 to come. 1.5 of" in told
    assert told.index("Overdue (1)") < told.index("10 Nov Half are visited") < told.index("By lead")
    assert "Visits: behind, rated red (1 Oct, Headteacher). 1.5 used of 2 days, 2 more" in told
    assert f"One visit {HOSTILE}." in told
    assert "Milestone 1, met by 1 Oct: Everybody has a date." in told
    assert "Nothing is written down" not in told  # what is to come has nothing to tell of
    later = progress(plan, [row], library, datetime.date(2027, 2, 1))
    told = " ".join(as_text(progress_document(later)).split())
    assert "0 stopped; nothing is written down of 1 step that should have begun. 1.5 of" in told
    assert "Nothing is written down of what should have begun: “Clubs”." in told

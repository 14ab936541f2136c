"""Where a plan stands: what is overdue and due, by what was written down until a day."""

from __future__ import annotations

import datetime

from termwise.engine.library.loader import Library
from termwise.engine.review.model import ProgressEntry, ProgressReport
from termwise.engine.review.progress_report import progress
from tests.made_up_plan import step
from tests.made_up_progress import MILESTONES, issued

DAY = datetime.date


def told(on: DAY, library: Library, *entries: ProgressEntry) -> ProgressReport:
    return progress(issued(), entries, library, on)


def row(date: DAY, status: str, **more: object) -> ProgressEntry:
    given = {"date": date, "step": "visits", "by": "headteacher", "status": status, **more}
    return ProgressEntry.model_validate(given)


def due(report: ProgressReport) -> list[tuple[str, str]]:
    return [(one.kind, one.date.isoformat()) for one in report.due]


def overdue(report: ProgressReport) -> list[tuple[str, str]]:
    return [(one.kind, one.date.isoformat()) for one in report.overdue]


def test_a_step_may_begin_on_any_day_of_its_half_term(library: Library) -> None:
    assert due(told(DAY(2026, 8, 25), library)) == [("start", "2026-09-01")]
    assert overdue(told(DAY(2026, 9, 18), library)) == []
    late = told(DAY(2026, 10, 24), library)
    assert overdue(late) == [("milestone", "2026-09-20"), ("start", "2026-10-23")]
    assert late.steps[0].means is None and late.total.not_begun == 1


def test_what_is_met_or_over_is_due_no_more(library: Library) -> None:
    begun = row(DAY(2026, 9, 18), "on-track", met=(1,))
    on = DAY(2026, 12, 19)
    assert overdue(told(on, library, begun)) == [
        ("milestone", "2026-11-10"),
        ("end", "2026-12-18"),
    ]
    for status in ("done", "stopped", "put-off"):
        assert overdue(told(on, library, begun, row(DAY(2026, 12, 1), status))) == []


def test_the_day_it_is_looked_at_again_is_due_though_it_is_put_off(library: Library) -> None:
    put_off = row(DAY(2026, 10, 1), "put-off", next=DAY(2026, 10, 10))
    assert due(told(DAY(2026, 10, 2), library, put_off)) == [("next", "2026-10-10")]


def test_what_was_used_is_the_last_that_was_said_of_it(library: Library) -> None:
    report = told(
        DAY(2026, 12, 1),
        library,
        row(DAY(2026, 11, 20), "behind", days_left=1.5),
        row(DAY(2026, 10, 1), "on-track", days=1, pounds=200, rag="green", met=(1,)),
    )
    [one] = report.steps
    assert (one.status, one.rag, one.days_used, one.pounds_used) == ("behind", "green", 1, 200)
    assert (one.days_planned, one.days_left) == (2.0, 1.5)
    assert [milestone.met for milestone in one.milestones] == [DAY(2026, 10, 1), None]
    assert (report.total.days_used, report.total.pounds_planned) == (1, 900)


def test_what_was_written_down_later_is_not_told(library: Library) -> None:
    later = row(DAY(2026, 11, 20), "done")
    assert told(DAY(2026, 11, 19), library, later).steps[0].said is None


def test_steps_are_counted_by_lead_and_by_priority(library: Library) -> None:
    plan = issued(
        step("visits", "aut1", "aut2", milestones=MILESTONES, serves=("P1",)),
        step("clubs", "aut1", "aut1"),
    )
    report = progress(plan, [row(DAY(2026, 10, 1), "done")], library, DAY(2026, 11, 2))
    [lead] = report.by_lead
    assert (lead.title, lead.steps, lead.done, lead.overdue) == ("Headteacher", 2, 1, 2)
    assert [(one.title, one.steps) for one in report.by_priority] == [("For no agreed priority", 2)]

"""What is due for another look on a day, and what rests on sources that nobody has read."""

from __future__ import annotations

import datetime

from termwise.engine.assurance.review_report import review_report
from termwise.engine.library.loader import Library


def test_every_record_is_counted_once_by_its_status(library: Library) -> None:
    found = review_report(library, datetime.date(2026, 9, 1))
    assert sum(found.statuses.values()) == len(library.rules) + len(library.interventions)
    assert list(found.statuses) == sorted(found.statuses)


def test_a_record_is_overdue_from_the_day_after_its_own(library: Library) -> None:
    due = {name: one.review_by for name, one in library.rules.items() if one.review_by}
    name, day = min(due.items(), key=lambda one: one[1])
    assert name not in review_report(library, day).overdue
    assert name in review_report(library, day + datetime.timedelta(days=1)).overdue


def test_only_sources_that_nobody_read_are_told_with_what_names_them(library: Library) -> None:
    records = {**library.rules, **library.interventions}
    for one in review_report(library, datetime.date(2026, 9, 1)).unread:
        assert library.sources[one.source].read == "not read"
        assert all(one.source in records[name].sources for name in one.named_by) and one.named_by

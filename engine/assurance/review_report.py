"""What was looked at by whom in the knowledge, what is due for another look, and what rests on unread sources."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict

from ..core import Day, Record
from ..library import Library, Reviewable


class UnreadSource(Record):
    """A source that nobody of this project has read, and what names it."""

    source: str
    named_by: tuple[str, ...]
    """the ids of rules and interventions"""


class ReviewReport(Record):
    """The state of the review of rules and interventions, on a day."""

    on: Day
    statuses: dict[str, int]
    """how many there are of each status"""
    overdue: tuple[str, ...]
    """the ids of those that were to be looked at again before that day"""
    unowned: tuple[str, ...]
    """the ids of those nobody answers for"""
    unread: tuple[UnreadSource, ...]


def review_report(library: Library, on: datetime.date) -> ReviewReport:
    """Go through all rules and interventions as they stand on a day."""
    records: dict[str, Reviewable] = {**library.rules, **library.interventions}
    resting: defaultdict[str, list[str]] = defaultdict(list)
    for name, record in records.items():
        for source in record.sources:
            if library.sources[source].read == "not read":
                resting[source].append(name)
    return ReviewReport(
        on=on,
        statuses=dict(sorted(Counter(one.status for one in records.values()).items())),
        overdue=tuple(
            name for name, one in records.items() if one.review_by and one.review_by < on
        ),
        unowned=tuple(name for name, one in records.items() if one.owner is None),
        unread=tuple(
            UnreadSource(source=source, named_by=tuple(names))
            for source, names in sorted(resting.items())
        ),
    )

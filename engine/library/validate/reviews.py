"""Reviews of the knowledge: who may answer for a record or review it, and what it may rest on."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import Mistake, unknown
from ..loader import Library
from ..record_reader import Kind
from ..review import Reviewable


def check_reviews(library: Library) -> Iterator[Mistake]:
    """Names that are not there, a review by one of ourselves, and a source nobody has read under what isn't a draft."""
    for rule in library.rules.values():
        yield from _record(library, "rule", rule.id, rule)
    for item in library.interventions.values():
        yield from _record(library, "intervention", item.id, item)


def _record(library: Library, kind: Kind, name: str, record: Reviewable) -> Iterator[Mistake]:
    if record.owner is not None:
        place = library.place(kind, name, "owner")
        yield from unknown(place, "role of a reviewer", record.owner, library.reviewers)
    if record.review is not None:
        place = library.place(kind, name, "review", "role")
        yield from unknown(place, "role of a reviewer", record.review.role, library.reviewers)
        reviewer = library.reviewers.get(record.review.role)
        if reviewer and not reviewer.outside:
            yield Mistake(
                place,
                f"“{reviewer.id}” is one of this project and can't review",
                "write status: checked, or the role outside that has read it",
            )
    for index, source in enumerate(record.sources):
        known = library.sources.get(source)
        if known and known.read == "not read" and record.status != "draft":
            yield Mistake(
                library.place(kind, name, "sources", index),
                f"“{source}” has been read by nobody, so what rests on it is a draft",
                "write status: draft, or read the source and say so in knowledge/base/sources.yaml",
            )

"""What a review that was kept says of pupils, as the sheet of a team's next meeting begins from it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ..pupils import LastReview, PupilLooked
from .model import PlanReview


def last_review(reviews: Iterable[PlanReview], on: datetime.date) -> LastReview | None:
    """Give what the last review before a day, or on it, says of pupils' sequences; None where there is none."""
    before = [one for one in reviews if one.on <= on]
    if not before:
        return None
    last = max(before, key=lambda one: one.on)
    return LastReview(
        last.on,
        tuple(
            PupilLooked(
                one.ref,
                tuple(skill.title for skill in one.secured),
                bool(one.going_on),
                bool(one.changed),
            )
            for one in last.pupils
        ),
    )


__all__ = ["last_review"]

"""What a school accepts of a review: steps end that were proposed to, the others stay to be settled."""

from __future__ import annotations

import datetime

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.review.accepted_review import AcceptedReview
from termwise.engine.review.model import IssuedPlan, PlanReview, ProgressEntry
from termwise.engine.review.plan_review import review
from termwise.engine.school.school import School
from tests.made_up_plan import step
from tests.made_up_progress import issued

DAY = datetime.date
ON, WRITTEN = DAY(2026, 12, 14), DAY(2026, 12, 1)


def row(name: str, day: DAY = WRITTEN, **more: object) -> ProgressEntry:
    given = {"date": day, "step": name, "by": "headteacher", "status": "on-track", **more}
    return ProgressEntry.model_validate(given)


@pytest.fixture(scope="module")
def in_force() -> IssuedPlan:
    told = {"active_ingredients": ("talk", "try"), "stop_if": ("tears",)}
    names = ("visits", "clubs", "walks")
    return issued(*(step(name, "aut1", "spr1", **told) for name in names))


@pytest.fixture(scope="module")
def reviewed(in_force: IssuedPlan, little_fen: School, library: Library) -> PlanReview:
    rows = [
        row("visits", seen=(1, 2), signs=(1,)),
        row("clubs", seen=(1,)),
        row("walks", seen=(1, 2), signs=(1,)),
    ]
    return review(little_fen, library, in_force, rows, ON)


def test_what_is_proposed_to_end_does_so_on_the_reviews_day(
    reviewed: PlanReview, in_force: IssuedPlan, library: Library
) -> None:
    found = AcceptedReview(reviewed, in_force, library, DAY(2027, 1, 4), ("walks",))
    [entry] = found.entries(())
    assert (entry.step, entry.status, entry.date) == ("visits", "stopped", ON)
    assert entry.begun == in_force.plan.starts
    assert entry.note == "Accepted from the review of 14 December 2026: stop."
    assert [(one.step, one.proposal) for one in found.to_settle()] == [("clubs", "go on and coach")]


def test_what_was_written_down_since_stays_as_it_is_told(
    reviewed: PlanReview, in_force: IssuedPlan, library: Library
) -> None:
    found = AcceptedReview(reviewed, in_force, library, DAY(2027, 1, 4), ())
    since = [row("visits", DAY(2026, 12, 17))]
    assert [one.step for one in found.entries(since)] == ["walks"]


def test_the_review_of_another_plan_or_of_a_day_to_come_is_told(
    reviewed: PlanReview, in_force: IssuedPlan, library: Library
) -> None:
    again = in_force.model_copy(update={"issued": DAY(2026, 12, 20)})
    with pytest.raises(
        ContentError, match="the plan in force is that of Larch Primary School issued"
    ):
        AcceptedReview(reviewed, again, library, DAY(2027, 1, 4), ())
    with pytest.raises(ContentError, match="is after 2026-12-01"):
        AcceptedReview(reviewed, in_force, library, DAY(2026, 12, 1), ())

"""The folder of reviews: written once, for its owner's eyes, told when edited."""

from __future__ import annotations

import datetime
import stat
from pathlib import Path

import pytest

from termwise.engine.core.errors import ContentError
from termwise.engine.review.model import PlanReview, PupilMoved
from termwise.engine.review.reviews_folder import keep_review, kept_reviews, review_from
from tests import made_up_plan


def made_up(on: datetime.date) -> PlanReview:
    return PlanReview(
        school=made_up_plan.SCHOOL,
        issued=datetime.date(2026, 9, 1),
        on=on,
        since=None,
        notice="",
        of_others="",
        says=(),
        priorities=(),
        steps=(),
        to_come=(),
        outcomes=(),
        subjects=(),
        pupils=(
            PupilMoved.model_validate(
                {
                    "ref": "K7MX-2R9T",
                    "year": "6",
                    "class": "6A",
                    "subject": "maths",
                    "then": "at-risk",
                    "now": None,
                    "moved": None,
                }
            ),
        ),
        questions=(),
        frees_days=0,
        frees_pounds=0,
        left=None,
    )


def test_a_review_is_kept_once_a_day_for_its_owner(tmp_path: Path) -> None:
    first, second = (made_up(datetime.date(2026, 12, day)) for day in (1, 2))
    path = keep_review(tmp_path, second)
    keep_review(tmp_path, first)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert kept_reviews(tmp_path) == (first, second)
    assert review_from(path) == second
    with pytest.raises(ContentError, match="is there already"):
        keep_review(tmp_path, first.model_copy(update={"frees_pounds": 1}))


def test_a_review_that_was_edited_is_told(tmp_path: Path) -> None:
    path = keep_review(tmp_path, made_up(datetime.date(2026, 12, 1)))
    path.chmod(0o600)
    path.write_text(path.read_text("utf-8").replace("2026-09-01", "2026-09-02"), "utf-8")
    with pytest.raises(ContentError, match="its text and its hash don't agree"):
        kept_reviews(tmp_path)
    path.write_text("{}", "utf-8")
    with pytest.raises(ContentError, match="is no review that was kept"):
        review_from(path)

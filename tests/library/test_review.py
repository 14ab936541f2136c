"""Only what somebody outside has read is reviewed, and then it says who and when."""

from __future__ import annotations

import datetime

import pytest
from pydantic import ValidationError

from termwise.engine.library.review import Review, Reviewable

SEEN = Review(role="reader", on=datetime.date(2026, 5, 1))


def test_a_review_and_its_status_go_together() -> None:
    assert Reviewable(status="reviewed", review=SEEN, sources=("house",)).review == SEEN
    assert Reviewable(status="draft", sources=("house",)).review is None
    for status, review in (("reviewed", None), ("checked", SEEN)):
        with pytest.raises(ValidationError, match="only what somebody outside has read"):
            Reviewable.model_validate({"status": status, "review": review, "sources": ["house"]})


def test_a_source_is_named() -> None:
    with pytest.raises(ValidationError):
        Reviewable(status="draft", sources=())

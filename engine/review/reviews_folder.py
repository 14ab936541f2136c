"""The folder of reviews: one file a day, written once and never over."""

from __future__ import annotations

import pathlib

from . import phrases
from .dated_records import DatedRecords
from .model import PlanReview

REVIEWS = "reviews"
"""The folder in a school's folder."""
_KEPT = DatedRecords(REVIEWS, PlanReview, lambda one: one.on, 0o400, phrases.NO_REVIEW)


def keep_review(folder: str | pathlib.Path, review: PlanReview) -> pathlib.Path:
    """Put a review into a school's folder, read-only, for its owner's eyes, and with its hash.

    Raises ContentError where there is one of that day, or the file can't be written.
    """
    return _KEPT.keep(folder, review)


def kept_reviews(folder: str | pathlib.Path) -> tuple[PlanReview, ...]:
    """Read the reviews that were kept in a school's folder, the oldest first.

    Raises ContentError with every mistake: a file that can't be read, was edited, or is named otherwise.
    """
    return _KEPT.all_in(folder)


def review_from(path: str | pathlib.Path) -> PlanReview:
    """Read a review that was kept. Raises ContentError where the file is none, or was edited."""
    return _KEPT.read(path)


__all__ = ["REVIEWS", "keep_review", "kept_reviews", "review_from"]

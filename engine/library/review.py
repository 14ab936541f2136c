"""How far a rule or an intervention has been looked at: by whom, who answers for it, and until when that holds."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from ..core import Day, Record, Slug, Text

Reading = Literal["whole", "opening", "not read"]
"""How far somebody of this project has read a source; `opening`: a part of it, or pages that report it."""


class Reviewer(Record):
    """A role that may answer for records of the knowledge, or review them."""

    id: Slug
    title: Text
    outside: bool = False
    """not one of this project: only such a role can review"""


class Review(Record):
    """A reading by somebody outside this project."""

    role: Slug
    on: Day


class Reviewable(Record):
    """What is looked at again from time to time: its status, its owner and when it falls due."""

    status: Literal["draft", "checked", "reviewed", "retired"]
    """checked: by this project, against what it has read of its sources; reviewed: by a role outside it"""
    owner: Slug | None = None
    """the role that answers for it"""
    review_by: Day | None = None
    """the day by which it is to be looked at again"""
    review: Review | None = None
    sources: tuple[Slug, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _reviewed_by_somebody(self) -> Reviewable:
        if (self.status == "reviewed") != (self.review is not None):
            raise ValueError(
                "status: only what somebody outside has read is “reviewed”, and “review” says who and when || "
                "write “checked”, or review: {role: ..., on: ...}"
            )
        return self

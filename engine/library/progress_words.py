"""How the carrying out of a plan is told and reviewed: statuses, ratings, what is due soon, what can be proposed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from ..core import Record, Slug, Text

StatusMeaning = Literal["not-begun", "running", "waiting", "done", "stopped"]


class ProgressStatus(Record):
    """A word for how a step stands, and how it may be written."""

    id: Slug
    title: Text
    means: StatusMeaning
    words: tuple[Text, ...] = ()


class ProgressRating(Record):
    """A colour by which a lead rates a step, and how it may be written."""

    id: Slug
    title: Text
    words: tuple[Text, ...] = ()
    colour: str = Field(default="", pattern=r"^([0-9A-F]{6})?$")
    """how its cells are coloured in a workbook: red, green and blue in hexadecimal digits; empty: not at all"""


class Replanning(Record):
    """The bounds within which a plan in force may be changed when it is planned again."""

    stability: float = Field(ge=0, le=100)
    """percent of the plan's worth that may be given up so that less moves"""
    stability_within: float = Field(ge=0, le=100)
    """the same within a half-term that has begun"""
    weight_soon: int = Field(ge=1)
    """what moving a step of the half-term to come counts for; a later one counts 1"""
    told_days: int = Field(ge=0)
    """so many days ahead nothing moves, but where not all that must be done would fit"""


class StepProposal(Record):
    """A proposal that can be made for a step that is reviewed."""

    id: Slug
    title: Text
    means: Text
    """what it comes to for the school"""
    ask: Text
    """what the meeting has to settle"""
    settle: bool = False
    """the plan can't tell by itself what is to be otherwise: somebody has to settle it"""
    as_status: Slug | None = None
    """the status that the step has from then on, where it is accepted; left out: as it is"""


class Reviewing(Record):
    """What a review of a plan in use proposes, and from how many pupils on it tells of them."""

    proposals: tuple[StepProposal, ...] = Field(min_length=1)
    """where rules propose several for a step, the first of them is taken"""
    otherwise: Slug
    """the proposal where no rule has one"""
    least_others: int = Field(ge=2)
    """so many comparable pupils have to be known for their change to be told"""
    least_finished: int = Field(ge=2)
    """so many finished steps of a kind of work have to be known for a factor to be proposed for its days"""
    of_others: Text
    """why those who were not chosen are looked at"""
    of_review: Text
    """what a review does not say"""


class ProgressWords(Record):
    """knowledge/base/progress.yaml: the words of progress.csv, and what is shown first."""

    statuses: tuple[ProgressStatus, ...] = Field(min_length=1)
    ratings: tuple[ProgressRating, ...] = Field(min_length=1)
    due_days: int = Field(ge=1)
    """what falls due within so many days is due soon"""
    longest_text: int = Field(ge=1)
    """characters of a sentence in the file"""
    replanning: Replanning
    reviewing: Reviewing
    of_progress: Text
    """what the report of progress does not say"""

    @model_validator(mode="after")
    def _one_meaning(self) -> ProgressWords:
        for known in (self.statuses, self.ratings):
            told: dict[str, str] = {}
            for one in known:
                for word in {text.casefold() for text in (one.id, one.title, *one.words)}:
                    if told.setdefault(word, one.id) != one.id:
                        raise ValueError(
                            f"“{word}” stands for {told[word]} and for {one.id} || take it out of one"
                        )
        return self

    @model_validator(mode="after")
    def _known_proposals(self) -> ProgressWords:
        statuses = {one.id for one in self.statuses}
        proposals = {one.id for one in self.reviewing.proposals}
        for one in self.reviewing.proposals:
            if one.as_status and one.as_status not in statuses:
                raise ValueError(
                    f"the proposal {one.id} names the status “{one.as_status}” || name one of these"
                )
        if self.reviewing.otherwise not in proposals:
            raise ValueError(f"“{self.reviewing.otherwise}” is no proposal || name one of these")
        return self


__all__ = [
    "ProgressRating",
    "ProgressStatus",
    "ProgressWords",
    "StepProposal",
    "Replanning",
    "Reviewing",
    "StatusMeaning",
]

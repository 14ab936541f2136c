"""What a school accepts of a review: proposals that end a step, as rows of its progress; the others, to be settled."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator

from ..core import SAID, ContentError, Mistake, Place
from ..library import Library
from . import phrases
from .model import AcceptedProposal, IssuedPlan, PlanReview, ProgressEntry


class AcceptedReview:
    """The proposals of a review of the plan in force, but for those of steps that are kept.

    Raises ContentError where it is the review of another plan, or of a day to come.
    """

    def __init__(
        self,
        review: PlanReview,
        issued: IssuedPlan,
        library: Library,
        on: datetime.date,
        keep: Collection[str],
    ) -> None:
        self.review, self.issued, self.library = review, issued, library
        self.steps = [one for one in review.steps if one.proposal and one.step not in keep]
        self.proposals = {one.id: one for one in library.progress.reviewing.proposals}
        place = Place(f"--accept {review.on}", SAID)
        if review.school.id != issued.plan.school.id or review.issued != issued.issued:
            raise ContentError([Mistake(place, *phrases.of_another_plan(review, issued))])
        if review.on > on:
            raise ContentError([Mistake(place, *phrases.review_to_come(on))])

    def entries(self, written: Iterable[ProgressEntry]) -> Iterator[ProgressEntry]:
        """Yield a row for each step that ends, on the review's day: one whose row is later has been told of
        since, and stays as it is told."""
        later = {one.step for one in written if one.date > self.review.on}
        leads = {one.id: one.lead.role for one in self.issued.plan.steps}
        for one in self.steps:
            proposal = self.proposals.get(one.proposal.id) if one.proposal else None
            if proposal and proposal.as_status and one.step not in later:
                yield ProgressEntry(
                    date=self.review.on,
                    step=one.step,
                    by=leads[one.step],
                    status=proposal.as_status,
                    note=phrases.accepted(proposal.title, self.review.on),
                    begun=self.issued.plan.starts,
                )

    def to_settle(self) -> Iterator[AcceptedProposal]:
        """Yield what was proposed otherwise, and changes nothing in the plan until the school's files say what."""
        for one in self.steps:
            known = self.proposals.get(one.proposal.id) if one.proposal else None
            if known and not known.as_status and known.settle:
                yield AcceptedProposal(
                    step=one.step, title=one.title, proposal=known.title, ask=known.ask
                )


__all__ = ["AcceptedReview"]

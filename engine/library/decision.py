"""What a school decided about advice: overrides.yaml, and the coded reasons it may give."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from ..core import Day, Note, Record, Slug, Text, WrittenAsNumber

Decision = Literal["accept", "adapt", "refuse"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
TargetId = Annotated[str, WrittenAsNumber, Field(min_length=1)]

_CHANGES = ("form", "lead", "not_before", "by")


class Override(Record):
    """What a school decided about one intervention, for all it can be for or for some."""

    intervention: Slug
    decision: Decision
    reason: Slug
    """a code of knowledge/base/overrides.yaml"""
    role: Slug
    """who decided: a role, never a name"""
    on: Day
    for_: tuple[TargetId, ...] = Field(default=(), alias="for")
    """ids of the classes, teachers or year groups it is about; left out: all of them"""
    note: Note | None = None
    form: Literal["light"] | None = None
    """adapt: in its light form"""
    lead: Slug | None = None
    """adapt: the role that leads it instead"""
    not_before: Day | None = None
    """adapt: doesn't start before"""
    by: Day | None = None
    """adapt: has to have started by then"""

    @property
    def changes(self) -> tuple[object, ...]:
        """Give how it is to be done: form, lead, first and last day; None where as advised."""
        return tuple(getattr(self, name) for name in _CHANGES)

    @model_validator(mode="after")
    def _whole(self) -> Override:
        given = [name for name in _CHANGES if getattr(self, name) is not None]
        if self.decision == "adapt" and not given:
            raise ValueError(
                "decision: changes nothing || give form, lead, not_before or by, or accept it"
            )
        if self.decision != "adapt" and given:
            raise ValueError(f"{given[0]}: is for what is adapted || write decision: adapt")
        if self.by and self.by < self.on:
            raise ValueError(f"by: is before it was decided, on {self.on} || change one of the two")
        if self.not_before and self.by and self.by < self.not_before:
            raise ValueError("by: is before not_before || change one of the two")
        return self


class OverrideReason(Record):
    """A reason a school may give for what it decides, and for which decisions."""

    id: Slug
    title: Text
    for_: tuple[Decision, ...] = Field(alias="for", min_length=1)


class OverrideReasons(Record):
    """knowledge/base/overrides.yaml."""

    agreed_on: Day
    """when these reasons were last gone through"""
    note: Text
    reasons: tuple[OverrideReason, ...] = Field(min_length=1)


class ReasonCount(Record):
    """The number of times a reason was given for a decision."""

    decision: Decision
    reason: str
    title: str
    times: int


class RuleOverridden(Record):
    """A rule whose advice was decided about in at least one school."""

    rule: str
    title: str
    asked_in: int
    """schools it asks for something in"""
    asked: int
    """how often it does, every class, teacher … counted"""
    accepted: int
    adapted: int
    refused: int
    reasons: tuple[ReasonCount, ...]
    """the most frequent first"""


class OverriddenReport(Record):
    """Decisions of schools about advice, by the rules that give it now; the most refused first."""

    schools: tuple[str, ...]
    rules: tuple[RuleOverridden, ...]
    without_rule: int
    """decisions about what no rule asks for there now"""

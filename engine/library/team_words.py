"""What teams are called, the words of their commitments, and how much goes on a sheet."""

from __future__ import annotations

from pydantic import Field

from ..core import Record, Slug, Text


class CommitmentOutcome(Record):
    """A word for what came of a commitment, and how it may be written."""

    id: Slug
    title: Text
    words: tuple[Text, ...] = Field(min_length=1)
    to_see: bool = True
    """whether there is an effect to look for"""


class SheetLimits(Record):
    """The most that goes on a sheet a team can work from: one page for a team of four classes."""

    pupils_per_class: int = Field(ge=1)
    strategies_per_class: int = Field(ge=1)
    strategies: int = Field(ge=1)
    """in all, the same one for several classes once"""
    commitments: int = Field(ge=1)
    own_rows: int = Field(ge=0)
    """empty rows for what the team thinks of itself"""
    longest_text: int = Field(ge=1)
    """characters of a strategy, evidence or note"""


class TeamWords(Record):
    """knowledge/base/teams.yaml: what teams are called and the words of their commitments."""

    team: Text
    kept: tuple[CommitmentOutcome, ...] = Field(min_length=1)
    worked: tuple[CommitmentOutcome, ...] = Field(min_length=1)
    teach_evidence: Text
    """what is brought to the meeting after teaching a step"""
    check_evidence: Text
    """what is brought to the next meeting after a check"""
    check_days: int = Field(ge=1)
    """a check is looked at after so many days at most"""
    of_sheet: Text
    of_impact: Text
    """what the report to the head does not say"""
    sheet: SheetLimits

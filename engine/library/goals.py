"""What a library says of goals: the rules that make one of a figure, national figures, outcomes of a plan."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..core import Name, Record, Slug, Text, YearGroup
from .model import DoneBefore


class GoalRule(Record):
    """One way to propose a goal: so much of the way from the figure now to what it is held against."""

    id: Slug
    title: Text
    """as it is read after the goal"""
    towards: Literal["national", "line", "best"]
    """national, line: the threshold named for the indicator; best: nothing of what is to be less, or all of
    what is to be more"""
    share: float = Field(default=1, gt=0, le=1)
    """of the way"""
    kept: Text
    """what is read in place of the title where the figure is there already, and the goal is to keep it"""


class OutcomeMeasured(Record):
    """A figure that a plan as a whole is to move."""

    indicator: Name
    title: Text
    groups: tuple[Slug, ...] = ()
    """for a figure about a group in a subject: of which groups"""
    year_group: YearGroup | None = None
    """the year group it is about; a school that does not teach it has no such outcome"""
    cohort: Name | None = None
    """where it is of pupils who have moved on when it is known: the figure, about a year group in a subject, of
    those who come next"""
    subjects: tuple[Slug, ...] = ()
    """of the cohort's figure; none: all"""
    rule: Slug
    seen_by: Text
    """what shows in each term how far it has come"""


class Goals(Record):
    """Goals of success measures and of outcomes."""

    agreed: Text
    """what is read after a goal that the school has agreed itself"""
    rules: tuple[GoalRule, ...] = Field(min_length=1)
    national: dict[Name, Name] = Field(default_factory=dict)
    """by indicator, a threshold"""
    lines: dict[Name, Name] = Field(default_factory=dict)
    """by indicator, a threshold"""
    progress: dict[Slug, float] = Field(min_length=1)
    """by term: the part of the way to a year's goal that is gone by its end"""
    least: dict[Name, int] = Field(default_factory=dict)
    """by indicator, the pupils of whom there have to be so many before their figure is made a goal: of fewer,
    one alone moves it further than the goal is away"""
    outcomes: tuple[OutcomeMeasured, ...] = ()
    shows_before: DoneBefore | None = None
    """the event of each year before which a figure of these year groups alone has to show"""


__all__ = ["GoalRule", "Goals", "OutcomeMeasured"]

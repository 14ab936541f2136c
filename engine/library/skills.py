"""Skills pupils learn one after the other: what each needs first, how it is checked and taught in
class."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ..core import Record, Slug, Text, YearGroup
from .rule import Condition

Code = Annotated[
    str,
    Field(
        pattern=r"^[0-9A-Za-z]+(?:[-/][0-9A-Za-z]+)*$", max_length=20, description="such as 3NF-1"
    ),
]


class Skill(Record):
    """One skill, in words of our own: what a pupil can do who has it."""

    id: Code
    strand: Slug
    year: YearGroup
    """the year group by the end of which it is expected"""
    title: Text
    """what the pupil can do; completes “the pupil can …”"""
    needs: tuple[Code, ...] = ()
    """what it directly builds on"""
    foundation: bool = False
    """taught until it is fluent: much of what follows rests on it"""
    check: Text
    """a check of a few minutes in class, and what shows it secure"""
    strategy: Text
    """what the teacher does in class, not in a group outside it"""
    look_for: Text
    """what the teacher sees when it is becoming secure"""
    weeks: int = Field(ge=1, le=6)
    """school weeks until it is looked at again"""
    also: tuple[Text, ...] = ()
    """other ways its code is written"""


class Beginning(Record):
    """What the sequence of some pupils begins with, by what is known of them."""

    when: Condition
    """about the pupil in the subject"""
    years: tuple[YearGroup, ...] = ()
    """the year groups it is for; none: all"""
    checks: tuple[Code, ...] = ()
    """what is looked at before anything else, unless it was seen already"""
    secure: tuple[Code, ...] = ()
    """skills that what is known of the pupil shows secure, and"""
    insecure: tuple[Code, ...] = ()
    """not secure, unless a check of the skill itself said otherwise"""
    why: Text

    @model_validator(mode="after")
    def _says_something(self) -> Beginning:
        if not (self.checks or self.secure or self.insecure):
            raise ValueError("a beginning says nothing || give “checks”, “secure” or “insecure”")
        return self


class SkillFile(Record):
    """The skills of one subject, and the goal of each year group in each term."""

    subject: Slug
    title: Text
    note: Text
    """where the skills come from, and how sure that is"""
    sources: tuple[Slug, ...] = Field(min_length=1)
    strands: dict[Slug, Text]
    skills: tuple[Skill, ...] = Field(min_length=1)
    begin: tuple[Beginning, ...] = ()
    """all that hold of a pupil count, the first first"""
    goals: dict[YearGroup, dict[Slug, tuple[Code, ...]]]
    """by year group and term: the skills a pupil at risk is led to"""
    stretch: dict[YearGroup, dict[Slug, tuple[Code, ...]]] = Field(default_factory=dict)
    """the same for a pupil who started high and no longer stands there"""

    @property
    def id(self) -> str:
        """Its subject: each has one file."""
        return self.subject

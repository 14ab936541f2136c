"""How many, how much and how unlikely a figure has to be before it is pointed out."""

from __future__ import annotations

from pydantic import Field

from ..core import Record


class DataChecks(Record):
    """From when on figures about the data itself are worth a look; proposals, to be changed."""

    cohort_change: float = Field(gt=0)
    """percent by which a year group's judged pupils may change between points"""
    missing_gap: float = Field(gt=0)
    """points by which a group's share of missing judgements may exceed others'"""
    least: int = Field(ge=1)
    """pupils a group needs before its share says anything"""
    most_refused: float = Field(gt=0, le=100)
    """percent of a file's rows that may be refused by mistake, from `least` on"""
    most_off_age: float = Field(gt=0, le=100)
    """percent of a file's pupils whose age may not fit their year group"""
    far_from_age: int = Field(ge=1)
    """years from a year group's age from which on a birth date is a mistake"""
    published_age: int = Field(ge=0)
    """school years before the plan from which on a published table is old"""

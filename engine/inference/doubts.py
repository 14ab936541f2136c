"""How firm the advice is: what stands if a judgement were another, and what hangs on one."""

from __future__ import annotations

from typing import Literal

from ..core import Record

Whose = Literal["one-lower", "one-higher", "school", "adviser"]
Gone = Literal["not-asked", "not-needed", "outweighed", "replaced", "shaped", "impossible"]


class Hangs(Record):
    """A judgement that would take something away if it were another."""

    question: str
    title: str
    """of the question's strand"""
    judgement: str
    """what it would have to be for that"""
    kind: Gone
    words: str
    """with why, as it is read after “depends on”"""


class DoubtedItem(Record):
    """Something that is advised, or needed by what is."""

    intervention: str
    title: str
    firm: bool
    stands: str
    """why it would be there in every case; empty where it wouldn't"""
    depends_on: tuple[Hangs, ...]


class Moves(Record):
    """Something that would go, come or be for others under a doubt."""

    intervention: str
    title: str
    words: str


class Doubt(Record):
    """One judgement as it might have been, and what would be advised then."""

    question: str
    title: str
    agreed: str
    judgement: str
    whose: tuple[Whose, ...]
    """why this grade was tried"""
    goes: tuple[Moves, ...]
    """what would not be advised, and why"""
    comes: tuple[Moves, ...]
    """what would be advised that isn't today, and why"""
    others: tuple[Moves, ...]
    """what would be for other classes or teachers"""


class Firm(Record):
    """The advice that stands whatever is made of the judgements, and the advice that hangs on
    one."""

    school: str
    words: str
    items: tuple[DoubtedItem, ...]
    doubts: tuple[Doubt, ...]
    not_judged: tuple[str, ...]
    """titles of the questions with no agreed judgement: nothing is doubted there"""
    planned: tuple[str, ...] = ()
    """which of the items are in the plan"""

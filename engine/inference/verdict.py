"""What became of a rule on one thing it is about: the whole tree, every comparison with what was read."""

from __future__ import annotations

from typing import Literal

from ..core import Address, Day, Record
from .evidence import CellRef

Truth = Literal["true", "false", "unknown"]
Outcome = Literal["fired", "silent", "unknown", "not applicable"]


class EntityRef(Record):
    """The thing a rule was held against; a pupil by pseudonym."""

    kind: str
    id: str
    label: str


class Standard(Record):
    """The dated figure a value was compared with."""

    id: str
    title: str
    value: float
    unit: str
    valid_from: Day
    standing: str
    """official, published, judgement (the project's own) or own (a trust's or school's)"""
    source: str
    """its title; of an own line, whose it is, and what it stands in place of"""
    address: Address | None


class Compared(Record):
    """One comparison: what was read, what it was held against, and how far the two are apart."""

    key: str
    """the indicator, with the question it is of; or “need” and its id"""
    title: str
    result: Truth
    words: str
    """the comparison and what came of it, in one sentence"""
    value: str | None
    """as it is shown; null when it is not known"""
    comparison: str
    against: str
    standard: Standard | None = None
    margin: float | None = None
    """the value less what it is held against, in the indicator's unit, for grades in grades; null
    where there is no distance"""
    unit: str = ""
    """of the margin"""
    read_of: EntityRef | None = None
    """whose value it is"""
    cells: tuple[CellRef, ...] = ()
    """at most five; see `cells_in_all`"""
    cells_in_all: int = 0


class Tree(Record):
    """A condition with what became of it; a comparison has no parts."""

    kind: Literal["all", "any", "not", "comparison"]
    result: Truth
    parts: tuple[Tree, ...] = ()
    compared: Compared | None = None
    found_by: tuple[RuleVerdict, ...] = ()
    """for a need: the rules that found it; where none did, all that could have"""


class RuleVerdict(Record):
    """A rule on one thing it is about."""

    rule: str
    title: str
    stratum: str
    entity: EntityRef | None
    """null when the school has none of its kind"""
    outcome: Outcome
    words: str
    """what the rule says when it fires, else why it doesn't"""
    tree: Tree | None
    """null when the rule isn't applicable"""
    deciding: tuple[Compared, ...] = ()
    """the comparisons that made it come out so"""
    missing: tuple[str, ...] = ()
    """titles of what is not known and would decide it"""
    place: str
    """where the rule is written: file, line, column"""


Tree.model_rebuild()

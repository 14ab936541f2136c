"""How often the screening rules flag one group of pupils and another; the JSON of
`termwise rules audit`."""

from __future__ import annotations

from ..core import Record


class Flagged(Record):
    """Pupils flagged in at least one subject, each counted once; figures are percent."""

    pupils: int
    flagged: int
    share: float
    low: float
    """the lower end of Wilson's interval"""
    high: float


class Apart(Record):
    """A group's share less that of the others, in percentage points."""

    points: float
    low: float
    """the lower end of Newcombe's interval"""
    high: float


class GroupHeld(Record):
    """One group under one rule. What is null is not shown, lest it tell of a few children."""

    rule: str
    """empty: the gravest state as a whole, whatever rule gives it"""
    title: str
    by: str
    """the indicator"""
    by_title: str
    group: str
    here: Flagged | None
    others: Flagged | None
    """those in the indicator's other groups"""
    apart: Apart | None


class Lean(Record):
    """A rule that flags a group so much more or less often than the others that chance alone
    seldom explains it."""

    rule: str
    by: str
    group: str
    words: str
    look: str
    """what to look at before the rule is changed or trusted"""


class NotKnown(Record):
    """An indicator that is not known of some pupils, who are in none of its groups."""

    by: str
    title: str
    pupils: int


class AuditReport(Record):
    """All of it."""

    school: str
    pupils: int
    """who are counted"""
    left_out: int
    """pupils counted nowhere: one of the indicators is not known of so few that they could be found
    by subtraction"""
    level: float
    """confidence of the intervals, in percent"""
    least: int
    least_apart: float
    """points below which no rule is said to lean"""
    unknown: tuple[NotKnown, ...]
    comparisons: int
    """how many differences are shown where anyone is flagged"""
    groups: tuple[GroupHeld, ...]
    leans: tuple[Lean, ...]

"""What would be otherwise if some values were: what was set, and each difference with its reasons."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..core import Record
from ..planning import SchoolRef


class Set(Record):
    """A setting in words."""

    said: str
    """as it was given"""
    title: str
    was: str
    now: str
    already: bool = False
    """it is so already, without being set"""


class Turned(Record):
    """A comparison that comes out otherwise, with what it reads today and with what was set."""

    title: str
    """of the value, and of whom it is where that is not the school"""
    was: str | None
    """null: not known"""
    now: str | None
    words: str


Kind = Literal[
    "rule",
    "against",
    "shape",
    "in-place",
    "promise",
    "duty",
    "rank",
    "refused",
    "needed",
    "impossible",
    "room",
    "order",
    "date",
    "value",
    "other",
    "choice",
]


class DifferenceReason(Record):
    """One reason for a difference."""

    kind: Kind
    words: str
    rule: str = ""
    """the rule that comes out otherwise, where it is one"""
    says: str = ""
    """what that rule does now, without the comparisons behind it"""
    turned: tuple[Turned, ...] = ()


class Asked(Record):
    """A recommendation: its score and for whom it is."""

    targets: str
    strength: str
    """of the strongest argument; empty where no rule asks for it"""
    score: int
    rules: tuple[str, ...]
    against: tuple[str, ...]
    must: bool
    """it has to be done: promised, a duty, or asked so by a rule"""


class Recommended(Record):
    """A recommendation today and with what was set; null where it is none."""

    intervention: str
    title: str
    was: Asked | None
    now: Asked | None
    left_out: str = ""
    """why it is not in the plan now, though it is recommended"""
    reasons: tuple[DifferenceReason, ...]
    """of the difference; empty where there is none"""


class PlacedStep(Record):
    """Where a step stands in a plan."""

    starts: str
    """the title of its first half-term"""
    ends: str
    form: Literal["full", "light"]
    targets: str
    value: int


class ComparedStep(Record):
    """A step in today's plan and in the one with what was set; null where it is not in it."""

    step: str
    title: str
    was: PlacedStep | None
    now: PlacedStep | None
    left_out: str = ""
    """where it is in one plan only: why it is left out of the other"""
    reasons: tuple[DifferenceReason, ...]
    """of the difference; empty where there is none"""


class Totals(Record):
    """A plan in figures."""

    recommendations: int
    steps: int
    value: int
    """points"""
    pounds: int
    days: float
    until: str
    """the title of the plan's last half-term"""
    exact: bool
    """false: the best plan found, not proved to be the best"""


class WhatIf(Record):
    """Today's recommendations and plan beside those with other values, and why each differs."""

    school: SchoolRef
    set: tuple[Set, ...]
    recommendations: tuple[Recommended, ...]
    shaping: tuple[DifferenceReason, ...]
    """rules that shape the plan as a whole and come out otherwise"""
    steps: tuple[ComparedStep, ...]
    was: Totals
    now: Totals
    conflict: tuple[str, ...]
    """why what must be done can't all be done with what was set"""
    no_longer: tuple[str, ...]
    """the same of today, where it no longer holds"""
    unturned: tuple[str, ...] = ()
    """where nothing differs: what was read otherwise, and what it is compared with"""
    numbers: bool = Field(default=False, exclude=True)
    """points are told in words too"""

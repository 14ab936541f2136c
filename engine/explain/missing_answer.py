"""What data is missing, which rules can't be decided without it, and what of the advice hangs on it."""

from __future__ import annotations

from typing import Literal

from ..core import Record


class ClassCount(Record):
    class_id: str
    pupils: int


class Undecided(Record):
    """A rule that can't be decided."""

    rule: str
    title: str
    times: int
    """for how many classes, pupils and the like it can't be"""


class Piece(Record):
    """Something that would be advised, spoken against or shaped if a rule could be decided."""

    intervention: str | None
    """null: how the plan as a whole is shaped"""
    title: str
    way: Literal["for", "against", "shape"]
    strength: str
    advised: bool
    """whether it is advised today"""
    rules: tuple[str, ...]
    only_with: tuple[str, ...]
    """titles of what else has to be known before anything can come of it; empty: nothing"""


class MissingFact(Record):
    """A fact that is missing; of pupils, of all for whom it is."""

    keys: tuple[str, ...]
    """the indicator; several where they are read from the same cells; none where all data of pupils
    is missing"""
    title: str
    of: str
    """of whom, in words; empty: of the school"""
    pupils: int
    """for how many pupils it is missing; 0 where it is not of pupils"""
    classes: tuple[ClassCount, ...] = ()
    """their classes, without those of very few"""
    help: str
    """how a school finds it; empty where nothing is said"""
    where: str
    """the file and the key or column it would be written in"""
    undecided: tuple[Undecided, ...]
    hangs: tuple[Piece, ...]
    """what hangs on it, the strongest first"""
    weight: int
    """the strengths of all that hangs on it, added up"""


class MissingData(Record):
    """All that is missing and keeps rules from deciding, what most hangs on first."""

    school: str
    words: str
    facts: tuple[MissingFact, ...]
    never: tuple[Undecided, ...]
    """rules that no fact would decide, such as where a group is too small"""

"""What data is missing, which rules can't be decided without it, and what of the advice hangs on it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..core import Record


class ClassCount(Record):
    class_id: str
    pupils: int


class Undecided(Record):
    """A rule that can't be decided."""

    rule: str
    title: str
    times: int = Field(description="for how many classes, pupils and the like it can't be")


class Piece(Record):
    """Something that would be advised, spoken against or shaped if a rule could be decided."""

    intervention: str | None = Field(description="null: how the plan as a whole is shaped")
    title: str
    way: Literal["for", "against", "shape"]
    strength: str
    advised: bool = Field(description="whether it is advised today")
    rules: tuple[str, ...]
    only_with: tuple[str, ...] = Field(
        description="titles of what else has to be known before anything can come of it; empty: nothing"
    )


class MissingFact(Record):
    """A fact that is missing; of pupils, of all for whom it is."""

    keys: tuple[str, ...] = Field(
        description="the indicator; several where they are read from the same cells; none where all "
        "data of pupils is missing"
    )
    title: str
    of: str = Field(description="of whom, in words; empty: of the school")
    pupils: int = Field(
        description="for how many pupils it is missing; 0 where it is not of pupils"
    )
    classes: tuple[ClassCount, ...] = Field(
        default=(), description="their classes, without those of very few"
    )
    help: str = Field(description="how a school finds it; empty where nothing is said")
    where: str = Field(description="the file and the key or column it would be written in")
    undecided: tuple[Undecided, ...]
    hangs: tuple[Piece, ...] = Field(description="what hangs on it, the strongest first")
    weight: int = Field(description="the strengths of all that hangs on it, added up")


class MissingData(Record):
    """All that is missing and keeps rules from deciding, what most hangs on first."""

    school: str
    words: str
    facts: tuple[MissingFact, ...]
    never: tuple[Undecided, ...] = Field(
        description="rules that no fact would decide, such as where a group is too small"
    )

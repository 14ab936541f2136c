"""Why a step is where it is, why something is not in the plan: answers as frozen records."""

from __future__ import annotations

from pydantic import Field

from .base import Record
from .plan import Because, SchoolRef


class Moved(Record):
    """What becomes of another step."""

    title: str
    was: str | None = Field(description="the title of its half-term; null when it was not planned")
    now: str | None = Field(description="null when it is dropped")


class Alternative(Record):
    """A plan made again with one thing forced."""

    words: str = Field(description="the answer in one sentence")
    when: str = Field(description="the title of the half-term that was forced; empty: left out")
    moved: tuple[Moved, ...]
    value_lost: int = Field(description="points; below 0 when value would be gained")
    share_lost: float = Field(description="of the plan's value, in percent")
    possible: bool


class Elsewhere(Record):
    """Another half-term, and what is in the way there while all else stays where it is."""

    when: str
    blockers: tuple[str, ...] = Field(description="empty: it could start there as well")


class WhyStep(Record):
    """Why a step is in the plan, and why there."""

    school: SchoolRef
    step: str
    title: str
    starts: str
    ends: str
    because: tuple[Because, ...]
    against: tuple[Because, ...]
    why_here: tuple[str, ...]
    waits_for: tuple[str, ...]
    enables: tuple[str, ...]
    earliest: str
    latest: str
    slack: int
    free: int = Field(default=0, description="half-terms it can slip without moving another")
    held_by: str = Field(default="", description="what keeps it from slipping, in words")
    critical: bool
    elsewhere: tuple[Elsewhere, ...]
    earlier: Alternative | None = Field(description="null when it can't start earlier at all")
    later: Alternative | None
    without: Alternative | None = Field(description="what leaving it out would free and cost")


class WhyNot(Record):
    """Why something is not in the plan, and what would bring it in."""

    school: SchoolRef
    intervention: str
    title: str
    kind: str = Field(description="as in the plan's left_out; empty: nothing asks for it")
    reason: str
    planned_for: str = Field(default="", description="for whom it is in the plan all the same")
    also: tuple[str, ...] = Field(default=(), description="for whom else it is not, and why")
    because: tuple[Because, ...]
    elsewhere: tuple[Elsewhere, ...]
    instead: Alternative | None = Field(description="the plan with it in, within what there is")
    beside: tuple[str, ...] = Field(
        description="the least more time, money and room that would fit it in beside all the rest"
    )
    beside_alternative: Alternative | None = Field(
        default=None, description="the plan that is then possible; null when no room is enough"
    )

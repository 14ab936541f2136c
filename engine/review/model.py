"""The records of a plan in use: the plan as it was issued, and what is otherwise in another."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..core import Day, Note, Record, Slug
from ..planning import FigureNow, Plan, SchoolRef

# --- a plan as it was issued


class AgreedBy(Record):
    """Who agreed a plan: a role, never a name."""

    role: Slug
    title: str


class Pack(Record):
    """The rules, or the knowledge, that a plan was made with."""

    name: str
    files: int
    sha256: str
    """over the digests of all its files"""


class IssuedPlan(Record):
    """A plan as it was agreed: what the school works by until another is issued."""

    issued: Day
    since: Day | None
    """the day the plan before it was issued; null: it is the first"""
    agreed_by: tuple[AgreedBy, ...]
    note: Note | None
    packs: tuple[Pack, ...]
    plan: Plan
    """with the digests of the school's files (`inputs`)"""


# --- what is otherwise in another plan


class PlanRef(Record):
    """Which plan is meant."""

    issued: Day | None
    """null: it was never issued"""
    starts: Day
    ends: Day
    steps: int


class StepPlace(Record):
    """Where and how a step stands in a plan."""

    slot: str
    """id of the half-term it starts in"""
    title: str
    ends: str
    """title of the half-term it ends in"""
    lead: str
    """title of the role"""
    form: Literal["full", "light"]
    target: str
    days: float
    """all it takes"""
    pounds: int


class StepChange(Record):
    """A step in one plan and in the other; null where it is not in it."""

    step: str
    title: str
    from_: StepPlace | None = Field(alias="from")
    to: StepPlace | None
    otherwise: tuple[str, ...] = ()
    """what differs beside its start, in words: its end, form, lead, whom it is for, days, pounds"""
    because: tuple[str, ...] = ()
    """why it moved, came in or went, in sentences"""


class LineChange(Record):
    """What is planned of a line of the budget, in pounds."""

    line: str
    title: str
    year: str
    was: int
    now: int


class TimeChange(Record):
    """The planned days of a role."""

    role: str
    title: str
    was: float
    now: float


class PriorityChange(Record):
    """A priority in one plan and in the other."""

    priority: str
    title: str
    kind: Literal["kept", "changed", "new", "gone"]
    words: tuple[str, ...] = ()
    """what differs, in words: rank, judgement, target, day, lead, and the steps of substance for it"""


class FigureChange(Record):
    """A figure the plans are to move, as it stood and as it stands."""

    title: str
    indicator: str
    about: str
    was: FigureNow | None
    now: FigureNow | None


class PlanChanges(Record):
    """What is otherwise in a plan than in the one before it."""

    school: SchoolRef
    since: PlanRef
    """the plan before"""
    now: PlanRef
    kept: tuple[StepChange, ...]
    """starts where it did; `otherwise` says what else differs"""
    moved: tuple[StepChange, ...]
    new: tuple[StepChange, ...]
    dropped: tuple[StepChange, ...]
    money: tuple[LineChange, ...]
    """lines of which another sum is planned"""
    time: tuple[TimeChange, ...]
    """roles of which other time is planned"""
    priorities: tuple[PriorityChange, ...]
    figures: tuple[FigureChange, ...]
    """those that stand otherwise"""
    files: tuple[str, ...]
    """the school's files that were changed, came or went"""
    packs: tuple[str, ...] | None
    """the packs of which the files differ; null: one of the plans was never issued, so that it isn't known"""

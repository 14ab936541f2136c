"""The records of a plan in use: the plan as it was issued, and what is otherwise in another."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..core import Day, Note, Record, Slug
from ..library import StatusMeaning
from ..planning import FigureNow, Plan, SchoolRef

# --- a plan as it was issued


class AgreedBy(Record):
    """Who agreed a plan: a role, never a name."""

    role: Slug
    title: str


class Pack(Record):
    """A pack of rules and knowledge that a plan was made with."""

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


# --- how it is carried out


class ProgressEntry(Record):
    """A row of progress.csv: how a step stood on a day."""

    date: Day
    step: str
    by: Slug
    """the role that says so"""
    status: Slug
    """of knowledge/base/progress.yaml"""
    rag: Slug | None = None
    """the rating of who leads it, of the same file"""
    note: str | None = None
    """what was done"""
    evidence: str | None = None
    days: float | None = None
    """used so far, of all people together"""
    pounds: int | None = None
    """used so far"""
    days_left: float | None = None
    """still needed"""
    met: tuple[int, ...] = ()
    """milestones that are met by now, by their number in the step"""
    next: Day | None = None
    """when it is looked at again"""


class MilestoneProgress(Record):
    """A milestone, and whether it is met."""

    number: int
    what: str
    due: Day
    met: Day | None
    """the day on which it was said; null: not yet"""


class StepProgress(Record):
    """How a step of the plan in force stands on a day."""

    step: str
    title: str
    lead: str
    """title of the role"""
    priorities: tuple[str, ...]
    starts: Day
    starts_by: Day
    """the last day of the half-term it begins in; of what takes place on days, the first of them"""
    ends: Day
    means: StatusMeaning | None
    """null: nothing is written down of it"""
    status: str
    """in words"""
    rag: str | None
    """in words"""
    said: Day | None
    by: str | None
    """title of the role"""
    note: str | None
    evidence: str | None
    days_planned: float
    days_used: float | None
    """null: not written down"""
    days_left: float | None
    pounds_planned: int
    pounds_used: int | None
    milestones: tuple[MilestoneProgress, ...]
    next: Day | None


class DueItem(Record):
    """Something that falls due, or has."""

    date: Day
    kind: Literal["start", "milestone", "end", "next"]
    what: str
    step: str
    title: str
    lead: str


class ProgressGroup(Record):
    """How the steps of a lead, or for a priority, stand together."""

    name: str
    title: str
    steps: int
    done: int
    running: int
    not_begun: int
    """begun by nobody yet, put off, or nothing is written down"""
    stopped: int
    overdue: int
    """things that are"""
    days_planned: float
    days_used: float
    pounds_planned: int
    pounds_used: int


class ProgressReport(Record):
    """Where everything in a plan stands on a day."""

    school: SchoolRef
    issued: Day
    on: Day
    notice: str
    overdue: tuple[DueItem, ...]
    """the longest first"""
    due: tuple[DueItem, ...]
    """soon, the first first"""
    due_days: int
    steps: tuple[StepProgress, ...]
    by_lead: tuple[ProgressGroup, ...]
    """first of whom most is overdue"""
    by_priority: tuple[ProgressGroup, ...]
    """one step may be for several"""
    total: ProgressGroup


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


# --- a plan in force, planned again


class CameOf(Record):
    """What came of a step of the plan in force that is over, or runs."""

    step: str
    title: str
    state: Literal["done", "runs", "stopped"]
    said: Day | None
    """the day it was written down; null: nothing was, and it is taken to go as planned"""
    words: str
    """in a sentence, with what it took"""


class Replanned(Plan):
    """A plan that goes on from the plan in force: the past as it was, and as little moved as can be."""

    since: Day
    """the day the plan in force was issued"""
    on: Day
    """the day it was planned again"""
    stability: float
    """percent of the plan's worth that may be given up so that less moves"""
    past: tuple[CameOf, ...]
    changes: PlanChanges

"""The records of the at-risk report: states, reasons, certainty; JSON of `termwise recommend`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..core import VERSION, Day, Record
from ..inference import CellRef, ValueRead


class ReasonGiven(Record):
    """Why a pupil is in a state: a rule that fired."""

    rule: str
    reason: str
    title: str
    state: str
    certainty: str
    words: str
    values: tuple[ValueRead, ...]
    cells: tuple[CellRef, ...]

    @property
    def short(self) -> str:
        """Its name in a table."""
        return self.reason.replace("-", " ")


class Missing(Record):
    """The facts not known that would decide a rule."""

    rule: str
    title: str
    missing: tuple[str, ...]


class CheckFirst(Record):
    """A check that tells most of what isn't known yet."""

    skill: str
    title: str
    year: str
    year_title: str
    check: str
    settles: int
    """skills that are known after it, whichever way it comes out"""


class TeachNext(Record):
    """One step of a learning sequence."""

    skill: str
    title: str
    year: str
    year_title: str
    strand: str
    known: Literal["insecure", "follows", "unknown"]
    """follows: builds on one that is insecure; unknown: taught only where the checks do not show it
    secure"""
    strategy: str
    look_for: str
    look_again: Day | None
    """null: after the plan ends"""
    this_term: bool
    """it is over within the term and before pupils are judged again"""
    cells: tuple[CellRef, ...] = ()


class Sequence(Record):
    """From the earliest insecure skill to the goal for the term."""

    term: str
    goal: tuple[str, ...]
    """as near as a term reaches"""
    goal_title: str
    year_goal: tuple[str, ...]
    """the year group's own, where the goal is nearer"""
    year_goal_title: str
    why_first: tuple[str, ...] = ()
    """why the first checks are these, by what is known of the pupil"""
    secure: int
    """skills on the way that are secure already"""
    presumed: int
    """older skills nobody looked at, taken as secure until a check says otherwise"""
    checks: tuple[CheckFirst, ...]
    steps: tuple[TeachNext, ...]
    """in the order of teaching; where nothing is known to be insecure, what is taught if the checks
    do not show it secure"""
    later: tuple[str, ...]
    """skills known to be needed on the way to the year group's goals, beyond what a term reaches"""

    @property
    def now(self) -> TeachNext | None:
        """The first step that is known to be needed."""
        return next((step for step in self.steps if step.known != "unknown"), None)


class PupilLine(Record):
    """One pupil in one subject."""

    ref: str
    name: str | None = None
    year: str
    year_title: str
    class_id: str | None = Field(serialization_alias="class")
    subject: str
    subject_title: str
    state: str
    certainty: str | None
    reasons: tuple[ReasonGiven, ...]
    missing: tuple[Missing, ...]
    circumstances: tuple[str, ...]
    """they order the list and decide nothing"""
    sequence: Sequence | None
    interventions: tuple[str, ...]


class SideBySide(Record):
    """Pupils of one class who need the same step now, so that it is planned once."""

    class_id: str | None = Field(serialization_alias="class")
    subject: str
    subject_title: str
    does: Literal["teach", "check"]
    skill: str
    title: str
    how: str
    look_for: str
    look_again: Day | None
    pupils: tuple[str, ...]


class Touching(Record):
    """An intervention that touches these pupils."""

    intervention: str
    title: str
    target: str
    pupils: int
    """of the pupils asked for, how many"""
    because: tuple[str, ...]


class Named(Record):
    id: str
    title: str


class Judged(Record):
    """The point in time of the latest judgements."""

    title: str
    on: Day


class PupilReport(Record):
    """The pupils at risk: who they are, why, how sure that is, and what to do in class."""

    termwise: str = VERSION
    """the version that wrote it"""
    school: str
    asked: str
    """what was asked for, in words"""
    on: Day
    """the day the sequences begin"""
    judged: Judged
    quiet: str
    """the state of those of whom there is nothing to say"""
    states: tuple[Named, ...]
    """all states, the gravest first"""
    certainties: tuple[Named, ...]
    circumstances: tuple[Named, ...]
    counts: dict[str, dict[str, int]]
    """by state, of those asked for: how many times a pupil is in it in a subject, by certainty"""
    pupils: tuple[PupilLine, ...]
    side_by_side: tuple[SideBySide, ...]
    checked_by: str
    """who does the first checks, and by when"""
    interventions: tuple[Touching, ...]

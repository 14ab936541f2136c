"""The records of teams: commitments, the meeting sheet, and the commitment report to the head."""

from __future__ import annotations

import datetime
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints

from ..core import VERSION, Day, Record, Slug, Text

Ref = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")]
"""A pupil's pseudonym."""
CommitmentId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*-\d{3,}$")]


# --- what is agreed


class Agreed(Record):
    """A commitment as a teacher takes it on in a meeting."""

    team: Slug
    agreed: Day
    teacher: Slug
    """a person's id"""
    pupils: tuple[Ref, ...] = Field(min_length=1)
    subject: Slug
    skill: str | None = None
    """the code of a skill"""
    strategy: Text
    review: Day
    evidence: Text
    """what is brought to the meeting where it is reviewed"""


class Commitment(Agreed):
    """A teacher's commitment with its outcome; `kept` None: nothing is known yet."""

    id: CommitmentId
    kept: Slug | None = None
    worked: Slug | None = None
    """seen to work with these pupils"""
    seen: Day | None = None
    note: Text | None = None


# --- what is shown


class Teacher(Record):
    """A teacher by role, with the classes they have in the team."""

    id: Slug
    role: Text
    classes: tuple[str, ...]


class CommitmentShown(Record):
    """A commitment in words, as it stood on a day."""

    id: str
    agreed: Day
    teacher: Teacher | None
    """null: teaches no class of the team any longer"""
    pupils: tuple[str, ...]
    """those who are still here"""
    left: int
    """how many more pupils it was for, who have left"""
    subject: str
    skill: str | None
    strategy: str
    review: Day
    evidence: str
    kept: str | None
    worked: str | None
    seen: Day | None
    note: str | None
    overdue: bool


class TeamOn(Record):
    """A team on a day."""

    school: Text
    kind: Text
    """what such teams are called"""
    team: Slug
    title: Text
    leader: Teacher
    classes: tuple[str, ...]
    on: Day


class Concern(Record):
    """Why a pupil is in focus in a subject."""

    subject: str
    state: str
    certainty: str
    reasons: tuple[str, ...]


class FocusPupil(Record):
    ref: str
    name: str | None
    called: str
    """name or pseudonym; both where two pupils share a name"""
    year: str
    year_title: str
    concerns: tuple[Concern, ...]
    circumstances: tuple[str, ...]
    secured: tuple[str, ...] = ()
    """titles of what the last review found secure of their sequences"""


class Counted(Record):
    title: str
    count: int


class FocusClass(Record):
    """The pupils of a class to speak of first."""

    class_id: str = Field(serialization_alias="class")
    known: int
    """pupils of the class there are data on"""
    pupils: tuple[FocusPupil, ...]
    more: tuple[Counted, ...]
    """left for another time, by their gravest state"""


class ForClass(Record):
    """The pupils of one class a step is for, and who teaches them."""

    class_id: str = Field(serialization_alias="class")
    teachers: tuple[Teacher, ...]
    pupils: tuple[str, ...]


class StrategyProposed(Record):
    """A step for pupils side by side, and what the teachers of their classes could take on."""

    subject: str
    skill: str
    title: str
    does: str
    how: str
    look_for: str
    classes: tuple[ForClass, ...]
    evidence: str
    review: Day | None
    """null: no day is known"""


class TeacherGoal(Record):
    """A teacher's own goal; null where none is written down."""

    teacher: Teacher
    goal: str | None


class DatedTitle(Record):
    title: Text
    date: Day


class PupilLooked(NamedTuple):
    """What a review found of a pupil's sequence in a subject."""

    ref: str
    secured: tuple[str, ...]
    """titles of skills"""
    going_on: bool
    changed: bool


class LastReview(NamedTuple):
    """What the last review of the plan in force found of pupils' sequences."""

    on: datetime.date
    pupils: tuple[PupilLooked, ...]


class ReviewShown(Record):
    """What that review found of the pupils of a team's classes: how many of them."""

    on: Day
    secured: int
    going_on: int
    changed: int


class Meeting(Record):
    """The contents of a team's meeting sheet."""

    termwise: str = VERSION
    """the version that wrote it"""
    about: TeamOn
    note: Text
    next_meeting: Day | None
    judged: DatedTitle | None
    """the latest judgements"""
    reviewed: ReviewShown | None = None
    """null: no review was kept"""
    focus: tuple[FocusClass, ...]
    states: tuple[str, ...]
    """those for which pupils are in focus"""
    no_class: int
    """pupils of the team's year groups who are in no class"""
    commitments: tuple[CommitmentShown, ...]
    older_open: int
    """how many of them are open from an earlier meeting"""
    more_commitments: int
    goals: tuple[TeacherGoal, ...]
    strategies: tuple[StrategyProposed, ...]
    more_strategies: dict[str, int]
    """by class, how many of its steps are not here"""
    own_rows: int
    to_tick: tuple[str, ...]
    """what can come of an open commitment"""
    next_point: DatedTitle | None
    events: tuple[DatedTitle, ...]
    """dated events for the team's year groups"""


class ByTeacher(Record):
    """The commitments of one teacher with their outcomes: practice, not a score."""

    teacher: Teacher | None
    commitments: tuple[CommitmentShown, ...]


class Impact(Record):
    """The report to the head: what was taken on, kept, and seen to work."""

    termwise: str = VERSION
    """the version that wrote it"""
    about: TeamOn
    note: Text
    since: Day | None
    """the day of the first; null: none was made"""
    made: int
    kept: tuple[Counted, ...]
    open: int
    overdue: int
    done: Counted
    """those with an effect to look for"""
    worked: tuple[Counted, ...]
    """of these"""
    unseen: int
    """of these, those nobody has looked at yet"""
    teachers: tuple[ByTeacher, ...]

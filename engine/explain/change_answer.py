"""What would have to be different: the smallest changes of the data that turn what is advised."""

from __future__ import annotations

from ..core import Record
from ..inference import CellRef
from ..planning import SchoolRef


class Differs(Record):
    """One fact as it is and as it would have to be."""

    kind: str
    entity: str
    """the id of what it is a fact of; of a pupil, the pseudonym"""
    key: str
    member: str = ""
    """of a set: what would be in it, or not"""
    was: str | None
    """null when it is not known"""
    now: str
    figure: bool
    """worked out from others, and supposed as one fact"""
    words: str
    cells: tuple[CellRef, ...] = ()
    """where it is written, at most five"""


class WayToChange(Record):
    """Changes that together turn it, and no part of them does."""

    changes: tuple[Differs, ...]
    words: str
    alike: int = 0
    """how many others are of its kind, about another class, teacher or subject; they may do as
    well, and were not tried"""
    brings_in: tuple[str, ...] = ()
    """titles of what else would then be advised"""
    takes_out: tuple[str, ...] = ()
    """titles of what else would no longer be advised"""


class Changes(Record):
    """The smallest changes with which something would be advised, or not."""

    school: SchoolRef
    item: str
    title: str
    advised: bool
    """whether it is advised today"""
    ways: tuple[WayToChange, ...]
    settled: tuple[WayToChange, ...] = ()
    """ways that need a fact which a school can't make otherwise"""
    none: str = ""
    """why no way is told, in words; empty where one is"""
    tried: int
    """sets of changes tried by running the rules again"""


class StateWay(Record):
    """The nearest latest judgement with which a pupil would be in another state."""

    judgement: str
    """the title of the grade"""
    grades_apart: int
    """from today's, up or, below 0, down"""
    state: str
    state_title: str
    words: str


class SubjectChanges(Record):
    """The nearest judgements with which one pupil would be seen otherwise in one subject."""

    subject: str
    subject_title: str
    state: str
    state_title: str
    judgement: str | None
    """the latest, as it was written; null: there is none"""
    cell: CellRef | None
    ways: tuple[StateWay, ...]
    """the smallest differences first"""
    none: str = ""
    """why no way is told, in words"""


class PupilChanges(Record):
    """The nearest judgements with which a pupil would be seen otherwise: the latest ones, since
    what was before can't be otherwise."""

    school: str
    pupil: str
    """the pseudonym"""
    subjects: tuple[SubjectChanges, ...]

"""A school as it was read: its three files, its pupils with their results, and where everything is
written."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ..core import Mistake
from ..library import Cell, Override, Scale, Value
from .calendar import Timeline
from .model import CqaFile, Person, SchoolFile, StaffFile, Window
from .pupil_data.pseudonyms import Pseudonyms
from .pupil_data.rows import Account
from .setting import Setting


@dataclass(frozen=True, slots=True)
class Result:
    """One pupil's result in one subject (or component) at one time; `grade` is a rank or score, and
    None where there is none, for the reason in `missing`."""

    scale: str
    grade: int | float | None
    cell: Cell
    missing: str = ""
    standing: int | None = None
    """Its place among the anchors of the library's scale of attainment."""
    distance: float | None = None
    """Grades above what was expected then; only differences on one scale mean anything."""


@dataclass(slots=True)
class PupilRead:
    """One pupil: what is known of them, and their results by assessment, subject or component, and
    point or school year."""

    ref: str
    year: str
    class_id: str | None
    cell: Cell
    name: str | None = None
    """Only where names were asked for."""
    values: dict[str, Value] = field(default_factory=dict)
    results: dict[tuple[str, str, str], Result] = field(default_factory=dict)
    concern: dict[str, Value] = field(default_factory=dict)
    """A teacher's concern by subject, as of the latest point at which one was written."""
    concern_noted: dict[str, datetime.date] = field(default_factory=dict)
    """The date of that point."""
    skills: dict[str, Value] = field(default_factory=dict)
    """By the code of each skill that was looked at: whether it was secure, when last looked at."""
    skills_seen: dict[str, datetime.date] = field(default_factory=dict)
    """The day on which that was, where it is known."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read, with the hash of its bytes; of a file with rows how many there are, and
    how many rows and single cells could not be read."""

    file: str
    sha256: str
    rows: int = 0
    refused: int = 0
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """A school's decision about advice, with the titles of what it names by id."""

    override: Override
    reason: str
    role: str
    said: str = ""
    """what it rests on, where nobody decided it in so many words"""

    @property
    def words(self) -> str:
        """For example: accepted by the Headteacher on 4 September 2026."""
        if self.said:
            return self.said
        done = {"accept": "accepted", "adapt": "accepted with changes", "refuse": "refused"}
        day = f"{self.override.on:%-d %B %Y}"
        return f"{done[self.override.decision]} by the {self.role} on {day}"


@dataclass(frozen=True, slots=True)
class Promise:
    """An intervention the school wants in the plan: promised in school.yaml, or accepted."""

    intervention: str
    form: Literal["full", "light"]
    lead: str | None
    by: datetime.date | None
    because: str
    targets: tuple[str, ...] = ()
    """The ids of those it is for. None stands for all; of what was accepted, for those it is advised for,
    or for all where it no longer is."""
    accepted: Decided | None = None
    """None where it is promised in school.yaml."""


@dataclass(frozen=True)
class SchoolData:
    """The content of a school's files of data, whatever else is wrong in its folder."""

    file: SchoolFile
    pupils: tuple[PupilRead, ...]
    timeline: Timeline
    scales: Mapping[str, Scale]
    """The scale in force for each use."""
    measures: Mapping[str, Scale]
    """Every scale of the library and of the school's own folder, by id."""
    accounts: tuple[Account, ...]
    """What became of each file of pupils, row by row."""
    published: Mapping[str, Value]
    """Indicators of the school from published tables."""
    pseudonyms: Pseudonyms
    named: frozenset[str]
    """The pupils' names, as pseudonyms: what is written by hand is held against them."""
    latest: Mapping[str, str]
    """By subject: the id of the latest point at which anybody of the school was judged in it, whoever of
    its pupils are looked at."""


@dataclass(frozen=True)
class School(SchoolData):
    """One school's folder, checked against a library."""

    cqa: CqaFile
    staff: StaffFile
    inputs: tuple[Input, ...]
    cells: Mapping[tuple[str, ...], Cell]
    """Where a key path is written: the file's name first, then the path as text."""
    folder: pathlib.Path
    years: int | None
    """How many years were asked for, in place of what the folder asks."""
    settings: tuple[Setting, ...] = ()
    """What was set in place of what the files say."""
    decided: tuple[Decided, ...] = ()
    """What overrides.yaml says, in its order."""
    doubts: tuple[Mistake, ...] = ()
    """What may be right and may be a slip: asked about by `termwise check`, no obstacle to a plan."""

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Return the interventions the school wants in the plan: promised first, then accepted."""
        own = [
            Promise(one.intervention, one.form, one.lead, one.by, one.because, one.for_)
            for one in self.file.must
        ]
        refused = {
            one.override.intervention for one in self.decided if one.override.decision == "refuse"
        }
        own += [
            Promise(one.id, "full", None, one.by, one.because)
            for one in self.file.own_steps
            if one.id not in refused
        ]
        for one in self.decided:
            said = one.override
            if said.decision != "refuse":
                form, targets = said.form or "full", said.for_
                told = Promise(
                    said.intervention, form, said.lead, said.by, one.reason, targets, one
                )
                own.append(told)
        return tuple(own)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """When things may start: what school.yaml says, then what was accepted for later only."""
        return self.file.windows + tuple(
            Window(intervention=one.override.intervention, not_before=day, because=one.words)
            for one in self.decided
            if (day := one.override.not_before)
        )

    def vacant(self, person: Person) -> bool:
        """Tell whether a person's post is vacant on some day of the plan.

        Rules are about no teacher in it then, for whoever is there now goes, and of whoever comes
        nothing is known.
        """
        halves = self.timeline.halves
        return person.away(halves[0].starts, halves[-1].ends)

    def accepted(self, name: str) -> Decided | None:
        """The decision by which an intervention was accepted, as it is or with changes; None where
        it was not."""
        return next(
            (p.accepted for p in self.promises if p.accepted and p.intervention == name), None
        )

    def cell(self, file: str, *path: str | int) -> Cell:
        """Where a key is written, or the nearest key above it."""
        whole = (file, *(str(part) for part in path))
        for length in range(len(whole), 0, -1):
            if whole[:length] in self.cells:
                return self.cells[whole[:length]]
        return Cell(file, 1, "1")

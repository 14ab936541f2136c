"""A school as it was read: its three files, its pupils' judgements, and where everything is
written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..records.facts import Cell, Value
from ..records.knowledge import Scale
from ..records.school import CqaFile, SchoolFile, StaffFile
from ..terms import Timeline


@dataclass(frozen=True, slots=True)
class Judged:
    """One pupil's judgement in one subject at one point; None where nobody judged."""

    rank: int | None
    cell: Cell


@dataclass(slots=True)
class PupilRead:
    """One pupil: what is known of them, and their judgements by subject and point."""

    ref: str
    year: str
    class_id: str
    cell: Cell
    values: dict[str, Value] = field(default_factory=dict)
    judged: dict[tuple[str, str], Judged] = field(default_factory=dict)
    concern: dict[str, Value] = field(default_factory=dict)
    """A teacher's concern by subject, as of the latest point at which one was written."""
    concern_at: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read, with the hash of its bytes, and how its rows were used."""

    file: str
    sha256: str
    rows: int = 0


@dataclass(frozen=True)
class School:
    """One school's folder, checked against a library."""

    file: SchoolFile
    cqa: CqaFile
    staff: StaffFile
    pupils: tuple[PupilRead, ...]
    timeline: Timeline
    scales: Mapping[str, Scale]
    inputs: tuple[Input, ...]
    cells: Mapping[tuple[str, ...], Cell]
    """Where a key path is written: the file's name first, then the path as text."""

    def cell(self, file: str, *path: str | int) -> Cell:
        """Where a key is written, or the nearest key above it."""
        whole = (file, *(str(part) for part in path))
        for length in range(len(whole), 0, -1):
            if whole[:length] in self.cells:
                return self.cells[whole[:length]]
        return Cell(file, 1, "1")

"""What a reader makes of a file: rows about pupils, and an account of every row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..errors import Place, Problem
from ..library import Library
from ..records.school import PupilFile, PupilFiles, SchoolFile
from .identity import Pseudonyms

RefusalKind = Literal[
    "unreadable",
    "off the scale",
    "in doubt",
    "repeat",
    "judged twice",
    "contradiction",
    "two classes",
    "total",
    "not asked for",
    "another school",
]


ALIKE = 4
"""Of rows refused for the same reason so many are named one by one."""


class TermOf(NamedTuple):
    """A term (or half-term) of the school year in which a pupil was in a year group."""

    year_group: str
    part: str


class Given(NamedTuple):
    """One result as it is written: of which assessment, in which subject or component, when.

    `when`: a point's id, a school year (of a statutory assessment), a term of a year group; None
    where school.yaml declares no such point, or for a statutory assessment whose year follows from
    the pupil's year group; “” where it can't be read. `part` is “” where that can't be read.
    """

    assessment: str
    part: str
    when: str | TermOf | None
    text: str
    heading: str
    concern: str = ""
    """What the row says of a concern of the teacher's, as written."""
    wrong: str = ""
    """Why the cell can't be read, where that shows before its text is looked at."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who a row is about, as pseudonyms of what identifies the pupil in it."""

    upn: str | None = None
    reference: str | None = None
    name: str | None = None
    shown: str | None = None
    """The pupil's name in plain letters, only where names were asked for."""

    @property
    def known(self) -> bool:
        """Whether anything identifies the pupil."""
        return bool(self.upn or self.reference or self.name)


class Row(NamedTuple):
    """What one row says of one pupil."""

    number: int
    """Its place in the file, counted from 1 as a spreadsheet shows it; for XML the line."""
    who: Who
    texts: tuple[tuple[str, str], ...]
    """What it says of the pupil: ids of the library's columns, each with the text as written."""
    results: tuple[Given, ...] = ()


class Refusal(NamedTuple):
    """A row, or one cell of it, that was not used, and why."""

    row: int
    column: str
    reason: str
    mistake: bool = True
    """False: nothing is wrong with it, it is only not asked for (a total, another school)."""
    kind: RefusalKind = "unreadable"


@dataclass(slots=True)
class Account:
    """What became of one file: rows = used + refused, and which column was read as what."""

    file: str
    kind: str = ""
    rows: int = 0
    used: int = 0
    refused: list[Refusal] = field(default_factory=list)
    set_aside: list[Refusal] = field(default_factory=list)
    """Cells of used rows that could not be used."""
    columns: list[tuple[str, str]] = field(default_factory=list)
    """Each heading and what it was read as; empty where it was not read."""
    headings: dict[str, str] = field(default_factory=dict)
    """The heading of each column of the library that the file has."""
    notes: list[str] = field(default_factory=list)

    def problems(self, kind: RefusalKind | None = None) -> Iterator[Problem]:
        """The mistakes in it (or those of one kind), each with its place; of many for one reason the first few, and how
        many more there are."""
        headings = [heading for heading, _ in self.columns]
        asked = [r for r in (*self.refused, *self.set_aside) if kind in (None, r.kind)]
        for reason, refusals in alike(asked).items():
            for position, refusal in enumerate(refusals[:ALIKE], start=1):
                heading, others = refusal.column, len(refusals) - ALIKE
                column = headings.index(heading) + 1 if heading in headings else 1
                last = position == ALIKE and others > 0
                more = f" ({others:,} more are like this)" if last else ""
                yield Problem(Place(self.file, refusal.row, column), reason + more)


def alike(refusals: Iterable[Refusal]) -> dict[str, list[Refusal]]:
    """The mistakes among refusals by their reason, each group in the order of its rows."""
    groups: dict[str, list[Refusal]] = {}
    for refusal in sorted(refusals):
        if refusal.mistake:
            groups.setdefault(refusal.reason, []).append(refusal)
    return groups


@dataclass(frozen=True)
class Request:
    """What is asked of a reader: one file of a school, and everything needed to understand it."""

    file: PupilFile
    pupils: PupilFiles
    school: SchoolFile
    library: Library
    pseudonyms: Pseudonyms
    names: bool = False
    """Whether pupils' names are kept."""


class UnreadableError(Exception):
    """A file is refused whole; `problems` says why, in words a school office understands."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


Read = Callable[[bytes, Request, Account], Iterator[Row]]
"""A reader: the bytes of a file, as rows; it fills in the account's kind, columns and notes, counts
`rows`, and adds the rows it refuses itself. Raises UnreadableError before its first row."""

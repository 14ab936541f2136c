"""The rows a reader makes of a file, each about one pupil, and an account of all it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ...core import Mistake, Place
from ...library import Library
from ..model import PupilFile, PupilFiles, SchoolFile
from .pseudonyms import Pseudonyms
from .pupil_names import PupilName

RefusalKind = Literal[
    "unreadable",
    "off the scale",
    "in doubt",
    "not counted",
    "repeat",
    "judged twice",
    "contradiction",
    "two classes",
    "total",
    "footer",
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
    concern_heading: str = ""
    wrong: str = ""
    """Why the cell can't be read, where that shows before its text is looked at."""


@dataclass(frozen=True, slots=True)
class Who:
    """The identity of the pupil in a row, as pseudonyms of its number, reference and name."""

    upn: str | None = None
    reference: str | None = None
    name: str | None = None
    """Of its name whatever the order of forename and surname."""
    order: str | None = None
    """Of its name with forename and surname told apart, or as it is written."""
    said: PupilName | None = field(default=None, repr=False)
    """The name itself, to be compared while files are joined."""
    school: str | None = None
    """What the row calls its school, “” where that is known to be this one; None: it doesn't say."""
    shown: str | None = None
    """The pupil's name in plain letters, only where names were asked for."""

    @property
    def known(self) -> bool:
        """Tell whether anything identifies the pupil."""
        return bool(self.upn or self.reference or self.name)


class PupilRow(NamedTuple):
    """One row about one pupil: its cells and results, as written."""

    number: int
    """Its place in the file, counted from 1 as a spreadsheet shows it; for XML the line."""
    who: Who
    texts: tuple[tuple[str, str], ...]
    """What it says of the pupil: ids of the library's columns, each with the text as written."""
    results: tuple[Given, ...] = ()
    asides: tuple[tuple[str, str], ...] = ()
    """Cells of it that can't be read before anybody asks what they say: heading and reason."""


class Refusal(NamedTuple):
    """A row, or one cell of it, that was not used, and why."""

    row: int
    column: str
    reason: str
    mistake: bool = True
    """False: nothing is wrong with it, it is only not asked for (a total, another school)."""
    kind: RefusalKind = "unreadable"
    about: str = ""
    """What rows disagree about, and in which files: of all such, one is told with their number."""


@dataclass(slots=True)
class Account:
    """The account of one file: rows = used + refused, and the reading of each column."""

    file: str
    kind: str = ""
    rows: int = 0
    used: int = 0
    refused: list[Refusal] = field(default_factory=list)
    set_aside: list[Refusal] = field(default_factory=list)
    """Cells of used rows that could not be used."""
    columns: list[tuple[str, str]] = field(default_factory=list)
    """Each heading, in the order of the columns, and what it was read as; empty where it was not
    read."""
    outside: list[tuple[str, str]] = field(default_factory=list)
    """Headings that name a time at which school.yaml has no point, and that time."""
    headings: dict[str, str] = field(default_factory=dict)
    """The heading of each column of the library that the file has."""
    notes: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    """Pupils known by their name only whom no other file has, though others have their year."""
    sheet_of: str = ""
    """The file it is a sheet of, where it is one of several."""

    @property
    def named(self) -> str:
        """The file as school.yaml names it."""
        return self.sheet_of or self.file

    def heading(self, *columns: str) -> str:
        """Its heading for the first of these columns of the library that it has."""
        return next((self.headings[name] for name in columns if name in self.headings), "")

    def place(self, row: int, *columns: str) -> Place:
        """Where a row stands, at the first of these columns of the library that it has."""
        headings, heading = [name for name, _ in self.columns], self.heading(*columns)
        return Place(self.file, row, headings.index(heading) + 1 if heading in headings else 1)

    def problems(self, kind: RefusalKind | None = None) -> Iterator[Mistake]:
        """The mistakes in it (or those of one kind), each with its place; of many for one reason the first few, and how
        many more there are."""
        return all_problems([self], kind)


def all_problems(accounts: Iterable[Account], kind: RefusalKind | None = None) -> Iterator[Mistake]:
    """The mistakes in files (or those of one kind); what two files disagree about is told once, of
    the first."""
    told: set[str] = set()
    for account in accounts:
        headings = [heading for heading, _ in account.columns]
        asked = [r for r in (*account.refused, *account.set_aside) if kind in (None, r.kind)]
        for refusals in alike(r for r in asked if r.about not in told).values():
            first = refusals[0]
            if first.about:
                told.add(first.about)
                shown, of_all = 1, len({refusal.reason for refusal in refusals})
            else:
                shown, of_all = 1 if first.kind in _ONE_LINE else ALIKE, len(refusals)
            for position, refusal in enumerate(refusals[:shown], start=1):
                heading, others = refusal.column, of_all - shown
                column = headings.index(heading) + 1 if heading in headings else 1
                last = position == shown and others > 0
                like = f"like this: {first.about}" if first.about else "like this"
                more = f" ({others:,} more are {like})" if last else ""
                hint = _HINTS.get(refusal.reason) or _HINTS.get(refusal.kind, "")
                yield Mistake(Place(account.file, refusal.row, column), refusal.reason + more, hint)


_ONE_LINE: tuple[RefusalKind, ...] = ("not counted",)
"""Kinds of which one line is enough: the answer is the same for all."""
_HINTS = {
    "off the scale": "if it means one of its grades, say so in school.yaml under the file, codes",
    "is no class of school.yaml": "call the class there as the file does",
    "is in no subject that is known": "say in school.yaml under the file which subject it is about",
    "is no point in time that can be read": "give the point that name in school.yaml, under also",
    "does not say the year of the term": "write it there, such as 2025/26, or say in school.yaml under "
    "the file of which year such terms are: terms_of: 2025-26",
    "is no school year such as 2025/26": "correct it there",
    "names another school year than its column of years": "correct one of the two",
    "does not say the pupil's year group, and no class tells it": "if a column does, say in "
    "school.yaml under the file, columns: {its heading: year}; else name a file beside it that gives "
    "UPN and Year",
    "does not say the pupil's year group, and no class tells it, but the birth date could": "if "
    "pupils are in the year group of their age, say so in school.yaml under the file: year_from: "
    "birth-date; else name a file beside it that gives UPN and Year",
    "does not say the pupil's year group, and is in no class of school.yaml": "call the class there "
    "as the file does, or add a column of year groups",
    "is about one of two pupils with this name or number, and doesn't say which": "add a column "
    "with the UPN, or the school's own number",
    "judged twice": "correct one of them, or, where one file is right whenever two differ, write in "
    "school.yaml, under pupils: prefer: its name",
    "is no date": "write it as 31/12/2016",
    "can be a date with the day or the month first, and its column has both": "write it as "
    "2016-12-31, or say in school.yaml under the file which is right for all: dates: day-first "
    "(or month-first)",
}
"""What to do about a refusal, by its reason or kind."""


def alike(refusals: Iterable[Refusal]) -> dict[str, list[Refusal]]:
    """The mistakes among refusals by their reason, or by what they disagree about, each group in the
    order of its rows."""
    groups: dict[str, list[Refusal]] = {}
    for refusal in sorted(refusals):
        if refusal.mistake:
            groups.setdefault(refusal.about or refusal.reason, []).append(refusal)
    return groups


@dataclass(frozen=True)
class Request:
    """A request to a reader: one file of a school, and everything needed to understand it."""

    file: PupilFile
    pupils: PupilFiles
    school: SchoolFile
    library: Library
    pseudonyms: Pseudonyms
    names: bool = False
    """Whether pupils' names are kept."""


class UnreadableError(Exception):
    """A file is refused whole; `problems` says why, in words a school office understands."""

    def __init__(self, *problems: Mistake) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


Read = Callable[[bytes, Request, Account], Iterator[PupilRow]]
"""A reader: the bytes of a file, as rows; it fills in the account's kind, columns and notes, counts
`rows`, and adds the rows it refuses itself. Raises UnreadableError before its first row."""

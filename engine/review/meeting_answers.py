"""What a team wrote into its meeting's workbook: outcomes and commitments, for commitments.csv."""

from __future__ import annotations

import datetime
import pathlib
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping, Sequence

from ..core import Day, Record
from ..library import CommitmentOutcome, Library
from ..pupils import COMMITMENTS, Agreed, add, outcome
from ..school import PSEUDONYM, School, main_file, only_writer_of
from . import phrases
from .returned_changes import NotUnderstood, day_in
from .returned_file import ReturnedRow

CAME, AGREED = "Commitment", "Agreed"
"""The headings of the first columns of the two sheets."""
_YES = ("yes", "y", "x", "true")
_PARTS = re.compile(r"[,;\n]")


class OutcomeTold(Record):
    """The outcome of a commitment, as it was told."""

    id: str
    kept: str
    worked: str | None
    seen: Day
    note: str | None


class ReturnedMeeting(Record):
    """All that came back in a meeting's workbook."""

    outcomes: tuple[OutcomeTold, ...]
    agreed: tuple[Agreed, ...]
    not_understood: tuple[NotUnderstood, ...]


def returned_meeting(
    rows: Iterable[ReturnedRow], school: School, library: Library, on: datetime.date
) -> ReturnedMeeting:
    """Read the rows of a meeting's workbook.

    Args: `school` with its pupils' names, which are matched here and kept nowhere; `on` is the day of an outcome that
    has no other.
    """
    reading = _Meeting(school, library, on)
    for row in rows:
        reading.read(row)
    return ReturnedMeeting(
        outcomes=tuple(reading.outcomes),
        agreed=tuple(reading.agreed),
        not_understood=tuple(reading.unclear),
    )


def write_meeting(
    folder: pathlib.Path, school: School, library: Library, told: ReturnedMeeting
) -> list[str]:
    """Write outcomes and commitments to commitments.csv, all of them or none; give the ids of what was agreed.

    Raises ContentError, UnknownNameError or TermwiseError as writing each by itself does; then nothing is written.
    """
    path = folder / COMMITMENTS
    with only_writer_of(path) as write, tempfile.TemporaryDirectory() as made:
        tried = pathlib.Path(made)
        main = main_file(folder)
        shutil.copy(main, tried / main.name)
        if path.exists():
            shutil.copy(path, tried / COMMITMENTS)
        for one in told.outcomes:
            outcome(tried, school, library, one.id, one.kept, one.worked, one.seen, one.note)
        ids = [add(tried, school, library, one).commitment.id for one in told.agreed]
        if told.outcomes or told.agreed:
            like = path if path.exists() else main
            write((tried / COMMITMENTS).read_bytes(), stat.S_IMODE(like.stat().st_mode))
    return ids


class _Meeting:
    def __init__(self, school: School, library: Library, on: datetime.date) -> None:
        self.school, self.library, self.on = school, library, on
        self.outcomes: list[OutcomeTold] = []
        self.agreed: list[Agreed] = []
        self.unclear: list[NotUnderstood] = []
        self.refs = {one.ref for one in school.pupils}
        self.classes = {one.ref: one.class_id for one in school.pupils}
        self.named: dict[str, set[str]] = {}
        for one in school.pupils:
            for name in _called(one.name):
                self.named.setdefault(name, set()).add(one.ref)

    def read(self, row: ReturnedRow) -> None:
        if row.cells.get(CAME):
            self._came(row)
        elif row.cells.get(AGREED, "").casefold() in _YES:
            self._agreed(row)

    def _came(self, row: ReturnedRow) -> None:
        said = row.cells.get("Kept", "")
        if not said:
            return
        kept = _word(said, self.library.teams.kept)
        worked = row.cells.get("Worked", "")
        works = _word(worked, self.library.teams.worked) if worked else None
        seen = row.cells.get("Seen on", "")
        day = day_in(seen) if seen else self.on
        if kept is None or (worked and works is None):
            self._not(row, said if kept is None else worked, phrases.NO_OUTCOME)
        elif day is None:
            self._not(row, seen, "no day")
        else:
            note = row.cells.get("Note") or None
            self.outcomes.append(
                OutcomeTold(id=row.cells[CAME], kept=kept, worked=works, seen=day, note=note)
            )

    def _agreed(self, row: ReturnedRow) -> None:
        cells = row.cells
        agreed, review = day_in(cells.get("Day", "")), day_in(cells.get("Review on", ""))
        does, brings = cells.get("What the teacher does in class", ""), cells.get("Brings back", "")
        subject = self._subject(cells.get("Subject", ""))
        pupils = self._pupils(row)
        lacking = [
            name
            for name, there in (
                ("Day", agreed), ("Review on", review), ("What the teacher does in class", does),
                ("Brings back", brings), ("Subject", subject), ("Teacher", cells.get("Teacher")),
                ("Team", cells.get("Team")),
            )
            if not there
        ]  # fmt: skip
        if lacking:
            self._not(row, "", phrases.lacking(lacking))
        elif pupils and agreed and review and subject:
            self.agreed.append(
                Agreed(
                    team=cells["Team"], agreed=agreed, teacher=cells["Teacher"], pupils=pupils, subject=subject,
                    skill=cells.get("Skill") or None, strategy=" ".join(does.split()), review=review,
                    evidence=" ".join(brings.split()),
                )
            )  # fmt: skip

    def _subject(self, said: str) -> str:
        for name, title in self.library.subject_titles.items():
            if said.casefold() in (name, title.casefold()):
                return name
        return ""

    def _pupils(self, row: ReturnedRow) -> tuple[str, ...]:
        """Give the pseudonyms of those who are named, by pseudonym or by a name that only one has."""
        found: list[str] = []
        for part in filter(None, map(str.strip, _PARTS.split(row.cells.get("Pupils", "")))):
            told = re.search(PSEUDONYM, part.upper())
            known = {told[0]} & self.refs if told else self.named.get(_plain(part), set())
            here = {one for one in known if self.classes[one] == row.cells.get("Class")}
            [*one_only] = here if len(known) > 1 else known
            if len(one_only) == 1:
                found += one_only
            else:
                why = phrases.SEVERAL_PUPILS if known else phrases.NO_SUCH_PUPIL
                self._not(row, told[0] if told else "a name", why)
                return ()
        if not found:
            self._not(row, "", phrases.NO_PUPIL)
        return tuple(dict.fromkeys(found))

    def _not(self, row: ReturnedRow, said: str, why: str) -> None:
        self.unclear.append(
            NotUnderstood(where=row.where, code=row.cells.get(CAME, ""), said=said, why=why)
        )


def _called(name: str | None) -> Sequence[str]:
    """Give the ways in which a name may be written: as in the file, and the other way round."""
    if not name:
        return ()
    first, _, last = _plain(name).partition(" ")
    return (_plain(name), f"{last} {first}") if last else (_plain(name),)


def _plain(name: str) -> str:
    return " ".join(name.replace(",", " ").casefold().split())


def _word(said: str, outcomes: Iterable[CommitmentOutcome]) -> str | None:
    return next(
        (one.id for one in outcomes if said.casefold() in (one.id, one.title.casefold())), None
    )


def is_meeting(rows: Iterable[ReturnedRow]) -> bool:
    """Say whether rows are those of a meeting's workbook."""
    return any(_has(row.cells) for row in rows)


def _has(cells: Mapping[str, str]) -> bool:
    return "Kept" in cells or "Brings back" in cells


__all__ = [
    "AGREED",
    "CAME",
    "OutcomeTold",
    "ReturnedMeeting",
    "is_meeting",
    "returned_meeting",
    "write_meeting",
]

"""The reader of commitments.csv: what teachers took on in their meetings, and its outcomes."""

from __future__ import annotations

import datetime
import os
import pathlib
import re
from collections.abc import Collection, Mapping

from ..core import (
    ContentError,
    Place,
    did_you_mean,
)
from ..library import CommitmentOutcome, Library
from ..school import (
    Person,
    School,
    TableRow,
    TableRows,
    TableShape,
    bytes_of,
    without_upns,
)
from . import phrases
from .commitment import Commitment

COMMITMENTS = "commitments.csv"
COLUMNS = (
    *("id", "team", "agreed", "teacher", "pupils", "subject", "skill", "strategy", "review"),
    *("evidence", "kept", "worked", "seen", "note"),
)
_DATES = ("agreed", "review", "seen")
_FREE = ("strategy", "evidence", "note")
_MAY_BE_EMPTY = ("skill", "kept", "worked", "seen", "note")
_NEEDED = tuple(name for name in COLUMNS if name not in _MAY_BE_EMPTY)
SHAPE = TableShape(COMMITMENTS, COLUMNS, _NEEDED, _DATES, _FREE, "id")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-\d{3,}", re.ASCII)
_REF = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}", re.ASCII)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def load_commitments(
    folder: str | pathlib.Path, school: School, library: Library, today: bool = True
) -> tuple[Commitment, ...]:
    """The commitments in a school's folder, in the order they are written; none where there is no
    such file. With `today` those still open are held against the school as it is now: its teams,
    teachers, pupils, subjects, skills and days. Raises ContentError with every problem in it."""
    path = pathlib.Path(folder) / COMMITMENTS
    if not os.path.lexists(path):
        return ()
    return read_commitments(bytes_of(path), school, library, None if today else ())


def read_commitments(
    raw: bytes, school: School, library: Library, held: Collection[str] | None = None
) -> tuple[Commitment, ...]:
    """The same for the bytes of the file. `held` are the ids of those to be held against the school
    as it is now while they are open; None: all."""
    reader = _Rows(raw, school, library, held)
    found = reader.read()
    if reader.table.problems:
        raise ContentError(map(without_upns, reader.table.problems))
    return found


class _Rows:
    """Reads the rows one by one."""

    def __init__(
        self, raw: bytes, school: School, library: Library, held: Collection[str] | None
    ) -> None:
        self.school, self.words, self.held = school, library.teams, held
        self.table = TableRows(SHAPE, raw, school, library.words.dates)
        self.people = {person.id: person for person in school.staff.people}
        self.teams = {team.id: team for team in school.staff.teams}
        self.pupils = {pupil.ref for pupil in school.pupils}
        asked = school.file.pupils
        self.asked = asked.subjects if asked else ()
        self.subjects = {
            text.casefold(): name
            for name in (*library.subject_titles, *self.asked)
            for text in (library.subject_titles.get(name, name), name)
        }
        self.skills = {
            name: {
                text.casefold(): skill.id
                for skill in file.skills
                for text in (*skill.also, skill.id)
            }
            for name, file in library.skill_files.items()
        }

    def read(self) -> tuple[Commitment, ...]:
        found: list[Commitment] = []
        lines: dict[str, int] = {}
        for row in self.table.rows:
            commitment = _Row(self, row).commitment(lines)
            if commitment:
                found.append(commitment)
        named = any(row.text("pupils") for row in self.table.rows)
        if named and not self.school.pseudonyms.kept:
            self.table.wrong(Place(COMMITMENTS), phrases.NO_KEY)
        return tuple(found)


class _Row:
    def __init__(self, of: _Rows, row: TableRow) -> None:
        self.of, self.row, self.line = of, row, row.line
        self.text, self.wrong = row.text, row.wrong
        self.before = len(of.table.problems)

    def commitment(self, lines: dict[str, int]) -> Commitment | None:
        """The commitment, where nothing in the row is wrong; `lines` are those of the ids so far.

        What may change later (a pupil or a teacher leaves, classes change hands, a skill is gone, a
        day is closed) is held against a commitment only while it is open.
        """
        self.row.check(self.of.words.sheet.longest_text)
        kept = self._outcome("kept", self.of.words.kept)
        worked = self._outcome("worked", self.of.words.worked)
        asked = self.of.held is None or self.text("id") in self.of.held
        held = asked and not self.text("kept")
        self._team(lines, held)
        self._teacher(held)
        refs = self._pupils(held)
        subject, skill = self._subject(held)
        agreed, review, seen = self._dates(held)
        if len(self.of.table.problems) > self.before or agreed is None or review is None:
            return None
        if not self.of.table.whole:
            return None  # which is a problem of the headings, not of every row
        plain = {name: self.text(name) for name in ("id", "team", "teacher")}
        said = {name: self.text(name) for name in ("strategy", "evidence")}
        return Commitment(
            **plain,
            **said,
            agreed=agreed,
            pupils=refs,
            subject=subject,
            skill=skill,
            review=review,
            kept=kept,
            worked=worked,
            seen=seen,
            note=self.text("note") or None,
        )

    def _known(self, column: str, kind: str, known: Mapping[str, object], held: bool) -> bool:
        """Tell whether a name is known, and report it if not.

        Where it is not held against what is known, it only has to be written as a name is.
        """
        text = self.text(column)
        if text and held and text not in known:
            self.wrong(column, phrases.not_there(kind, did_you_mean(text, known)))
        elif text and not held:
            return self._is_name(column, text)
        return text in known

    def _is_name(self, column: str, text: str) -> bool:
        if not _NAME.fullmatch(text):
            self.wrong(column, phrases.NOT_AN_ID)
            return False
        return True

    def _team(self, lines: dict[str, int], held: bool) -> None:
        name, team = self.text("id"), self.text("team")
        known = self._known("team", phrases.TEAM, self.of.teams, held)
        if name and not _ID.fullmatch(name):
            self.wrong("id", phrases.NO_COMMITMENTS_ID)
        elif known and name and name.rpartition("-")[0] != team:
            self.wrong("id", phrases.OTHER_TEAM)
        elif name in lines:
            self.wrong("id", phrases.id_twice(lines[name]))
        if name:
            lines.setdefault(name, self.line)

    def _teacher(self, held: bool) -> None:
        known = self._known("teacher", phrases.PERSON, self.of.people, held)
        if not known or not held:
            return
        person: Person = self.of.people[self.text("teacher")]
        team = self.of.teams.get(self.text("team"))
        if not person.classes:
            self.wrong("teacher", phrases.NO_CLASS)
        elif team and not set(person.classes) & set(team.classes):
            self.wrong("teacher", phrases.NO_CLASS_OF_TEAM)

    def _pupils(self, held: bool) -> tuple[str, ...]:
        refs = tuple(self.text("pupils").upper().replace(",", " ").replace(";", " ").split())
        if self.text("pupils") and not refs:
            self.wrong("pupils", phrases.NO_PUPIL)
        for number, ref in enumerate(refs, start=1):
            which = phrases.which_pupil(number, len(refs))
            if not _REF.fullmatch(ref):
                self.wrong("pupils", phrases.not_a_pseudonym(which))
            elif ref in refs[: number - 1]:
                self.wrong("pupils", phrases.pupil_twice(which))
            elif held and self.of.school.pseudonyms.kept and ref not in self.of.pupils:
                self.wrong("pupils", phrases.not_a_pupil(which))
        return refs

    def _subject(self, held: bool) -> tuple[str, str | None]:
        given, code = self.text("subject").casefold(), self.text("skill").casefold()
        subject = self.of.subjects.get(given, given)
        known = subject in self.of.asked
        if given and held and not known:
            self.wrong("subject", phrases.no_subject(did_you_mean(given, self.of.asked)))
        elif given and not held:
            self._is_name("subject", subject)
        if not code:
            return subject, None
        of_subject = self.of.skills.get(subject, {})
        if held and known and code not in of_subject:
            elsewhere = any(code in codes for codes in self.of.skills.values())
            near = did_you_mean(self.text("skill"), set(of_subject.values()))
            self.wrong("skill", phrases.no_skill(elsewhere, near))
        return subject, of_subject.get(code, self.text("skill"))

    def _outcome(self, column: str, outcomes: tuple[CommitmentOutcome, ...]) -> str | None:
        text = self.text(column).casefold()
        for outcome in outcomes:
            if text in {word.casefold() for word in (outcome.id, outcome.title, *outcome.words)}:
                return outcome.id
        if text:
            self.wrong(column, phrases.no_outcome(column, [outcome.id for outcome in outcomes]))
        return None

    def _dates(
        self, held: bool
    ) -> tuple[datetime.date | None, datetime.date | None, datetime.date | None]:
        agreed, review, seen = (self.row.date(name) for name in _DATES)
        if agreed and review and review <= agreed:
            self.wrong("review", phrases.NOT_AFTER)
        if agreed and seen and seen < agreed:
            self.wrong("seen", phrases.SEEN_BEFORE)
        reason = no_pupils(review, self.of.school) if review and held else None
        if reason:
            self.wrong("review", phrases.no_pupils_then(reason))
        outcome = self.text("kept") or self.text("worked")
        if outcome and not self.text("seen"):
            self.wrong("seen", phrases.OUTCOME_WITHOUT_DATE)
        if self.text("seen") and not outcome:
            self.wrong("kept", phrases.DATE_WITHOUT_OUTCOME)
        elif self.text("worked") and not self.text("kept"):
            self.wrong("kept", phrases.WORKED_NOT_KEPT)
        return agreed, review, seen


def no_pupils(date: datetime.date, school: School) -> str | None:
    """Why pupils are not in school on a date, in words; None when they are. Outside the plan's time
    only the weekends are known."""
    time = school.timeline
    if not time.halves[0].starts <= date <= time.halves[-1].ends:
        return phrases.WEEKEND if date.weekday() >= 5 else None
    if date in time.training:
        return phrases.TRAINING_DAY
    return time.why_no_school(date)

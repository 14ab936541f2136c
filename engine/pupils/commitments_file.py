"""The reader of commitments.csv: what teachers took on in their meetings, and its outcomes."""

from __future__ import annotations

import datetime
import os
import pathlib
import re
from collections.abc import Collection, Mapping, Sequence

from ..core import (
    FORMULA_BEGINS,
    MOST_TEXT,
    ContentError,
    Mistake,
    NotReadError,
    Place,
    did_you_mean,
    read_within,
)
from ..library import Library, Outcome
from ..school import (
    DAY_FIRST,
    INSTEAD,
    NAMES_A_PUPIL,
    Dates,
    Order,
    Person,
    School,
    UnreadableError,
    as_text,
    holds_upn,
    names_a_pupil,
    read_text,
    without_upns,
)
from . import phrases
from .commitment import Commitment
from .phrases import Wrong

COMMITMENTS = "commitments.csv"
COLUMNS = (
    *("id", "team", "agreed", "teacher", "pupils", "subject", "skill", "strategy", "review"),
    *("evidence", "kept", "worked", "seen", "note"),
)
_DATES = ("agreed", "review", "seen")
_FREE = ("strategy", "evidence", "note")
_MAY_BE_EMPTY = ("skill", "kept", "worked", "seen", "note")
_NEEDED = tuple(name for name in COLUMNS if name not in _MAY_BE_EMPTY)
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


def bytes_of(path: pathlib.Path) -> bytes:
    """Read a file of commitments as bytes. Raises ContentError where it can't be read."""
    try:
        return read_within(path.parent, path.name, MOST_TEXT)
    except NotReadError as error:
        raise ContentError([Mistake(Place(COMMITMENTS), error.what, error.hint)]) from None


def read_commitments(
    raw: bytes, school: School, library: Library, held: Collection[str] | None = None
) -> tuple[Commitment, ...]:
    """The same for the bytes of the file. `held` are the ids of those to be held against the school
    as it is now while they are open; None: all."""
    reader = _Rows(school, library, held)
    found = reader.read(raw)
    if reader.problems:
        raise ContentError(map(without_upns, reader.problems))
    return found


def heading(text: str) -> str:
    """The column a heading names, whatever its case."""
    return as_text(text).casefold()


def headings_at(rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the row of headings: the first with `id`, else the first with a text."""
    with_id = (n for n, cells in enumerate(rows) if "id" in map(heading, cells))
    with_text = (n for n, cells in enumerate(rows) if any(map(as_text, cells)))
    return next(with_id, next(with_text, 0))


class _Rows:
    """Reads the rows one by one; no cell is repeated in a problem, for it may hold a name."""

    def __init__(self, school: School, library: Library, held: Collection[str] | None) -> None:
        self.school, self.words, self.held = school, library.teams, held
        self.problems: list[Mistake] = []
        self.dates = Dates(library.words.dates)
        self.order: Order | None = None
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

    def read(self, raw: bytes) -> tuple[Commitment, ...]:
        try:
            sheet = read_text(raw, COMMITMENTS, lambda row: sum(heading(c) in COLUMNS for c in row))
            rows = [*sheet.head, *sheet.rows]
        except UnreadableError as error:
            self.problems += error.problems
            return ()
        top = headings_at([cells for _, cells in rows])
        line, names = rows[top] if rows else (1, [])
        at = self._columns(line, names)
        self.order = self._order([cells for _, cells in rows[top + 1 :]], at)
        found: list[Commitment] = []
        lines: dict[str, int] = {}
        named = False
        for line, cells in rows[top + 1 :] if at else ():
            if not any(map(as_text, cells)):
                continue
            row = _Row(self, line, at, cells)
            named = named or bool(row.text("pupils"))
            if len(cells) > len(names) and any(map(as_text, cells[len(names) :])):
                row.wrong(None, phrases.TOO_MANY_CELLS)
            commitment = row.commitment(lines)
            if commitment:
                found.append(commitment)
        for number, reason in sheet.wrong:
            self._wrong(Place(COMMITMENTS, number, 1), phrases.unread_row(reason))
        if named and not self.school.pseudonyms.kept:
            self._wrong(Place(COMMITMENTS), phrases.NO_KEY)
        return tuple(found)

    def _wrong(self, place: Place, wrong: Wrong) -> None:
        self.problems.append(Mistake(place, wrong.what, wrong.hint))

    def _order(self, rows: Sequence[Sequence[str]], at: Mapping[str, int]) -> Order | None:
        """The order in which the dates of the file are written: the one that some fit only, else day
        first, as the messages here say; None where there are dates of both kinds."""
        places = [at[name] for name in _DATES if name in at]
        texts = (as_text(cells[place]) for cells in rows for place in places if place < len(cells))
        orders = self.dates.orders_of(texts)
        return None if len(orders) > 1 else next(iter(orders), DAY_FIRST)

    def _columns(self, line: int, names: list[str]) -> dict[str, int]:
        at: dict[str, int] = {}
        for position, text in enumerate(names):
            name, place = heading(text), Place(COMMITMENTS, line, position + 1)
            if name in at:
                self._wrong(place, phrases.column_twice(name))
            elif name in COLUMNS:
                at[name] = position
            elif name:
                self._wrong(place, phrases.no_heading(did_you_mean(name, COLUMNS), COLUMNS))
        for name in _NEEDED:
            if name not in at:
                self._wrong(Place(COMMITMENTS, line, 1), phrases.column_missing(name))
        return at if "id" in at else {}


class _Row:
    def __init__(self, of: _Rows, line: int, at: Mapping[str, int], cells: list[str]) -> None:
        self.of, self.line, self.at = of, line, at
        self.cells = [as_text(cell) for cell in cells]
        self.before = len(of.problems)

    def text(self, column: str) -> str:
        position = self.at.get(column)
        cells = self.cells
        return cells[position] if position is not None and position < len(cells) else ""

    def wrong(self, column: str | None, wrong: Wrong) -> None:
        place = Place(COMMITMENTS, self.line, self.at.get(column or "", 0) + 1)
        self.of.problems.append(Mistake(place, wrong.what, wrong.hint))

    def commitment(self, lines: dict[str, int]) -> Commitment | None:
        """The commitment, where nothing in the row is wrong; `lines` are those of the ids so far.

        What may change later (a pupil or a teacher leaves, classes change hands, a skill is gone, a
        day is closed) is held against a commitment only while it is open.
        """
        self._upns()
        for column in _FREE:
            if self.text(column)[:1] in FORMULA_BEGINS:
                self.wrong(column, phrases.FORMULA)
            if names_a_pupil(self.text(column), self.of.school.named, self.of.school.pseudonyms):
                self.wrong(column, Wrong(NAMES_A_PUPIL, INSTEAD))
            if len(self.text(column)) > self.of.words.sheet.longest_text:
                self.wrong(column, phrases.too_long(self.of.words.sheet.longest_text))
        for column in _NEEDED:
            if column in self.at and not self.text(column):
                self.wrong(column, phrases.empty(column))
        kept = self._outcome("kept", self.of.words.kept)
        worked = self._outcome("worked", self.of.words.worked)
        asked = self.of.held is None or self.text("id") in self.of.held
        held = asked and not self.text("kept")
        self._team(lines, held)
        self._teacher(held)
        refs = self._pupils(held)
        subject, skill = self._subject(held)
        agreed, review, seen = self._dates(held)
        if len(self.of.problems) > self.before or agreed is None or review is None:
            return None
        if not all(column in self.at for column in _NEEDED):
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

    def _upns(self) -> None:
        for position, cell in enumerate(self.cells):
            if holds_upn(cell):
                place = Place(COMMITMENTS, self.line, position + 1)
                self.of.problems.append(Mistake(place, *phrases.HOLDS_UPN))

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

    def _outcome(self, column: str, outcomes: tuple[Outcome, ...]) -> str | None:
        text = self.text(column).casefold()
        for outcome in outcomes:
            if text in {word.casefold() for word in (outcome.id, outcome.title, *outcome.words)}:
                return outcome.id
        if text:
            self.wrong(column, phrases.no_outcome(column, [outcome.id for outcome in outcomes]))
        return None

    def _date(self, column: str) -> datetime.date | None:
        text = self.text(column)
        date = self.of.dates.read(text, self.of.order) if text else None
        if text and date is None and self.of.dates.in_doubt(text):
            self.wrong(column, phrases.date_in_doubt(column))
        elif text and date is None:
            self.wrong(column, phrases.no_date(column))
        return date

    def _dates(
        self, held: bool
    ) -> tuple[datetime.date | None, datetime.date | None, datetime.date | None]:
        agreed, review, seen = (self._date(name) for name in _DATES)
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

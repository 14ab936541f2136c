"""What a school changed in a plan's file: proposals for its own files, none of them written unasked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from ..core import Day, Record
from ..library import Library
from ..planning import Plan, SchoolRef, Step, step_codes
from . import phrases
from .model import IssuedPlan, ProgressEntry
from .progress_file import titled, written_of
from .returned_file import CODE, ReturnedRow

ProposalKind = Literal["progress", "start", "end", "lead", "title", "dropped", "added"]


class ReturnedChange(Record):
    """Something that stands otherwise in a file that came back."""

    kind: ProposalKind
    step: str | None
    """null: a step that the school added"""
    code: str
    title: str
    was: str
    now: str
    where: str
    row: dict[str, str] = {}
    """the row of progress.csv that it would be; empty: it is not about progress"""
    decides: dict[str, str] = {}
    """what an entry of overrides.yaml would say of it; empty: nothing is to be decided"""


class NotUnderstood(Record):
    """A cell that says something, and not what it means."""

    where: str
    code: str
    said: str
    why: str


class ReadBack(Record):
    """What came back in a file."""

    school: SchoolRef
    issued: Day
    """the day of the plan it is held against"""
    rows: int
    proposals: tuple[ReturnedChange, ...]
    not_understood: tuple[NotUnderstood, ...]
    missing: tuple[str, ...] = ()
    """codes of steps that a file of the whole plan no longer has"""


_WHOLE = 2 / 3
"""A file with at least so many of the plan's steps is one of the whole plan, in which a missing one was dropped."""
_DAYS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d/%m/%y",
    "%d.%m.%y",
    "%d %B %Y",
    "%d %b %Y",
)
_SHORT = re.compile(r"^([a-z]{3})[a-z]*\s*(\d)(?:\s+(\d{4}))?$")
_PLACED = ("Start", "From")
"""A table that has one of these columns tells where steps stand; the others add to it."""
_RATED, _RUNNING = "RAG", "running"
_PROGRESS = {
    "Days used": "days",
    "Pounds used": "pounds",
    "Days left": "days_left",
    "Evidence": "evidence",
    "Met": "met",
    "Next look": "next",
}
"""Columns of the workbook that stand as they are in progress.csv."""


def read_back(
    rows: Iterable[ReturnedRow],
    force: IssuedPlan,
    entries: Sequence[ProgressEntry],
    library: Library,
    on: datetime.date,
) -> ReadBack:
    """Hold the rows of a file against the plan in force and what is written down of it on a day.

    Args: `rows` are those of one file, `entries` those of progress.csv, `on` the day of what has no other.
    """
    found = _Reading(force.plan, written_of(force, entries, datetime.date.max), library, on)
    known = list(rows)
    for row in known:
        found.read(row)
    codes = step_codes(force.plan)
    there = {code for code in codes.values() if code in found.seen}
    missing = sorted(set(codes.values()) - there) if len(there) >= _WHOLE * len(codes) else []
    ids = {code: step for step, code in codes.items()}
    for code in missing:
        step = found.steps[ids[code]]
        found.proposals.append(
            ReturnedChange(
                kind="dropped",
                step=step.id,
                code=code,
                title=step.title,
                was=phrases.IN_THE_PLAN,
                now=phrases.NO_ROW,
                where=phrases.WHOLE_FILE,
                decides={"decision": "refuse"},
            )  # fmt: skip
        )
    return ReadBack(
        school=force.plan.school,
        issued=force.issued,
        rows=len(known),
        proposals=(*found.proposals, *found.progress()),
        not_understood=tuple(found.unclear),
        missing=tuple(missing),
    )


class _Reading:
    def __init__(
        self, plan: Plan, entries: Sequence[ProgressEntry], library: Library, on: datetime.date
    ) -> None:
        self.plan, self.library, self.on = plan, library, on
        self.codes = {code: step for step, code in step_codes(plan).items()}
        self.steps = {step.id: step for step in plan.steps}
        self.slots = [slot for term in plan.terms for slot in term.slots]
        self.last: dict[str, ProgressEntry] = {}
        for entry in sorted(entries, key=lambda one: one.date):
            self.last[entry.step] = entry
        self.proposals: list[ReturnedChange] = []
        self.unclear: list[NotUnderstood] = []
        self.seen: set[str] = set()
        self.said: dict[str, dict[str, str]] = {}
        """what is said of the progress of a step, by the columns of progress.csv"""
        self.places: dict[str, str] = {}

    def read(self, row: ReturnedRow) -> None:
        code = row.cells.get(CODE, "").strip().upper()
        whole = bool(set(_PLACED) & set(row.cells))
        if not code:
            if whole:
                self._added(row)
            return
        step = self.steps.get(self.codes.get(code, ""))
        if step is None:
            self._not(row, code, phrases.NO_STEP_OF_CODE)
            return
        first = code not in self.seen
        self.seen.add(code)
        if whole:
            self._slot(row, step, code, "start", ("Start", "From"), step.begins)
            self._slot(row, step, code, "end", ("End", "Until"), step.finishes)
            if first:
                self._lead(row, step, code)
                self._title(row, step, code)
        self._progress(row, step, code)

    # --- what moved, was handed on, renamed or added

    def _added(self, row: ReturnedRow) -> None:
        title = _line(row.cells.get("Action") or row.cells.get("Step") or "")
        if title:
            told = "; ".join(f"{name}: {_flat(cell)}" for name, cell in row.cells.items() if cell)
            self.proposals.append(
                ReturnedChange(
                    kind="added", step=None, code="", title=title, was="", now=told, where=row.where
                )
            )

    def _slot(
        self,
        row: ReturnedRow,
        step: Step,
        code: str,
        kind: Literal["start", "end"],
        columns: Sequence[str],
        slot: str,
    ) -> None:
        said = next((row.cells[one] for one in columns if row.cells.get(one)), "")
        was = next((one.title for one in self.slots if one.id == slot), slot)
        if not said or _flat(said).casefold() == was.casefold():
            return
        now = self._half_term(_flat(said))
        if now is None:
            self._not(row, code, phrases.no_half_term(columns[0]), said)
        elif now != was:
            to = next(one for one in self.slots if one.title == now)
            begins = {"not_before": to.starts.isoformat(), "by": to.ends.isoformat()}
            decides = {"decision": "adapt", **begins} if kind == "start" else {}
            self._propose(kind, row, step, code, was, now, decides)

    def _half_term(self, said: str) -> str | None:
        """Give the title of the half-term that a text means, by its name, in short, or by a day in it."""
        text = said.casefold()
        for slot in self.slots:
            if text == slot.title.casefold():
                return slot.title
        if short := _SHORT.match(text):
            name, number, year = short.groups()
            fits = [
                slot.title
                for slot in self.slots
                if slot.title.casefold().startswith(name)
                and slot.title.split()[1:2] == [number]
                and (year is None or slot.title.endswith(year))
            ]
            return fits[0] if len(fits) == 1 else None
        day = day_in(said)
        if day is None:
            return None
        return next((slot.title for slot in self.slots if slot.starts <= day <= slot.ends), None)

    def _lead(self, row: ReturnedRow, step: Step, code: str) -> None:
        said = _line(row.cells.get("Lead", ""))
        if not said or said.casefold() == step.lead.title.casefold():
            return
        for role in self.library.roles.values():
            if said.casefold() in (role.title.casefold(), role.id):
                decides = {"decision": "adapt", "lead": role.id}
                self._propose("lead", row, step, code, step.lead.title, role.title, decides)
                return
        self._not(row, code, phrases.NO_ROLE_OF_NAME, "", "Lead")

    def _title(self, row: ReturnedRow, step: Step, code: str) -> None:
        said = _line(row.cells.get("Action") or row.cells.get("Step") or "")
        bare = said.removesuffix(" (light form)")
        if said and bare.casefold() != " ".join(step.title.split()).casefold():
            self._propose("title", row, step, code, step.title, said)

    def _propose(
        self,
        kind: ProposalKind,
        row: ReturnedRow,
        step: Step,
        code: str,
        was: str,
        now: str,
        decides: Mapping[str, str] | None = None,
    ) -> None:
        self.proposals.append(
            ReturnedChange(
                kind=kind,
                step=step.id,
                code=code,
                title=step.title,
                was=was,
                now=now,
                where=row.where,
                decides=dict(decides or {}),
            )
        )

    # --- progress

    def _progress(self, row: ReturnedRow, step: Step, code: str) -> None:
        last = self.last.get(step.id)
        said: dict[str, str] = {}
        self._rating(row, code, last, said)
        status = row.cells.get("Status", "")
        if status and (found := titled(status, self.library.progress.statuses)):
            if last is None or found != last.status:
                said["status"] = found
        elif status:
            self._not(row, code, phrases.NO_STATUS, status)
        notes = [
            said.pop("note", ""),
            *(_flat(row.cells.get(one, "")) for one in ("Impact", "Note")),
        ]
        note = "; ".join(filter(None, notes))
        if note and note != (last.note if last else None):
            said["note"] = note
        for column, name in _PROGRESS.items():
            text = _flat(row.cells.get(column, ""))
            if text and text != _was(last, name):
                said[name] = text
        if row.table == "Milestones" and row.cells.get("Met on") and row.cells.get("Number"):
            number = row.cells["Number"]
            if not last or not number.isdecimal() or int(number) not in last.met:
                said["met"] = number
        if not said:
            return
        day = day_in(row.cells.get("Date", "")) if row.cells.get("Date") else None
        if day and not (last and day == last.date):
            said["date"] = day.isoformat()
        known = self.said.setdefault(step.id, {})
        for name, text in said.items():
            together = f"{known[name]} {text}" if name == "met" and name in known else text
            known[name] = together
        self.places.setdefault(step.id, row.where)

    def _rating(
        self, row: ReturnedRow, code: str, last: ProgressEntry | None, said: dict[str, str]
    ) -> None:
        """Read a rating, or a status in its place, and what stands behind either as a note."""
        text = _flat(row.cells.get(_RATED, ""))
        if not text:
            return
        first, _, rest = text.partition(" ")
        words = self.library.progress
        for whole, note in ((text, ""), (first.strip(":;,.–-"), rest.strip(":;,.–- "))):
            if rag := titled(whole, words.ratings):
                if last is None or rag != last.rag:
                    said["rag"] = rag
            elif status := titled(whole, words.statuses):
                if last is None or status != last.status:
                    said["status"] = status
            else:
                continue
            if note:
                said["note"] = note
            return
        self._not(row, code, phrases.NO_RATING, text)

    def progress(self) -> Iterator[ReturnedChange]:
        """Yield a row of progress for each step of which something is said, in the order of codes."""
        codes = step_codes(self.plan)
        running = next(one.id for one in self.library.progress.statuses if one.means == _RUNNING)
        for name in sorted(self.said, key=codes.__getitem__):
            said, step, last = self.said[name], self.steps[name], self.last.get(name)
            row = {
                "date": self.on.isoformat(),
                "step": name,
                "by": step.lead.role,
                "status": last.status if last else running,
                **({"rag": last.rag} if last and last.rag and "rag" not in said else {}),
                **said,
            }
            was = _stood(last) or phrases.NOTHING_WRITTEN
            told = "; ".join(f"{column} {text}" for column, text in said.items())
            yield ReturnedChange(
                kind="progress", step=name, code=codes[name], title=step.title, was=was, now=told,
                where=self.places[name], row=row,
            )  # fmt: skip

    def _not(self, row: ReturnedRow, code: str, why: str, said: str = "", column: str = "") -> None:
        where = f"{row.where}, {column}" if column else row.where
        self.unclear.append(NotUnderstood(where=where, code=code, said=_flat(said), why=why))


def day_in(text: str) -> datetime.date | None:
    """Read a day as people in England write it, the day before the month; None where it is none."""
    said = re.sub(r"^[a-z]{3,9},?\s+(?=\d)", "", " ".join(text.split()), flags=re.IGNORECASE)
    said = re.sub(r"^(\d{1,2})(?:st|nd|rd|th)\b", r"\1", said)
    for form in _DAYS:
        try:
            return datetime.datetime.strptime(said, form).date()
        except ValueError:
            continue
    return None


def _was(last: ProgressEntry | None, name: str) -> str | None:
    """Say what is written down of a column, as it would be typed."""
    if last is None:
        return None
    value: object = getattr(last, name)
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}"
    return None if value is None else str(value)


def _stood(last: ProgressEntry | None) -> str:
    if last is None:
        return ""
    return ", ".join(filter(None, (last.status, last.rag or "", f"on {last.date}")))


def _line(text: str) -> str:
    return text.split("\n", 1)[0].strip()


def _flat(text: str) -> str:
    return " ".join(text.split())


def rows_of(found: ReadBack) -> list[Mapping[str, str]]:
    """Give the rows of progress.csv that a file asks for."""
    return [one.row for one in found.proposals if one.row]


__all__ = ["NotUnderstood", "ReturnedChange", "ReadBack", "day_in", "read_back", "rows_of"]

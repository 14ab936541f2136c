"""The reader of progress.csv: how each step of the plan in force stood on which day, row by row."""

from __future__ import annotations

import datetime
import os
import pathlib
import re
from collections.abc import Iterable, Sequence

from ..core import ContentError, Mistake, Place, did_you_mean
from ..library import Library, ProgressRating, ProgressStatus, StatusMeaning
from ..planning import Plan, Step
from ..school import School, TableRow, TableRows, TableShape, bytes_of, without_upns
from . import phrases
from .model import IssuedPlan, ProgressEntry
from .plans_folder import plan_on

PROGRESS = "progress.csv"
_NEEDED = ("date", "step", "by", "status")
COLUMNS = (
    *(*_NEEDED, "rag", "note", "evidence", "days", "pounds", "days_left"),
    *("met", "seen", "signs", "reached", "next"),
)
_NONE = ("none", "0", "no")
"""Somebody looked, and saw none."""
SHAPE = TableShape(PROGRESS, COLUMNS, _NEEDED, ("date", "next"), ("note", "evidence"), "step")
_IN_STEP = {"seen": "active_ingredients", "signs": "stop_if", "reached": "success"}
_NUMBER = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(?:days?|d)?", re.ASCII)
_MOST = 10_000_000
_Of = tuple[datetime.date | None, str]
"""The day a plan began, and a step of it."""


def load_progress(
    folder: str | pathlib.Path,
    plans: Sequence[IssuedPlan],
    school: School,
    library: Library,
    today: datetime.date,
) -> tuple[ProgressEntry, ...]:
    """Read what was written down of the carrying out of a school's plans, in the order of days; nothing where
    there is no such file. `plans` are all that were issued, the oldest first.

    Raises ContentError with every problem in it.
    """
    path = pathlib.Path(folder) / PROGRESS
    if not os.path.lexists(path):
        return ()
    if not plans:
        raise ContentError([Mistake(Place(PROGRESS), *phrases.OF_NO_PLAN)])
    return read_progress(bytes_of(path), plans, school, library, today)


def read_progress(
    raw: bytes,
    plans: Sequence[IssuedPlan],
    school: School,
    library: Library,
    today: datetime.date,
) -> tuple[ProgressEntry, ...]:
    """The same for the bytes of the file."""
    table = TableRows(SHAPE, raw, school, library.words.dates)
    rows = [_Row(row, plans, library, today) for row in table.rows]
    found = [(row, entry) for row in rows for entry in row.entries()]
    found.sort(key=lambda one: one[1].date)
    _hold_together(found, library)
    if table.problems:
        raise ContentError(map(without_upns, table.problems))
    return tuple(entry for _, entry in found)


def written_of(
    issued: IssuedPlan, entries: Iterable[ProgressEntry], on: datetime.date
) -> list[ProgressEntry]:
    """The entries until a day that tell of a plan's steps, with what was accepted of reviews: not those of another
    year's."""
    told = with_accepted(entries, [issued])
    return [one for one in told if one.date <= on and one.begun in (None, issued.plan.starts)]


def with_accepted(
    entries: Iterable[ProgressEntry], plans: Iterable[IssuedPlan]
) -> list[ProgressEntry]:
    """The entries with what was accepted of reviews when plans were issued, each once, in the order of days; after
    what was written on the same day."""
    accepted = (one for issued in plans for one in issued.accepted)
    return sorted(dict.fromkeys((*entries, *accepted)), key=lambda one: one.date)


def titled(text: str, known: Iterable[ProgressStatus] | Iterable[ProgressRating]) -> str | None:
    """The id of the status or rating that a text names, in any of its words; None where it names none."""
    said = " ".join(text.casefold().replace("_", " ").split())
    for one in known:
        if said in {word.casefold() for word in (one.id, one.title, *one.words)}:
            return one.id
    return None


class _Row:
    """A row, held against the plan that was in force on its day."""

    def __init__(
        self, row: TableRow, plans: Sequence[IssuedPlan], library: Library, today: datetime.date
    ) -> None:
        self.row, self.plans, self.library, self.today = row, plans, library, today

    def entries(self) -> Iterable[ProgressEntry]:
        """Yield the entry, where nothing in the row is wrong."""
        row, words = self.row, self.library.progress
        before = len(row.of.problems)
        row.check(words.longest_text)
        date, again = row.date("date"), row.date("next")
        if date:
            self._day(date)
        if date and again and again < date:
            row.wrong("next", phrases.NEXT_BEFORE)
        plan = plan_on(self.plans, date or self.today)
        step = self._step(plan, date)
        by = self._role()
        status = self._word("status", words.statuses)
        rag = self._word("rag", words.ratings)
        days, left, pounds = (self._number(name) for name in ("days", "days_left", "pounds"))
        met = self._met(step)
        looked = self._looked(step)
        if step and date and days is not None:
            self._beyond(step, plan.plan, date, days)
        if status:
            means = next(one.means for one in words.statuses if one.id == status)
            self._fits(means, days, left)
        if not row.of.whole or len(row.of.problems) > before or not (date and step and status):
            return
        yield ProgressEntry(
            date=date,
            step=step.id,
            by=by,
            status=status,
            rag=rag,
            note=row.text("note") or None,
            evidence=row.text("evidence") or None,
            days=days,
            pounds=None if pounds is None else round(pounds),
            days_left=left,
            met=met,
            **looked,
            next=again,
            begun=plan.plan.starts,
        )

    def _day(self, date: datetime.date) -> None:
        first = self.plans[0]
        begins = min(first.issued, first.plan.starts)
        if date > self.today:
            self.row.wrong("date", phrases.in_the_future(self.today))
        elif date < begins:
            self.row.wrong("date", phrases.before_the_plan(begins))

    def _step(self, plan: IssuedPlan, date: datetime.date | None) -> Step | None:
        text = self.row.text("step").casefold()
        if not text:
            return None
        until = (
            plan_on(self.plans, date - datetime.timedelta(days=1)) if date else plan
        )  # a plan may be issued in the evening
        for step in (*plan.plan.steps, *until.plan.steps):
            if text in (step.id.casefold(), step.title.casefold()):
                return step
        for other in reversed(self.plans):
            for step in other.plan.steps:
                if text in (step.id.casefold(), step.title.casefold()):
                    later = other.issued > plan.issued
                    self.row.wrong(
                        "step", phrases.not_in_this_plan(plan.issued, other.issued, later)
                    )
                    return None
        near = did_you_mean(text, [step.id for step in plan.plan.steps])
        self.row.wrong("step", phrases.no_step(plan.issued, near))
        return None

    def _role(self) -> str:
        text = self.row.text("by").casefold()
        roles = self.library.roles
        for role in roles.values():
            if text in (role.id, role.title.casefold()):
                return role.id
        if text:
            self.row.wrong("by", phrases.no_role(did_you_mean(text, roles)))
        return ""

    def _word(
        self, column: str, known: Sequence[ProgressStatus] | Sequence[ProgressRating]
    ) -> str | None:
        text = self.row.text(column)
        found = titled(text, known) if text else None
        if text and found is None:
            self.row.wrong(column, phrases.no_word(column, [one.id for one in known]))
        return found

    def _number(self, column: str) -> float | None:
        text = self.row.text(column)
        if not text:
            return None
        found = _NUMBER.fullmatch(text)
        value = float(found[1].replace(",", "") + (found[2] or "")) if found else None
        if value is None or value > _MOST:
            self.row.wrong(column, phrases.no_number(column))
            return None
        return round(value, 1)

    def _met(self, step: Step | None) -> tuple[int, ...]:
        text = self.row.text("met").replace(",", " ").replace(";", " ").split()
        if not all(one.isdecimal() for one in text):
            self.row.wrong("met", phrases.NO_MILESTONES)
            return ()
        found = tuple(sorted({int(one) for one in text}))
        if step and found and not 1 <= found[0] <= found[-1] <= len(step.milestones):
            self.row.wrong("met", phrases.no_milestone(len(step.milestones)))
        return found

    def _looked(self, step: Step | None) -> dict[str, tuple[int, ...] | None]:
        """Read what was seen of what the step has, by column: numbers, nothing where nobody looked."""
        found: dict[str, tuple[int, ...] | None] = {}
        for column, what in phrases.OF_WHAT.items():
            text = self.row.text(column).replace(",", " ").replace(";", " ").casefold()
            words = () if text.strip() in _NONE else text.split()
            found[column] = None
            if not text.strip():
                continue
            if not all(one.isdecimal() for one in words):
                self.row.wrong(column, phrases.no_list(what, _NONE[0]))
                continue
            numbers = tuple(sorted({int(one) for one in words}))
            most = len(getattr(step, _IN_STEP[column])) if step else None
            if numbers and most is not None and not 1 <= numbers[0] <= numbers[-1] <= most:
                self.row.wrong(column, phrases.no_such_number(what, most))
            found[column] = numbers
        return found

    def _beyond(self, step: Step, plan: Plan, date: datetime.date, days: float) -> None:
        """Note days that are more than those who take part in the step have stated until then."""
        roles = {one.role for one in step.effort}
        begun = {slot.id for term in plan.terms for slot in term.slots if slot.starts <= date} or {
            plan.terms[0].slots[0].id
        }
        loads = [one for one in plan.load if one.kind == "role" and one.role in roles]
        if {one.role for one in loads} == roles and roles:
            have = round(sum(one.stated for one in loads if one.slot in begun), 1)
            if days > have:
                self.row.wrong("days", phrases.beyond(days, have))

    def _fits(self, means: StatusMeaning, days: float | None, left: float | None) -> None:
        if means == "not-begun" and days:
            self.row.wrong("days", phrases.USED_AND_NOT_BEGUN)
        if means in ("done", "stopped") and left:
            self.row.wrong("days_left", phrases.OVER_AND_LEFT)


def _hold_together(found: Iterable[tuple[_Row, ProgressEntry]], library: Library) -> None:
    """Note rows that contradict one another: two of one step and day, what was used and is less later, a step
    that was begun and later was not."""
    means = {one.id: one.means for one in library.progress.statuses}
    last: dict[_Of, tuple[_Row, ProgressEntry]] = {}
    used: dict[tuple[_Of, str], tuple[float, datetime.date]] = {}
    for row, entry in found:
        step = entry.begun, entry.step
        other = last.get(step)
        last[step] = row, entry
        for column, value in (("days", entry.days), ("pounds", entry.pounds)):
            before = used.get((step, column))
            if value is not None and before and value < before[0]:
                row.row.wrong(column, phrases.less_than_before(*before))
            elif value is not None:
                used[step, column] = value, entry.date
        if other is None:
            continue
        if other[1].date == entry.date:
            row.row.wrong("date", phrases.twice_a_day(other[0].row.line))
        elif means[entry.status] == "not-begun" != means[other[1].status]:
            row.row.wrong("status", phrases.was_begun(other[1].date))


__all__ = [
    "PROGRESS",
    "SHAPE",
    "load_progress",
    "read_progress",
    "titled",
    "with_accepted",
    "written_of",
]

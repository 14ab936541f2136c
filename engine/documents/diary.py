"""The dates of a plan as entries for a diary, each with a name that stays the same when its day moves."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from ..planning import Plan, PlanReader
from .words import Names, capital, clean, date


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """A day, or several, with what takes place on it or is to be done by it."""

    uid: str
    """the same for the same thing in the next plan"""
    starts: datetime.date
    ends: datetime.date
    """the last day of it"""
    what: str
    others: tuple[str, ...] = ()
    """titles of the roles that take part, without the reader's own"""
    by: bool = False
    """to be done by this day"""
    proposed: bool = False
    """nobody has set the day yet"""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Diary:
    """The entries of one plan for one reader, in the order of days."""

    title: str
    school: str
    """its id, by which its entries are told apart from those of other schools"""
    entries: tuple[DiaryEntry, ...]
    stamp: datetime.date
    """the day the plan is of"""
    sequence: int = 0
    """how many plans were issued before it"""
    private: bool = False


def diary_of(plan: Plan, reader: PlanReader | None, stamp: datetime.date, sequence: int) -> Diary:
    """Put the dates of a plan together: all of them, or those that name a reader.

    Args: `stamp` is the day the plan is of, `sequence` how many plans were issued before it.
    """
    title = f"{clean(plan.school.name)}: the plan"
    title += f", {reader.title}" if reader else ""
    found = tuple(sorted(entries(plan, reader), key=lambda one: (one.starts, one.by, one.uid)))
    return Diary(title, plan.school.id, found, stamp, sequence)


def entries(plan: Plan, reader: PlanReader | None) -> Iterator[DiaryEntry]:
    """Yield what takes place with a reader, what they have to have done, and when they have no time for the
    plan; all there is without a reader."""
    yield from _calendar(plan, reader)
    yield from _milestones(plan, reader)
    yield from _events(plan, reader)


def _calendar(plan: Plan, reader: PlanReader | None) -> Iterator[DiaryEntry]:
    names = Names(plan)
    counted: dict[str, int] = {}
    for entry in plan.calendar:
        of = "-".join((entry.step or "teams", "by" if entry.by else "on", *entry.teams))
        counted[of] = counted.get(of, 0) + 1
        step = names.steps.get(entry.step or "")
        if reader and not (reader.has(entry) and (step is None or reader.is_for(step))):
            continue
        own = reader.role_titles if reader else ()
        yield DiaryEntry(
            uid=f"{of}-{counted[of]}",
            starts=entry.date,
            ends=entry.date,
            what=capital(entry.what),
            others=tuple(one for one in entry.people if one not in own),
            by=entry.by,
            proposed=not entry.fixed and not entry.by,
            note=" ".join(map(clean, entry.notes)),
        )


def _milestones(plan: Plan, reader: PlanReader | None) -> Iterator[DiaryEntry]:
    for step in plan.steps:
        if reader and not reader.leads(step.lead):
            continue
        for number, one in enumerate(step.milestones, start=1):
            yield DiaryEntry(
                uid=f"{step.id}-milestone-{number}",
                starts=one.due,
                ends=one.due,
                what=f"{clean(step.title)}: {clean(one.what)}",
                others=() if reader else (step.lead.title,),
                by=True,
            )


def _events(plan: Plan, reader: PlanReader | None) -> Iterator[DiaryEntry]:
    counted: dict[str, int] = {}
    for event in plan.events:
        name = "".join(one if one.isalnum() else "-" for one in clean(event.title).casefold())
        counted[name] = counted.get(name, 0) + 1
        if reader and not set(event.no_release) & set(reader.role_titles):
            continue
        yield DiaryEntry(
            uid=f"event-{name}-{counted[name]}",
            starts=event.starts,
            ends=event.ends,
            what=capital(event.title),
            note="No time for the plan." if event.no_release else "",
        )


def day_words(entry: DiaryEntry) -> str:
    """Say the day or days of an entry."""
    if entry.starts == entry.ends:
        return date(entry.starts)
    return f"{date(entry.starts)} to {date(entry.ends)}"


__all__ = ["Diary", "DiaryEntry", "day_words", "diary_of", "entries"]

"""The section of a plan with its dates, half-term by half-term, to be copied into the school diary."""

from __future__ import annotations

from ...planning import CalendarEntry, Plan, SlotRef
from .. import words
from ..tree import Column, Paragraph, Quiet, Row, Section, Table
from ..words import Names

_COLUMNS = (Column("Day"), Column("What"), Column("Who"), Column("Standing"))
_ABOUT = (
    "Days that are proposed were chosen so that nobody has two of them at once and all who take part can be "
    "released. Write the days you settle on for a school year under “dates” in school.yaml, and the plan keeps to "
    "them."
)


def calendar(plan: Plan, names: Names) -> Section:
    """Tell what takes place on which day and what is to be done by a day."""
    slots = (_slot(slot, plan) for slot in names.slots)
    told = tuple(section for section in slots if section.blocks)
    about = Paragraph((Quiet(_ABOUT),))
    return Section("Dates for the school diary", (about, *told) if told else (), name="calendar")


def _slot(slot: SlotRef, plan: Plan) -> Section:
    rows = tuple(
        _row(entry, f"calendar-{number}")
        for number, entry in enumerate(plan.calendar, start=1)
        if entry.slot == slot.id
    )
    return Section(slot.title, (Table(_COLUMNS, rows),) if rows else ())


def _row(entry: CalendarEntry, name: str) -> Row:
    day = f"{words.weekday(entry.date)} {words.date(entry.date)}"
    told = " ".join(
        (f"{words.capital(entry.what)}.", *entry.notes)
        if entry.notes
        else (words.capital(entry.what),)
    )
    if entry.by:
        return Row((f"by {day}", told, ", ".join(entry.people), ""), name)
    state = "set by the school" if entry.fixed else "proposed"
    return Row((day, told, ", ".join(entry.people), state), name)


__all__ = ["calendar"]

"""A diary as a calendar file: whole days, with names that stay, so that a second import updates the first."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ...core import listed
from ..diary import Diary, DiaryEntry
from ..words import clean

if TYPE_CHECKING:
    from icalendar import Component

BEGINS = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//termwise//"
"""How the file begins, with its line ends as they are read."""
_DAY = datetime.timedelta(days=1)


def as_ics(diary: Diary) -> bytes:
    """Write the file.

    Raises ImportError where icalendar is not installed.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//termwise//plan//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(diary.title))
    for entry in diary.entries:
        calendar.add_component(_event(entry, diary))
    return bytes(calendar.to_ical(sorted=False))


def _event(entry: DiaryEntry, diary: Diary) -> Component:
    from icalendar import Event

    stamp = datetime.datetime.combine(diary.stamp, datetime.time(), datetime.UTC)
    event = Event()
    event.add("uid", f"{entry.uid}@{diary.school}.termwise")
    event.add("dtstamp", stamp)
    event.add("sequence", diary.sequence)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends + _DAY)
    event.add("summary", f"By today: {entry.what}" if entry.by else entry.what)
    told = [f"With: {listed(entry.others)}." if entry.others else "", entry.note]
    told.append("The day is a proposal." if entry.proposed else "")
    if any(told):
        event.add("description", " ".join(filter(None, told)))
    event.add("status", "TENTATIVE" if entry.proposed else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


__all__ = ["BEGINS", "as_ics"]

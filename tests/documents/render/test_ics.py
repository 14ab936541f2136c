"""A diary as a calendar file: what icalendar reads of it again."""

from __future__ import annotations

import datetime
from pathlib import Path

from icalendar import Calendar

from termwise.engine.documents.diary import Diary, DiaryEntry
from termwise.engine.documents.render.ics import as_ics
from termwise.engine.documents.signature import is_signed

DAY = datetime.date
SET = DAY(2026, 9, 23)


def diary(sequence: int = 0, day: datetime.date = SET) -> Diary:
    entry = DiaryEntry(
        "network-days-on-1", day, day, "Network Day; first", ("Head", "Chair"), proposed=True
    )
    return Diary("Larch: the plan", "larch", (entry,), DAY(2026, 9, 1), sequence)


def read(made: Diary) -> list[dict[str, object]]:
    calendar = Calendar.from_ical(as_ics(made))
    return [dict(one.items()) for one in calendar.walk("VEVENT")]


def test_a_day_is_a_whole_day_with_who_comes() -> None:
    [event] = read(diary())
    assert event["SUMMARY"] == "Network Day; first"
    assert event["DESCRIPTION"] == "With: Head and Chair. The day is a proposal."
    assert event["DTSTART"].dt == DAY(2026, 9, 23)  # type: ignore[attr-defined]
    assert event["DTEND"].dt == DAY(2026, 9, 24)  # type: ignore[attr-defined]


def test_a_day_that_moves_keeps_its_name_and_counts_up() -> None:
    [before] = read(diary())
    [after] = read(diary(1, DAY(2026, 9, 30)))
    assert before["UID"] == after["UID"] == "network-days-on-1@larch.termwise"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_the_same_diary_makes_the_same_bytes_and_is_known_again(tmp_path: Path) -> None:
    assert as_ics(diary()) == as_ics(diary())
    (tmp_path / "plan.ics").write_bytes(as_ics(diary()))
    assert is_signed(tmp_path / "plan.ics")

"""The sheet of a team's meeting as a workbook to fill in: what came of commitments, and what is agreed."""

from __future__ import annotations

from ...library import Library
from ...pupils import Meeting
from ...review import AGREED, CAME
from .. import words
from ..workbook import BookSheet, Cell, SheetColumn, SheetTable, Workbook

_EMPTY_ROWS = 8


def meeting_workbook(meeting: Meeting, library: Library) -> Workbook:
    """Lay out a meeting so that what is written into it can be read back."""
    about = meeting.about
    title = f"{words.clean(about.title)}, {words.date(about.on)}"
    return Workbook(title, (_came(meeting, library), _agreed(meeting, library)), private=True)


def _came(meeting: Meeting, library: Library) -> BookSheet:
    kept = tuple(one.title for one in library.teams.kept)
    worked = tuple(one.title for one in library.teams.worked)
    columns = (
        SheetColumn(CAME, 14),
        SheetColumn("Classes", 10),
        SheetColumn("What was agreed", 50),
        SheetColumn("Pupils", 22),
        SheetColumn("Review", 11, "date"),
        SheetColumn("Kept", 14, choices=kept, editable=True),
        SheetColumn("Worked", 14, choices=worked, editable=True),
        SheetColumn("Seen on", 11, "date", editable=True),
        SheetColumn("Note", 40, editable=True, note="no names"),
    )
    rows = tuple(
        (
            one.id,
            ", ".join(one.teacher.classes) if one.teacher else "",
            f"{one.subject}: {words.clean(one.strategy)}",
            ", ".join(one.pupils),
            one.review,
            *(None,) * 4,
        )
        for one in meeting.commitments
        if not one.kept
    )
    told = "What came of what was agreed before. Leave a row empty of which nothing is known yet."
    return BookSheet("Came of it", told, (SheetTable("Came", columns, rows),))


def _agreed(meeting: Meeting, library: Library) -> BookSheet:
    teachers = [one.teacher for one in meeting.goals]
    columns = (
        SheetColumn(AGREED, 10, choices=("yes", "no"), editable=True),
        SheetColumn("Team", 4, hidden=True),
        SheetColumn("Day", 4, "date", hidden=True),
        SheetColumn("Class", 8),
        SheetColumn("Teacher", 20, choices=tuple(one.id for one in teachers), editable=True),
        SheetColumn("Pupils", 30, editable=True, note="pseudonyms, or names as in your files; with commas"),
        SheetColumn("Subject", 14, choices=_subjects(library), editable=True),
        SheetColumn("Skill", 12, editable=True),
        SheetColumn("What the teacher does in class", 54, editable=True),
        SheetColumn("Brings back", 30, editable=True),
        SheetColumn("Review on", 11, "date", editable=True),
    )  # fmt: skip
    team, day = meeting.about.team, meeting.about.on
    rows: list[tuple[Cell, ...]] = []
    for one in meeting.strategies:
        for of in one.classes:
            rows.append(
                (
                    None, team, day, of.class_id, of.teachers[0].id if of.teachers else "", ", ".join(of.pupils),
                    one.subject, one.skill, words.clean(one.how), words.clean(one.evidence), one.review,
                )
            )  # fmt: skip
    for _ in range(_EMPTY_ROWS):
        rows.append((None, team, day, *(None,) * 8))
    told = (
        "Proposed, for the team to agree: write yes where a teacher takes it on, and change what is agreed otherwise. "
        "Empty rows are for your own."
    )
    return BookSheet("Agree", told, (SheetTable("Agree", columns, tuple(rows)),))


def _subjects(library: Library) -> tuple[str, ...]:
    return tuple(library.subject_titles.values())


__all__ = ["meeting_workbook"]

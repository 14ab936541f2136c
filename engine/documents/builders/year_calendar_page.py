"""The document of a school year's duties and monitoring, in the order of days."""

from __future__ import annotations

from ...planning import YearCalendar, YearLine
from .. import words
from ..tree import Column, Document, Paragraph, Row, Section, Table

_COLUMNS = (Column("Day"), Column("What"), Column("Who"))
_ABOUT = (
    "What is marked expected has to be checked against the current guidance. “Who” names those who give the plan no "
    "time on these days, or who see to it."
)


def year_calendar_document(found: YearCalendar) -> Document:
    """Lay out the duties and dates of a plan's year, and below them who looks at what by which day."""
    return Document(
        f"{found.school}: duties and monitoring, {words.date(found.starts)} to {words.date(found.ends)}",
        (
            Paragraph(_ABOUT),
            Section("Duties and dates", (_table(found.duties),)),
            Section("Monitoring", (_table(found.monitoring),)),
        ),
    )


def _table(lines: tuple[YearLine, ...]) -> Table:
    return Table(_COLUMNS, tuple(Row((_day(one), one.what, ", ".join(one.who))) for one in lines))


def _day(line: YearLine) -> str:
    first = words.date(line.starts)
    return first if line.starts == line.ends else f"{first} to {words.date(line.ends)}"

"""The page to prepare for an inspection: history, the way to good, and questions with what to bring."""

from __future__ import annotations

from collections.abc import Iterator

from ...planning import InspectionPage, WayLine
from .. import words
from ..tree import Block, Column, Document, Paragraph, Row, Section, Table

_PAST = (
    Column("Day", "date"),
    Column("Framework"),
    Column("Area"),
    Column("Grade"),
    Column("Held against its own line"),
)
_ASKED = (
    Column("Question", share=0.45),
    Column("Have at hand", share=0.35),
    Column("Asked because"),
)


def inspection_document(found: InspectionPage) -> Document:
    """Lay out what was found before, where the school means to go year by year, and what it would be asked."""
    return Document(
        f"{found.school}: to prepare for an inspection",
        (
            Paragraph(
                f"The framework in force: {found.framework}. Grades of different frameworks stand side by side and are "
                "never converted. Nothing is begun for a visit."
            ),
            Section("Inspections so far", tuple(_past(found))),
            Section("The way to good", tuple(_way(found))),
            *(
                Section(
                    one.area,
                    (
                        Table(
                            _ASKED,
                            tuple(
                                Row((each.ask, each.bring, each.found or "every school is asked"))
                                for each in one.questions
                            ),
                        ),
                    ),
                )
                for one in found.areas
            ),
        ),
    )


def _past(found: InspectionPage) -> Iterator[Block]:
    if not found.past:
        yield Paragraph("None is listed in school.yaml.")
        return
    yield Table(
        _PAST,
        tuple(
            Row(
                (
                    words.date(one.on),
                    one.framework,
                    one.area,
                    words.capital(one.grade.replace("-", " ")),
                    "below it" if one.below else "on it or above",
                )
            )
            for one in found.past
        ),
    )
    if found.may_come_from:
        yield Paragraph(f"Somebody may come in any week from {words.date(found.may_come_from)}.")


def _way(found: InspectionPage) -> Iterator[Block]:
    yield Paragraph(found.because)
    for title, lines in (("Judgement", found.judgements), ("Figure", found.outcomes)):
        if lines:
            yield _lines(title, lines)


def _lines(title: str, lines: tuple[WayLine, ...]) -> Table:
    years = max(len(one.years) for one in lines)
    columns = (
        *(Column(title, share=0.3), Column("Now")),
        *(Column(f"End of year {year}") for year in range(1, years + 1)),
        *(Column("Good enough"), Column("First year")),
    )
    return Table(
        columns,
        tuple(
            Row(
                (
                    one.title,
                    one.now,
                    *one.years,
                    one.good_enough,
                    "agreed" if one.agreed else "proposed",
                )
            )
            for one in lines
        ),
    )

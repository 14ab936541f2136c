"""The document on what a team wrote into its meeting's workbook: outcomes, commitments, and what nobody can tell."""

from __future__ import annotations

from ...review import ReturnedMeeting
from ..tree import Bullets, Code, Column, Document, ListItem, Paragraph, Row, Section, Table
from ..words import clean, count, short_date

_CAME = (
    *(Column("Commitment"), Column("Kept"), Column("Worked")),
    *(Column("Seen", "date"), Column("Note")),
)
_AGREED = (
    *(Column("Teacher"), Column("Pupils"), Column("Subject"), Column("Skill")),
    *(Column("What"), Column("Review", "date")),
)


def returned_meeting_document(found: ReturnedMeeting) -> Document:
    """Tell what would be written to commitments.csv, and what was not understood."""
    came = tuple(
        Row(
            (one.id, one.kept, one.worked or "", short_date(one.seen), clean(one.note or "")),
            one.id,
        )
        for one in found.outcomes
    )
    agreed = tuple(
        Row(
            (
                one.teacher,
                ", ".join(one.pupils),
                one.subject,
                one.skill or "",
                clean(one.strategy),
                short_date(one.review),
            ),
            f"agreed-{number}",
        )
        for number, one in enumerate(found.agreed, start=1)
    )
    unclear = Bullets(
        tuple(
            ListItem((Code(one.where), f": {clean(f'{one.code} {one.said}')}: {one.why}"))
            for one in found.not_understood
        )
    )
    told = (
        f"{count(len(came), 'outcome')}, {count(len(agreed), 'commitment')}, "
        f"{len(found.not_understood)} not understood."
    )
    return Document(
        "What came back from the meeting",
        (
            Paragraph(told),
            Section("What came of it", (Table(_CAME, came),), name="came"),
            Section("Agreed", (Table(_AGREED, agreed),), name="agreed"),
            Section("Not understood", (unclear,), name="unclear"),
        ),
        private=True,
    )


__all__ = ["returned_meeting_document"]

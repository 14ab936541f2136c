"""The sheet of a team's meeting, and its report to the headteacher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core import listed
from ...pupils import CommitmentShown, Impact, Meeting, StrategyProposed
from .. import words
from ..meeting_phrases import (
    ahead,
    all_pupils,
    came_of_it,
    concerns,
    counts,
    day,
    goal_of,
    head_of,
    heading,
    left,
    more,
    more_commitments,
    more_strategies,
    next_meeting,
    no_class,
    nobody,
    secured,
    since,
    standing,
    step,
    title,
    who,
)
from ..tree import (
    Block,
    Bullets,
    Callout,
    Column,
    Document,
    Fact,
    Facts,
    ListItem,
    Paragraph,
    Row,
    Section,
    Strong,
    Table,
    Words,
    items,
)

_COLUMNS = (
    *(Column(""), Column("Class"), Column("Commitment", share=0.4), Column("Pupils")),
    *(Column("Review", "date"), Column("Came of it"), Column("Note", "editable")),
)


def meeting_document(meeting: Meeting) -> Document:
    """Lay out the sheet of a meeting: what was agreed, whom to speak of first, what to agree next."""
    goals = items(
        f"{goal_of(item, meeting)}: {item.goal or 'none written down'}" for item in meeting.goals
    )
    blocks: tuple[Block, ...] = (
        Paragraph(day(meeting.about.on)),
        _facts([*head_of(meeting), ("Next meeting", next_meeting(meeting))]),
        Section("What we agreed, and what came of it", tuple(_last(meeting))),
        Section("Pupils to speak of first", tuple(_focus(meeting))),
        Section("What we do next: proposed, for the team to agree", tuple(_strategies(meeting))),
        Section("Our own goals", (Bullets(goals), Paragraph(ahead(meeting)))),
        Section("", (Callout(meeting.note),)),
    )
    return Document(title(meeting.about), blocks, private=True)


def impact_document(impact: Impact) -> Document:
    """Report to the headteacher: the counts, then what each teacher took on and what came of it."""
    blocks: list[Block] = [
        Paragraph(f"Report to the headteacher, {since(impact)}"),
        _facts(heading(impact.about)),
        *map(Paragraph, counts(impact)),
    ]
    for of in impact.teachers:
        told = items(map(_reported, of.commitments))
        nothing = Paragraph("Nothing agreed.")
        blocks.append(Section(who(of.teacher), (Bullets(told) if told else nothing,)))
    blocks.append(Section("", (Callout(impact.note),)))
    return Document(title(impact.about), tuple(blocks), private=True)


def _facts(facts: Iterable[tuple[str, str]]) -> Facts:
    return Facts(tuple(Fact(term, value) for term, value in facts))


def _last(meeting: Meeting) -> Iterator[Block]:
    rows = tuple(
        Row(
            (
                told.id,
                ", ".join(told.teacher.classes) if told.teacher else "left the team",
                f"{step(told)}: {told.strategy}",
                "; ".join(part for part in (", ".join(told.pupils), left(told)) if part),
                words.date(told.review),
                words.capital(came_of_it(told) or "open"),
                told.note or "",
            ),
            told.id,
        )
        for told in meeting.commitments
    )
    yield Table(_COLUMNS, rows) if rows else Paragraph("Nothing has been agreed before.")
    yield Paragraph(more_commitments(meeting))


def _focus(meeting: Meeting) -> Iterator[Block]:
    for of in meeting.focus:
        lines = []
        for pupil in of.pupils:
            around = listed(pupil.circumstances)
            about = f". {words.capital(around)}" if around else ""
            since_then = f". {secured(pupil)}" if pupil.secured else ""
            why = f"{standing(pupil)}. {concerns(pupil)}{about}{since_then}"
            lines.append(f"{pupil.called}, {pupil.year_title}: {why}")
        told = Bullets(items(lines)) if lines else Paragraph(nobody(of, meeting))
        yield Section(of.class_id, (told, Paragraph(more(of, meeting))))
    yield Paragraph(no_class(meeting))


def _strategies(meeting: Meeting) -> Iterator[Block]:
    told = tuple(map(_proposal, meeting.strategies))
    yield Bullets(told, mark="box") if told else Paragraph("No steps are proposed.")
    yield Paragraph(more_strategies(meeting))


def _proposal(item: StrategyProposed) -> ListItem:
    does = "check who can" if item.does == "check" else "to"
    by = words.date(item.review) if item.review else "the next meeting"
    under: list[Words] = []
    for of in item.classes:
        roles = " or ".join(dict.fromkeys(teacher.role for teacher in of.teachers))
        under.append((Strong(of.class_id), f" ({roles}): {', '.join(of.pupils)}"))
    seen = f" Look for: {item.look_for}" if item.look_for else ""
    under += [f"In class: {item.how}{seen}", f"Brings back by {by}: {item.evidence}"]
    return ListItem(f"{item.subject}: {does} {item.title} ({item.skill})", (Bullets(items(under)),))


def _reported(told: CommitmentShown) -> Words:
    days = f"agreed {words.date(told.agreed)}, review {words.date(told.review)}"
    about = f"{step(told)}: {told.strategy}".rstrip(".")
    line = f"{about} ({words.count(all_pupils(told), 'pupil')}; {days})"
    seen = f" Seen {words.date(told.seen)}." if told.seen else ""
    note = f" {told.note}" if told.note else ""
    return (f"{line}: ", Strong(came_of_it(told) or "open"), f".{seen}{note}")

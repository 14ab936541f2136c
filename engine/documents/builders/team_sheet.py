"""The sheet of a team's meeting, and its report to the headteacher, as they are printed: shortened, with boxes to
tick and lines to write on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ...core import listed
from ...pupils import (
    CommitmentShown,
    FocusClass,
    FocusPupil,
    ForClass,
    Impact,
    Meeting,
    StrategyProposed,
)
from .. import words
from ..meeting_phrases import (
    ahead,
    all_pupils,
    brief,
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
    short,
    since,
    standing,
    step,
    title,
    who,
)
from ..tree import (
    Block,
    Box,
    Bullets,
    Callout,
    Code,
    Column,
    Document,
    Fact,
    Facts,
    ListItem,
    Paragraph,
    Quiet,
    Row,
    Section,
    Span,
    Strong,
    Table,
)

_HOW, _LOOK_FOR, _SAID, _NAMED = 110, 80, 90, 3
"""So many characters, or pupils, stand in a cell; Markdown has all."""
_LAST = (
    *(Column("Class", share=0.09), Column("Commitment")),
    *(Column("Review", "date", share=0.07), Column("Came of it", share=0.33)),
)
_NEXT = (
    *(Column("What for, and for whom", share=0.5), Column("What the teacher does in class")),
    *(Column("By", "date", share=0.06), Column("Agreed", "editable", share=0.07)),
)
_REPORTED = (
    *(Column("Agreed", "date", share=0.08), Column("Commitment"), Column("Pupils", share=0.07)),
    *(Column("Review", "date", share=0.08), Column("Came of it", share=0.2)),
    Column("When, and noted", "editable", share=0.24),
)
_LINE = "_" * 30


def meeting_sheet(meeting: Meeting) -> Document:
    """Lay out the sheet of a meeting for one page of A4."""
    return Document(
        title(meeting.about),
        (
            Paragraph(f"{day(meeting.about.on)}; next meeting: {next_meeting(meeting)}"),
            _facts(head_of(meeting)),
            Section("1. What we agreed, and what came of it", tuple(_last(meeting))),
            Section("2. Pupils to speak of first", tuple(_focus(meeting))),
            Section(
                "3. What we do next: proposed, for the team to agree", tuple(_strategies(meeting))
            ),
            Section("4. Our own goals", (_goals(meeting),)),
            Callout(f"{ahead(meeting)} {meeting.note}"),
        ),
        private=True,
        sheet=True,
    )


def impact_sheet(impact: Impact) -> Document:
    """Lay out the report to the headteacher for a page of A4."""
    teachers = []
    for of in impact.teachers:
        rows = tuple(map(_reported, of.commitments))
        told = Table(_REPORTED, rows) if rows else Paragraph("Nothing agreed.")
        teachers.append(Section(who(of.teacher), (told,)))
    return Document(
        title(impact.about),
        (
            Paragraph(f"Report to the headteacher, {since(impact)}"),
            _facts(heading(impact.about)),
            *map(Paragraph, counts(impact)),
            *teachers,
            Callout(impact.note),
        ),
        private=True,
        sheet=True,
    )


def _facts(facts: Sequence[tuple[str, str]]) -> Facts:
    return Facts(tuple(Fact(term, value) for term, value in facts))


def _last(meeting: Meeting) -> Iterator[Block]:
    rows = tuple(_agreed(told, meeting.to_tick) for told in meeting.commitments)
    yield Table(_LAST, rows) if rows else Paragraph("Nothing has been agreed before.")
    yield Paragraph((Quiet(more_commitments(meeting)),))


def _agreed(told: CommitmentShown, to_tick: Sequence[str]) -> Row:
    came: list[Span] = [Strong("Overdue:"), " "] if told.overdue else []
    if told.kept:
        came.append(words.capital(came_of_it(told)))
        came += [Quiet(f" {brief(told.note, _SAID)}")] if told.note else []
    else:
        came += [span for state in to_tick for span in (Box(state), " ")]
    classes = ", ".join(told.teacher.classes) if told.teacher else "left the team"
    gone = (f"; {left(told)}",) if left(told) else ()
    what = (f"{_what(told, _SAID)}: ", *_pupils(told.pupils), *gone)
    return Row((classes, what, short(told.review), tuple(came)), told.id, note=told.id)


def _what(told: CommitmentShown, most: int) -> str:
    return f"{step(told)}: {brief(told.strategy, most).rstrip('.')}"


def _pupils(refs: Sequence[str]) -> Iterator[Span]:
    """Name the first pupils, and count the others."""
    for at, ref in enumerate(refs[:_NAMED]):
        if at:
            yield ", "
        yield Code(ref)
    if len(refs) > _NAMED:
        yield f" and {len(refs) - _NAMED} more"


def _focus(meeting: Meeting) -> Iterator[Block]:
    yield from (_class(of, meeting) for of in meeting.focus)
    yield Paragraph((Quiet(no_class(meeting)),))


def _class(of: FocusClass, meeting: Meeting) -> Section:
    blocks: list[Block] = []
    for how, pupils in groupby(of.pupils, key=standing):
        blocks += [Paragraph((Quiet(how),)), *map(_pupil, pupils)]
    rest = Paragraph((Quiet(more(of, meeting)),))
    return Section(of.class_id, (*(blocks or [Paragraph(nobody(of, meeting))]), rest))


def _pupil(pupil: FocusPupil) -> Paragraph:
    around = words.capital(listed(pupil.circumstances))
    about = (". ", Quiet(around)) if around else ()
    since_then = (". ", Quiet(secured(pupil))) if pupil.secured else ()
    told = f" {pupil.year_title}. {concerns(pupil)}"
    return Paragraph((Strong(pupil.called), told, *about, *since_then))


def _strategies(meeting: Meeting) -> Iterator[Block]:
    if not meeting.strategies:
        yield Paragraph("No steps are proposed.")
    own = Row(("", "", "", (Box(""),)))
    rows = (*map(_proposal, meeting.strategies), *(own for _ in range(meeting.own_rows)))
    yield Table(_NEXT, rows)
    yield Paragraph((Quiet(more_strategies(meeting)),))


def _proposal(item: StrategyProposed) -> Row:
    does = "check who can" if item.does == "check" else "to"
    seen = (Strong("Look for:"), f" {brief(item.look_for, _LOOK_FOR)} ") if item.look_for else ()
    return Row(
        (
            (f"{item.subject}: {does} {item.title}", Quiet(f" ({item.skill})"), "."),
            (f"{brief(item.how, _HOW)} ", *seen, Strong("Brings back:"), f" {item.evidence}"),
            short(item.review) if item.review else "",
            (Box(""),),
        ),
        under=tuple(Paragraph(tuple(_for_class(of))) for of in item.classes),
    )


def _for_class(of: ForClass) -> Iterator[Span]:
    """Name a class, who teaches it where that is not one person alone, and its pupils."""
    yield Strong(of.class_id)
    roles = list(dict.fromkeys(teacher.role for teacher in of.teachers))
    if len(roles) > 1:
        yield Quiet(f" {' or '.join(roles)}")
    yield " "
    yield from _pupils(of.pupils)


def _goals(meeting: Meeting) -> Bullets:
    told = (
        ListItem((Strong(goal_of(item, meeting)), f" {item.goal or _LINE}"))
        for item in meeting.goals
    )
    return Bullets(tuple(told), mark="none")


def _reported(told: CommitmentShown) -> Row:
    seen = ": ".join(part for part in (short(told.seen) if told.seen else "", told.note) if part)
    state = words.capital(came_of_it(told) or "open")
    what, number = _what(told, len(told.strategy)), str(all_pupils(told))
    return Row((short(told.agreed), what, number, short(told.review), state, seen), told.id)


__all__ = ["impact_sheet", "meeting_sheet"]

"""Pupils at risk: who, why, how sure, and what to teach next."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import listed
from ...pupils import PupilLine, PupilReport, Sequence
from .. import words
from ..pupil_words import (
    PupilWords,
    again,
    beyond,
    nothing_insecure,
    presumed,
    side_by_side,
)
from ..tree import (
    Block,
    Bullets,
    Column,
    Document,
    ListItem,
    Paragraph,
    Row,
    Section,
    Table,
    items,
)

_FULL = 6
"""Up to so many pupils' subjects are told in full."""
_COLUMNS = tuple(map(Column, ("pupil", "class", "subject", "state", "why", "begin with")))
COLUMNS = (
    *("pupil", "year", "class", "subject", "state", "certainty", "reasons", "words", "rules"),
    *("circumstances", "goal", "checks", "teach", "strategy", "look_for", "look_again"),
    "interventions",
)
"""The columns of the table with everything."""


def pupils_document(report: PupilReport) -> Document:
    """Give a table of those at risk, or every word where only a few are asked for."""
    said = PupilWords(report)
    lines = said.listed()
    blocks: list[Block] = [Section("", (Paragraph(said.counts()),))]
    if len(lines) <= _FULL:
        blocks += (_full(said, line) for line in lines)
    elif lines:
        blocks.append(Section("", (Table(_COLUMNS, tuple(_row(said, line) for line in lines)),)))
    if len({line.ref for line in lines}) > 1:
        together = "Side by side: who needs the same now"
        blocks.append(Section(together, (_list(tuple(_together(said))),)))
        blocks.append(Section("In the advice for the school", (_list(_touching(report)),)))
    return Document(said.title, tuple(blocks), private=True)


def _list(told: tuple[ListItem, ...]) -> Bullets:
    return Bullets(told, mark="none")


def _row(said: PupilWords, line: PupilLine) -> Row:
    return Row(
        (
            said.names[line.ref],
            line.class_id or f"Year {line.year}",
            line.subject_title,
            said.state(line),
            said.in_short(line),
            said.first(line.sequence),
        ),
        f"{line.ref} {line.subject}",
    )


def _full(said: PupilWords, line: PupilLine) -> Section:
    where = f"Year {line.year}" + (f", class {line.class_id}" if line.class_id else "")
    title = f"{said.names[line.ref]}, {where}, {line.subject_title}: {said.state(line)}"
    reasons = [f"{reason.words} ({said.rests_on(line, reason)})" for reason in line.reasons]
    reasons += [f"not known: {listed(item.missing)} ({item.rule})" for item in line.missing]
    rest: list[ListItem] = []
    if line.circumstances:
        told = ", ".join(said.titles[name] for name in line.circumstances)
        rest.append(ListItem(f"To bear in mind: {told}"))
    if line.sequence:
        rest += _sequence(line.sequence)
    if line.interventions:
        told = "; ".join(said.interventions[name] for name in line.interventions)
        rest.append(ListItem(f"In the advice for the school: {told}"))
    return Section(title, (Bullets(items(reasons)), _list(tuple(rest))))


def _sequence(sequence: Sequence) -> Iterator[ListItem]:
    steps = [
        f"Check {check.skill} (Year {check.year}), {check.title}. {check.check}"
        for check in sequence.checks
    ]
    for step in sequence.steps:
        if step.this_term:
            if_not = " if not secure" if step.known == "unknown" else ""
            steps.append(
                f"Teach {step.skill} (Year {step.year}){if_not}, {step.title}. {step.strategy} "
                f"Look for: {step.look_for} (look again by {again(step)})"
            )
    if later := beyond(sequence):
        steps.append(later)
    last = [presumed(sequence)] if sequence.presumed else []
    goal = f"Goal this term: {sequence.goal_title} ({', '.join(sequence.goal)})"
    if sequence.checks or sequence.steps:
        yield ListItem(goal, (_list(items([*steps, *last])),))
        return
    yield ListItem(goal, (_list(items(steps)),))
    yield ListItem(nothing_insecure(sequence), (_list(items(last)),))


def _together(said: PupilWords) -> Iterator[ListItem]:
    for where, parts in side_by_side(said.report).items():
        told = (
            f"{part.does} {part.skill}, {part.title}: "
            + ", ".join(said.names[ref] for ref in part.pupils)
            for part in parts
        )
        yield ListItem(where, (_list(items(told)),))


def _touching(report: PupilReport) -> tuple[ListItem, ...]:
    return items(
        f"{item.title}{f' ({item.target})' if item.target else ''}: "
        f"{words.count(item.pupils, 'pupil')} of these"
        for item in report.interventions
    )


def pupils_table(report: PupilReport) -> Document:
    """Give everything as one table, a row for each pupil and subject."""
    said = PupilWords(report)
    rows = (Row(_cells(said, line), f"{line.ref} {line.subject}") for line in report.pupils)
    return Document(said.title, (Table(tuple(map(Column, COLUMNS)), tuple(rows)),), private=True)


def _cells(said: PupilWords, line: PupilLine) -> tuple[str, ...]:
    sequence = line.sequence
    step = sequence.now if sequence else None
    return (
        said.names[line.ref],
        line.year,
        line.class_id or "",
        line.subject_title,
        said.titles[line.state],
        said.titles[line.certainty] if line.certainty else "",
        "; ".join(said.why(line)),
        " ".join(reason.words for reason in line.reasons),
        " ".join(reason.rule for reason in line.reasons),
        "; ".join(said.titles[name] for name in line.circumstances),
        " ".join(sequence.goal) if sequence else "",
        " ".join(check.skill for check in sequence.checks) if sequence else "",
        f"{step.skill} {step.title}" if step else "",
        step.strategy if step else "",
        step.look_for if step else "",
        step.look_again.isoformat() if step and step.look_again else "",
        "; ".join(said.interventions[name] for name in line.interventions),
    )

"""Pupils at risk for a screen, a line for each pupil and subject, and for a spreadsheet, with everything in
columns."""

from __future__ import annotations

from collections.abc import Iterator

from ...pupils import PupilLine, PupilReport
from .. import words
from ..pupil_words import PupilWords, side_by_side
from ..tree import Block, Bullets, Column, Document, ListItem, Paragraph, Row, Section, Table, items
from .pupils import pupil_details

_FULL = 6
"""Up to so many pupils' subjects are told in full."""
_COLUMNS = tuple(map(Column, ("pupil", "class", "subject", "state", "why", "begin with")))
COLUMNS = (
    *("pupil", "year", "class", "subject", "state", "certainty", "reasons", "words", "rules"),
    *("circumstances", "goal", "checks", "teach", "strategy", "look_for", "look_again"),
    "interventions",
)
"""The columns of the table with everything."""


def pupils_summary(report: PupilReport) -> Document:
    """Give a table of those at risk, or every word where only a few are asked for."""
    said = PupilWords(report)
    lines = said.listed()
    blocks: list[Block] = [Section("", (Paragraph(said.counts()),))]
    if len(lines) <= _FULL:
        blocks += (Section("", (pupil_details(said, line),)) for line in lines)
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
            line.class_id or line.year_title,
            line.subject_title,
            said.state(line),
            said.in_short(line),
            said.first(line.sequence),
        ),
        f"{line.ref} {line.subject}",
    )


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


__all__ = ["COLUMNS", "pupils_summary", "pupils_table"]

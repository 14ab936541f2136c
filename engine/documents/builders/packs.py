"""The documents on packs: what there is, who says what otherwise, and how two forms of one differ."""

from __future__ import annotations

from collections.abc import Iterator

from ...assurance import PackDiff, PacksReport, ReplacedOrRetired
from ..tree import Block, Bullets, Column, Document, Paragraph, Row, Section, Table, items
from ..words import clean, count

_COLUMNS = (
    Column("pack"),
    Column("version"),
    Column("rules", "number", ranged="left"),
    Column("interventions", "number", ranged="left"),
    Column("owner"),
    Column("title"),
)
_HOW = (("added", "New"), ("changed", "Changed"), ("taken out", "Taken out"))


def packs_document(report: PacksReport) -> Document:
    """Lay out packs in a table, then what each replaces, retires and requires."""
    rows = tuple(
        Row(
            (
                one.id,
                one.version,
                str(one.rules),
                str(one.interventions),
                clean(one.owner),
                clean(one.title) + (" (a programme)" if one.programme else ""),
            ),
            one.id,
        )
        for one in report.packs
    )
    blocks: list[Block] = [Table(_COLUMNS, rows)]
    for pack in report.packs:
        told = [*_lines(pack.replaces), *_lines(pack.retires)]
        if pack.required:
            told.append(f"required of every school that uses it: {', '.join(pack.required)}")
        if told:
            blocks.append(Section(clean(pack.title), (Bullets(items(told)),)))
    return Document("Packs", tuple(blocks))


def _lines(lines: tuple[ReplacedOrRetired, ...]) -> Iterator[str]:
    for line in lines:
        said = f"{clean(line.title)} ({line.id}): {line.words}."
        yield f"{said} {clean(line.because)}" if line.because else said


def pack_diff_document(found: PackDiff) -> Document:
    """Lay out how two forms of a pack differ, by kind of change, as a changelog has it."""
    title = f"From {found.old} to {found.new}"
    if not found.changes:
        return Document(title, (Paragraph("The same records, all as they were."),))
    blocks: list[Block] = [Paragraph(f"{count(len(found.changes), 'record')} differ.")]
    for how, heading in _HOW:
        told = []
        for one in found.changes:
            if one.how == how:
                differs = f": {', '.join(one.keys)}" if one.keys else ""
                if one.words:
                    differs = f": {one.words[1]} instead of {one.words[0]}"
                told.append(f"{one.kind} {one.id}, “{clean(one.title)}”{differs}")
        if told:
            blocks.append(Section(heading, (Bullets(items(told)),)))
    return Document(title, tuple(blocks))

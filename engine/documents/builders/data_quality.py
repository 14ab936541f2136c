"""The document on what was read in a school's files: every row accounted for, and what is worth a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ...school import DataReport, FileRead, RefusedPart
from ..tree import Block, Bullets, Column, Document, Paragraph, Row, Section, Table, items

_UNREAD = 12
_ALIKE = 4
_MOST = 8
"""So many rows or pupils are listed; the JSON has all."""


def data_quality_document(report: DataReport) -> Document:
    """Tell what was read as what, the counts, and what is worth a look."""
    blocks: list[Block] = list(map(_file, report.files))
    if report.published:
        figures = [
            [f.title, f"{f.value:g}" if isinstance(f.value, float) else str(f.value), f.year]
            for f in report.published
        ]
        table = _table(["figure", "", "school year"], figures)
        blocks.append(Section("Published figures", (table,)))
    if report.pupils:
        blocks += _pupils(report)
    if not report.files:
        told = "school.yaml names no files of pupils and no published tables."
        blocks.append(Section("", (Paragraph(told),)))
    blocks.append(_look(report))
    return Document(f"{report.school}: {report.pupils} pupils", tuple(blocks), private=True)


def _table(
    header: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()
) -> Table:
    """A table, the numbers of some columns set as such where there is more than plain text."""
    columns = tuple(
        Column(title, "number" if at in numbers else "text", ranged="left")
        for at, title in enumerate(header)
    )
    return Table(columns, tuple(Row(tuple(row)) for row in rows))


def _file(file: FileRead) -> Section:
    adds_up = f"{file.rows:,} rows = {file.used:,} used + {len(file.refused):,} refused"
    kinds = Counter(part.kind for part in file.refused)
    if kinds:
        adds_up += " (" + ", ".join(f"{kind} {kinds[kind]:,}" for kind in sorted(kinds)) + ")"
    if file.set_aside:
        adds_up += f"; single cells set aside: {len(file.set_aside):,}"
    title = f"{file.name}: {'; '.join([file.kind, *file.notes])}"
    return Section(title, (Paragraph(adds_up), *_columns(file), *_not_used(file)), indent=2)


def _columns(file: FileRead) -> Iterator[Block]:
    read = [(column.heading, column.read_as) for column in file.columns if column.read_as]
    if read:
        yield Section("", (_table(["column", "read as"], read),))
    unread = [f"“{column.heading}”" for column in file.columns if not column.read_as]
    if unread:
        more = f" and {len(unread) - _UNREAD} more" if len(unread) > _UNREAD else ""
        told = "Not read: " + ", ".join(unread[:_UNREAD]) + more
        yield Section("", (Paragraph(told, hang=2),))


def _not_used(file: FileRead) -> Iterator[Block]:
    harmless = Counter(part.reason for part in file.refused if not part.mistake)
    if harmless:
        told = (f"{reason}: {harmless[reason]:,}" for reason in sorted(harmless))
        yield Section("Rows nobody asked for, because the row", (Bullets(items(told), indent=0),))
    reasons: dict[str, list[RefusedPart]] = {}
    for part in (*file.refused, *file.set_aside):
        if part.mistake:
            reasons.setdefault(part.about or part.reason, []).append(part)
    if reasons:
        lines = []
        for reason, parts in reasons.items():
            parts.sort(key=lambda part: part.row)
            where = [f"row {p.row}" + (f" “{p.column}”" if p.column else "") for p in parts]
            more = f" and {len(where) - _ALIKE:,} more" if len(where) > _ALIKE else ""
            if parts[0].about:
                reason = f"differs from another row about the same pupil ({reason})"
            lines.append(f"{reason}: {', '.join(where[:_ALIKE])}{more}")
        yield Section("Not used, because the row or cell", (Bullets(items(lines), indent=0),))


def _pupils(report: DataReport) -> Iterator[Block]:
    years = ((year, str(number)) for year, number in report.years.items())
    yield Section("", (_table(["year", "pupils"], years, [1]),))
    if report.classes:
        classes = ((name, str(number)) for name, number in report.classes.items())
        yield Section("", (_table(["class", "pupils"], classes, [1]),))
    points = list(dict.fromkeys(count.point for count in report.counts))
    lines: dict[tuple[str, str], dict[str, str]] = {}
    for count in report.counts:
        if count.class_id is None:
            known = f"{count.known} of {count.known + count.missing}"
            lines.setdefault((count.year, count.subject), {})[count.point] = known
    known_rows = [
        [year, subject, *(cells[p] for p in points)] for (year, subject), cells in lines.items()
    ]
    table = _table(["year", "subject", *points], known_rows)
    yield Section("Judgements known", (table,))
    starts = [
        [
            start.year,
            start.subject,
            report.assessments[start.expected],
            ", ".join(f"{report.assessments[n]} {count}" for n, count in start.found.items())
            or "-",
            str(start.none),
        ]
        for start in report.starts
    ]
    header = ["year", "subject", "first choice", "found", "none"]
    title = "Starting points: what progress is measured from"
    yield Section(title, (_table(header, starts, [4]),))
    scales = ([name, f"{count:,}"] for name, count in report.scales.items())
    yield Section("Results by scale", (_table(["scale", "results"], scales, [1]),))


def _look(report: DataReport) -> Section:
    if not report.look:
        return Section("", (Paragraph("Nothing stands out."),))
    lines = []
    for look in report.look:
        who = ""
        if look.pupils:
            named = {p.pupil: p.name or p.pupil for p in report.pupil_list}
            shown = [named.get(ref, ref) for ref in look.pupils[:_MOST]]
            more = f" and {len(look.pupils) - _MOST} more" if len(look.pupils) > _MOST else ""
            who = ": " + ", ".join(shown) + more
        lines.append(f"{look.words}{who}")
    return Section("Worth a look", (Bullets(items(lines)),))

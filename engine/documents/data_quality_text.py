"""The data report as text for a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator

from ..school import DataReport, FileRead, RefusedPart
from .text_table import plain_table

_WIDTH = 100
_UNREAD = 12
_ALIKE = 4
_MOST = 8
"""So many rows or pupils are listed; the JSON has all."""


def data_as_text(report: DataReport) -> str:
    """What was read as what, the counts, and what is worth a look."""
    blocks = [f"{report.school}: {report.pupils} pupils"]
    blocks += [block for file in report.files for block in _file(file)]
    if report.published:
        figures = [
            [f.title, f"{f.value:g}" if isinstance(f.value, float) else str(f.value), f.year]
            for f in report.published
        ]
        blocks.append("Published figures\n" + plain_table(figures, ["figure", "", "school year"]))
    if report.pupils:
        blocks += list(_pupils(report))
    if not report.files:
        blocks.append("school.yaml names no files of pupils and no published tables.")
    blocks.append(_look(report))
    return "\n\n".join(blocks) + "\n"


def _file(file: FileRead) -> Iterator[str]:
    adds_up = f"{file.rows:,} rows = {file.used:,} used + {len(file.refused):,} refused"
    kinds = Counter(part.kind for part in file.refused)
    if kinds:
        adds_up += " (" + ", ".join(f"{kind} {kinds[kind]:,}" for kind in sorted(kinds)) + ")"
    if file.set_aside:
        adds_up += f"; single cells set aside: {len(file.set_aside):,}"
    yield f"{file.name}: {'; '.join([file.kind, *file.notes])}\n  {adds_up}"
    read = [[column.heading, column.read_as] for column in file.columns if column.read_as]
    if read:
        yield textwrap.indent(plain_table(read, ["column", "read as"]), "  ")
    unread = [f"“{column.heading}”" for column in file.columns if not column.read_as]
    if unread:
        more = f" and {len(unread) - _UNREAD} more" if len(unread) > _UNREAD else ""
        yield "\n".join(_wrapped("Not read: " + ", ".join(unread[:_UNREAD]) + more))
    harmless = Counter(part.reason for part in file.refused if not part.mistake)
    if harmless:
        lines = ["  Rows nobody asked for, because the row"]
        lines += [
            line
            for reason in sorted(harmless)
            for line in _wrapped(f"- {reason}: {harmless[reason]:,}")
        ]
        yield "\n".join(lines)
    reasons: dict[str, list[RefusedPart]] = {}
    for part in (*file.refused, *file.set_aside):
        if part.mistake:
            reasons.setdefault(part.about or part.reason, []).append(part)
    if reasons:
        lines = ["  Not used, because the row or cell"]
        for reason, parts in reasons.items():
            parts.sort(key=lambda part: part.row)
            where = [f"row {p.row}" + (f" “{p.column}”" if p.column else "") for p in parts]
            more = f" and {len(where) - _ALIKE:,} more" if len(where) > _ALIKE else ""
            if parts[0].about:
                reason = f"differs from another row about the same pupil ({reason})"
            lines += _wrapped(f"- {reason}: {', '.join(where[:_ALIKE])}{more}")
        yield "\n".join(lines)


def _pupils(report: DataReport) -> Iterator[str]:
    yield plain_table([[y, str(n)] for y, n in report.years.items()], ["year", "pupils"])
    if report.classes:
        yield plain_table([[c, str(n)] for c, n in report.classes.items()], ["class", "pupils"])
    points = list(dict.fromkeys(count.point for count in report.counts))
    lines: dict[tuple[str, str], dict[str, str]] = {}
    for count in report.counts:
        if count.class_id is None:
            known = f"{count.known} of {count.known + count.missing}"
            lines.setdefault((count.year, count.subject), {})[count.point] = known
    rows = [
        [year, subject, *(cells[p] for p in points)] for (year, subject), cells in lines.items()
    ]
    yield "Judgements known\n" + plain_table(rows, ["year", "subject", *points])
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
    yield "Starting points: what progress is measured from\n" + plain_table(starts, header)
    yield "Results by scale\n" + plain_table(
        [[name, f"{count:,}"] for name, count in report.scales.items()], ["scale", "results"]
    )


def _look(report: DataReport) -> str:
    if not report.look:
        return "Nothing stands out."
    lines = ["Worth a look"]
    for look in report.look:
        who = ""
        if look.pupils:
            named = {p.pupil: p.name or p.pupil for p in report.pupil_list}
            shown = [named.get(ref, ref) for ref in look.pupils[:_MOST]]
            more = f" and {len(look.pupils) - _MOST} more" if len(look.pupils) > _MOST else ""
            who = ": " + ", ".join(shown) + more
        lines += _wrapped(f"- {look.words}{who}")
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="    ")

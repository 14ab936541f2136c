"""The audit for equity: how often each rule flags one group of pupils and another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...assurance import AuditReport, Flagged, GroupHeld
from ...core import listed
from ..tree import Block, Bullets, Column, Document, ListItem, Paragraph, Row, Section, Table
from ..words import capital, count, shorten

_COLUMNS = (
    Column(""),
    Column("group"),
    *(
        Column(title, "number", ranged="left")
        for title in ("pupils", "flagged", "interval", "others", "interval", "apart", "interval")
    ),
)


def audit_document(report: AuditReport) -> Document:
    """Tell where a rule leans, then give a table for the gravest state and for each rule."""
    blocks: list[Block] = [
        Section("", (Paragraph(_about(report)),)),
        Section("Rules that lean" if report.leans else "", tuple(_leans(report))),
    ]
    by_rule: dict[str, list[GroupHeld]] = {}
    for held in report.groups:
        by_rule.setdefault(held.rule, []).append(held)
    hidden: list[str] = []
    nobody: list[str] = []
    for rule, groups in by_rule.items():
        shown = [held.here.flagged for held in groups if held.here]
        if any(shown):
            blocks.append(_of_rule(groups))
        else:
            (nobody if shown else hidden).append(rule or f"the state “{groups[0].title}”")
    if nobody:
        told = f"Nobody in the groups shown is flagged: {listed(nobody)}."
        blocks.append(Section("", (Paragraph(told),)))
    if hidden:
        told = f"Too few pupils to show anything: {listed(hidden)}."
        blocks.append(Section("", (Paragraph(told),)))
    title = f"{report.school}: how often each rule flags one group and another"
    return Document(title, tuple(blocks))


def _about(report: AuditReport) -> str:
    words = (
        f"{count(report.pupils, 'pupil')}, each counted once: flagged is who is flagged in at least "
        f"one subject. Intervals are at {report.level:g} %. The others are the pupils in the "
        "other groups. "
        f"Not shown is what could tell of fewer than {report.least} pupils, by itself or by "
        "subtraction."
    )
    for lacking in report.unknown:
        words += f" Not known of {count(lacking.pupils, 'pupil')}: {lacking.title}."
    if report.left_out:
        few = report.left_out < report.least
        words += (
            f" {'A few pupils' if few else count(report.left_out, 'pupil')} are left out everywhere, "
            "because something is not known of them that is known of nearly all."
        )
    return words


def _leans(report: AuditReport) -> Iterator[Block]:
    told: list[ListItem] = []
    for _, leans in groupby(report.leans, key=lambda lean: lean.rule):
        *others, last = leans
        told += (ListItem(lean.words) for lean in others)
        told.append(ListItem(last.words, (Paragraph(last.look),)))
    if told:
        yield Bullets(tuple(told), indent=0)
    else:
        yield Paragraph("No rule leans as far as these data can show.")
    if report.comparisons:
        chance = report.comparisons * (100 - report.level) / 100
        yield Paragraph(
            f"{count(report.comparisons, 'difference')} {'was' if report.comparisons == 1 else 'were'} "
            f"looked at; by chance alone about {chance:.0f} would lie outside an interval."
        )


def _of_rule(groups: list[GroupHeld]) -> Section:
    first = groups[0]
    title = first.title if first.rule else f"The state “{first.title}” as a whole"
    table = Table(_COLUMNS, tuple(_row(held) for held in groups if held.here))
    hidden: dict[str, list[str]] = {}
    for held in groups:
        if not held.here:
            hidden.setdefault(held.by_title, []).append(held.group)
    named = "; ".join(f"{title}: {listed(names)}" for title, names in hidden.items())
    not_shown = (Paragraph(f"Not shown: {named}"),) if hidden else ()
    return Section(title, (table, *not_shown), code=first.rule, indent=2)


def _row(held: GroupHeld) -> Row:
    apart = held.apart
    return Row(
        (
            shorten(capital(held.by_title), 28),
            held.group,
            f"{held.here.pupils:,}" if held.here else "",
            *_share(held.here),
            *_share(held.others),
            *(
                (_points(apart.points), f"{_points(apart.low)} to {_points(apart.high)}")
                if apart
                else ("-", "-")
            ),
        )
    )


def _share(of: Flagged | None) -> tuple[str, str]:
    return (f"{of.share:.0f} %", f"{of.low:.0f} to {of.high:.0f}") if of else ("-", "-")


def _points(value: float) -> str:
    return f"{round(value):+d}" if round(value) else "0"

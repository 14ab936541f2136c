"""The audit for equity as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from ..assurance import AuditReport, Flagged, GroupHeld
from ..core import listed
from .text_table import plain_table
from .words import capital, count

_WIDTH = 100
_HEADER = ("", "group", "pupils", "flagged", "interval", "others", "interval", "apart", "interval")


def audit_as_text(report: AuditReport) -> str:
    """Where a rule leans, then a table for the gravest state and for each rule."""
    lines = [f"{report.school}: how often each rule flags one group and another", ""]
    lines += _wrapped(_about(report))
    lines += ["", *_leans(report)]
    blocks: dict[str, list[GroupHeld]] = {}
    for held in report.groups:
        blocks.setdefault(held.rule, []).append(held)
    hidden: list[str] = []
    nobody: list[str] = []
    for rule, groups in blocks.items():
        shown = [held.here.flagged for held in groups if held.here]
        if any(shown):
            lines += ["", *_block(groups)]
        else:
            (nobody if shown else hidden).append(rule or f"the state “{groups[0].title}”")
    if nobody:
        lines += ["", *_wrapped(f"Nobody in the groups shown is flagged: {listed(nobody)}.")]
    if hidden:
        lines += ["", *_wrapped(f"Too few pupils to show anything: {listed(hidden)}.")]
    return "\n".join(lines) + "\n"


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


def _leans(report: AuditReport) -> Iterator[str]:
    if not report.leans:
        yield "No rule leans as far as these data can show."
    else:
        yield "Rules that lean"
        for _, leans in groupby(report.leans, key=lambda lean: lean.rule):
            several = list(leans)
            for lean in several:
                yield from _wrapped(f"- {lean.words}", "  ")
            yield from (f"  {line}" for line in _wrapped(several[0].look))
    if report.comparisons:
        chance = report.comparisons * (100 - report.level) / 100
        yield from _wrapped(
            f"{count(report.comparisons, 'difference')} {'was' if report.comparisons == 1 else 'were'} "
            f"looked at; by chance alone about {chance:.0f} would lie outside an interval."
        )


def _block(groups: list[GroupHeld]) -> Iterator[str]:
    first = groups[0]
    yield f"{first.rule}  {first.title}" if first.rule else f"The state “{first.title}” as a whole"
    rows = [_row(held) for held in groups if held.here]
    yield textwrap.indent(plain_table(rows, _HEADER), "  ")
    hidden: dict[str, list[str]] = {}
    for held in groups:
        if not held.here:
            hidden.setdefault(held.by_title, []).append(held.group)
    if hidden:
        named = "; ".join(f"{title}: {listed(names)}" for title, names in hidden.items())
        yield from (f"  {line}" for line in _wrapped(f"Not shown: {named}"))


def _row(held: GroupHeld) -> list[str]:
    apart = held.apart
    return [
        textwrap.shorten(capital(held.by_title), 28, placeholder="…"),
        held.group,
        f"{held.here.pupils:,}" if held.here else "",
        *_share(held.here),
        *_share(held.others),
        *(
            (_points(apart.points), f"{_points(apart.low)} to {_points(apart.high)}")
            if apart
            else ("-", "-")
        ),
    ]


def _share(of: Flagged | None) -> tuple[str, str]:
    return (f"{of.share:.0f} %", f"{of.low:.0f} to {of.high:.0f}") if of else ("-", "-")


def _points(value: float) -> str:
    return f"{round(value):+d}" if round(value) else "0"


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH - 2, subsequent_indent=indent)

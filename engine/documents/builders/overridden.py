"""The document on rules that schools disagree with: what they decided about advice, rule by rule."""

from __future__ import annotations

from ...library import OverriddenReport
from ..decision_phrases import DONE
from ..tree import Block, Bullets, Column, Document, Paragraph, Row, Section, Table, items
from ..words import clean, count

_COUNTS = ("refused", "adapted", "accepted", "schools", "times")
_COLUMNS = (
    Column("rule"),
    *(Column(title, "number", ranged="left") for title in _COUNTS),
    Column("title"),
)


def overridden_document(report: OverriddenReport) -> Document:
    """Tell the rules whose advice was decided on, the most refused first, with the reasons given."""
    title = "What was decided about advice"
    schools = count(len(report.schools), "school")
    if not report.rules and not report.without_rule:
        nothing = f"Nothing was decided about advice in {schools}."
        return Document(title, (Paragraph(nothing),), untitled=True)
    about = (
        f"What {schools} decided about advice, by the rules that give it now. Schools: in how many "
        "it is given; times: how often in all, for every class or teacher it is given for."
    )
    rows = tuple(
        Row(
            (r.rule, *map(str, (r.refused, r.adapted, r.accepted, r.asked_in, r.asked)), r.title),
            r.rule,
        )
        for r in report.rules
    )
    blocks: list[Block] = [Paragraph(about)]
    if rows:
        blocks.append(Section("", (Table(_COLUMNS, rows),)))
    for rule in report.rules:
        reasons = items(
            f"{DONE[reason.decision]}, {count(reason.times, 'time')}: {clean(reason.title)}"
            for reason in rule.reasons
        )
        blocks.append(Section(rule.title, (Bullets(reasons),), code=rule.rule))
    if report.without_rule:
        times = count(report.without_rule, "decision")
        verb = "is" if report.without_rule == 1 else "are"
        told = f"{times} {verb} about what no rule asks for in that school now."
        blocks.append(Section("", (Paragraph(told),)))
    return Document(title, tuple(blocks), untitled=True)

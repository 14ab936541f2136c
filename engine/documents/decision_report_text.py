"""What a school decided about advice, in the words all documents share; and how often, rule by rule, as
text."""

from __future__ import annotations

import textwrap

from ..library import OverriddenReport
from ..planning import LeftOut, Overridden
from .text_table import plain_table
from .words import clean, count, date

DECIDED = "What the school decided about advice"
KEPT = "Each is kept to until it is taken out of overrides.yaml, whatever the rules say by then."
_WIDTH = 100
_DONE = {"accept": "accepted", "adapt": "accepted with changes", "refuse": "refused"}


def short(item: Overridden) -> str:
    """A decision in one breath: accepted by the Headteacher on 4 September 2026, and no rule asks for it
    now."""
    told = f"{_DONE[item.decision]} by the {clean(item.role)} on {date(item.on)}"
    if not item.asked:
        return f"{told}, and no rule asks for it now"
    return f"{told}, and rules still ask for it" if item.decision == "refuse" else told


def because(item: Overridden) -> str:
    """Why it was decided so, and the note on it."""
    note = f" {clean(item.note).rstrip('.')}." if item.note else ""
    return f"The reason: {clean(item.reason).rstrip('.')}.{note}"


def left_out_words(item: LeftOut) -> str:
    """Why something is left out, and what was decided about it."""
    return f"{clean(item.reason)} {clean(item.decided)}".rstrip()


def overridden_as_text(report: OverriddenReport) -> str:
    """The rules whose advice was decided on, the most refused first, with the reasons given."""
    schools = count(len(report.schools), "school")
    if not report.rules and not report.without_rule:
        return f"Nothing was decided about advice in {schools}.\n"
    rows = [
        [
            r.rule,
            str(r.refused),
            str(r.adapted),
            str(r.accepted),
            str(r.asked_in),
            str(r.asked),
            r.title,
        ]
        for r in report.rules
    ]
    header = ["rule", "refused", "adapted", "accepted", "schools", "times", "title"]
    lines = [
        *textwrap.wrap(
            f"What {schools} decided about advice, by the rules that give it now. Schools: in how many "
            "it is given; times: how often in all, for every class or teacher it is given for.",
            _WIDTH,
        )
    ]
    if rows:
        lines += ["", plain_table(rows, header)]
    for rule in report.rules:
        lines += ["", f"{rule.rule}  {clean(rule.title)}"]
        for reason in rule.reasons:
            told = f"{_DONE[reason.decision]}, {count(reason.times, 'time')}: {clean(reason.title)}"
            lines += textwrap.wrap(told, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    if report.without_rule:
        times = count(report.without_rule, "decision")
        verb = "is" if report.without_rule == 1 else "are"
        lines += ["", f"{times} {verb} about what no rule asks for in that school now."]
    return "\n".join(lines) + "\n"

"""The phrases all documents share on what a school decided about advice."""

from __future__ import annotations

from ..planning import LeftOut, Overridden
from .words import clean, date

DECIDED = "What the school decided about advice"
KEPT = "Each is kept to until it is taken out of overrides.yaml, whatever the rules say by then."
DONE = {"accept": "accepted", "adapt": "accepted with changes", "refuse": "refused"}


def short(item: Overridden) -> str:
    """A decision in one breath: accepted by the Headteacher on 4 September 2026, and no rule asks for it
    now."""
    told = f"{DONE[item.decision]} by the {clean(item.role)} on {date(item.on)}"
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

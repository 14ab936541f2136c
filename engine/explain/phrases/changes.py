"""The sentences on the smallest changes after which something would be advised, or not."""

from __future__ import annotations

from collections.abc import Sequence

from ...core import listed_first

NOTHING_ASKS = "No rule asks for it, and nothing needs it."
DUTY = "It is a duty, whatever the data say."
PROMISED = "It was promised in school.yaml, whatever the data say."
_NAMED = 3
"""So many titles are named; the others are counted."""


def decided(words: str) -> str:
    """Say that the school has accepted it."""
    return f"It was {words}, whatever the data say."


def asked_by(rules: Sequence[str]) -> str:
    """Say which rules ask for it; nothing where none does."""
    return f"{listed_first(rules, _NAMED)} {_verb(rules, 'asks', 'ask')} for it" if rules else ""


def needed_by(titles: Sequence[str]) -> str:
    """Say what needs it; nothing where nothing does."""
    named = [f"“{title}”" for title in titles]
    return f"{listed_first(named, _NAMED)} {_verb(named, 'needs', 'need')} it" if named else ""


def no_way(advised: bool, reasons: Sequence[str], facts: int, figures: int) -> str:
    """Say that nothing that was tried turns it: the answer, why it is advised or not, and what was tried."""
    does = "take it out" if advised else "bring it in"
    why = " and ".join(one.rstrip(".") for one in reasons if one)
    tried = f"up to {facts} facts at once, no more than {figures} of them shares or counts"
    return f"Nothing that was tried would {does}. {f'{why}. ' if why else ''}Tried were {tried}."


def _verb(titles: Sequence[str], one: str, several: str) -> str:
    return one if len(titles) == 1 else several

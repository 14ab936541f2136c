"""The sentences on what is bought and on money that stays."""

from __future__ import annotations

import datetime

from ...core import listed_first
from .titles import days

TOLD = 3
"""So many titles are named; the others are counted."""


def bought_words(tenths: int, what: str, people: str) -> str:
    """Say what is bought: “1.5 days of cover for the Mathematics leader”."""
    return f"{days(tenths)} {of_words(what, people)}"


def of_words(what: str, people: str) -> str:
    """Say what is bought without the days: “of cover for the Mathematics leader”."""
    return f"{what} for {people}"


def unspent_words(left: int, could_pay: list[str], goes_on_after: datetime.date | None) -> str:
    """Say why so many pounds stay."""
    if could_pay:
        named = listed_first((f"“{title}”" for title in could_pay), TOLD)
        why = (
            f"{named} could be paid from it, and found no room in people's time or among "
            "what is new; time that can be bought would not bring enough for its price"
        )
    else:
        why = "nothing that is advised and left out could be paid from it with what there is"
    told = f"£{left:,} stays: {why}."
    if goes_on_after is not None:
        told += f" The line's year goes on after the plan's end on {goes_on_after.day} "
        told += f"{goes_on_after:%B %Y}."
    return told

"""A blocker: one thing that keeps an item out of a slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that keeps an item out of a slot while everything else stays where it is."""

    kind: Literal[
        "needs",
        "before",
        "behind",
        "together",
        "alternative",
        "earliest",
        "latest",
        "pinned",
        "capacity",
        "budget",
        "attention",
        "goal",
    ]
    name: str
    """The item, resource, claim or budget of attention that blocks."""
    slot: int | None = None
    wanted: int = 0
    left: int = 0
    users: tuple[str, ...] = ()
    """The items that take most of it."""
    lag: int = 0
    goal: str = ""
    """The id of the goal that would not be met, of a blocker of that kind."""

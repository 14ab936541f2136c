"""A value that is set in place of what a file says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """One value in place of what a school's file says."""

    said: str
    """As it was given, for example `capacity.adviser=6`."""
    words: tuple[str, ...]
    """The parts of its path."""
    was: tuple[Any, ...]
    """What the file has there, of each place it is written at; None: nothing."""
    now: Any

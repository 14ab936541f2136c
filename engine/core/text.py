"""Parts as a list in a sentence, and small numbers in words."""

from __future__ import annotations

from collections.abc import Iterable

_SMALL = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def listed(parts: Iterable[str], last: str = "and") -> str:
    """For example: one, another and a third; empty of none."""
    items = list(parts)
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def listed_first(parts: Iterable[str], most: int) -> str:
    """Name the first few and count the others: one, another and 3 more."""
    items = list(parts)
    rest = len(items) - most
    return listed([*items[:most], f"{rest} more"] if rest > 0 else items)


def in_words(value: int) -> str:
    """For example “four”; above twelve in figures."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else str(value)

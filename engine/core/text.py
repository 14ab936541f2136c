"""Parts as a list in a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def listed(parts: Iterable[str], last: str = "and") -> str:
    """For example: one, another and a third; empty of none."""
    items = list(parts)
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))

"""The sentences that tell why nothing in a plan covers an agreed priority."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...core import listed


def outranked(titles: Iterable[str], before: Mapping[int, str]) -> str:
    """Say what would work on a priority (titles), and which priorities (titles by rank) leave it no room."""
    options = listed([f"“{title}”" for title in titles], "or")
    ranked = listed([f"priority {rank} (“{title}”)" for rank, title in sorted(before.items())])
    return (
        f"{options} would work on it, and can't start in time with the people and the money there are "
        f"beside {ranked}, which comes first."
    )


def too_early(titles: Iterable[str]) -> str:
    """Say that none of what works on a priority can show by the priority's day."""
    return f"{listed([f'“{title}”' for title in titles], 'or')} would work on it; none of it can show by its day."


def nothing_advised(only: Iterable[str]) -> str:
    """Say what is missing for a priority; `only` are titles of what prepares or reviews and is advised."""
    titles = [f"“{title}”" for title in only]
    if titles:
        return f"What works on it only prepares, reviews or is a duty: {listed(titles)}."
    return "No rule asks for anything that works on it, as far as the school's data go."

"""Counts of pupils shown so that nobody is known by them: small ones not at all, and none worked out from the rest."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 6
"""A group of fewer is not told."""
FEW = f"fewer than {FEWEST}"
HIDDEN = "not shown"


def suppressed(counts: Sequence[int]) -> list[str]:
    """Say each count of a whole that is known.

    A count from 1 to 5 is not told. Where only one is hidden, the whole would give it away, so that the
    smallest of the others is not shown either.
    """
    small = {at for at, count in enumerate(counts) if 0 < count < FEWEST}
    others = [at for at, count in enumerate(counts) if count >= FEWEST]
    also = {min(others, key=lambda at: (counts[at], at))} if len(small) == 1 and others else set()
    return [
        FEW if at in small else HIDDEN if at in also else f"{count:,}"
        for at, count in enumerate(counts)
    ]


__all__ = ["FEW", "FEWEST", "HIDDEN", "suppressed"]

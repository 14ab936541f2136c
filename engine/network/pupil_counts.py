"""Counts of pupils in the schools of a network, told so that no small group can be worked out from any of them.

In a school the whole is known, and each school knows its own figures. So of a school at least two counts are held
back or none, those held back are together no small group, and it is not told which of them is small; a sum over
schools is told only where none of its parts is held back; and what is told is rounded, so that the figures of one
day held against those of another show no few either.
"""

from __future__ import annotations

from collections.abc import Mapping

ROUNDED_TO = 5


def told_counts(
    counts: Mapping[str, Mapping[str, int]], fewest: int
) -> dict[str, dict[str, int | None]]:
    """Give each school's counts by what they are of, to the nearest five; None: held back.

    A group of fewer than `fewest` and more than none is small.
    """
    return {
        school: {of: None if of in hidden else rounded(count) for of, count in of_school.items()}
        for school, of_school in counts.items()
        for hidden in [_hidden(of_school, fewest)]
    }


def told_sums(
    counts: Mapping[str, Mapping[str, int]], told: Mapping[str, Mapping[str, int | None]]
) -> dict[str, int | None]:
    """Give the sum over all schools of each, to the nearest five; None where any part is held back."""
    kinds = dict.fromkeys(of for of_school in counts.values() for of in of_school)
    return {
        of: None
        if any(of in own and own[of] is None for own in told.values())
        else rounded(sum(own.get(of, 0) for own in counts.values()))
        for of in kinds
    }


def rounded(count: int) -> int:
    """Round to the nearest five."""
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def _hidden(counts: Mapping[str, int], fewest: int) -> set[str]:
    hidden = {of for of, count in counts.items() if 0 < count < fewest}
    others = sorted((count, of) for of, count in counts.items() if count >= fewest)
    while hidden and (len(hidden) == 1 or sum(counts[of] for of in hidden) < fewest):
        if not others:
            return set(counts)
        hidden.add(others.pop(0)[1])
    return hidden


__all__ = ["ROUNDED_TO", "rounded", "told_counts", "told_sums"]

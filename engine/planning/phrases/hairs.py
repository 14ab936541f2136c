"""The sentences on what hangs on a hair."""

from __future__ import annotations


def near_equal(title: str, lost: float) -> str:
    """Say that something else would be worth nearly as much; `lost` is a share of 1."""
    if not lost:
        return f"“{title}” would be worth as much in its place."
    return (
        f"“{title}” would be worth {100 * lost:.1f} % less in its place, which is next to nothing."
    )


def rests_near_a_line(label: str, words: str) -> str:
    """Say that all that asks for it rests on a share near its line."""
    return f"All that asks for it rests on a figure near its line. {label}: {words}."

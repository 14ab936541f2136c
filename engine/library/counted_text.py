"""Texts that count what a plan makes room for: “{half_terms: round}” becomes “four rounds”, or two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from ..core import did_you_mean, in_words

COUNTS = ("half_terms",)
"""What a milestone may count: the half-terms from the start of its step's delivery to its own."""


def filled(text: str, counts: Mapping[str, int]) -> str:
    """Put the counts into a text, each in words and with its noun."""
    told: list[str] = []
    for literal, name, noun, _ in Formatter().parse(text):
        told.append(literal)
        if name is not None:
            many = counts[name]
            one = (noun or "").strip()
            told.append(f"{in_words(many)} {one if many == 1 else one + 's'}".strip())
    return "".join(told)


def wrong_counts(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the counts of a text, each with a hint."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        yield "a brace has no partner", "write {half_terms: round}, or no brace"
        return
    for _, name, noun, _ in parts:
        if name is not None and name not in COUNTS:
            yield f"{{{name}}} is nothing that can be counted", did_you_mean(name, COUNTS)
        elif name is not None and not (noun or "").strip():
            yield f"{{{name}}} doesn't say what is counted", f"write {{{name}: round}}"


__all__ = ["COUNTS", "filled", "wrong_counts"]

"""The known names nearest to an unknown one: slips of the keys, case, spaces, words left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_APART = re.compile(r"[\W_]+")
_MOST = 3
"""So many near names are told at most."""
_LETTERS_A_SLIP = 4
"""A name of so many letters may have one slip, one of twice as many two."""
_MOST_SLIPS = 3
_KINDS_OF_LETTERS = 64
_LEAST_WORD = 3
"""A word of fewer letters tells nothing by itself."""
_LEAST_SHARED = 0.6
"""Of the letters of the longer name, those that are the shorter one."""

_SAME, _SLIPS, _WORDS = range(3)
"""How two names are alike, the surest first."""


def near_names(word: str, known: Iterable[str]) -> list[str]:
    """The known names truly near to a word, the nearest first and three at most; often none.

    A name is near when it has the same letters, or differs by one slip in four letters and three at
    most (a letter more, less or another, two turned round); when it has the same words in another
    order; when all the words of the one are among those of the other; or when the one has the letters of
    the other, in order, and not many between or after them.
    """
    found = _ranked(word, known)
    if not found:
        return []
    (kind, least), _ = found[0]
    return [name for (its, far), name in found if its == kind and (its == _WORDS or far == least)][
        :_MOST
    ]


def misspelt(word: str, known: Iterable[str]) -> list[str]:
    """The known names that a word differs from by its case, its spaces or slips of the keys only."""
    return [name for (kind, _), name in _ranked(word, known) if kind != _WORDS]


def _ranked(word: str, known: Iterable[str]) -> list[tuple[tuple[int, float], str]]:
    here = _spelt(word)
    apart = ((_apart(here, _spelt(name)), name) for name in set(known))
    return sorted((rank, name) for rank, name in apart if rank is not None)


class _Spelt:
    """A name in small letters, without accents, as its words."""

    __slots__ = ("joined", "letters", "words")

    def __init__(self, text: str) -> None:
        apart = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
        self.words = frozenset(word for word in _APART.split(plain) if word)
        self.joined = _APART.sub("", plain)
        self.letters = 0
        for letter in self.joined:
            self.letters |= 1 << ord(letter) % _KINDS_OF_LETTERS


@lru_cache(maxsize=4096)
def _spelt(text: str) -> _Spelt:
    return _Spelt(text[:100])


def _apart(one: _Spelt, other: _Spelt) -> tuple[int, float] | None:
    """Return how far two names are apart: kind of difference, then size; None if too far."""
    if one.joined == other.joined or one.words == other.words:
        return _SAME, 0
    most = min(_MOST_SLIPS, max(1, min(len(one.joined), len(other.joined)) // _LETTERS_A_SLIP))
    if (
        min(len(one.joined), len(other.joined)) > 1
        and abs(len(one.joined) - len(other.joined)) <= most
        and (one.letters & ~other.letters).bit_count() <= most
        and (other.letters & ~one.letters).bit_count() <= most
    ):
        slips = _slips(one.joined, other.joined, most)
        if slips <= most:
            return _SLIPS, slips
    if one.words and other.words and (one.words <= other.words or one.words > other.words):
        shared = len(one.words & other.words) / len(one.words | other.words)
        return (_WORDS, -shared) if max(map(len, one.words & other.words)) >= _LEAST_WORD else None
    short, long = sorted((one.joined, other.joined), key=len)
    shared = len(short) / len(long) if long else 0
    if len(short) >= _LETTERS_A_SLIP and shared >= _LEAST_SHARED and _is_within(short, long):
        return _WORDS, -shared
    return None


def _is_within(short: str, long: str) -> bool:
    """Tell whether one text begins as another and has its letters in order, with others between."""
    letters = iter(long)
    return short[0] == long[0] and all(letter in letters for letter in short)


def _slips(one: str, other: str, most: int) -> int:
    """By how many letters more, less, other or turned round two words differ; more than `most` where
    it is more."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, its in enumerate(other, start=1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(last) > most:
            return most + 1
        before, last = last, row
    return last[-1]

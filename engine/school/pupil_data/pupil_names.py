"""Pupils' names as they are compared: however they are written, and in whatever order."""

from __future__ import annotations

from typing import NamedTuple

from .words_in_headings import words_of


class PupilName(NamedTuple):
    """One name; it never leaves the reader."""

    words: tuple[str, ...]
    key: str
    """Its letters run together, the same whichever part comes first: neither spaces and hyphens nor
    the order of forename and surname make another name."""
    order: str
    """The same, with forename and surname told apart; as it is written where that isn't known."""
    told_apart: bool
    """Whether forename and surname are."""


def name_of(whole: str, forename: str = "", surname: str = "") -> PupilName | None:
    """A name of one cell, or of a cell for each part; None where there is no whole name.

    A comma in one cell stands between surname and forename.
    """
    parts = words_of(forename), words_of(surname)
    words = words_of(whole)
    if words:
        before, comma, after = whole.partition(",")
        if comma and "," not in after and words_of(before) and words_of(after):
            parts = words_of(after), words_of(before)
        elif not all(parts) or _turned(words) != _turned((*parts[0], *parts[1])):
            parts = (), ()  # they say another name, such as the one a child is called by
    else:
        words = (*parts[0], *parts[1]) if all(parts) else ()
    if not words:
        return None
    apart = all(parts)
    order = " ".join("".join(part) for part in parts) if apart else " ".join(words)
    return PupilName(words, _turned(words), order, apart)


def may_be_one(one: PupilName, other: PupilName) -> bool:
    """Tell whether two names beside one number are surely one child's.

    They are where they are the same, or one leaves out words of the other (a middle name, half of a
    double-barrelled surname) or gives their first letters. A short form is not: Ada and Adam can be
    twins.
    """
    if one.key == other.key:
        return True
    few, many = sorted((one.words, other.words), key=len)
    left = list(many)
    for word in sorted(few, key=len, reverse=True):
        found = word if word in left else next((w for w in left if _initial(word, w)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]


def _turned(words: tuple[str, ...]) -> str:
    """The letters of a name in a ring, from the place that makes them first in the alphabet; a
    single word, which may be initials, can't be turned."""
    letters = "".join(words)
    places = range(len(letters)) if len(words) > 1 else range(1)
    return min(letters[at:] + letters[:at] for at in places)

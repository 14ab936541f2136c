"""Rows of a table that are no pupils: those that sum up others, and the lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...library import Library
from ..model import SchoolFile
from .words_in_headings import words_of

_COUNTED = re.compile(r"(.+?)\s*(?:\(\s*(?:n\s*=\s*)?\d+\s*\)|[:=]\s*\d+)", re.DOTALL)
"""PP (8), Girls: 12, 6A (n = 24)."""
_SHARE = "%"


class NotPupils:
    """Tells them by what stands in place of a pupil."""

    def __init__(self, library: Library, school: SchoolFile) -> None:
        words = library.words
        self.totals = {words_of(text) for text in words.totals}
        self._sums = _words(words.sums_up)
        self._groups = _words(words.groups_of_pupils)
        places = [item.id for item in school.school.classes]
        places += [alias for group in words.year_groups.values() for alias in group]
        self._places = _words([*words.year_words, *places, *words.class_words])
        times = [text for part in words.parts for text in (part.title, *part.aliases)]
        subjects = [text for one in words.subjects for text in (one.title, *one.aliases)]
        grades = [
            text
            for scale in library.scales.values()
            if scale.used_for in ("attainment", "statutory")
            for grade in scale.grades
            for text in (grade.id, grade.title, *scale.aliases)
        ]
        beside = [*words.totals, *words.fillers, *words.beside_sums, *times, *subjects, *grades]
        self._beside = _words(beside) | self._sums | self._groups | self._places
        self._footers = re.compile("|".join(map(_begins, words.footers)))

    def is_total(self, text: str) -> bool:
        """Tell whether a text in place of a pupil says that its row sums up others.

        It is a word of a sum, or a group of pupils with its number, beside nothing but words of
        tables.
        """
        words = words_of(text)
        if words in self.totals or (words and _SHARE in text):
            return True
        if not self._beside.issuperset(word for word in words if not word.isdigit()):
            return False
        if self._sums.intersection(words):
            return True
        counted = _COUNTED.fullmatch(text)
        return bool(counted and (self._groups | self._places).intersection(words_of(counted[1])))

    def is_footer(self, text: str) -> bool:
        """Tell whether a text is a line such as “Page 1 of 1” or “Printed on …”."""
        return bool(self._footers.match(" ".join(text.casefold().split())))


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words_of(text) if not word.isdigit())


def _begins(phrase: str) -> str:
    """Return the regular expression for a phrase that begins a footer; # stands for a number."""
    said = re.escape(phrase.casefold()).replace(r"\#", r"\d+")
    return said + (r"\b" if phrase[-1].isalnum() or phrase[-1] == "#" else "")

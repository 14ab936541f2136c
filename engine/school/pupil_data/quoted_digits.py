"""The check on what a message may repeat of a cell: no pupil's name, date or long number."""

from __future__ import annotations

from ...core import FORMULA_BEGINS
from ...library import Library
from .words_in_headings import words_of

_LONGEST = 30
_NUMBERS, _DIGITS = 2, 3
"""More, or longer, can be a date or somebody's number."""
_VOWELS = frozenset("aeiouy")


class Quoted:
    """Knows the words that what is read of pupils is written in."""

    def __init__(self, library: Library) -> None:
        words = library.words
        texts = [*words.missing, *words.year_words, *words.class_words, *words.age_words]
        texts += [*words.fillers, *words.sums_up, *words.groups_of_pupils, *words.yes, *words.no]
        texts += [alias for aliases in words.year_groups.values() for alias in aliases]
        for scale in library.scales.values():
            texts += [*scale.aliases, *scale.codes, *scale.uncounted, *scale.ambiguous]
            texts += [text for grade in scale.grades for text in (grade.id, grade.title)]
        self._words = {word for text in texts for word in words_of(text)}

    def shown(self, text: str) -> str:
        """A text in quotation marks; empty where it could be a pupil's name, date or number."""
        words, plain = words_of(text), " ".join(text.split())
        numbers = [word for word in words if word.isdigit()]
        if not words or len(plain) > _LONGEST or len(numbers) > _NUMBERS:
            return ""
        if plain.startswith(FORMULA_BEGINS):
            return ""
        if any(len(number) > _DIGITS for number in numbers):
            return ""
        return f"“{plain}”" if all(map(self._is_plain, words)) else ""

    def _is_plain(self, word: str) -> bool:
        if word.isdigit() or len(word) == 1 or word in self._words:
            return True
        return len(word) == _DIGITS and not _VOWELS & set(
            word
        )  # a code: no name is without a vowel

"""The year group a cell names, however it is written: 6, Y6, Yr 06, Year 6 Oak, Rec, FS2."""

from __future__ import annotations

from ...library import Words
from .words_in_headings import words_of

_SURE = 3
"""An alias of so many letters is no initial of a name."""
_AFTER = 3
"""So many words of a class can follow."""


class YearGroups:
    """Reads year groups; those of `later_years` are no primary school's."""

    def __init__(self, words: Words) -> None:
        self.groups = (*words.year_groups, *words.later_years)
        self._aliases = {
            words_of(alias): group
            for group in self.groups
            for alias in (group, *words.year_groups.get(group, ()))
        }
        self._before = sorted(map(words_of, words.year_words), key=len, reverse=True)
        self._fillers = {word for text in words.class_words for word in words_of(text)}
        self._ages = set(words.age_words)

    def read(self, text: str) -> str | None:
        """The year group; None where the text names none, or two."""
        words = tuple(
            word.lstrip("0") or "0" if word.isdigit() else word
            for word in words_of(text.removesuffix(".0"))
        )
        if words in self._aliases:
            return self._aliases[words]
        rest, named = words, False
        while before := next((b for b in self._before if rest[: len(b)] == b), None):
            if len(rest) == len(before):
                break
            rest, named = rest[len(before) :], True
        for length in (2, 1):
            group = self._aliases.get(rest[:length])
            if group is not None and len(rest) >= length:
                sure = named or rest[0].isdigit() or len("".join(rest[:length])) >= _SURE
                return group if self._is_class(rest[length:], sure) else None
        return None

    def _is_class(self, after: tuple[str, ...], sure: bool) -> bool:
        """Tell whether the words after a year group are the name of a class in it."""
        if self._fillers.issuperset(after):
            return True
        other = any(len(word) > 1 and (word,) in self._aliases for word in after)
        numbers = any(map(str.isdigit, after))
        return (
            sure
            and not other
            and not numbers
            and not self._ages & set(after)
            and len(after) <= _AFTER
        )

"""A text as its words, as headings, cells and names are compared."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+|\d+")
_LETTERS = str.maketrans(
    {
        **{"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n"},
        **{"ɨ": "i", "ə": "e", "æ": "ae", "œ": "oe", "þ": "th", "ĳ": "ij"},
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff"),  # seen by nobody
        **dict.fromkeys("ʹʻʼʽʾʿˈ", " "),  # Unicode has these apostrophes among the letters
    }
)
"""Letters that are no plain one with an accent, as those without them write them."""


def words_of(text: str) -> tuple[str, ...]:
    """A text as its words and numbers, accents, case and punctuation aside: “Aut2 25/26” gives
    aut, 2, 25, 26."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return tuple(_WORD.findall(plain.translate(_LETTERS)))

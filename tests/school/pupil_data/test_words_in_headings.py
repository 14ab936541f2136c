"""A text is compared by its words and numbers, whatever its accents, case and punctuation."""

from __future__ import annotations

import pytest

from termwise.engine.school.pupil_data.words_in_headings import words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Aut2 25/26", ("aut", "2", "25", "26")),
        ("Zoë O'Brien", ("zoe", "o", "brien")),
        ("Łukasz Sørensen", ("lukasz", "sorensen")),
        ("Straße", ("strasse",)),
        ("Te\u200bacher_ID", ("teacher", "id")),
        ("Ka\u02bbiulani", ("ka", "iulani")),
        ("…", ()),
    ],
)
def test_words_and_numbers_stand_by_themselves(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words

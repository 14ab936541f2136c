"""Marks that can't be seen are told from what a school may really write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.core.unprintable import holds_unprintable, without_unprintable

MARKS = {
    "colour": ("Fen \x1b[31mred\x1b[0m", "Fen red"),
    "clipboard": ("Fen\x1b]52;c;ZXZpbA==\x07 School", "Fen School"),
    "link": ("\x1b]8;;http://example.org\x1b\\Fen\x1b]8;;\x1b\\", "Fen"),
    "sequence that never ends": ("Fen\x1b]0;School", "Fen]0;School"),
    "eight-bit sequence": ("Fen\x9b2J\x9d0;title\x9c", "Fen"),
    "character set": ("Fen\x1b(0", "Fen"),
    "bell, backspace, delete": ("F\x07e\x08n\x7f", "Fen"),
    "nought": ("Fen\x00", "Fen"),
    "half of a pair": ("Fen\ud83d", "Fen"),
    "no character": ("Fen\uffff\ufdd0", "Fen"),
    "override of direction": ("Fen \u202elairt\u202c", "Fen lairt"),
    "isolated direction": ("\u2066Fen\u2069\u200f\u061c", "Fen"),
    "no width": ("F\u200be\u2060n\ufeff", "Fen"),
    "soft hyphen": ("Prim\u00adary", "Primary"),
    "grapheme joiner": ("e\u034fe", "ee"),
    "joiner in Latin": ("F\u200den\u200c", "Fen"),
    "joiner at the edge": ("\u200d\u0628", "\u0628"),
    "two joiners": ("\u0628\u200c\u200c\u0628", "\u0628\u0628"),
    "selector in Latin": ("F\ufe0fen", "Fen"),
    "selectors in a row": ("\u2764\ufe0f\ufe01\U000e0101", "\u2764\ufe0f"),
    "joiner behind a selector in Latin": ("F\ufe0f\u200d\u2764", "F\u2764"),
    "filler": ("F\u3164en\uffa0", "Fen"),
    "words in tags": ("Fen\U000e0073\U000e0061\U000e0079", "Fen"),
    "return": ("one\rtwo\r\nthree", "one\ntwo\nthree"),
    "other breaks": ("one\u2028two\x85three\x0bfour", "one\ntwo\nthree\nfour"),
}
TEXTS = [
    "Fen Primary School",
    "two lines\nand a\ttab",
    "Zoë Ó Łukasz Đỗ Nguyễn e\u0301",
    "O’Neill – “Year 6” …",
    "school\u00a0office £1,200 ½",
    "محمد علي",
    "می\u200cخواهم",  # Persian: two parts of one word that do not join
    "שָׁלוֹם",
    "क्\u200dष क्\u200cष",  # Hindi: a half letter, and a letter with its mark
    "র\u200d্যা",  # Bengali
    "ශ්\u200dරී",  # Sinhala
    "葛\U000e0100飾",  # a Japanese name in the variant its family writes
    "ᠠ\u180b",
    "👩🏽\u200d🏫 ❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\ufffd",
]


@pytest.mark.parametrize(("text", "rest"), MARKS.values(), ids=MARKS.keys())
def test_marks_that_cannot_be_seen_are_found_and_taken_out(text: str, rest: str) -> None:
    assert holds_unprintable(text)
    assert without_unprintable(text) == rest


@pytest.mark.parametrize("text", TEXTS)
def test_what_a_school_may_write_in_any_script_stays(text: str) -> None:
    assert not holds_unprintable(text)
    assert without_unprintable(text) == text


@given(
    st.text(
        st.characters(exclude_categories=())
        | st.sampled_from("\x1b[]\\\x07m\u200d\ufe0f\u0628\u2764\r\n")
    )
)
def test_nothing_is_left_to_take_out(text: str) -> None:
    assert not holds_unprintable(without_unprintable(text))


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    for part in ("\x1b]", "\x1b[", "\x1b ", "\u0628\u200d", "\ufe0f", "\x9d"):
        text = part * 200_000
        assert not holds_unprintable(without_unprintable(text))

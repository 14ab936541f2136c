"""Characters that can't be seen and change what is: controls, terminal codes, direction marks."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = "\r\v\f\x1c-\x1e\x85\u2028\u2029"
"""Breaks of a line other than the usual one: what comes after may write over what stood before."""
_CONTROLS = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_WITHOUT_WIDTH = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
"""What Unicode calls ignorable, but for joiners and selectors; fillers and tags are among them."""
_JOINERS = "\u200c\u200d"
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_VISIBLE = "\ufffc\ufffd"
"""Both stand for something that is not there, and are seen."""

_MARK = re.compile(
    r"\r\n"
    # A sequence goes whole: without its first character the rest would stand there as text.
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\n\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]+[0-~]"
    # The flags of England, Scotland and Wales, and a figure on a key.
    r"|(?P<kept>(?<=\U0001f3f4)[\U000e0061-\U000e007a]{5}\U000e007f|(?<=[0-9#*])\ufe0f(?=\u20e3))"
    rf"|(?P<joiner>[{_JOINERS}])|(?P<selector>[{_SELECTORS}])|(?P<visible>[{_VISIBLE}])"
    rf"|[{_BREAKS}{_CONTROLS}{_DIRECTION}{_WITHOUT_WIDTH}]"
)
_SEEN = re.compile(r"[\t\n\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027]*")
"""None of these is such a mark or makes one with another: most texts hold nothing else."""
_BREAK = re.compile(rf"\r\n|[{_BREAKS}]")
_SELECTOR = re.compile(rf"[{_SELECTORS}]")


def holds_unprintable(text: str) -> bool:
    """Tell whether a text holds a character that can't be seen and changes what is.

    Line ends and tabs are none; nor are the joiners and selectors that some scripts and emoji are
    written with, where they stand in such a place.
    """
    if _is_seen(text):
        return False
    return any(_instead(found) != found[0] for found in _MARK.finditer(text))


def without_unprintable(text: str) -> str:
    """A text without the marks that can't be seen, terminal sequences gone as a whole; other breaks of
    a line become line ends."""
    return text if _is_seen(text) else _MARK.sub(_instead, text)


def _is_seen(text: str) -> bool:
    """Tell at once whether a text surely holds no such character, as nearly all cells don't."""
    return (text.isascii() and text.isprintable()) or bool(_SEEN.fullmatch(text))


def _instead(found: re.Match[str]) -> str:
    """Return the replacement for a character that may be unprintable: itself, “” or a line end."""
    mark, text = found[0], found.string
    if found["kept"] or found["visible"]:
        return mark
    if found["selector"]:
        return mark if _takes_selector(_at(text, found.start() - 1)) else ""
    if found["joiner"]:
        before = found.start() - 1
        if _SELECTOR.match(_at(text, before)) and _takes_selector(_at(text, before - 1)):
            before -= 1
        return mark if _joins(_at(text, before)) and _joins(_at(text, found.end())) else ""
    return "\n" if _BREAK.fullmatch(mark) else ""


def _at(text: str, place: int) -> str:
    return text[place] if 0 <= place < len(text) else ""


def _joins(char: str) -> bool:
    """Tell whether a joiner has a meaning beside a character.

    It has beside a letter of a script without capitals, one of its marks, or an emoji (which may be
    younger than this Python's tables).
    """
    kinds = ("Lo", "Mn", "Mc", "So", "Sk", "Cn")
    return char > "\u02ff" and unicodedata.category(char) in kinds and not _MARK.match(char)


def _takes_selector(char: str) -> bool:
    """Tell whether a character can have a variant: no letter of an alphabet, nothing in ASCII."""
    if char <= "\x7f" or _MARK.match(char):
        return False
    return unicodedata.category(char)[0] in "SPN" or unicodedata.category(char) in ("Lo", "Cn")

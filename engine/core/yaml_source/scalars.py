"""The meaning of a YAML value without quotes: nothing, true or false, a number, or its own text."""

from __future__ import annotations

import datetime
import re

_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTH = {
    spelling: value
    for words, value in ((("true", "yes", "on"), True), (("false", "no", "off"), False))
    for word in words
    for spelling in (word, word.capitalize(), word.upper())
}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]{0,14})?\.[0-9]{1,15}|(?:0|[1-9][0-9]{0,14})\.)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of a text without quotes. Only what everybody reads as the same number is one: a nought
    before it, 0x, an exponent, `_` or `:` leave it a text, which no number is taken from. Days are
    texts too. Raises ValueError for a day that no calendar has.
    """
    if text in _NOTHING:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _DAY.fullmatch(text):
        datetime.date.fromisoformat(text)
    return text


def is_number(text: str) -> bool:
    """Tell whether a text would be read as a number if it stood without quotes."""
    return bool(_WHOLE.fullmatch(text) or _DECIMAL.fullmatch(text))

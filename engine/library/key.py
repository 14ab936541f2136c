"""The name under which a condition reads a value, put together and taken apart.

In rules, examples and plan.json it is one text: “roll”, “judgement of support”, “need small-school”.
"""

from __future__ import annotations

from typing import NamedTuple

_NEED, _OF = "need ", " of "


class Key(NamedTuple):
    """The name of what is read: an indicator, that of one question, or whether a need was found."""

    indicator: str = ""
    """Empty for a need."""
    question: str = ""
    """The question whose indicator it is, where it isn't that of the entity itself."""
    need: str = ""

    @classmethod
    def read(cls, text: str) -> Key:
        """Take a key apart."""
        need = need_of(text)
        if need:
            return cls(need=need)
        indicator, _, question = text.partition(_OF)
        return cls(indicator, question)

    def __str__(self) -> str:
        if self.need:
            return f"{_NEED}{self.need}"
        return f"{self.indicator}{_OF}{self.question}" if self.question else self.indicator


def need_of(text: str) -> str:
    """Give the need a key asks for; nothing for another key."""
    return text.removeprefix(_NEED) if text.startswith(_NEED) else ""

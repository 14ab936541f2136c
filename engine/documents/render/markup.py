"""Text made safe in HTML."""

from __future__ import annotations

from html import escape

from ...core import without_unprintable
from .. import words


def text(value: str) -> str:
    """A text on one line, safe in HTML."""
    return escape(words.clean(value))


def running(value: str) -> str:
    """A text among others, safe in HTML, with the space at its ends that keeps it apart."""
    made = text(value)
    return f"{value[:1].isspace() * ' '}{made}{(value[-1:].isspace() and bool(made)) * ' '}"


def text_line(value: str) -> str:
    """A line as it stands, safe in HTML, its spaces kept."""
    return escape(without_unprintable(value))

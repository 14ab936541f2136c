"""Titles where there is little room: cut, and still told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..words import clean, shorten


def shorten_middle(text: str, width: int) -> str:
    """A text cut at words in its middle to at most so many characters, so that its end is there."""
    text = clean(text)
    if len(text) <= width:
        return text
    parts, tail = text.split(), ""
    while parts and len(f"{parts[-1]} {tail}".strip()) <= (width - 1) // 2:
        tail = f"{parts.pop()} {tail}".strip()
    head = ""
    while parts and len(f"{head} {parts[0]}".strip()) <= width - 1 - len(tail):
        head = f"{head} {parts.pop(0)}".strip()
    return f"{head}…{tail}" if tail else shorten(text, width)


def apart(
    titles: Mapping[str, str], cut: Callable[[str], str], other: Callable[[str], str]
) -> dict[str, str]:
    """Titles by id as they are cut; those whose rest begins another title too, cut in the other
    way."""
    made = {name: cut(title) for name, title in titles.items()}
    bare = {name: _bare(title) for name, title in titles.items()}

    def doubtful(name: str) -> bool:
        rest, cut_off, _ = made[name].partition("…")
        start = _bare(rest)
        return bool(cut_off) and any(
            bare[one].startswith(start) for one in titles if one != name and bare[one] != bare[name]
        )

    return {name: other(titles[name]) if doubtful(name) else short for name, short in made.items()}


def _bare(title: str) -> str:
    """A title without its marks."""
    return clean(title).lstrip("★◆ ")

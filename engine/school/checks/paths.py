"""Dotted key paths: the place each word names, by the declared type and the data that is there."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from ...core import Path, did_you_mean

CALLED = ("id", "intervention", "practice", "strand")
"""What a member of a list is called by: the first of these that it has."""
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Inside:
    """A place in a document, with its declared type and the data that is there."""

    declared: Any
    data: Any

    @property
    def fields(self) -> Mapping[str, Any]:
        """Keys with what they are declared to hold."""
        return {
            info.alias or name: info.annotation
            for kind, model in shapes(self.declared)
            if kind == "record"
            for name, info in model.model_fields.items()
        }

    @property
    def members(self) -> Mapping[str, int] | None:
        """Positions in a list by what its members are called; None where it is no such list."""
        for kind, item in shapes(self.declared):
            key = key_of(item) if kind == "list" else None
            if key and isinstance(self.data, list | None):
                return {
                    str(one.get(key)): position
                    for position, one in enumerate(self.data or ())
                    if isinstance(one, dict)
                }
        return None

    def part(self, word: str) -> str | int | None:
        """The part of a key path that a word stands for; None when it stands for nothing here."""
        if self.members is not None:
            return self.members.get(word)
        if not isinstance(self.data, dict | None):
            return None
        if word in self.fields:
            return word
        if any(kind == "mapping" for kind, _ in shapes(self.declared)):
            return next((key for key in self.data or () if str(key) == word), word)
        return None

    def annotation(self, part: str | int) -> Any:
        """Return the declared type below a part of a key path."""
        if isinstance(part, str) and part in self.fields:
            return self.fields[part]
        wanted = "list" if isinstance(part, int) and self.members is not None else "mapping"
        return next(below for kind, below in shapes(self.declared) if kind == wanted)

    def at(self, part: str | int) -> Any:
        """The data below a part."""
        return value_at(self.data, (part,))

    def why_not(self, before: tuple[str, ...], word: str) -> tuple[str, str]:
        """Why a word stands for nothing here, and what to do about it."""
        path = ".".join(before)
        if self.members is not None:
            return f"there is no “{word}” in {path}", near(word, self.members)
        if isinstance(self.data, dict | None) and self.fields:
            return f"{path} has no “{word}”", near(word, self.fields)
        what = "a list" if isinstance(self.data, list) else "one value"
        return f"{path} is {what}, with nothing called “{word}” in it", f"set {path} as a whole"


def shapes(annotation: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a declared type allows: a record, mapping or list, with the type inside.

    The mark is "record", "mapping" or "list"; the type is the record itself, or that of a value or
    member.
    """
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield "record", annotation
        return
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is dict:
        yield "mapping", inside[1]
    elif origin is tuple:
        yield "list", inside[0]
    elif origin is Annotated:
        yield from shapes(inside[0])
    elif origin in (Union, types.UnionType):
        for one in inside:
            yield from shapes(one)


def key_of(item: Any) -> str | None:
    """The key that a member of a list is called by."""
    for kind, model in shapes(item):
        if kind == "record":
            return next((name for name in CALLED if name in model.model_fields), None)
    return None


def value_at(data: Any, path: Path) -> Any:
    """Return the value at a key path; None where the path leads nowhere."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def near(word: str, known: Iterable[str]) -> str:
    """The near words, or all of them where they are few."""
    names = sorted(known)
    near = did_you_mean(word, names)
    return near or ("it has " + ", ".join(names) if 0 < len(names) <= _MOST_NAMED else "")

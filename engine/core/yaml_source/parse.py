"""YAML text as a document. What a file holds is bounded, so that none takes more than a moment: levels,
values, and what its aliases repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from ..errors import Mistake, Place
from ..unprintable import holds_unprintable, without_unprintable
from .document import Mark, Path, YamlDocument
from .scalars import is_number, plain_value

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml: the same results, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MOST_LEVELS = 64
MOST_VALUES = 200_000
_HINT = "check the indentation, the colons and the quotes near there"
_TYPE = "can't be read: a type of YAML's own (!) is not taken here"

# YAML takes no control character, and other breaks of a line for its end. They are moved to a plane nobody
# uses while the text is taken apart, so that lines count as in an editor and each is told where it stands.
_RAW = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOVED = re.compile("[\U000f0000-\U000fffff]")
_AWAY = 0xF0000


def parse_yaml(text: str, name: str, problems: list[Mistake]) -> YamlDocument | None:
    """The document in a text, or None when it can't be read; what is wrong goes to `problems`."""
    try:
        loader = _Loader(_RAW.sub(lambda mark: chr(_AWAY + ord(mark[0])), text))
    except yaml.YAMLError as error:
        problems.append(Mistake(Place(name), f"can't be read as YAML: {error}", _HINT))
        return None
    document = YamlDocument(name, None)
    try:
        _Parts(loader, document, problems).read()
        return document
    except _StopError as stop:
        problems.append(stop.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        problems.append(
            Mistake(place, f"can't be read as YAML: {error.problem or error.context}", _HINT)
        )
    except yaml.YAMLError:
        problems.append(Mistake(Place(name), "can't be read as YAML", _HINT))
    finally:
        loader.dispose()
    return None


class _StopError(Exception):
    """Nothing more can be read of a file."""

    def __init__(self, problem: Mistake) -> None:
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Again:
    """An alias, and what it repeats; None where it stands inside what it would repeat."""

    start_mark: Any
    parts: list[Any] | None


class _Parts:
    """Takes a document from the parser's events. Aliases are repeated one event at a time, so that what
    they stand for is never there as a whole."""

    def __init__(self, loader: Any, document: YamlDocument, problems: list[Mistake]) -> None:
        self.loader, self.document, self.problems = loader, document, problems
        self.events = self._events()
        self.values = 0
        self.repeats = False

    def read(self) -> None:
        """Reads the one document there is."""
        event = next(self.events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return
        self.document.data = self._value(event, ())
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                what = "can't be read as YAML: a second document begins here (---)"
                raise _StopError(Mistake(self._place(event), what, "keep one in the file"))

    def _events(self) -> Iterator[Any]:
        for own in self._own():
            if type(own) is not _Again:
                yield own
                continue
            sources = [iter((own,))]
            while sources:
                event = next(sources[-1], None)
                if event is None:
                    sources.pop()
                elif isinstance(event, _Again) and event.parts is not None:
                    self.repeats = True
                    sources.append(iter(event.parts))
                else:
                    yield event

    def _own(self) -> Iterator[Any]:
        """The events of the file, aliases with what they repeat."""
        known: dict[str | None, list[Any]] = {}
        open_: list[tuple[str, int, list[Any]]] = []
        level = 0
        for event in iter(self.loader.get_event, None):
            anchor: str | None = getattr(event, "anchor", None)
            if anchor is None and not open_:  # most of them
                yield event
                continue
            if isinstance(event, yaml.AliasEvent):
                inside = any(name == anchor for name, _, _ in open_)
                if not inside and anchor not in known:
                    what = "an alias (*) that nothing before it is marked with (&)"
                    hint = "write it out in full, or put the text in quotes"
                    raise _StopError(Mistake(self._place(event), what, hint))
                event = _Again(event.start_mark, None if inside else known[anchor])
            elif anchor is not None:
                open_.append((anchor, level, []))
            for _, _, parts in open_:
                parts.append(event)
            if isinstance(event, yaml.CollectionStartEvent):
                level += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                level -= 1
            while open_ and open_[-1][1] == level:
                name, _, parts = open_.pop()
                known[name] = parts
            yield event

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.document.file, mark.line + 1, mark.column + 1)

    def _told(self, event: Any, what: str, hint: str = "") -> None:
        self.problems.append(Mistake(self._place(event), what, hint))

    def _count(self, event: Any, path: Path, level: int = 0) -> None:
        self.values += 1
        if self.values > MOST_VALUES:
            what = f"the file holds more than {MOST_VALUES:,} values"
            hint = "leave out what is not needed"
            if self.repeats:
                what += ", with all that its aliases (*) repeat"
                hint = "write out what is needed, without aliases"
            raise _StopError(Mistake(self._place(event), what, hint))
        if len(path) + level > MOST_LEVELS:
            what = f"is nested more than {MOST_LEVELS} levels deep"
            raise _StopError(Mistake(self._place(event), what, "close the brackets before it"))

    def _value(self, event: Any, path: Path) -> Any:
        """The value that begins with an event; the events it is made of are used up."""
        self._count(event, path)
        mark = event.start_mark
        here = self.document.marks.setdefault(path, (mark.line + 1, mark.column + 1))
        if isinstance(event, _Again):
            place = self.document.place(*path)
            self.problems.append(
                Mistake(place, "refers to itself by an alias", "write it out in full")
            )
            return None
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path, here)
        if event.tag:
            self._told(event, _TYPE, "take it out")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        return found

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, path)
            after = next(self.events)
            if key is None:
                self._passed_over(after, path)
            elif key in found:
                first = self.document.marks[(*path, key)][0]
                what = f"the key “{key}” is written twice (first in line {first})"
                self._told(event, what, "keep one of them")
                self._passed_over(after, path)
            else:
                mark = event.start_mark
                self.document.marks[(*path, key)] = (mark.line + 1, mark.column + 1)
                found[key] = self._value(after, (*path, key))
        return found

    def _key(self, event: Any, path: Path) -> str | None:
        """A key as it is written, whatever it looks like; None where it can't be one."""
        if not isinstance(event, yaml.ScalarEvent):
            self._told(event, "a key has to be a word", "check the brackets and colons near there")
            self._passed_over(event, path)
            return None
        self._count(event, path)
        if event.tag:
            self._told(event, _TYPE, "take it out")
        if event.value == "<<" and not event.style:
            self._told(event, "one mapping can't be put into another by <<", "write it out in full")
            return None
        text = self._text(event)
        if holds_unprintable(text):
            what = "the key holds a mark that can't be seen"
            self._told(event, what, "delete the word and type it again")
        return without_unprintable(text)

    def _passed_over(self, event: Any, path: Path) -> None:
        """Uses up the events of a value that has no place in the document."""
        level = 0
        while True:
            self._count(event, path, level)
            if isinstance(event, yaml.CollectionStartEvent):
                level += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                level -= 1
            if level == 0:
                return
            event = next(self.events)

    def _scalar(self, event: Any, path: Path, mark: Mark) -> Any:
        text = self._text(event)
        clean = without_unprintable(text)
        if clean != text:
            self.document.cleaned.append(path)
        if event.tag:
            self._told(event, _TYPE, "take it out")
            self.document.unread.add(path)
            return None
        if not event.implicit[0]:
            if is_number(clean):
                self.document.quoted.add(mark)
            return clean
        try:
            value = plain_value(clean)
        except ValueError as error:
            self._told(event, f"can't be read: {error}")
            self.document.unread.add(path)
            return None
        if not isinstance(value, str):
            self.document.written[mark] = clean
        return value

    def _text(self, event: Any) -> str:
        text: str = event.value
        if text.isascii():
            return text
        return _MOVED.sub(lambda mark: chr(ord(mark[0]) - _AWAY), text)

"""Settings of one run in place of a school's own values: `questions.assessment.judgement=2`."""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from ...core import SAID, Mistake, Path, Place, YamlDocument, did_you_mean, parse_yaml
from ...library import hint_for
from ..model import CqaFile, SchoolFile, StaffFile
from ..setting import Setting
from .folder_checks import CQA, SCHOOL, STAFF
from .paths import Inside, key_of, near, shapes, value_at

FILES: dict[str, type[BaseModel]] = {SCHOOL: SchoolFile, CQA: CqaFile, STAFF: StaffFile}
CAPACITY = "capacity"
"""Begins the days of all who hold a role."""
OPTION = "--set"
_MEMBERS = {"in_place": "how"}
"""What is meant by one word said of a member of a list."""
_HOW = {True: "fully"}
_READ = ("pupils", "published")


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    words: tuple[str, ...]
    value: Any

    @property
    def place(self) -> Place:
        return Place(f"{OPTION} {self.text}", SAID)


@dataclass
class Settings:
    """The settings of one run. What is wrong with them goes to `problems`, at a place of its own."""

    given: tuple[str, ...]
    problems: list[Mistake]
    practices: Collection[str]
    """What can be in place."""
    _made: list[Setting] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_file: dict[str, list[_Said]] = {}
        self._places: dict[str, list[tuple[Path, _Said]]] = {}
        for text in self.given:
            said = self._read(text)
            file = self._file(said) if said else None
            if said and file:
                self._by_file.setdefault(file, []).append(said)

    @property
    def made(self) -> tuple[Setting, ...]:
        """Return the settings that were put in place, in the order they were given."""
        return tuple(sorted(self._made, key=lambda one: self.given.index(one.said)))

    def put_into(self, document: YamlDocument) -> None:
        """Changes the data of one of the school's three files; what the file has elsewhere stays."""
        if not isinstance(document.data, dict):
            return
        for said in self._by_file.get(document.file, ()):
            if said.words[0] == CAPACITY:
                self._time(document, said)
            else:
                self._set(document, said)

    def _read(self, text: str) -> _Said | None:
        path, equals, value = text.partition("=")
        words = tuple(word.strip() for word in path.split("."))
        said = _Said(text, words, None)
        if not equals or not all(words):
            self._wrong(said, "is no setting", "write a path, “=” and a value")
            return None
        found: list[Mistake] = []
        document = parse_yaml(value, text, found)
        self.problems += [replace(one, place=said.place) for one in found]
        return _Said(text, words, document.data) if document and not found else None

    def _file(self, said: _Said) -> str | None:
        """The file a setting is for, told by the first word of its path."""
        first = said.words[0]
        if first in _READ:
            self._wrong(
                said,
                "what is said of pupils and published tables is read from the files only",
                "change a copy of the folder",
            )
            return None
        known = {key: file for file, model in FILES.items() for key in model.model_fields}
        known[CAPACITY] = STAFF
        if first in known:
            return known[first]
        names = [name for name in known if name not in _READ]
        close = did_you_mean(first, names) or "a path begins with " + ", ".join(sorted(names))
        self._wrong(said, f"nothing is called “{first}”", close)
        return None

    def _wrong(self, said: _Said, what: str, hint: str = "") -> None:
        self.problems.append(Mistake(said.place, what, hint))

    def _set(self, document: YamlDocument, said: _Said) -> None:
        annotation: Any = FILES[document.file]
        data = document.data
        path: Path = ()
        words = said.words
        for position, word in enumerate(words):
            last = position == len(words) - 1
            inside = Inside(annotation, data)
            part = inside.part(word)
            if part is None and inside.members is not None and last:
                return self._member(document, said, path, None)
            if part is None:
                return self._wrong(said, *inside.why_not(words[:position], word))
            path, annotation = (*path, part), inside.annotation(part)
            data = inside.at(part)
            if last and inside.members is not None:
                return self._member(document, said, path[:-1], int(part))
        self._put(document, said, path)
        return None

    def _member(self, document: YamlDocument, said: _Said, path: Path, index: int | None) -> None:
        """Sets a whole member of a list: takes it out, or puts it in."""
        data: Any = document.data
        for part in path:
            data = data.get(part) if isinstance(data, dict) else data[part]
        key = _called(said, path)
        value, name, how = said.value, said.words[-1], _MEMBERS.get(said.words[0])
        if value is None or (how and value is False):
            if index is not None:
                self._put(document, said, (*path, index), out=True)
            elif value is None:
                there = [str(one.get(key)) for one in data or () if isinstance(one, dict)]
                self._wrong(said, f"there is no “{name}” to take out", near(name, there))
            else:
                if name not in self.practices:
                    hint = hint_for("practice", name, self.practices)
                    self._wrong(said, f"unknown practice “{name}”", hint)
                self._made.append(Setting(said.text, said.words, (None,), None))
            return
        if how and not isinstance(value, dict):
            value = _HOW.get(value, value) if isinstance(value, bool) else value
            if index is not None:
                said = _Said(said.text, said.words, value)
                self._put(document, said, (*path, index, how))
                return
            value = {how: value}
        if not isinstance(value, dict):
            self._wrong(
                said, f"“{name}” is more than one value", f"say which: {said.words[0]}.{name}.…"
            )
            return
        whole = _Said(said.text, said.words, {key: name, **value})
        self._put(document, whole, (*path, len(data or ()) if index is None else index))

    def _time(self, document: YamlDocument, said: _Said) -> None:
        """Sets the time of all who hold a role."""
        people = document.data.get("people")
        held: dict[str, list[Path]] = {}
        for index, person in enumerate(people if isinstance(people, list) else ()):
            roles = person.get("roles") if isinstance(person, dict) else None
            for role in roles if isinstance(roles, list) else ():
                held.setdefault(str(role), []).append(("people", index, "time"))
        together = document.data.get("together")
        for role in together if isinstance(together, dict) else ():
            held.setdefault(str(role), []).append(("together", role))
        role = ".".join(said.words[1:])
        if role not in held:
            close = did_you_mean(role, held)
            listed = "held are " + ", ".join(sorted(held))
            self._wrong(
                said,
                f"nobody in {STAFF} holds the role “{role}”",
                f"{close} {listed}" if close.endswith("?") else listed,
            )
        elif said.value is None:
            self._wrong(said, "people's time can't be left out", "write 0 where there is none")
        else:
            self._put(document, said, *held[role])

    def _put(self, document: YamlDocument, said: _Said, *paths: Path, out: bool = False) -> None:
        """Puts a value in one or more places, unless another setting has been there."""
        before = self._places.setdefault(document.file, [])
        for path in paths:
            for other, one in before:
                shared = min(len(path), len(other))
                if path[:shared] == other[:shared] and one is not said:
                    self._wrong(said, f"“{one.text}” sets the same", "keep one of them")
                    return
        was = tuple(copy.deepcopy(value_at(document.data, path)) for path in paths)
        self._made.append(Setting(said.text, said.words, was, said.value))
        for path in paths:
            before.append((path, said))
            if out or said.value is None:
                document.take_out(path, said.place)
            else:
                document.put(path, copy.deepcopy(said.value), said.place)


def _called(said: _Said, path: Path) -> str:
    """The key that members of the list at a path are called by."""
    annotation: Any = next(
        model.model_fields[said.words[0]].annotation
        for model in FILES.values()
        if said.words[0] in model.model_fields
    )
    for part in path[1:]:
        annotation = Inside(annotation, {} if isinstance(part, str) else []).annotation(part)
    return next(key for _, item in shapes(annotation) if (key := key_of(item)))

"""One YAML file as plain data, in which everything has its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ..errors import Place

Path = tuple[str | int, ...]
Mark = tuple[int, int]
P = TypeVar("P", Place, Mark, str)


@dataclass(slots=True)
class YamlDocument:
    """One YAML file as plain data (mappings by text, lists, texts, numbers, true and false, None), with
    the place of each key path in it."""

    file: str
    data: Any
    marks: dict[Path, Mark] = field(default_factory=dict)
    instead: dict[Path, Place] = field(default_factory=dict)
    """Where that is said which stands in place of what is in the file, by key path."""
    written: dict[Mark, str] = field(default_factory=dict)
    """How what is no text stands in the file, by its mark: `yes`, `1.50`."""
    quoted: set[Mark] = field(default_factory=set)
    """The marks of texts in quotes."""
    cleaned: list[Path] = field(default_factory=list)
    """Where marks that can't be seen were taken out of a text."""
    unread: set[Path] = field(default_factory=set)
    """Where something stands that can't be read, and has been told."""
    digest: str = ""
    """SHA-256 of the file."""
    sheets: dict[Path, str] = field(default_factory=dict)
    """Of a workbook: in which sheet something stands, by key path."""

    def place(self, *path: str | int) -> Place:
        """The place of a key path, or of its nearest ancestor that is written in the file."""
        for length in range(len(path), -1, -1) if self.instead else ():
            if path[:length] in self.instead:
                return self.instead[path[:length]]
        for length in range(len(path), -1, -1):
            mark = self.marks.get(path[:length])
            if mark:
                return Place(self.file, *mark, self.sheets.get(path[:length], ""))
        return Place(self.file)

    def put(self, path: Path, value: Any, place: Place) -> None:
        """Puts a value in place of what the file has at a key path, or where it has nothing; a place in
        a list may be the one after its last. What is there now is told at `place`."""
        self._forget(path)
        parent: Any = self.data
        mark = self.marks.get((), (1, 1))
        for depth, part in enumerate(path):
            mark = self.marks.setdefault(path[: depth + 1], mark)
            if depth == len(path) - 1:
                break
            if isinstance(parent, dict) and parent.get(part) is None:
                parent[part] = [] if isinstance(path[depth + 1], int) else {}
                self.instead[path[: depth + 1]] = place
            parent = parent[part]
        if isinstance(parent, list) and path[-1] == len(parent):
            parent.append(value)
        else:
            parent[path[-1]] = value
        for below in _paths(value, path):
            self.marks[below] = mark
        self.instead[path] = place

    def take_out(self, path: Path, place: Place) -> None:
        """Takes out what the file has at a key path, if anything; that it is missing is told at
        `place`. What follows in a list moves up."""
        parent = self.data
        for part in path[:-1]:
            parent = parent.get(part) if isinstance(parent, dict) else parent[part]
            if parent is None:
                break
        if parent is not None:
            self.leave_out([path])
        self.instead[path if isinstance(path[-1], str) else path[:-1]] = place

    def leave_out(self, paths: list[Path]) -> None:
        """Drops what is at these key paths, all at once: what follows in a list moves up, and keeps its
        own place."""
        out: dict[Path, set[str | int]] = {}
        for path in paths:
            out.setdefault(path[:-1], set()).add(path[-1])
        moved: dict[Path, dict[int, int]] = {}
        for above, parts in sorted(out.items(), key=lambda item: -len(item[0])):
            parent = self.data
            for part in above:
                parent = parent[part]
            if isinstance(parent, list):
                stay = [index for index in range(len(parent)) if index not in parts]
                moved[above] = {index: now for now, index in enumerate(stay)}
                parent[:] = [parent[index] for index in stay]
            else:
                for part in parts:
                    parent.pop(part, None)
        self.marks = _moved(self.marks, out, moved)
        self.instead = _moved(self.instead, out, moved)
        self.sheets = _moved(self.sheets, out, moved)

    def _forget(self, path: Path) -> None:
        """Drops the places of all below a key path."""
        below = [where for where in self.marks if where[: len(path)] == path and where != path]
        for where in below:
            del self.marks[where]


def _moved(
    places: dict[Path, P], out: dict[Path, set[str | int]], moved: dict[Path, dict[int, int]]
) -> dict[Path, P]:
    """Places by what the key paths are after some parts were left out, and others moved up."""
    found: dict[Path, P] = {}
    for was, place in places.items():
        now = list(was)
        for depth, part in enumerate(was):
            above = was[:depth]
            if part in out.get(above, ()):
                break
            if above in moved:
                now[depth] = moved[above].get(int(part), part)
        else:
            found[tuple(now)] = place
    return found


def _paths(data: Any, path: Path) -> Iterator[Path]:
    """The key paths below one."""
    inside = data.items() if isinstance(data, dict) else ()
    for part, value in enumerate(data) if isinstance(data, list) else inside:
        yield (*path, part)
        yield from _paths(value, (*path, part))


def written_part(data: Any, path: Path) -> Path:
    """The part of a key path that is really there in the data."""
    there: list[str | int] = []
    for part in path:
        inside = isinstance(data, dict) and part in data
        if inside or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            data = data[part]
            there.append(part)
    return tuple(there)

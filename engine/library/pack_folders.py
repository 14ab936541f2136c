"""Which packs a library is made of, in layers: what is shipped, what a trust lays over it, what a school does."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, Literal

from ..core import Mistake, Place, UnknownNameError, YamlDocument, build, did_you_mean, read_yaml
from .pack import PackFile

Layer = Literal["shipped", "trust", "school"]
BASE = "base"
PACK = "pack.yaml"
PROGRAMME = "programme.yaml"
DEFAULT = "knowledge/default.yaml"
"""The one place that names the programme of a school that names none."""


@dataclass(frozen=True, slots=True)
class FolderAsked:
    """A folder outside of what is shipped that holds one pack."""

    folder: pathlib.Path
    named: str
    """its path as it is told"""
    place: Place
    """where it is asked for"""


@dataclass(frozen=True, slots=True)
class OwnStepsRead:
    """A school's own steps, as they were read from its folder."""

    document: YamlDocument
    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PacksAsked:
    """The packs a school's folder asks for: a programme, packs beside it, its trust's folder and its own."""

    programme: str | None = None
    packs: tuple[str, ...] = ()
    trust: FolderAsked | None = None
    school: FolderAsked | None = None
    own_steps: OwnStepsRead | None = None


@dataclass(frozen=True)
class PackFolder:
    """A pack with the folders that its records are read from."""

    file: PackFile
    document: YamlDocument
    layer: Layer
    knowledge: Traversable
    knowledge_named: str
    rules: Traversable
    rules_named: str
    below: frozenset[str]
    """the packs whose records it may replace: of lower layers, and those it needs"""

    @property
    def id(self) -> str:
        """The pack's id."""
        return self.file.id

    @property
    def called(self) -> str:
        """Name who speaks, in a sentence: the school, the trust, or the pack by its title."""
        own = {"school": "the school", "trust": "the trust"}
        return own.get(self.layer, f"the pack “{self.file.title}”")

    def has(self, path: str) -> bool:
        """Tell whether the pack has a file of its knowledge."""
        return self.knowledge.joinpath(*path.split("/")).is_file()


def shipped_packs(root: Traversable) -> tuple[str, ...]:
    """The ids of the packs that come with termwise, sorted."""
    folder = root / "knowledge"
    return tuple(
        sorted(one.name for one in folder.iterdir() if one.is_dir() and (one / PACK).is_file())
    )


def programmes(root: Traversable) -> tuple[str, ...]:
    """The ids of those that are a programme."""
    return tuple(
        one for one in shipped_packs(root) if (root / "knowledge" / one / PROGRAMME).is_file()
    )


def default_programme(root: Traversable) -> str:
    """The programme of a school that names none; the first there is, where nothing says which."""
    document = read_yaml(root.joinpath(*DEFAULT.split("/")), DEFAULT, [])
    data = document.data if document else None
    named = data.get("programme") if isinstance(data, dict) else None
    known = programmes(root)
    return named if named in known else next(iter(known), "")


class Chosen:
    """The packs of a library in their layers; what is wrong with them goes to `problems`."""

    def __init__(self, root: Traversable, asked: PacksAsked, problems: list[Mistake]) -> None:
        self.root, self.problems = root, problems
        self.known = shipped_packs(root)
        self._files: dict[str, tuple[PackFile, YamlDocument] | None] = {}
        self._circles: set[frozenset[str]] = set()
        own = [self._own(one) for one in (asked.trust, asked.school)]
        outside = {one[0].id for one in own if one}
        self.programme = asked.programme or default_programme(root)
        wanted = [BASE, *asked.packs]
        if self.programme not in outside:
            if self.programme not in programmes(root):
                raise UnknownNameError("programme", self.programme, {*programmes(root), *outside})
            wanted.append(self.programme)
        for name in asked.packs:
            if name not in self.known:
                raise UnknownNameError("pack", name, self.known)
        for one in own:
            wanted += self._needed(*one) if one else ()
        shipped = self._closed(wanted)
        self.folders: list[PackFolder] = [self._shipped(name) for name in shipped]
        layers: tuple[Layer, Layer] = ("trust", "school")
        for layer, place, pack in zip(layers, (asked.trust, asked.school), own, strict=True):
            if place and pack:
                self._lay(layer, place, *pack)

    def _lay(
        self, layer: Layer, place: FolderAsked, file: PackFile, document: YamlDocument
    ) -> None:
        taken = next((one for one in self.folders if one.id == file.id), None)
        if taken:
            where = taken.document.place("id")
            what = f"the pack “{file.id}” is there already, in {where}"
            self.problems.append(Mistake(document.place("id"), what, "give it an id of its own"))
            return
        folder = place.folder
        self.folders.append(
            PackFolder(
                file=file,
                document=document,
                layer=layer,
                knowledge=folder,
                knowledge_named=place.named,
                rules=folder / "rules",
                rules_named=f"{place.named}/rules",
                below=frozenset(one.id for one in self.folders),
            )
        )

    def _own(self, asked: FolderAsked | None) -> tuple[PackFile, YamlDocument] | None:
        if asked is None:
            return None
        if not asked.folder.is_dir():
            what, hint = f"there is no folder {asked.named}", "name a folder with a pack.yaml in it"
            self.problems.append(Mistake(asked.place, what, hint))
            return None
        return self._read(asked.folder / PACK, f"{asked.named}/{PACK}")

    def _read(self, entry: Traversable, name: str) -> tuple[PackFile, YamlDocument] | None:
        document = read_yaml(entry, name, self.problems)
        file = build(PackFile, document, self.problems) if document else None
        return (file, document) if file and document else None

    def _file(self, name: str) -> tuple[PackFile, YamlDocument] | None:
        if name not in self._files:
            path = f"knowledge/{name}/{PACK}"
            self._files[name] = self._read(self.root.joinpath(*path.split("/")), path)
        return self._files[name]

    def _needed(self, file: PackFile, document: YamlDocument) -> Iterator[str]:
        """Yield the packs that one needs; what is not there is told."""
        for index, name in enumerate(file.needs):
            if name in self.known:
                yield name
            else:
                what = f"the pack “{file.id}” needs “{name}”, which is not there"
                hint = did_you_mean(name, self.known)
                self.problems.append(Mistake(document.place("needs", index), what, hint))

    def _closed(self, wanted: Sequence[str]) -> list[str]:
        """Return the packs wanted and those they need, each after what it needs, else by id."""
        placed: list[str] = []
        for name in sorted(set(wanted), key=lambda one: (one != BASE, one)):
            self._place(name, placed, ())
        return placed

    def _place(self, name: str, placed: list[str], on_the_way: tuple[str, ...]) -> None:
        if name in on_the_way:
            self._circle((*on_the_way[on_the_way.index(name) :], name))
            return
        read = self._file(name)
        if name in placed or read is None:
            return
        for other in sorted(self._needed(*read)):
            self._place(other, placed, (*on_the_way, name))
        if name not in placed:
            placed.append(name)

    def _circle(self, names: tuple[str, ...]) -> None:
        if frozenset(names) in self._circles:
            return
        self._circles.add(frozenset(names))
        told, first = [], None
        for name, other in zip(names, names[1:], strict=False):
            read = self._file(name)
            assert read is not None
            place = read[1].place("needs", read[0].needs.index(other))
            first = first or place
            told.append(f"{name} needs {other} ({place})")
        assert first is not None
        what = f"packs need each other in a circle: {', '.join(told)}"
        self.problems.append(Mistake(first, what, "take one of these out"))

    def _shipped(self, name: str) -> PackFolder:
        read = self._file(name)
        assert read is not None
        file, document = read
        if file.id != name:
            what = f"the pack in the folder {name} calls itself “{file.id}”"
            self.problems.append(Mistake(document.place("id"), what, "give both one name"))
        return PackFolder(
            file=file,
            document=document,
            layer="shipped",
            knowledge=self.root / "knowledge" / name,
            knowledge_named=f"knowledge/{name}",
            rules=self.root / "rules" / name,
            rules_named=f"rules/{name}",
            below=frozenset(self._below(name, set()) | ({BASE} - {name})),
        )

    def _below(self, name: str, seen: set[str]) -> set[str]:
        read = self._file(name)
        for other in read[0].needs if read else ():
            if other not in seen and other != name:
                seen.add(other)
                self._below(other, seen)
        return seen

    def labels(self) -> Mapping[str, str]:
        """The names that packs give, those of higher layers last."""
        return {key: text for one in self.folders for key, text in one.file.labels.items()}

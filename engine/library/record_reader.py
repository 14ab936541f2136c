"""Reads records from the files of packs, layer by layer: added, replaced or retired by id, each with its place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from ..core import (
    Mistake,
    Path,
    Place,
    Record,
    YamlDocument,
    build,
    did_you_mean,
    read_yaml,
    walk,
)
from .data_checks import DataChecks
from .decision import OverrideReasons
from .goals import Goals
from .model import (
    AuditForm,
    Calendar,
    Costs,
    Group,
    Indicator,
    InspectionPreparation,
    Intervention,
    Need,
    OutsideHelp,
    Planning,
    Programme,
    Proposals,
    Remark,
    Role,
    Screening,
    Source,
    Threshold,
)
from .pack import RecordKind, RecordName, Replacement, Retirement
from .pack_folders import PackFolder
from .progress_words import ProgressWords
from .reading import Export, PublishedTable, PublishedWords, PupilColumn, Words
from .review import Reviewer
from .rule import Rule
from .scale import Assessment, Scale
from .skills import SkillFile
from .strand_map import with_strands
from .team_words import TeamWords

R = TypeVar("R", bound=Record)
Kind = Literal[
    "rule",
    "programme",
    "indicator",
    "need",
    "remark",
    "screening",
    "group",
    "role",
    "scale",
    "assessment",
    "column",
    "words",
    "data-checks",
    "export",
    "published-table",
    "published-words",
    "skill-file",
    "team-words",
    "progress-words",
    "override-reasons",
    "threshold",
    "calendar",
    "costs",
    "planning",
    "goals",
    "source",
    "reviewer",
    "intervention",
    "audit-form",
    "outside-help",
    "inspection",
    "proposals",
]
"""What a record is called where its place is asked for."""
KINDS: Mapping[type[Record], Kind] = {
    Rule: "rule",
    Programme: "programme",
    Indicator: "indicator",
    Need: "need",
    Remark: "remark",
    Screening: "screening",
    Group: "group",
    Role: "role",
    Scale: "scale",
    Assessment: "assessment",
    PupilColumn: "column",
    Words: "words",
    DataChecks: "data-checks",
    Export: "export",
    PublishedTable: "published-table",
    PublishedWords: "published-words",
    SkillFile: "skill-file",
    TeamWords: "team-words",
    ProgressWords: "progress-words",
    OverrideReasons: "override-reasons",
    Threshold: "threshold",
    Calendar: "calendar",
    Costs: "costs",
    Planning: "planning",
    Goals: "goals",
    Source: "source",
    Reviewer: "reviewer",
    Intervention: "intervention",
    AuditForm: "audit-form",
    OutsideHelp: "outside-help",
    InspectionPreparation: "inspection",
    Proposals: "proposals",
}
"""The kind of every record that is read from a file of the library."""
_LABEL = re.compile(r"<([a-z0-9-]+)>")
YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: its pack, its document, and the path of the record in it."""

    document: YamlDocument
    path: Path = ()
    pack: str = ""

    def place(self, *path: str | int) -> Place:
        """The place of a key of the record."""
        return self.document.place(*self.path, *path)


class Reader:
    """Reads records from the files of packs, those of lower layers first; what is wrong goes to `problems`."""

    def __init__(
        self, packs: Sequence[PackFolder], labels: Mapping[str, str], strands: Mapping[str, str]
    ) -> None:
        self.packs, self.labels = packs, labels
        self._strands = {
            pack.id: {
                area.id: strands[area.id]
                for one in packs
                if one is pack or one.id in pack.below
                for area in one.file.areas
                if area.id in strands
            }
            for pack in packs
        }
        """By pack, the strand of each area it may name: its own, and those of packs below it."""
        self.problems: list[Mistake] = []
        self.origins: dict[tuple[Kind, str], Origin] = {}
        self.before: dict[tuple[Kind, str], tuple[Record, Origin]] = {}
        """What stood under an id before it was replaced: the record of the lowest layer."""
        self.unread: set[str] = set()
        """Names of the files in folders that hold no record that could be read."""
        self.held: set[str] = set()
        """All words of records that could not be read: names that may be declared there."""
        self._kept: dict[tuple[Kind, str], Record] = {}
        self._replacing = {(pack.id, *one.key): one for pack in packs for one in pack.file.replaces}
        self._documents: dict[str, YamlDocument | None] = {}
        self.digests: dict[str, dict[str, str]] = {
            pack.id: {pack.document.file: pack.document.digest} for pack in packs
        }
        """By pack, the SHA-256 of each of its files."""

    def document(self, pack: PackFolder, path: str) -> YamlDocument | None:
        """One YAML file of a pack's knowledge, labels and strands put in; None where it can't be read."""
        name = f"{pack.knowledge_named}/{path}"
        if name not in self._documents:
            entry = pack.knowledge.joinpath(*path.split("/"))
            self._documents[name] = self._prepared(pack, read_yaml(entry, name, self.problems))
        return self._documents[name]

    def _prepared(self, pack: PackFolder, document: YamlDocument | None) -> YamlDocument | None:
        if document is not None:
            self.digests[pack.id][document.file] = document.digest
            document.data = with_strands(
                self._labelled(document, document.data, ()), self._strands[pack.id]
            )
        return document

    def _labelled(self, document: YamlDocument, data: Any, path: Path) -> Any:
        if isinstance(data, dict):
            return {key: self._labelled(document, item, (*path, key)) for key, item in data.items()}
        if isinstance(data, list):
            return [self._labelled(document, item, (*path, i)) for i, item in enumerate(data)]
        if not isinstance(data, str) or "<" not in data:
            return data

        def label(found: re.Match[str]) -> str:
            if found[1] not in self.labels:
                hint = did_you_mean(found[1], self.labels)
                self.problems.append(
                    Mistake(document.place(*path), f"unknown label “{found[0]}”", hint)
                )
            return self.labels.get(found[1], found[0])

        text = _LABEL.sub(label, data)
        return text[:1].upper() + text[1:] if _LABEL.match(data) else text

    def one(self, model: type[R], path: str) -> R | None:
        """The one record in a file, which stands in the lowest pack alone."""
        first, *others = self.packs
        for pack in others:
            if pack.has(path):
                place = Place(f"{pack.knowledge_named}/{path}")
                what = f"only the pack “{first.id}” has a file {path}"
                self.problems.append(Mistake(place, what, "take it out"))
        document = self.document(first, path)
        if document is None:
            return None
        self.origins.setdefault((KINDS[model], ""), Origin(document, (), first.id))
        return self._built(model, document, (), document.data)

    def many(self, model: type[R], path: str, part: str | None = None) -> Iterator[R]:
        """The records in the lists of a file, pack by pack; the lowest pack has to have it."""
        for pack in self.packs:
            if pack is self.packs[0] or pack.has(path):
                yield from self._listed(pack, model, path, part)

    def _listed(self, pack: PackFolder, model: type[R], path: str, part: str | None) -> Iterator[R]:
        document = self.document(pack, path)
        if document is None:
            return
        start: Path = (part,) if part else ()
        data = document.data
        if part and isinstance(data, dict):
            if part not in data and pack is not self.packs[0]:
                return
            data = data.get(part)
        if not isinstance(data, list):
            self.problems.append(Mistake(document.place(*start), "must be a list of records"))
            return
        for index, item in enumerate(data):
            record = self._built(model, document, (*start, index), item)
            if record is not None and self._keep(
                pack, record, Origin(document, (*start, index), pack.id)
            ):
                yield record

    def folder(self, model: type[R], path: str) -> Iterator[tuple[R, str]]:
        """The records of a folder of knowledge, one in each file, with the file's path."""
        for pack in self.packs:
            entry = pack.knowledge.joinpath(*path.split("/"))
            if pack is self.packs[0] or entry.is_dir():
                for file in walk(entry, f"{pack.knowledge_named}/{path}", YAML):
                    yield from self._file(pack, model, *file)

    def rules(self) -> Iterator[tuple[Rule, str]]:
        """Every rule, with the folder of its stratum."""
        for pack in self.packs:
            if pack is self.packs[0] or pack.rules.is_dir():
                for entry, name in walk(pack.rules, pack.rules_named, YAML):
                    stratum = name.removeprefix(f"{pack.rules_named}/").partition("/")[0]
                    for rule, _ in self._file(pack, Rule, entry, name):
                        yield rule, f"{pack.rules_named}/{stratum}"

    def _file(
        self, pack: PackFolder, model: type[R], entry: Any, name: str
    ) -> Iterator[tuple[R, str]]:
        if name.endswith(".yml"):
            what, hint = "is not read: its name ends in .yml", "rename it so that it ends in .yaml"
            self.problems.append(Mistake(Place(name), what, hint))
            return
        document = self._prepared(pack, read_yaml(entry, name, self.problems))
        record = self._built(model, document, (), document.data) if document else None
        if record is None or document is None:
            self.unread.add(name)
        elif self._keep(pack, record, Origin(document, (), pack.id)):
            yield record, name

    def _built(self, model: type[R], document: YamlDocument, path: Path, data: Any) -> R | None:
        """A record; where it can't be read, its words are held as names that may be declared there."""
        record = build(model, document, self.problems, path, data)
        if record is None:
            self.held.update(_words(data))
        return record

    def _keep(self, pack: PackFolder, record: Record, origin: Origin) -> bool:
        """Tell whether a record holds; one whose id stands in a pack already has to say so."""
        name = getattr(record, "id", "")
        key = (KINDS[type(record)], name)
        first = self.origins.get(key) if name else None
        if first is None:
            self.origins[key] = origin
            self._kept[key] = record
            return True
        here, there = origin.place("id"), first.place("id")
        if first.pack == pack.id:
            what, hint = f"the id “{name}” is used twice", f"it stands first in {there}"
            self.problems.append(Mistake(here, what, hint))
            return True
        if first.pack not in pack.below:
            what = f"the packs “{first.pack}” and “{pack.id}” both have {_a(key[0])} “{name}”"
            hint = f"the other stands in {there}; give one another id"
            self.problems.append(Mistake(here, what, hint))
            return False
        if (pack.id, *key) not in self._replacing:
            what = f"the pack “{first.pack}” has {_a(key[0])} “{name}” already, in {there}"
            hint = (
                f"give yours another id, or say in {pack.document.file} under “replaces” "
                "that it takes the place, and why"
            )
            self.problems.append(Mistake(here, what, hint))
            return False
        self.before.setdefault(key, (self._kept[key], first))
        self.origins[key], self._kept[key] = origin, record
        return True

    def strangers(self, known: Container[str]) -> None:
        """Tell of files of packs above the lowest that nothing reads."""
        for pack in self.packs[1:]:
            for entry in sorted(pack.knowledge.iterdir(), key=lambda one: one.name):
                yaml = entry.name.endswith(YAML)
                if (
                    entry.name in known
                    or entry.name.startswith(".")
                    or not (yaml or entry.is_dir())
                ):
                    continue
                names = [one for one in _listed_names(known) if one.endswith(".yaml") == yaml]
                what = "nothing is read from here" if entry.is_dir() else "this file is not read"
                place = Place(f"{pack.knowledge_named}/{entry.name}")
                self.problems.append(Mistake(place, what, did_you_mean(entry.name, names)))


def _words(data: Any) -> Iterator[str]:
    """Every text in what was read of a record, keys among them."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from _words(value)
    elif isinstance(data, list):
        for value in data:
            yield from _words(value)


def _listed_names(known: Container[str]) -> Sequence[str]:
    return sorted(known) if isinstance(known, frozenset) else ()


def _a(kind: str) -> str:
    words = kind.replace("-", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


Named = Replacement | Retirement | RecordName
__all__ = ["KINDS", "Kind", "Named", "Origin", "Reader", "RecordKind"]

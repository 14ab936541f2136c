"""Packs as they are told: what each holds and changes, what is wrong with one, how two differ."""

from __future__ import annotations

import pathlib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from ..core import ContentError, Place, Record, read_yaml
from ..library import (
    PACK,
    FolderAsked,
    Library,
    PackFolder,
    PacksAsked,
    known_packs,
    known_programmes,
    load_library,
    own_line_words,
)
from .rule_testing.examples import check_examples


class ReplacedOrRetired(Record):
    """A record of another pack that a pack replaces or retires."""

    kind: str
    id: str
    title: str
    words: str
    """such as: the trust's own line: 12 instead of 15"""
    because: str


class PackShown(Record):
    """A pack with what it holds."""

    id: str
    title: str
    version: str
    owner: str
    layer: Literal["shipped", "trust", "school"] = "shipped"
    programme: bool = False
    rules: int
    interventions: int
    replaces: tuple[ReplacedOrRetired, ...] = ()
    retires: tuple[ReplacedOrRetired, ...] = ()
    required: tuple[str, ...] = ()
    """ids of what no pack above may change, and no school refuse"""


class PacksReport(Record):
    """Packs, those of lower layers first."""

    packs: tuple[PackShown, ...]


class PackRecordChange(Record):
    """A record that a pack has now and had not, or the other way round, or has otherwise."""

    kind: str
    id: str
    title: str
    how: Literal["added", "taken out", "changed"]
    keys: tuple[str, ...] = ()
    """what of it differs"""
    words: tuple[str, ...] = ()
    """of figures: before and now"""


class PackDiff(Record):
    """The differences between two forms of a pack, by kind of change."""

    old: str
    new: str
    changes: tuple[PackRecordChange, ...]


def packs_of(library: Library) -> PacksReport:
    """Tell the packs a library is made of."""
    return PacksReport(packs=tuple(_shown(pack, library) for pack in library.packs))


def shipped_report(root: Traversable | None = None) -> PacksReport:
    """Tell all packs that come with termwise, each as it stands in a library that uses it."""
    root = root or files("termwise")
    lead = known_programmes(root)
    beside = tuple(one for one in known_packs(root) if one not in lead)
    found: dict[str, PackShown] = {}
    for programme in lead:
        library = load_library(root=root, asked=PacksAsked(programme, beside))
        for pack in library.packs:
            if pack.id not in found:
                found[pack.id] = _shown(pack, library)
    return PacksReport(
        packs=tuple(found[id] for id in sorted(found, key=lambda one: (one != "base", one)))
    )


def _shown(pack: PackFolder, library: Library) -> PackShown:
    held = Counter(kind for (kind, _), one in library.origins.items() if one.pack == pack.id)
    lines: dict[str, list[ReplacedOrRetired]] = {"replaced": [], "retired": []}
    for line in library.own_lines:
        if line.pack == pack.id:
            lines[line.how].append(
                ReplacedOrRetired(
                    kind=line.kind,
                    id=line.id,
                    title=line.title,
                    words=own_line_words(line),
                    because=line.because,
                )
            )
    return PackShown(
        id=pack.id,
        title=pack.file.title,
        version=pack.file.version,
        owner=pack.file.owner,
        layer=pack.layer,
        programme=pack.id == library.programme.id or pack.id in library.known_programmes,
        rules=held["rule"],
        interventions=held["intervention"],
        replaces=tuple(lines["replaced"]),
        retires=tuple(lines["retired"]),
        required=tuple(one.id for one in pack.file.required),
    )


def asked_by_pack(folder: pathlib.Path) -> PacksAsked:
    """Ask for what has to be read to look at the pack in a folder: it alone on the programme it is, or the default."""
    asked = FolderAsked(folder.resolve(), folder.resolve().name, Place(str(folder)))
    own = (folder / "programme.yaml").is_file()
    return PacksAsked(programme=_id(folder) if own else None, trust=asked)


def _id(folder: pathlib.Path) -> str | None:
    document = read_yaml(folder / PACK, PACK, [])
    data = document.data if document else None
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else None


def check_packs(asked: PacksAsked) -> PacksReport:
    """The packs that are asked for, read and held against each other, the examples of their rules run.

    Raises ContentError with every mistake.
    """
    library = load_library(asked=asked)
    own = {pack.id for pack in library.packs if pack.layer != "shipped"}
    files_of = {file for pack in own for file in library.digests[pack]}
    wrong = [one for one in check_examples(library) if not own or one.place.file in files_of]
    if wrong:
        raise ContentError(wrong)
    return packs_of(library)


def diff_packs(old: pathlib.Path, new: pathlib.Path) -> PackDiff:
    """Hold two forms of a pack against each other, record by record."""
    was, now = (load_library(asked=asked_by_pack(folder)) for folder in (old, new))
    mine = [{pack.id for pack in one.packs if pack.layer == "trust"} for one in (was, now)]
    before, after = (dict(_records(one, ids)) for one, ids in zip((was, now), mine, strict=True))
    changes = []
    for key in sorted(before.keys() | after.keys()):
        first, second = before.get(key), after.get(key)
        if first == second:
            continue
        one = second if second is not None else first
        assert one is not None
        how: Literal["added", "taken out", "changed"] = (
            "changed"
            if first is not None and second is not None
            else "added"
            if first is None
            else "taken out"
        )
        changes.append(
            PackRecordChange(
                kind=key[0],
                id=key[1],
                title=str(one.get("title") or key[1]),
                how=how,
                keys=tuple(_keys(first, second)) if how == "changed" else (),
                words=_figures(first, second),
            )
        )
    return PackDiff(old=str(old), new=str(new), changes=tuple(changes))


def _records(library: Library, packs: set[str]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield the records of packs as plain data, by kind and id; what they retire is one too."""
    tables: dict[str, Any] = {
        "rule": library.rules,
        "intervention": library.interventions,
        "threshold": library.thresholds,
        "need": library.needs,
        "role": library.roles,
        "source": library.sources,
        "indicator": library.indicators,
    }
    for (kind, name), origin in library.origins.items():
        record = tables.get(kind, {}).get(name)
        own = library.own_line(kind, name)
        if record is not None and (origin.pack in packs or (own and own.pack in packs)):
            yield (kind, name), record.model_dump(mode="json", by_alias=True)
    for line in library.own_lines:
        if line.how == "retired" and line.pack in packs:
            yield (line.kind, line.id), {"title": line.title, "retired": line.because}


def _keys(first: dict[str, Any] | None, second: dict[str, Any] | None) -> Iterator[str]:
    for key in sorted((first or {}).keys() | (second or {}).keys()):
        if (first or {}).get(key) != (second or {}).get(key):
            yield key


def _figures(first: dict[str, Any] | None, second: dict[str, Any] | None) -> tuple[str, ...]:
    told = []
    for one in (first, second):
        values = (one or {}).get("values")
        if isinstance(values, dict) and values:
            told.append(f"{values[max(values)]['value']:g}")
    return tuple(told) if len(told) == 2 and told[0] != told[1] else ()

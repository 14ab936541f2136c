"""From the areas that content is filed under to the strands of one programme, wherever content names an area."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..core import Mistake, YamlDocument, did_you_mean
from .key import Key
from .model import Programme
from .operators import OPERATORS
from .pack import ContentArea
from .pack_folders import PackFolder

_KEYS = ("strand", "question", "of")
_FIELD = re.compile(r"\{([^{}]+ of [a-z0-9-]+)\}")


def strand_map(
    programme: Programme,
    document: YamlDocument,
    packs: Sequence[PackFolder],
    problems: list[Mistake],
) -> Mapping[str, str]:
    """The strand of each area, and of each strand itself; areas that no strand covers are told."""
    areas: dict[str, tuple[ContentArea, PackFolder, int]] = {}
    for pack in packs:
        for index, area in enumerate(pack.file.areas):
            if area.id in areas:
                _, other, there = areas[area.id]
                what = f"two packs have the area “{area.id}”"
                hint = f"the other stands in {other.document.place('areas', there)}"
                problems.append(Mistake(pack.document.place("areas", index, "id"), what, hint))
            areas.setdefault(area.id, (area, pack, index))
    found: dict[str, str] = {}
    for index, strand in enumerate(programme.strands):
        if strand.covers is None and strand.id in areas:
            found.setdefault(strand.id, strand.id)
        for position, name in enumerate(strand.covers or ()):
            place = document.place("strands", index, "covers", position)
            if name not in areas:
                what = f"unknown area “{name}”"
                problems.append(Mistake(place, what, did_you_mean(name, areas)))
            elif name in found:
                what = f"the area “{name}” is covered by “{found[name]}” as well"
                problems.append(Mistake(place, what, "leave it to one strand"))
            found.setdefault(name, strand.id)
    strands = {strand.id for strand in programme.strands}
    for name, (area, pack, index) in areas.items():
        strand_id = _falls(name, areas, found)
        if strand_id is not None:
            found[name] = strand_id
            continue
        what = f"no strand of the programme “{programme.id}” covers the area “{name}”"
        hint = f"name it under “covers” of a strand in {document.place('strands')}"
        if area.falls_to:
            hint += ", or let it fall to an area that one covers"
        problems.append(Mistake(pack.document.place("areas", index), what, hint))
    for name in sorted(strands & areas.keys()):
        if found.get(name, name) != name:
            what = f"the strand “{name}” has the name of an area that “{found[name]}” covers"
            problems.append(Mistake(document.place("strands"), what, "give the strand another id"))
    return found


def _falls(
    name: str, areas: Mapping[str, tuple[ContentArea, PackFolder, int]], found: Mapping[str, str]
) -> str | None:
    seen: set[str] = set()
    while name not in found:
        seen.add(name)
        known = areas.get(name)
        if known is None or known[0].falls_to is None or known[0].falls_to in seen:
            return None
        name = known[0].falls_to
    return found[name]


def with_strands(data: Any, strands: Mapping[str, str]) -> Any:
    """The data of a file with the programme's strands in place of areas."""
    moved = {area: strand for area, strand in strands.items() if area != strand}
    return _moved(data, moved) if moved else data


def _moved(data: Any, moved: Mapping[str, str]) -> Any:
    if isinstance(data, dict):
        return dict(_entries(data, moved))
    if isinstance(data, list):
        return [_moved(item, moved) for item in data]
    if isinstance(data, str) and " of " in data:
        return _FIELD.sub(lambda found: "{" + _key(found[1], moved) + "}", data)
    return data


def _entries(data: Mapping[Any, Any], moved: Mapping[str, str]) -> Iterator[tuple[Any, Any]]:
    asks = data.get("indicator") == "question"
    for key, value in data.items():
        named = key in _KEYS or (asks and key in OPERATORS)
        if named and isinstance(value, str):
            yield key, moved.get(value, value)
        elif named and isinstance(value, list):
            yield (
                key,
                [
                    moved.get(one, one) if isinstance(one, str) else _moved(one, moved)
                    for one in value
                ],
            )
        else:
            yield _key(key, moved) if isinstance(key, str) else key, _moved(value, moved)


def _key(text: str, moved: Mapping[str, str]) -> str:
    """A key of a fact, “judgement of assessment”, with the strand in place of the area."""
    if " of " not in text:
        return text
    key = Key.read(text)
    return str(Key(key.indicator, moved[key.question])) if key.question in moved else text

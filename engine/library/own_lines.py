"""What packs replace and retire of the packs below them: applied, checked, and kept so that it can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..core import Mistake, Place, did_you_mean
from .model import DatedFigure, Threshold
from .pack import RecordName, Replacement, Retirement
from .pack_folders import Layer, PackFolder
from .record_reader import Kind, Reader

OWN = "own-line"
"""The source of a figure that a trust or school sets itself."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A record that a pack has replaced or retired, as it is told."""

    kind: Kind
    id: str
    title: str
    how: Literal["replaced", "retired"]
    pack: str
    """the id of the pack that says so"""
    called: str
    """who speaks: the school, the trust, the pack by its title"""
    layer: Layer
    of: str
    """the id of the pack it stood in"""
    because: str
    """empty where the pack below left it free and no reason was given"""
    was: float | None = None
    now: float | None = None
    """of a threshold: the figure before, and the one that holds"""
    replaced_by: str = ""
    unit: str = ""


class OwnLines:
    """Applies what packs say of records below them to the records that were read."""

    def __init__(self, reader: Reader, records: Mapping[Kind, dict[str, Any]]) -> None:
        self.reader, self.records = reader, records
        self.problems = reader.problems
        self.packs: Sequence[PackFolder] = reader.packs
        self.lines: list[OwnLine] = []
        self.retired: dict[tuple[Kind, str], str] = {}
        """What was retired, with who said so and why."""
        self._required: dict[tuple[str, str], tuple[PackFolder, Place]] = {}
        self._free: set[tuple[str, str]] = set()
        self._replaced: dict[tuple[str, str], Place] = {}

    def apply(self) -> None:
        """Replace figures and retire records, pack by pack; every mistake is told."""
        for pack in self.packs:
            for index, one in enumerate(pack.file.replaces):
                self._replace(pack, one, pack.document.place("replaces", index))
            for index, out in enumerate(pack.file.retires):
                self._retire(pack, out, pack.document.place("retires", index))
            marked: tuple[tuple[str, tuple[RecordName, ...]], ...] = (
                ("required", pack.file.required),
                ("free", pack.file.free),
            )
            for key, names in marked:
                for index, name in enumerate(names):
                    place = pack.document.place(key, index)
                    if self._there(name, place):
                        self._mark(pack, name, key, place)

    def required(self) -> dict[tuple[str, str], PackFolder]:
        """Collect what no school may refuse, by kind and id, with the pack that requires it."""
        return {key: pack for key, (pack, _) in self._required.items()}

    def _mark(self, pack: PackFolder, name: RecordName, key: str, place: Place) -> None:
        if key == "required":
            if name.key in self._free:
                self._free.discard(name.key)
            self._required[name.key] = (pack, place)
            return
        held = self._required.get(name.key)
        if held:
            what = f"“{name.id}” is required by {held[0].called}, in {held[1]}"
            self.problems.append(Mistake(place, what, "what is required can't be free"))
            return
        self._free.add(name.key)

    def _may(self, pack: PackFolder, name: Replacement | Retirement, place: Place) -> bool:
        """Tell whether a pack may change a record, and tells why not."""
        held = self._required.get(name.key)
        if held and held[0] is not pack:
            what = f"“{name.id}” is required by {held[0].called}, in {held[1]}"
            hint = "take this out: what is required can't be replaced or retired"
            self.problems.append(Mistake(place, what, hint))
            return False
        if name.because is None and name.key not in self._free:
            what = f"no reason is given for what is done with “{name.id}”"
            hint = "add “because”: only what is marked as free needs none"
            self.problems.append(Mistake(place, what, hint))
        return True

    def _there(self, name: RecordName, place: Place) -> bool:
        known = self.records[name.kind]
        if name.id in known:
            return True
        gone = self.retired.get(name.key)
        if gone:
            self.problems.append(Mistake(place, f"“{name.id}” is retired: {gone}", "take this out"))
        elif not any(f"/{name.id}.yaml" in file for file in self.reader.unread):
            titled = [id for id, one in known.items() if getattr(one, "title", "") == name.id]
            hint = f"that is its title; its id is “{titled[0]}”" if titled else ""
            what = f"there is no {name.kind.replace('-', ' ')} “{name.id}”"
            self.problems.append(Mistake(place, what, hint or did_you_mean(name.id, known)))
        return False

    def _replace(self, pack: PackFolder, one: Replacement, place: Place) -> None:
        if not self._there(one, place):
            return
        origin, before = self.reader.origins[one.key], self.reader.before.get(one.key)
        if one.value is None and (origin.pack != pack.id or before is None):
            what = f"the pack holds no {one.kind.replace('-', ' ')} “{one.id}” of its own"
            hint = "put its file into the pack" + (
                ", or write the figure as “value”" if one.kind == "threshold" else ""
            )
            self.problems.append(Mistake(place, what, hint))
            return
        if one.value is not None and (one.kind != "threshold" or origin.pack == pack.id):
            what = (
                "only a threshold has a “value”"
                if one.kind != "threshold"
                else f"the pack has a file for “{one.id}” as well as a “value”"
            )
            self.problems.append(Mistake(place, what, "give the one or the other"))
            return
        if not self._may(pack, one, place) or not self._alone(pack, one, place):
            return
        record = self.records[one.kind][one.id]
        was, now = None, None
        if one.kind == "threshold":
            lower = before[0] if before and one.value is None else record
            was = self._figure(lower)
            if one.value is not None:
                record = self._with_figure(record, one.value, one.because)
                self.records[one.kind][one.id] = record
            now = self._figure(record)
        of = before[1].pack if before and one.value is None else origin.pack
        self._tell(pack, one, "replaced", of, record, was, now)

    def _alone(self, pack: PackFolder, one: Replacement, place: Place) -> bool:
        """Tell whether no pack beside this one has replaced the record, and tells of it."""
        other = self._replaced.get(one.key)
        by = next((line for line in self.lines if (line.kind, line.id) == one.key), None)
        if other and by and by.pack not in pack.below:
            what = f"the packs “{by.pack}” and “{pack.id}” both replace “{one.id}”"
            hint = f"the other stands in {other}; leave it to one of them"
            self.problems.append(Mistake(place, what, hint))
            return False
        self._replaced[one.key] = place
        return True

    def _retire(self, pack: PackFolder, one: Retirement, place: Place) -> None:
        if not self._there(one, place) or not self._may(pack, one, place):
            return
        origin = self.reader.origins[one.key]
        if origin.pack not in pack.below:
            what = f"“{one.id}” stands in the pack “{origin.pack}”, which is not below this one"
            hint = "delete its file" if origin.pack == pack.id else "name that pack under “needs”"
            self.problems.append(Mistake(place, what, hint))
            return
        if one.replaced_by is not None and one.replaced_by not in self.records[one.kind]:
            what = f"there is no {one.kind.replace('-', ' ')} “{one.replaced_by}”"
            hint = did_you_mean(one.replaced_by, self.records[one.kind])
            self.problems.append(Mistake(place, what, hint))
        record = self.records[one.kind].pop(one.id)
        self.retired[one.key] = f"{pack.called}, in {place}"
        self._tell(pack, one, "retired", origin.pack, record, None, None)

    def _tell(
        self,
        pack: PackFolder,
        one: Replacement | Retirement,
        how: Literal["replaced", "retired"],
        of: str,
        record: Any,
        was: float | None,
        now: float | None,
    ) -> None:
        self.lines.append(
            OwnLine(
                kind=one.kind,
                id=one.id,
                title=getattr(record, "title", one.id),
                how=how,
                pack=pack.id,
                called=pack.called,
                layer=pack.layer,
                of=of,
                because=one.because or "",
                was=was,
                now=now,
                replaced_by=(one.replaced_by or "") if isinstance(one, Retirement) else "",
                unit=getattr(record, "unit", ""),
            )
        )

    def _base(self, record: Threshold) -> Threshold | None:
        """The figure that a line is relative to."""
        found = self.records["threshold"].get(record.relative.to) if record.relative else None
        return found if isinstance(found, Threshold) and found.values else None

    def _figure(self, record: Any) -> float | None:
        """The figure of a threshold, also of one that is relative to another."""
        assert isinstance(record, Threshold)
        base = self._base(record)
        whole = record.resolved(base) if base else record
        return whole.value if whole.values else None

    def _with_figure(self, record: Threshold, value: float, because: str | None) -> Threshold:
        """A threshold with another figure in the place of its newest, whose source says whose it is."""
        base = self._base(record)
        whole = record.resolved(base) if base else record
        figure = DatedFigure(value=value, source=OWN, note=because)
        values = {**whole.values, whole.valid_from: figure} if whole.values else {}
        return whole.model_copy(
            update={"values": values, "relative": None, "standing": "judgement"}
        )

"""Findings near a line: those that a share just beyond its threshold decides, so that a few pupils would turn them."""

from __future__ import annotations

from dataclasses import dataclass

from ..library import Entity, Key, Library, Verdict, apart, indicator_of
from .forward_chaining import Finding, Inference


@dataclass(frozen=True, slots=True)
class NearLine:
    """A comparison that decides a finding by little, and what it was made for."""

    entity: Entity
    compared: Verdict
    wanted: bool
    """How it came out, and has to for the finding."""


def share_near_line(
    finding: Finding, inference: Inference, library: Library, points: float
) -> NearLine | None:
    """Return a share within so many percentage points of its line without which the rule would not have fired;
    None where there is none. Where several are enough each, all of them are near; the first is told."""
    return _NearLines(inference, library, points).of(finding.verdict, True, finding.entity, ())


@dataclass(frozen=True)
class _NearLines:
    inference: Inference
    library: Library
    points: float

    def of(
        self, verdict: Verdict, wanted: bool, entity: Entity, seen: tuple[str, ...]
    ) -> NearLine | None:
        if verdict.result is not wanted:
            return None
        if verdict.kind == "not":
            return self.of(verdict.parts[0], not wanted, entity, seen)
        if verdict.parts:
            found = [
                self.of(part, wanted, entity, seen)
                for part in verdict.parts
                if part.result is wanted
            ]
            near = [one for one in found if one is not None]
            one_is_enough = (verdict.kind == "all") is not wanted
            return near[0] if near and (len(near) == len(found) or not one_is_enough) else None
        if verdict.kind == "need":
            return self._need(verdict, entity, seen) if wanted else None
        return self._share(verdict, wanted, entity)

    def _share(self, leaf: Verdict, wanted: bool, entity: Entity) -> NearLine | None:
        by, indicator = apart(leaf), indicator_of(leaf, self.inference.vocabulary)
        near = by is not None and indicator is not None and indicator.type == "percent"
        return NearLine(entity, leaf, wanted) if near and abs(by or 0) <= self.points else None

    def _need(self, leaf: Verdict, entity: Entity, seen: tuple[str, ...]) -> NearLine | None:
        """The figure that decides every finding of a need."""
        need = Key.read(leaf.key).need
        if need in seen:
            return None
        found = [
            self.of(finding.verdict, True, finding.entity, (*seen, need))
            for rule in self.library.finders.get(need, ())
            for elder in entity.lineage
            if (finding := self.inference.on(rule, elder)).result
        ]
        return found[0] if found and all(found) else None

"""The facts behind what is not known: of needs and aggregates those they are found and computed from."""

from __future__ import annotations

from collections.abc import Iterator

from ..inference import Finding, Inference
from ..library import Entity, Indicator, Key, Library, Verdict, conditions_of, evaluate
from .possible_outcomes import Fact, Reach

Sources = frozenset[Fact]


class Behind:
    """Finds the facts whose absence keeps something from being known, in one school."""

    def __init__(self, inference: Inference, library: Library, reach: Reach) -> None:
        self.inference, self.library, self.reach = inference, library, reach
        self.facts, self.vocabulary = inference.facts, inference.vocabulary
        self._known: dict[tuple[int, str], Sources] = {}
        self._undecided: dict[tuple[str, int], list[Finding]] = {}
        for finding in inference.unknown:
            if found := finding.rule.diagnose:
                spot = str(Key(need=found.need)), id(finding.entity)
                self._undecided.setdefault(spot, []).append(finding)

    def of(self, verdict: Verdict, entity: Entity) -> Sources:
        """Collect the facts behind what keeps a verdict on an entity open."""
        found: Sources = frozenset()
        for key in verdict.missing():
            found |= self._behind(key, entity)
        return found

    def _behind(self, key: str, entity: Entity) -> Sources:
        """The facts whose absence keeps a key from being known for an entity."""
        spot = id(entity), key
        if spot not in self._known:
            self._known[spot] = frozenset(self._found(key, entity))
        return self._known[spot]

    def _found(self, key: str, entity: Entity) -> Iterator[Fact]:
        name, of, need = Key.read(key)
        if need:
            for elder in entity.lineage:
                for finding in self._undecided.get((key, id(elder)), ()):
                    yield from self.of(finding.verdict, elder)
            return
        indicator = self.library.indicators[name]
        if of:
            yield from ((one, name) for one in self.facts.of("question") if one.id == of)
            return
        owner = next((elder for elder in entity.lineage if elder.kind == indicator.about), None)
        if owner is None:
            return
        if indicator.aggregate:
            yield from self._parts(indicator, owner)
        elif self.library.dependencies.level(indicator) < 0:
            yield owner, name

    def _parts(self, indicator: Indicator, owner: Entity) -> Iterator[Fact]:
        """Give the facts that keep an aggregate's parts from being counted."""
        parts = self.reach.parts(indicator)
        subject = [elder for elder in owner.lineage if elder.kind == "subject"]
        owners = [owner, *subject] if parts.spec.kind == "gap" else [owner]
        conditions = conditions_of(indicator)
        for one in owners:
            for part in parts.of.get(id(one), ()):
                if parts.now[id(part)] is None:
                    for condition in conditions:
                        verdict = evaluate(condition, part.lookup, self.vocabulary)
                        yield from self.of(verdict, part)
                elif parts.spec.indicator and part.lookup(parts.spec.indicator) is None:
                    yield from self._behind(parts.spec.indicator, part)

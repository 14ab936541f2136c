"""The smallest sets of changes that could make a rule fire, or keep it from firing, read off its
conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..inference import Change, Inference
from ..library import (
    Entity,
    Indicator,
    Library,
    Operator,
    Raw,
    Rule,
    Verdict,
    evaluate,
    few_values,
    is_possible,
)

Flip = frozenset[Change]
"""Changes made together."""
Flips = list[Flip]
"""Alternatives; none: it can't be done, one without changes: it is so already."""

MOST = 4
"""Of more changes at once nobody can say what they come to."""
FIGURES = 2
"""Of them, so many that are figures worked out from others: a share can't be changed by itself."""
_WIDTH = 60
"""So many alternatives are followed up, those of the fewest changes."""


class Flipper:
    """Finds the changes for one school. They are candidates: rules read the same facts, so that each
    has to be tried by running the rules again."""

    def __init__(self, inference: Inference, library: Library, settled: bool = False) -> None:
        """With `settled`, facts are changed too that can't be otherwise, to tell what hangs on them."""
        self.settled = settled
        self.inference, self.library = inference, library
        self.vocabulary = inference.vocabulary

    def rule(self, rule: Rule, entity: Entity, fires: bool) -> Flips:
        """What could make a rule fire on an entity, or not."""
        return self._flips(self.inference.on(rule, entity).verdict, entity, fires)

    def _flips(self, found: Verdict, entity: Entity, wanted: bool) -> Flips:
        if found.result is wanted:
            return [frozenset()]
        if found.kind == "need":
            return self._need(found, entity, wanted)
        if found.kind == "not":
            return self._flips(found.parts[0], entity, not wanted)
        if not found.parts:
            return [frozenset({one}) for one in self._changes(found, entity, wanted)]
        ways = (self._flips(part, entity, wanted) for part in found.parts)
        return self.together(ways) if (found.kind == "all") is wanted else self.either(ways)

    def _need(self, found: Verdict, entity: Entity, wanted: bool) -> Flips:
        ways = (
            self.rule(rule, elder, wanted)
            for rule in self.library.finders.get(found.key.removeprefix("need "), ())
            for elder in entity.lineage
            if elder.kind == rule.about
        )
        return self.either(ways) if wanted else self.together(ways)

    def _changes(self, found: Verdict, entity: Entity, wanted: bool) -> Iterator[Change]:
        """The nearest values that would turn a comparison, of facts that can be otherwise."""
        name, _, of = found.key.partition(" of ")
        indicator = self.library.indicators[name]
        owner = self._owner(of, indicator, entity)
        if owner is None or (indicator.settled and not self.settled):
            return
        if found.takes("member"):
            yield Change(owner.kind, owner.id, indicator.id, wanted, str(found.operand))
            return
        for value in self._values(found, indicator, owner, wanted):
            if is_possible(value, indicator, self.vocabulary):
                yield Change(owner.kind, owner.id, indicator.id, value)

    def _owner(self, of: str, indicator: Indicator, entity: Entity) -> Entity | None:
        if of:
            questions = self.inference.facts.of(indicator.about)
            return next((one for one in questions if one.id == of), None)
        return next((one for one in entity.lineage if one.kind == indicator.about), None)

    def _values(
        self, found: Verdict, indicator: Indicator, owner: Entity, wanted: bool
    ) -> Iterator[Raw]:
        operand, compared = found.operand, found.operator
        if compared.takes == "presence":
            if operand is wanted:  # what is known can't be made unknown
                yield from few_values(indicator, self.vocabulary)
            return
        if isinstance(operand, frozenset):
            options = operand if wanted else {*indicator.values} - operand
            yield from sorted(options, key=repr)
        elif isinstance(operand, bool):
            yield operand is wanted
        elif compared.takes == "value":
            yield from self._instead(operand, indicator, wanted)
        elif isinstance(operand, int | float):
            yield self._nearest(operand, compared.turned(wanted), indicator, owner)

    def _instead(self, operand: Raw | None, indicator: Indicator, wanted: bool) -> Iterator[Raw]:
        if operand is None:
            return
        if wanted:
            yield operand
        elif isinstance(operand, int | float):
            yield from (operand - indicator.step, operand + indicator.step)
        else:
            yield from (one for one in indicator.values if one != operand)

    def _nearest(self, operand: float, asked: Operator, indicator: Indicator, owner: Entity) -> Raw:
        """The value nearest to a line on the side that is wanted: of a share, one that so many
        pupils can make."""
        of = self.counted(indicator, owner)
        if of:
            count = operand * of / 100
            whole = int(count) if count == int(count) and asked.on_the_line else None
            if whole is None:
                whole = int(count // 1) + 1 if asked.upwards else -int(-count // 1) - 1
            return 100 * whole / of
        return asked.nearest(operand, indicator.step)

    def counted(self, indicator: Indicator, owner: Entity) -> int:
        """Of how many a share is; 0 for what is no share."""
        spec = indicator.aggregate
        if spec is None or spec.kind != "share":
            return 0
        parts = [one for one in self.inference.facts.of(spec.of) if owner in one.lineage]
        if spec.where is None:
            return len(parts)
        where = spec.where
        read = (evaluate(where, part.lookup, self.vocabulary).result for part in parts)
        return sum(result is not None for result in read)

    # --- alternatives

    def either(self, ways: Iterable[Flips]) -> Flips:
        """One of them is enough."""
        return self.smallest(flip for each in ways for flip in each)

    def together(self, ways: Iterable[Flips]) -> Flips:
        """All of them are needed."""
        found: Flips = [frozenset()]
        for each in ways:
            found = self.smallest(
                both for one in found for other in each for both in self._joined(one, other)
            )
            if not found:
                return []
        return found

    def _joined(self, one: Flip, other: Flip) -> Iterator[Flip]:
        """Both sets of changes; where they have one fact otherwise in two ways, with it in either way,
        since one of them may do for both."""
        for first, second in ((one, other), (other, one)):
            taken = {change.about for change in first}
            both = first | {change for change in second if change.about not in taken}
            if len(both) <= MOST and self.figures(both) <= FIGURES:
                yield both

    def smallest(self, flips: Iterable[Flip]) -> Flips:
        """Each once, without those that hold another, the fewest changes first."""
        kept: Flips = []
        for flip in sorted(set(flips), key=self.order):
            if len(kept) < _WIDTH and not any(other <= flip for other in kept):
                kept.append(flip)
        return kept

    def order(self, flip: Flip) -> tuple[int, int, list[tuple[str, ...]]]:
        """A place among alternatives that is the same each time: the fewest changes first, and of those
        the ones that are written in a file."""
        return len(flip), self.figures(flip), sorted(change.order for change in flip)

    def figures(self, flip: Flip) -> int:
        """How many of the changes are of figures worked out from others."""
        indicators = self.library.indicators
        return sum(indicators[change.key].aggregate is not None for change in flip)

"""The smallest sets of changed facts with which a rule could fire, or not: the counterfactual search over
facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..inference import Change, CounterfactualSearch, Inference, Turn
from ..library import Entity, Indicator, Key, Library, evaluate, is_possible, turning_values

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


class RuleFlips(CounterfactualSearch[Flip]):
    """Finds the changes for one school. They are candidates: rules read the same facts, so that each
    has to be tried by running the rules again."""

    nothing = frozenset()

    def __init__(self, inference: Inference, library: Library, settled: bool = False) -> None:
        """With `settled`, facts are changed too that can't be otherwise, to tell what hangs on them."""
        super().__init__(inference, library)
        self.settled = settled

    def turning(self, turn: Turn) -> Flips:
        """Find the nearest values that would turn a comparison, of facts that can be otherwise."""
        leaf, indicator = turn.leaf, turn.indicator
        owner = self._owner(Key.read(leaf.key).question, indicator, turn.entity)
        if owner is None or leaf.operand is None or (indicator.settled and not self.settled):
            return []
        if leaf.takes("member"):
            member = str(leaf.operand)
            return [frozenset({Change(owner.kind, owner.id, indicator.id, turn.wanted, member)})]
        of = self.counted(indicator, owner)
        return [
            frozenset({Change(owner.kind, owner.id, indicator.id, value)})
            for value in turning_values(
                leaf.operator, leaf.operand, turn.wanted, indicator, self.vocabulary, of
            )
            if is_possible(value, indicator, self.vocabulary)
        ]

    def _owner(self, of: str, indicator: Indicator, entity: Entity) -> Entity | None:
        if of:
            questions = self.inference.facts.of(indicator.about)
            return next((one for one in questions if one.id == of), None)
        return next((one for one in entity.lineage if one.kind == indicator.about), None)

    def counted(self, indicator: Indicator, owner: Entity) -> int:
        """Count of how many a share is; 0 for what is no share."""
        spec = indicator.aggregate
        if spec is None or spec.kind != "share":
            return 0
        parts = [one for one in self.inference.facts.of(spec.of) if owner in one.lineage]
        if spec.where is None:
            return len(parts)
        where = spec.where
        read = (evaluate(where, part.lookup, self.vocabulary).result for part in parts)
        return sum(result is not None for result in read)

    def joined(self, one: Flip, other: Flip) -> Iterator[Flip]:
        """Make both sets of changes; where they have one fact otherwise in two ways, with it in either way,
        since one of them may do for both."""
        for first, second in ((one, other), (other, one)):
            taken = {change.about for change in first}
            both = first | {change for change in second if change.about not in taken}
            if len(both) <= MOST and self.figures(both) <= FIGURES:
                yield both

    def smallest(self, flips: Iterable[Flip]) -> Flips:
        """Keep each once, without those that hold another, the fewest changes first."""
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
        """Count the changes of figures that are worked out from others."""
        indicators = self.library.indicators
        return sum(indicators[change.key].aggregate is not None for change in flip)

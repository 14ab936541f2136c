"""The smallest sets of changed facts with which a rule could fire, or not: the counterfactual search over
facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..inference import Change, CounterfactualSearch, Inference, Turn
from ..library import (
    Condition,
    Entity,
    Indicator,
    Key,
    Leaf,
    Library,
    Raw,
    evaluate,
    fold,
    is_possible,
    turning_values,
)
from .possible_values import ANY, Truths, together, turned

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
        self._bounds: dict[tuple[str, int], tuple[int, int]] = {}
        self._entities = {
            (kind, one.id): one
            for kind in inference.facts.entities
            for one in inference.facts.of(kind)
        }

    def turning(self, turn: Turn) -> Flips:
        """Find the nearest values that would turn a comparison, of facts that can be otherwise."""
        leaf, indicator = turn.leaf, turn.indicator
        owner = self._owner(Key.read(leaf.key).question, indicator, turn.entity)
        fixed = not self.could_turn(turn) or (indicator.settled and not self.settled)
        if owner is None or leaf.operand is None or fixed:
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
            and self._can_be(value, indicator, owner, of)
        ]

    def _can_be(self, value: Raw, indicator: Indicator, owner: Entity, of: int) -> bool:
        """Tell whether a share can come to a value while what is settled of its parts stays as it is."""
        spec = indicator.aggregate
        if not of or spec is None or spec.where is None or not isinstance(value, int | float):
            return True
        spot = indicator.id, id(owner)
        if spot not in self._bounds:
            parts = [one for one in self.inference.facts.of(spec.of) if owner in one.lineage]
            could = [self._could(spec.where, part) for part in parts]
            surely = sum(one == {True} for one in could)
            self._bounds[spot] = surely, sum(True in one for one in could)
        surely, perhaps = self._bounds[spot]
        return surely <= round(value * of / 100) <= perhaps

    def _could(self, condition: Condition, part: Entity) -> Truths:
        """All that a condition on a part can come to, with what is settled as it is."""
        return fold(
            condition,
            leaf=lambda leaf: self._compared(leaf, part),
            need=lambda _: ANY,
            not_=lambda one: frozenset(turned(each) for each in one),
            all_=lambda each: together(each, False),
            any_=lambda each: together(each, True),
        )

    def _compared(self, leaf: Leaf, part: Entity) -> Truths:
        """All that a comparison can come to: a screening reason hangs on the rules that give it; what else
        is worked out can be otherwise wherever it is worked out of something that can."""
        read = self.library.indicators[Key.read(leaf.key).indicator]
        if read.vocabulary == "screening-reasons":
            screens = [rule for rule in self.library.rules.values() if rule.screen]
            gives = [one for one in screens if one.screen and one.screen.reason == leaf.includes]
            return together([self._could(rule.when, part) for rule in gives], True)
        if not read.settled or read.from_ in ("computed", "aggregate"):
            return ANY
        return frozenset({evaluate(leaf, part.lookup, self.vocabulary).result})

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
            if len(both) <= MOST and self.figures(both) <= FIGURES and self._agree(both):
                yield both

    def _agree(self, flip: Flip) -> bool:
        """Tell whether no figure is nought where another that rests on the same facts is not."""
        figures = [one for one in flip if self.library.indicators[one.key].aggregate is not None]
        return not any(
            one.value == 0 and other.value and self._together_rest(one.key, other.key)
            for one in figures
            for other in figures
        )

    def _together_rest(self, one: str, other: str) -> bool:
        """Tell whether two figures rest on some of the same facts."""
        rests_on = self.library.dependencies.rests_on
        return bool(rests_on([one]) & rests_on([other]))

    def smallest(self, flips: Iterable[Flip]) -> Flips:
        """Keep each once, without those that hold another, the fewest changes first."""
        kept: Flips = []
        for flip in sorted(set(flips), key=self.order):
            if len(kept) < _WIDTH and not any(other <= flip for other in kept):
                kept.append(flip)
        return kept

    def order(self, flip: Flip) -> tuple[int, int, int, list[tuple[str, ...]]]:
        """A place among alternatives that is the same each time: the fewest changes first, of those the
        ones that are written in a file, and of those the nearest to what is so today."""
        far = sum(self._far(change) for change in flip)
        return len(flip), self.figures(flip), far, sorted(change.order for change in flip)

    def _far(self, change: Change) -> int:
        """Measure how far a change goes, in thousandths of what a figure is out of; 1,000 where there is no
        distance."""
        owner = self._entities.get((change.kind, change.entity))
        read = owner.values.get(change.key) if owner else None
        was, now = read.value if read else None, change.value
        figures = [one for one in (was, now) if isinstance(one, int | float)]
        if len(figures) < 2 or isinstance(was, bool) or isinstance(now, bool):
            return 1000
        percent = self.library.indicators[change.key].type == "percent"
        return round(1000 * abs(figures[0] - figures[1]) / (100 if percent else max(1, *figures)))

    def figures(self, flip: Flip) -> int:
        """Count the changes of figures that are worked out from others."""
        indicators = self.library.indicators
        return sum(indicators[change.key].aggregate is not None for change in flip)

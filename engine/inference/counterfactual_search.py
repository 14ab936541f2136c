"""The one search for what would turn a rule: down its condition to the comparisons in the way, and through
needs to the rules that find them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from ..library import Entity, Indicator, Key, Library, Rule, Verdict
from .forward_chaining import Inference

Way = TypeVar("Way")


@dataclass(frozen=True, slots=True)
class Turn:
    """A comparison that would have to come out otherwise."""

    rule: Rule
    """In whose condition it stands: the rule that was asked, or one that finds a need for it."""
    entity: Entity
    """What that rule was held against."""
    leaf: Verdict
    wanted: bool
    """How it would have to come out."""
    indicator: Indicator
    """What it reads."""
    needs: tuple[str, ...] = ()
    """The needs it would find, or not find, on the way to the rule that was asked."""

    @property
    def settled(self) -> bool:
        """Tell whether what it reads is known, and can't be made otherwise by what a school does."""
        return self.indicator.settled and self.leaf.read is not None

    @property
    def distance(self) -> float:
        """Give how far a figure lies from its line, as a share of what it is out of (100 for percent), or
        else of the line; 1 for what has no distance."""
        read, line = self.leaf.read.value if self.leaf.read else None, self.leaf.operand
        if isinstance(read, bool) or isinstance(line, bool):
            return 1.0
        if not isinstance(read, int | float) or not isinstance(line, int | float):
            return 1.0
        whole = 100 if self.indicator.type == "percent" else max(1.0, abs(line))
        return abs(read - line) / whole


class CounterfactualSearch(ABC, Generic[Way]):
    """Finds the ways in which a rule would come out otherwise on a thing, the smallest first.

    What a way is made of, and which of two is the smaller, is said by what is made of this.
    """

    nothing: Way
    """The way for what is so already."""

    def __init__(self, inference: Inference, library: Library) -> None:
        self.inference, self.library = inference, library
        self.vocabulary = inference.vocabulary

    def could_turn(self, turn: Turn) -> bool:
        """Tell whether what a comparison reads could be otherwise: which thing something is, such as its
        subject, it is, and what is known doesn't become unknown."""
        leaf = turn.leaf
        if leaf.read is None:
            return True
        return not leaf.takes("presence") and leaf.read.value != self.owner_id(
            turn.entity, leaf.key
        )

    def owner_id(self, entity: Entity, key: str) -> str:
        """Give the id of the thing whose fact a comparison on an entity reads; empty where there is none."""
        name, of, _ = Key.read(key)
        about = self.vocabulary.indicators[name].about
        return of or next((one.id for one in entity.lineage if one.kind == about), "")

    @abstractmethod
    def turning(self, turn: Turn) -> list[Way]:
        """Find the ways in which one comparison would turn; none: it can't."""

    @abstractmethod
    def joined(self, one: Way, other: Way) -> Iterator[Way]:
        """Join two ways that are both needed; nothing where they can't go together."""

    @abstractmethod
    def smallest(self, ways: Iterable[Way]) -> list[Way]:
        """Keep those that are followed up, the smallest first."""

    def ways(
        self, rule: Rule, entity: Entity, fires: bool, needs: tuple[str, ...] = ()
    ) -> list[Way]:
        """Find the ways in which a rule would fire on an entity, or would not; none: it can't be done.

        `needs` are those it would find, from the rule that was asked on.
        """
        verdict = self.inference.on(rule, entity).verdict
        return self._ways(verdict, rule, entity, fires, needs)

    def _ways(
        self, found: Verdict, rule: Rule, entity: Entity, wanted: bool, needs: tuple[str, ...]
    ) -> list[Way]:
        if found.result is wanted:
            return [self.nothing]
        name, _, need = Key.read(found.key)
        if need:
            finders = self.finding(need, entity)
            ways = (self.ways(one, elder, wanted, (*needs, need)) for one, elder in finders)
            return self.either(ways) if wanted else self.together(ways)
        if found.kind == "not":
            return self._ways(found.parts[0], rule, entity, not wanted, needs)
        if not found.parts:
            indicator = self.vocabulary.indicators[name]
            return self.turning(Turn(rule, entity, found, wanted, indicator, needs))
        ways = (self._ways(part, rule, entity, wanted, needs) for part in found.parts)
        return self.together(ways) if (found.kind == "all") is wanted else self.either(ways)

    def finding(self, need: str, entity: Entity) -> Iterator[tuple[Rule, Entity]]:
        """Give the rules that find a need for an entity, each with what it would find it of."""
        for rule in self.library.finders.get(need, ()):
            for elder in entity.lineage:
                if elder.kind == rule.about:
                    yield rule, elder

    def either(self, ways: Iterable[list[Way]]) -> list[Way]:
        """Join alternatives of which one is enough."""
        return self.smallest(chain.from_iterable(ways))

    def together(self, ways: Iterable[list[Way]]) -> list[Way]:
        """Join alternatives of which one of each is needed."""
        found = [self.nothing]
        for each in ways:
            found = self.smallest(
                both for one in found for other in each for both in self.joined(one, other)
            )
            if not found:
                return []
        return found

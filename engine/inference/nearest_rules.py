"""The rules that come nearest to firing: the counterfactual search, ranked by how few comparisons stand in
the way and how near they are to their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from ..library import (
    Entity,
    EntityKind,
    Key,
    Library,
    Lookup,
    Raw,
    Rule,
    Truth,
    Value,
    evaluate,
    values_around,
)
from .counterfactual_search import CounterfactualSearch, Turn
from .forward_chaining import Inference

Fact = tuple[EntityKind, str, str]
"""A kind, the id of one of it, and an indicator of its."""
_WIDTH = 40
"""So many ways are followed up where the nearest isn't enough."""
_TRIED = 30
"""So many values together are tried for a way."""


Turns = tuple[Turn, ...]


def rank(turns: Turns) -> tuple[int, float]:
    """Rank a way by how near it is: the fewest comparisons first, then those nearest to their
    lines."""
    return len(turns), round(sum(turn.distance for turn in turns), 6)


def fixed_last(turns: Turns) -> tuple[bool, int, float]:
    """The order in which they are told: what a school can make otherwise first, the nearest first."""
    return any(turn.settled for turn in turns), *rank(turns)


class NearestTurns(CounterfactualSearch[Turns]):
    """Finds for one school what keeps rules from firing."""

    nothing = ()

    def __init__(self, inference: Inference, library: Library) -> None:
        super().__init__(inference, library)
        self._width = 1

    def of(self, rule: Rule, entity: Entity) -> Turns | None:
        """Find the fewest comparisons that would have to turn for a rule to fire on an entity, which
        together are enough; none where it fires, None where it can't: what an entity is, such as its
        subject, it is, and one fact can't be two things."""
        least = self.least(rule, entity)
        if not least or self._enough(least, rule, entity):
            return least
        self._width = _WIDTH
        ways = self.ways(rule, entity, True)
        return next((one for one in ways if self._enough(one, rule, entity)), None)

    def near(self, rule: Rule, entity: Entity, most: int) -> list[Turns]:
        """Find the nearest ways for a rule to fire on an entity, each enough by itself and none with a
        part that is: at most so many, of as few comparisons as the nearest, and those that a school can
        make otherwise first."""
        self._width = _WIDTH
        enough: dict[frozenset[tuple[object, ...]], Turns] = {}
        for one in self.ways(rule, entity, True):
            same = frozenset(map(self._same, one))
            if len(enough) == most or any(len(other) < len(same) for other in enough):
                break
            if same not in enough and self._enough(one, rule, entity):
                enough[same] = one
        return sorted(enough.values(), key=fixed_last)

    def least(self, rule: Rule, entity: Entity) -> Turns | None:
        """Find the same without a look whether together they are enough, which they nearly always are."""
        self._width = 1
        return next(iter(self.ways(rule, entity, True)), None)

    def turning(self, turn: Turn) -> list[Turns]:
        """Turn a comparison, where what it reads could be otherwise."""
        return [(turn,)] if self.could_turn(turn) else []

    def smallest(self, ways: Iterable[Turns]) -> list[Turns]:
        """Keep the nearest."""
        return sorted(ways, key=rank)[: self._width]

    def joined(self, one: Turns, other: Turns) -> Iterator[Turns]:
        """Take the comparisons of both, the same one once."""
        if not one or not other:
            yield one or other
            return
        same = {self._same(turn): turn for turn in reversed((*one, *other))}
        yield tuple(turn for turn in (*one, *other) if same[self._same(turn)] is turn)

    def _same(self, turn: Turn) -> tuple[object, ...]:
        leaf = turn.leaf
        return self._fact(turn.entity, leaf.key), leaf.kind, repr(leaf.operand), turn.wanted

    # --- whether they are enough: the facts changed, and the rule asked again

    def _fact(self, entity: Entity, key: str) -> Fact:
        name = Key.read(key).indicator
        return self.vocabulary.indicators[name].about, self.owner_id(entity, key), name

    def _enough(self, turns: Turns, rule: Rule, entity: Entity) -> bool:
        wanted: dict[Fact, list[Turn]] = {}
        for turn in turns:
            wanted.setdefault(self._fact(turn.entity, turn.leaf.key), []).append(turn)
        options = [
            [
                value
                for value in self._values(fact, each)
                if all(_turns(value, turn) for turn in each)
            ]
            for fact, each in wanted.items()
        ]
        return any(
            self._fires(rule, entity, dict(zip(wanted, values, strict=True)))
            for values in islice(product(*options), _TRIED)
        )

    def _fires(self, rule: Rule, entity: Entity, changed: Mapping[Fact, Raw | None]) -> Truth:
        return evaluate(rule.when, self._lookup(entity, changed), self.vocabulary).result

    def _lookup(self, entity: Entity, changed: Mapping[Fact, Raw | None]) -> Lookup:
        def look(key: str) -> Value | None:
            if need := Key.read(key).need:
                pairs = self.finding(need, entity)
                found = [self._fires(rule, elder, changed) for rule, elder in pairs]
                return None if None in found and True not in found else Value(True in found)
            fact = self._fact(entity, key)
            if fact not in changed:
                return entity.lookup(key)
            value = changed[fact]
            return None if value is None else Value(value)

        return look

    def _values(self, fact: Fact, turns: Sequence[Turn]) -> list[Raw | None]:
        """List the values of a fact with which comparisons with it could turn, the nearest to
        what it is first; None: not known."""
        leaf = turns[0].leaf
        read = leaf.read.value if leaf.read else None
        indicator = turns[0].indicator
        operands = [
            turn.leaf.operand
            for turn in turns
            if turn.leaf.operand is not None and not turn.leaf.takes("member")
        ]
        found: list[Raw | None] = [None, *values_around(indicator, operands, self.vocabulary)]
        members = read if isinstance(read, frozenset) else frozenset()
        for turn in turns:
            operand = turn.leaf.operand
            if turn.leaf.takes("member"):
                members = members | {operand} if turn.wanted else members - {operand}
                found.append(members)
        return sorted(dict.fromkeys(found), key=lambda value: _far(value, read))


def _far(value: Raw | None, read: Raw | None) -> float:
    if isinstance(value, int | float) and isinstance(read, int | float):
        return abs(value - read)
    return 0.0


def _turns(value: Raw | None, turn: Turn) -> bool:
    """Tell whether a comparison comes out as it is wanted with a value."""
    leaf = turn.leaf
    assert leaf.operand is not None
    return leaf.operator.truth(value, leaf.operand) is turn.wanted

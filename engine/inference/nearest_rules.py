"""What keeps a rule from firing: the fewest comparisons that would have to come out otherwise, through
needs down to what is known of the school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from ..library import (
    Entity,
    EntityKind,
    Library,
    Lookup,
    Raw,
    Rule,
    Truth,
    Value,
    Verdict,
    evaluate,
)
from .forward_chaining import Inference

Fact = tuple[EntityKind, str, str]
"""A kind, the id of one of it, and an indicator of its."""
_WIDTH = 40
"""So many ways are followed up where the nearest isn't enough."""
_TRIED = 30
"""So many values together are tried for a way."""


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
    needs: tuple[str, ...] = ()
    """The needs it would find, or not find, on the way to the rule that was asked."""
    whole: float = 0
    """What a figure is out of, 100 for a share in percent; 0: it is held against its line only."""
    settled: bool = False
    """Whether what it reads is known, and can't be made otherwise by what a school does."""

    @property
    def distance(self) -> float:
        """How far a figure lies from its line, as a share of what it is out of, or else of the line; 1
        for what has no distance."""
        read, line = self.leaf.read.value if self.leaf.read else None, self.leaf.operand
        if isinstance(read, bool) or isinstance(line, bool):
            return 1.0
        if not isinstance(read, int | float) or not isinstance(line, int | float):
            return 1.0
        return abs(read - line) / (self.whole or max(1.0, abs(line)))


Turns = tuple[Turn, ...]


def rank(turns: Turns) -> tuple[int, float]:
    """How near it is: the fewest comparisons first, then those nearest to their lines."""
    return len(turns), round(sum(turn.distance for turn in turns), 6)


def fixed_last(turns: Turns) -> tuple[bool, int, float]:
    """The order in which they are told: what a school can make otherwise first, the nearest first."""
    return any(turn.settled for turn in turns), *rank(turns)


class Lacking:
    """Finds for one school what keeps rules from firing."""

    def __init__(self, inference: Inference, library: Library) -> None:
        self.inference, self.library, self._width = inference, library, 1
        self.vocabulary = inference.vocabulary

    def of(self, rule: Rule, entity: Entity) -> Turns | None:
        """The fewest comparisons that would have to turn for a rule to fire on an entity, which together
        are enough; none where it fires, None where it can't: what an entity is, such as its subject, it
        is, and one fact can't be two things."""
        least = self.least(rule, entity)
        if not least or self._enough(least, rule, entity):
            return least
        self._width = _WIDTH
        found = self.inference.on(rule, entity).verdict
        ways = self._ways(found, rule, entity, True, ())
        return next((one for one in ways if self._enough(one, rule, entity)), None)

    def near(self, rule: Rule, entity: Entity, most: int) -> list[Turns]:
        """The nearest ways for a rule to fire on an entity, each enough by itself and none with a part
        that is: at most so many, of as few comparisons as the nearest, and those that a school can make
        otherwise first."""
        self._width = _WIDTH
        found = self.inference.on(rule, entity).verdict
        enough: dict[frozenset[tuple[object, ...]], Turns] = {}
        for one in self._ways(found, rule, entity, True, ()):
            same = frozenset(map(self._same, one))
            if len(enough) == most or any(len(other) < len(same) for other in enough):
                break
            if same not in enough and self._enough(one, rule, entity):
                enough[same] = one
        return sorted(enough.values(), key=fixed_last)

    def least(self, rule: Rule, entity: Entity) -> Turns | None:
        """The same without a look whether together they are enough, which they nearly always are."""
        self._width = 1
        found = self.inference.on(rule, entity).verdict
        return next(iter(self._ways(found, rule, entity, True, ())), None)

    # --- ways to turn a condition, the nearest first

    def _ways(
        self, found: Verdict, rule: Rule, entity: Entity, wanted: bool, needs: tuple[str, ...]
    ) -> list[Turns]:
        if found.result is wanted:
            return [()]
        if found.kind == "need":
            return self._need(found, entity, wanted, needs)
        if not found.parts:
            if self._is_itself(found, entity):
                return []
            indicator = self.vocabulary.indicators[found.key.partition(" of ")[0]]
            whole = 100 if indicator.type == "percent" else 0
            settled = indicator.settled and found.read is not None
            return [(Turn(rule, entity, found, wanted, needs, whole, settled),)]
        if found.kind == "not":
            return self._ways(found.parts[0], rule, entity, not wanted, needs)
        ways = (self._ways(part, rule, entity, wanted, needs) for part in found.parts)
        return self._together(ways) if (found.kind == "all") is wanted else self._either(ways)

    def _need(
        self, found: Verdict, entity: Entity, wanted: bool, needs: tuple[str, ...]
    ) -> list[Turns]:
        """One rule that would find it is enough; not to find it takes all of them."""
        need = found.key.removeprefix("need ")
        ways = (
            self._ways(self.inference.on(rule, elder).verdict, rule, elder, wanted, (*needs, need))
            for rule, elder in self._finding(need, entity)
        )
        return self._either(ways) if wanted else self._together(ways)

    def _finding(self, need: str, entity: Entity) -> Iterator[tuple[Rule, Entity]]:
        """The rules that find a need for an entity, each with what it would find it of."""
        for rule in self.library.finders.get(need, ()):
            for elder in entity.lineage:
                if elder.kind == rule.about:
                    yield rule, elder

    def _together(self, ways: Iterable[list[Turns]]) -> list[Turns]:
        """All of them, the same comparison once."""
        found: list[Turns] = [()]
        for each in ways:
            found = self._either([[self._joined(one, other) for one in found for other in each]])
        return found

    def _either(self, ways: Iterable[list[Turns]]) -> list[Turns]:
        """One of them is enough; the nearest first."""
        return sorted((turns for each in ways for turns in each), key=rank)[: self._width]

    def _joined(self, one: Turns, other: Turns) -> Turns:
        if not one or not other:
            return one or other
        same = {self._same(turn): turn for turn in reversed((*one, *other))}
        return tuple(turn for turn in (*one, *other) if same[self._same(turn)] is turn)

    def _same(self, turn: Turn) -> tuple[object, ...]:
        leaf = turn.leaf
        return self._fact(turn.entity, leaf.key), leaf.kind, repr(leaf.operand), turn.wanted

    def _is_itself(self, leaf: Verdict, entity: Entity) -> bool:
        """Whether a comparison reads which entity it is."""
        return leaf.read is not None and leaf.read.value == self._fact(entity, leaf.key)[1]

    # --- whether they are enough: the facts changed, and the rule asked again

    def _fact(self, entity: Entity, key: str) -> Fact:
        name, _, of = key.partition(" of ")
        about = self.vocabulary.indicators[name].about
        return about, of or next((o.id for o in entity.lineage if o.kind == about), ""), name

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
            if key.startswith("need "):
                pairs = self._finding(key.removeprefix("need "), entity)
                found = [self._fires(rule, elder, changed) for rule, elder in pairs]
                return None if None in found and True not in found else Value(True in found)
            fact = self._fact(entity, key)
            if fact not in changed:
                return entity.lookup(key)
            value = changed[fact]
            return None if value is None else Value(value)

        return look

    def _values(self, fact: Fact, turns: Sequence[Turn]) -> list[Raw | None]:
        """What a fact could be for comparisons with it to turn, the nearest to what it is first."""
        leaf = turns[0].leaf
        read = leaf.read.value if leaf.read else None
        found: list[Raw | None] = [None]
        indicator = self.vocabulary.indicators[fact[2]]
        scale = self.vocabulary.scale_of(indicator)
        if scale is not None:
            found += range(len(scale.grades))
        elif indicator.type == "yes-no":
            found += (True, False)
        else:
            found += indicator.values
        members = read if isinstance(read, frozenset) else frozenset()
        for turn in turns:
            operand = turn.leaf.operand
            if turn.leaf.takes("member"):
                members = members | {operand} if turn.wanted else members - {operand}
                found.append(members)
            elif isinstance(operand, frozenset):
                found += sorted(operand, key=repr)
            elif isinstance(operand, int | float) and not isinstance(operand, bool):
                found += (operand, operand - indicator.step, operand + indicator.step)
        return sorted(dict.fromkeys(found), key=lambda value: _far(value, read))


def _far(value: Raw | None, read: Raw | None) -> float:
    if isinstance(value, int | float) and isinstance(read, int | float):
        return abs(value - read)
    return 0.0


def _turns(value: Raw | None, turn: Turn) -> bool:
    """Whether a comparison comes out as it is wanted with a value."""
    leaf = turn.leaf
    assert leaf.operand is not None
    return leaf.operator.truth(value, leaf.operand) is turn.wanted

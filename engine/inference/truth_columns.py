"""Conditions on many entities at once: each value is read once, each comparison made once for each
value there is.

What `conditions.evaluate` says of one entity is told of all in a row: who a condition is true of
and who it is false of, a byte for each entity in a number each. Joining two conditions is then one
operation on numbers, whatever many entities there are.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..library import (
    Condition,
    Entity,
    EntityKind,
    Leaf,
    NeedLeaf,
    Raw,
    Rule,
    Truth,
    Vocabulary,
    fold,
)


class _Told(NamedTuple):
    """The entities something is true of, and those it is false of: the byte of an entity is 1 or 0; in neither, it
    is unknown."""

    true: int
    false: int


class TruthColumns:
    """Some entities with what conditions come to on each, by the facts as they are when they are first
    asked for."""

    def __init__(self, entities: Sequence[Entity], vocabulary: Vocabulary) -> None:
        self.entities, self._vocabulary = entities, vocabulary
        self._all = int.from_bytes(b"\x01" * len(entities), "little")
        self._read: dict[str, list[Raw | None]] = {}
        self._compared: dict[tuple[str, str, Raw], _Told] = {}
        self._known: dict[int, _Told] = {}
        """By the identity of a condition, which whoever asks keeps alive."""

    def true(self, condition: Condition) -> list[int]:
        """Give the positions of the entities a condition is true of."""
        return self._positions(self._told(condition).true)

    def unknown(self, condition: Condition) -> list[Entity]:
        """Give the entities of which a condition can't be told."""
        told = self._told(condition)
        unknown = self._all ^ (told.true | told.false)
        return [self.entities[place] for place in self._positions(unknown)]

    def truths(self, condition: Condition) -> list[Truth]:
        """Give what a condition comes to, entity by entity."""
        told = self._told(condition)
        both = zip(self._bytes(told.true), self._bytes(told.false), strict=True)
        return [True if true else False if false else None for true, false in both]

    def _told(self, condition: Condition) -> _Told:
        known = self._known.get(id(condition))
        if known is None:
            known = self._known[id(condition)] = self._worked_out(condition)
        return known

    def _worked_out(self, condition: Condition) -> _Told:
        return fold(
            condition,
            leaf=self._comparison,
            need=self._need,
            not_=lambda part: _Told(part.false, part.true),
            all_=lambda parts: _Told(
                functools.reduce(operator.and_, (part.true for part in parts), self._all),
                functools.reduce(operator.or_, (part.false for part in parts), 0),
            ),
            any_=lambda parts: _Told(
                functools.reduce(operator.or_, (part.true for part in parts), 0),
                functools.reduce(operator.and_, (part.false for part in parts), self._all),
            ),
        )

    def _comparison(self, leaf: Leaf) -> _Told:
        operand = self._vocabulary.number(leaf)
        asked = leaf.key, leaf.comparison, operand
        if asked not in self._compared:
            column = self._column(leaf.key)
            outcome = {value: leaf.operator.truth(value, operand) for value in set(column)}
            self._compared[asked] = self._split(column, outcome)
        return self._compared[asked]

    def _need(self, need: NeedLeaf) -> _Told:
        column = self._column(need.key)
        return self._split(
            column, {value: None if value is None else bool(value) for value in set(column)}
        )

    def _column(self, key: str) -> list[Raw | None]:
        if key not in self._read:
            found = (entity.lookup(key) for entity in self.entities)
            self._read[key] = [value.value if value else None for value in found]
        return self._read[key]

    def _split(self, column: Sequence[Raw | None], outcome: Mapping[Raw | None, Truth]) -> _Told:
        if None not in outcome.values():
            true = _number(column, outcome)
            return _Told(true, self._all ^ true)
        turned = {value: truth is False for value, truth in outcome.items()}
        return _Told(
            _number(column, {value: truth is True for value, truth in outcome.items()}),
            _number(column, turned),
        )

    def _bytes(self, told: int) -> bytes:
        return told.to_bytes(len(self.entities), "little")

    def _positions(self, told: int) -> list[int]:
        return [place for place, one in enumerate(self._bytes(told)) if one] if told else []


def _number(column: Iterable[Raw | None], holds: Mapping[Raw | None, Truth]) -> int:
    return int.from_bytes(bytes(bool(holds[value]) for value in column), "little")


def by_kind(
    rules: Iterable[Rule], entities: Iterable[Entity]
) -> Iterator[tuple[list[Rule], list[Entity]]]:
    """Give the rules about each kind, in order, with the entities of that kind."""
    groups: dict[EntityKind, tuple[list[Rule], list[Entity]]] = {}
    for rule in rules:
        groups.setdefault(rule.about, ([], []))[0].append(rule)
    for entity in entities:
        if entity.kind in groups:
            groups[entity.kind][1].append(entity)
    yield from groups.values()


def fired_by_conditions(
    rules: Sequence[Rule], entities: Iterable[Entity], vocabulary: Vocabulary
) -> list[tuple[Rule, Entity]]:
    """Every rule with every entity of its kind on which its condition is true, entities in order."""
    return [
        *true_pairs(
            (group, TruthColumns(of_kind, vocabulary))
            for group, of_kind in by_kind(rules, entities)
        )
    ]


def true_pairs(
    told: Iterable[tuple[Sequence[Rule], TruthColumns]],
) -> Iterator[tuple[Rule, Entity]]:
    """Give the rules of each kind with the entities their conditions are true of, in order."""
    for group, columns in told:
        found = sorted(
            (place, order) for order, rule in enumerate(group) for place in columns.true(rule.when)
        )
        yield from ((group[order], columns.entities[place]) for place, order in found)

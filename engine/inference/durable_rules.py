"""Rules run by durable-rules: compiled from the same conditions, one forward pass over the facts.

The only module that imports durable-rules, and everything it does unexpectedly is met here. Its core
is used without its host, which has timer threads that never end, swallows errors and drops what fired
when a process stands still for ten seconds. It does one thing at a time, so that a run has the lock
from its first fact to its last; a session for each run is deleted after it; every fact has an id of
its own; a rule in every ruleset fires first in every session, since deleting a session in which
nothing fired frees what it never had.
Where it can't be had (Python 3.13 and later) the rules run on `conditions` alone.
"""

from __future__ import annotations

import itertools
import json
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from ..core import EngineError
from ..library import (
    Condition,
    Entity,
    Leaf,
    NeedLeaf,
    Operator,
    Raw,
    Rule,
    Value,
    Vocabulary,
    fold_wanted,
    gather,
    normal,
)
from .truth_columns import by_kind, fired_by_conditions

try:
    import durable_rules_engine as durable
except ImportError:
    durable = None

NAME = "durable-rules" if durable is not None else "conditions"
"""The engine in use."""

_BEGINS = "session_begins"
_MATCHES_NO_RULE = 1


def fired(
    rules: Sequence[Rule], entities: Iterable[Entity], vocabulary: Vocabulary
) -> list[tuple[Rule, Entity]]:
    """Every rule with every entity of its kind on which its condition is true, entities in
    order."""
    if durable is None:
        return fired_by_conditions(rules, entities, vocabulary)
    found: list[tuple[Rule, Entity]] = []
    for group, of_kind in by_kind(rules, entities):
        if of_kind:  # a session without a fact can't be deleted
            found.extend(_durable.run(group, of_kind, vocabulary))
    return found


class _Field(NamedTuple):
    """A name in a fact for durable-rules: it holds a value, or the result of a comparison that
    durable-rules hasn't."""

    name: str
    key: str
    operator: Operator | None = None
    operand: Raw = True

    def of(self, entity: Entity) -> object:
        """Give what stands in it of an entity; None: nothing."""
        read: Value | None = entity.lookup(self.key)
        if self.operator is not None:
            return _plain(self.operator.truth(read.value if read else None, self.operand))
        return _plain(normal(read.value)) if read else None


def _field(leaf: Leaf, vocabulary: Vocabulary) -> _Field:
    name = _plain_key(leaf.key)
    if leaf.operator.durable:
        return _Field(name, leaf.key)
    operand = vocabulary.number(leaf)
    options = sorted(operand, key=repr) if isinstance(operand, frozenset) else [operand]
    own = "_".join(str(option).replace("-", "_") for option in options)
    return _Field(f"{name}__{leaf.comparison}__{own}", leaf.key, leaf.operator, operand)


def _field_of_need(need: NeedLeaf) -> _Field:
    return _Field(_plain_key(need.key), need.key)


def _plain_key(key: str) -> str:
    return key.replace(" ", "__").replace("-", "_")


def compiled(condition: Condition, vocabulary: Vocabulary) -> dict[str, Any]:
    """A condition as durable-rules has it: negation pushed to the comparisons, where it keeps the
    meaning of a value that is not there (no comparison holds of it, turned or not)."""

    def compared(leaf: Leaf, wanted: bool) -> dict[str, Any]:
        return _comparison(leaf, vocabulary, not wanted)

    def found(need: NeedLeaf, wanted: bool) -> dict[str, Any]:
        return {_field_of_need(need).name: int(wanted)}

    both, either = partial(_joined, conjunction=True), partial(_joined, conjunction=False)
    return fold_wanted(condition, True, compared, found, both, either)


def _joined(parts: list[dict[str, Any]], conjunction: bool) -> dict[str, Any]:
    if len(parts) == 1:
        return parts[0]
    return {"$and" if conjunction else "$or": parts}


def _comparison(leaf: Leaf, vocabulary: Vocabulary, negated: bool) -> dict[str, Any]:
    field, operand = _field(leaf, vocabulary).name, vocabulary.number(leaf)
    if not leaf.operator.durable:
        return {field: 0 if negated else 1}
    if leaf.operator.takes == "line":
        return {leaf.operator.turned(not negated).durable: {field: _plain(operand)}}
    options = sorted(operand, key=repr) if isinstance(operand, frozenset) else [operand]
    if not negated:
        return _joined([{field: _plain(option)} for option in options], conjunction=False)
    differs: list[dict[str, Any]] = [{"$neq": {field: _plain(option)}} for option in options]
    return {"$and": [{"$ex": {field: 1}}, *differs]}


def _plain(value: object) -> object:
    """A value as both sides of durable-rules compare it: truth as 0 and 1, numbers as floats."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return float(value) or 0.0
    return value


def _message(number: int, entity: Entity, fields: Iterable[_Field]) -> dict[str, object]:
    found = {field.name: field.of(entity) for field in fields}
    known = {name: value for name, value in found.items() if value is not None}
    return {"id": number, "n": number, **known}


class _Ruleset(NamedTuple):
    """Rules as durable-rules has them: what it knows them by, and the fields they compare."""

    handle: int
    fields: tuple[_Field, ...]


class _Durable:
    """durable-rules as a process has it: the rules it was given, and the lock of who runs them.

    Nothing of a run is kept here but the number of its session.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions = itertools.count(1)
        self._rulesets: dict[str, _Ruleset] = {}

    def run(
        self, rules: Sequence[Rule], entities: Sequence[Entity], vocabulary: Vocabulary
    ) -> list[tuple[Rule, Entity]]:
        """Find the rules that fire, each with the entity it fires on, in the order of the
        entities and then of the rules; all entities are of the rules' kind."""
        definition = {_plain_id(rule): compiled(rule.when, vocabulary) for rule in rules}
        order = {_plain_id(rule): position for position, rule in enumerate(rules)}
        with self._lock:
            ruleset = self._ruleset(rules, definition, vocabulary)
            session = f"s{next(self._sessions)}"
            begins = {"id": _BEGINS, _BEGINS: 1, "sid": session}
            if list(_asserted(ruleset.handle, begins)) != [(_BEGINS, begins)]:
                raise EngineError("durable-rules fires no rule at all")
            try:
                found = {
                    (fact["n"], order[name])
                    for number, entity in enumerate(entities)
                    for name, fact in _asserted(
                        ruleset.handle, _message(number, entity, ruleset.fields) | {"sid": session}
                    )
                }
            finally:
                durable.delete_state(ruleset.handle, session)
        return [(rules[position], entities[number]) for number, position in sorted(found)]

    def _ruleset(
        self, rules: Sequence[Rule], definition: dict[str, Any], vocabulary: Vocabulary
    ) -> _Ruleset:
        """The rules as they are registered; the same rules are registered once."""
        text = json.dumps(definition, sort_keys=True)
        if text not in self._rulesets:
            ruleset = {name: {"all": [{"m": when}]} for name, when in definition.items()}
            ruleset[_BEGINS] = {"all": [{"m": {_BEGINS: 1}}]}
            name = f"r{len(self._rulesets)}"
            handle = durable.create_ruleset(name, json.dumps(ruleset, ensure_ascii=False))
            fields = dict.fromkeys(
                field
                for rule in rules
                for field in gather(
                    rule.when,
                    leaf=lambda leaf: (_field(leaf, vocabulary),),
                    need=lambda need: (_field_of_need(need),),
                )
            )
            self._rulesets[text] = _Ruleset(handle, tuple(fields))
        return self._rulesets[text]


def _plain_id(rule: Rule) -> str:
    """A rule's id as durable-rules can take it."""
    return rule.id.replace("-", "_")


def _asserted(handle: int, fact: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Hands over a fact: the rules that fire, each with the fact it fired on. Raises EngineError
    where the fact is not taken."""
    code, state = durable.assert_fact(handle, json.dumps(fact, ensure_ascii=False))
    if code == _MATCHES_NO_RULE:
        return
    if code:
        raise EngineError(f"durable-rules did not take a fact (code {code})")
    action = durable.start_action_for_state(handle, state)
    fired = action[1] if action else None
    while fired:
        for name, found in json.loads(fired).items():
            yield name, found["m"]
        fired = durable.complete_and_start_action(handle, state)


_durable = _Durable()


def _forked() -> None:
    """A process that is forked while another thread runs rules would wait for its lock for ever."""
    global _durable
    _durable = _Durable()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)

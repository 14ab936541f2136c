"""Rules run by durable-rules: compiled from the same conditions, one forward pass over the facts.

The only module that imports durable-rules, and everything it does unexpectedly is met here: one
host for the process with its timer threads off; a session for each run, deleted after it; a unique
id on every fact and a count of facts in and facts accounted for; errors it swallows read and
raised; a rule in every ruleset that any fact fires, since deleting a session in which nothing fired
frees what it never had.
Where it can't be had (Python 3.13 and later) the rules run on `conditions` alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .conditions import Vocabulary, leaves, normal, truth_of
from .errors import EngineError
from .records.facts import Entity, Value
from .records.rules import All, Condition, Leaf, NeedLeaf, Not, Rule

try:
    from durable import engine as durable
except ImportError:
    durable = None

NAME = "durable-rules" if durable is not None else "conditions"
"""The engine in use."""

_BEGINS = "session_begins"
_NEGATED = {"at_least": "$lt", "at_most": "$gt", "above": "$lte", "below": "$gte"}
_PLAIN = {"at_least": "$gte", "at_most": "$lte", "above": "$gt", "below": "$lt"}


def fired(
    rules: Sequence[Rule], entities: Iterable[Entity], vocabulary: Vocabulary
) -> list[tuple[Rule, Entity]]:
    """Every rule with every entity of its kind on which its condition is true, entities in
    order."""
    found: list[tuple[Rule, Entity]] = []
    by_kind: dict[str, list[Rule]] = {}
    for rule in rules:
        by_kind.setdefault(rule.about, []).append(rule)
    wanted = [entity for entity in entities if entity.kind in by_kind]
    if durable is None:
        return fired_by_conditions(rules, wanted, vocabulary)
    for kind, group in by_kind.items():
        of_kind = [entity for entity in wanted if entity.kind == kind]
        if of_kind:  # a session without a fact can't be deleted
            found.extend(_run(group, of_kind, vocabulary))
    return found


def fired_by_conditions(
    rules: Sequence[Rule], entities: Iterable[Entity], vocabulary: Vocabulary
) -> list[tuple[Rule, Entity]]:
    """The same, by evaluating the conditions one by one."""
    tests = [(rule, truth_of(rule.when, vocabulary)) for rule in rules]
    return [
        (rule, entity)
        for entity in entities
        for rule, test in tests
        if rule.about == entity.kind and test(entity.lookup) is True
    ]


def _field(leaf: Leaf | NeedLeaf) -> str:
    """The name of the field a comparison reads; a member of a set has a field of its own."""
    name = leaf.key.replace(" ", "__").replace("-", "_")
    if isinstance(leaf, Leaf) and leaf.comparison == "includes":
        return f"{name}__includes__{str(leaf.includes).replace('-', '_')}"
    if isinstance(leaf, Leaf) and leaf.comparison == "known":
        return f"{name}__known"
    return name


def compiled(condition: Condition, vocabulary: Vocabulary, negated: bool = False) -> dict[str, Any]:
    """A condition as durable-rules has it: negation pushed to the comparisons, where it keeps the
    meaning of a value that is not there (no comparison holds of it, turned or not)."""
    if isinstance(condition, Not):
        return compiled(condition.inverse, vocabulary, not negated)
    if isinstance(condition, NeedLeaf):
        return {_field(condition): 0 if negated else 1}
    if isinstance(condition, Leaf):
        return _comparison(condition, vocabulary, negated)
    parts = condition.all if isinstance(condition, All) else condition.any
    conjunction = isinstance(condition, All) is not negated
    return _joined([compiled(part, vocabulary, negated) for part in parts], conjunction)


def _joined(parts: list[dict[str, Any]], conjunction: bool) -> dict[str, Any]:
    if len(parts) == 1:
        return parts[0]
    return {"$and" if conjunction else "$or": parts}


def _comparison(leaf: Leaf, vocabulary: Vocabulary, negated: bool) -> dict[str, Any]:
    field, comparison = _field(leaf), leaf.comparison
    if comparison == "known":
        return {field: int(bool(leaf.known) is not negated)}
    if comparison == "includes":
        return {field: 0 if negated else 1}
    operand = vocabulary.number(leaf)
    if comparison in _PLAIN:
        return {(_NEGATED if negated else _PLAIN)[comparison]: {field: _plain(operand)}}
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


def _message(
    number: int, entity: Entity, fields: Mapping[str, Leaf | NeedLeaf]
) -> dict[str, object]:
    message: dict[str, object] = {"id": number, "n": number}
    for field, leaf in fields.items():
        read: Value | None = entity.lookup(leaf.key)
        if isinstance(leaf, Leaf) and leaf.comparison == "known":
            message[field] = int(read is not None)
        elif read is None:
            continue
        elif isinstance(leaf, Leaf) and leaf.comparison == "includes":
            message[field] = int(isinstance(read.value, frozenset) and leaf.includes in read.value)
        else:
            message[field] = _plain(normal(read.value))
    return message


_rulesets: dict[str, dict[str, Leaf | NeedLeaf]] = {}
_sessions = itertools.count(1)
_found: list[tuple[str, int]] = []


if durable is not None:

    class _Host(durable.Host):  # type: ignore[misc]
        """A host without the two timer threads that never end."""

        def _run(self) -> None:
            return

    _host = _Host()


def _ruleset(rules: Sequence[Rule], vocabulary: Vocabulary) -> str:
    """The name of the registered ruleset for these rules; the same rules are registered once."""
    definition = {rule.id: compiled(rule.when, vocabulary) for rule in rules}
    text = json.dumps(definition, sort_keys=True)
    name = "r" + hashlib.sha256(text.encode()).hexdigest()[:24]
    if name not in _rulesets:
        compared = {_field(leaf): leaf for rule in rules for leaf in leaves(rule.when)}

        def record(rule: str) -> Any:
            return lambda c: _found.append((rule, int(c.m.n)))

        ruleset: dict[str, Any] = {
            rule.id.replace("-", "_"): {
                "all": [{"m": definition[rule.id]}],
                "run": record(rule.id),
            }
            for rule in rules
        }
        ruleset["session_begins"] = {"all": [{"m": {_BEGINS: 1}}], "run": lambda c: None}
        _host.set_rulesets({name: ruleset})
        _rulesets[name] = compared
    return name


def _run(
    rules: Sequence[Rule], entities: Sequence[Entity], vocabulary: Vocabulary
) -> list[tuple[Rule, Entity]]:
    name = _ruleset(rules, vocabulary)
    session, fields = f"s{next(_sessions)}", _rulesets[name]
    _found.clear()
    accounted = 0
    # a session in which nothing ever fired can't be deleted, so that one rule always does
    _host.assert_fact(name, {"id": _BEGINS, _BEGINS: 1, "sid": session})
    try:
        for number, entity in enumerate(entities):
            message = _message(number, entity, fields)
            message["sid"] = session
            with contextlib.suppress(durable.MessageNotHandledException):  # it matched no rule
                _host.assert_fact(name, message)
            accounted += 1
        state = _host.get_state(name, session)
        if state.get("exception"):
            raise EngineError(f"durable-rules failed: {state['exception']}")
    finally:
        _host.delete_state(name, session)
    if accounted != len(entities):
        raise EngineError(f"{len(entities)} facts went in, {accounted} were accounted for")
    by_id = {rule.id: rule for rule in rules}
    order = {rule.id: position for position, rule in enumerate(rules)}
    unique = sorted(set(_found), key=lambda pair: (pair[1], order[pair[0]]))
    return [(by_id[rule], entities[number]) for rule, number in unique]

"""A made-up school of one of everything, and what the rules make of it: nothing is believed of a rule
that the engine, run on such a school, does not say too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...core import EngineError
from ...inference import Inference, Matcher, fired, fired_by_conditions, run
from ...library import (
    BELONGS_TO,
    Entity,
    EntityKind,
    FactBase,
    Key,
    Library,
    Raw,
    Rule,
    Scalar,
    Value,
    elders,
    needs_read,
)
from .symbolic_library import QUESTION, Given


@dataclass(frozen=True, slots=True)
class Seen:
    """The findings of the rules on a made-up school."""

    inference: Inference
    fired: frozenset[tuple[str, str]]
    """The rules that fired, each with the question it did so for, or nothing."""
    unknown: frozenset[tuple[str, str]]

    def does(self, rule: Rule, question: str = "") -> bool:
        """Tell whether a rule fired, of one about questions for this question."""
        return (rule.id, question if rule.about == QUESTION else "") in self.fired


def facts_of(given: Given, library: Library) -> FactBase:
    """The facts of a made-up school: one class of one teacher, one pupil, and so on, each belonging to
    the one above it, and each question of the programme."""
    facts, one = FactBase(), dict[EntityKind, Entity]()
    for kind in sorted(BELONGS_TO, key=lambda kind: len(elders(kind))):
        parents = tuple(one[elder] for elder in BELONGS_TO[kind])
        if kind == QUESTION:
            for name in library.strands:
                facts.add(Entity(kind, name, name, parents))
        else:
            one[kind] = facts.add(Entity(kind, kind, kind, parents))
    questions = {entity.id: entity for entity in facts.of(QUESTION)}
    for name, entity in questions.items():
        entity.values[QUESTION] = facts.school.values[str(Key(QUESTION, name))] = Value(name)
    for key, value in given.items():
        name, question, _ = Key.read(key)
        if question:
            questions[question].values[name] = Value(value)
            facts.school.values[key] = Value(value)
        else:
            one[library.indicators[name].about].values[name] = Value(value)
    return facts


def see(given: Given, library: Library, rules: Iterable[Rule] | None = None) -> Seen:
    """Run the rules (or these, and those that find the needs they read) on a made-up school, by
    durable-rules and by the conditions alike.

    Aggregates are as given: they are not counted again. Raises EngineError where the two disagree.
    """
    if rules is not None:
        library = replace(library, rules=_with_finders(library, rules))
    one, other = (_run(given, library, match) for match in (fired, fired_by_conditions))
    if (one.fired, one.unknown) != (other.fired, other.unknown):
        raise EngineError("durable-rules and the conditions disagree on a made-up school")
    return one


def _run(given: Given, library: Library, match: Matcher) -> Seen:
    facts = facts_of(given, library)
    computed = [one.id for one in library.indicators.values() if one.aggregate]
    inference = Inference(facts, library.vocabulary())
    run(inference, library, match, computed=computed)
    found = [
        frozenset(
            (one.rule.id, one.entity.id if one.entity.kind == QUESTION else "") for one in findings
        )
        for findings in (inference.fired, inference.unknown)
    ]
    return Seen(inference, found[0], found[1])


def _with_finders(library: Library, rules: Iterable[Rule]) -> dict[str, Rule]:
    wanted, todo = dict[str, Rule](), list(rules)
    while todo:
        rule = todo.pop()
        if rule.id in wanted:
            continue
        wanted[rule.id] = rule
        needs = set(needs_read(rule.when))
        todo += [r for r in library.rules.values() if r.diagnose and r.diagnose.need in needs]
    return {name: wanted[name] for name in sorted(wanted)}


def written(given: Given, library: Library) -> dict[str, Scalar | tuple[Scalar, ...]]:
    """Write what is given of a school as an author writes it in an example."""
    return {key: _plain(key, value, library) for key, value in sorted(given.items())}


def _plain(key: str, value: Raw, library: Library) -> Scalar | tuple[Scalar, ...]:
    indicator = library.indicators[Key.read(key).indicator]
    if isinstance(value, frozenset):
        return tuple(sorted(str(member) for member in value))
    if indicator.scale and isinstance(value, int):
        return library.default_scales()[indicator.scale].grades[value].id
    return value

"""What the rules would say if some of the data were otherwise: facts changed, everything run again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..library import (
    STRATA,
    Entity,
    EntityKind,
    FactBase,
    Key,
    Library,
    Raw,
    Value,
    elders,
)
from .forward_chaining import Inference, Matcher, run


@dataclass(frozen=True, slots=True)
class Change:
    """One fact as it might be: a value in place of another, or a member of a set there or not."""

    kind: EntityKind
    entity: str
    key: str
    value: Raw | None
    """None: not known. For a member of a set: whether it is in it."""
    member: str = ""

    @property
    def about(self) -> tuple[EntityKind, str, str, str]:
        """Name the fact it changes; of two changes of the same fact only one can hold."""
        return self.kind, self.entity, self.key, self.member

    @property
    def order(self) -> tuple[str, ...]:
        """A place among changes that is the same each time."""
        return (*self.about, repr(self.value))


def suppose(
    base: Inference,
    library: Library,
    changes: Iterable[Change],
    match: Matcher | None = None,
) -> Inference:
    """Run the rules with the changes made; `base` stays as it is.

    The rules are run by their conditions alone: what is asked again and again has to be quick.

    Changed aggregates keep their supposed values. What can't have changed is not computed again: of
    pupils, nothing where no screening rule and no aggregate over them reads what is changed. Raises
    KeyError for an entity that isn't there, and ValueError for a base that is itself supposed:
    changes are made together.
    """
    if base.held is not None:
        raise ValueError("one supposition can't be made on another: give all changes together")
    made = tuple(changes)
    touched = {change.key for change in made}
    screened = not touched.isdisjoint(library.dependencies.read_by_screening)
    first = 0 if screened else STRATA.index("screen") + 1
    recomputed = {
        indicator.id
        for indicator in library.indicators.values()
        if indicator.aggregate
        and (
            library.dependencies.level(indicator) >= first or _reads(library, indicator.id, touched)
        )
    }
    kinds = {rule.about for rule in library.rules.values() if _position(rule.stratum) >= first}
    kinds |= {part for name in sorted(recomputed) for part in _over(library, name)}
    kinds |= {change.kind for change in made} | {"school", "question"}
    wanted = {elder for kind in kinds for elder in elders(kind)}
    facts = _copied(base.facts, wanted, recomputed, first)
    held = _make(facts, made)
    kept = STRATA[:first]
    found = Inference(facts, base.vocabulary, held=frozenset(held))
    for finding in (*base.fired, *base.unknown):
        if finding.rule.stratum in kept:
            found.add(finding)
    done = [one.id for one in library.indicators.values() if one.aggregate]
    run(found, library, match, first, set(done) - recomputed)
    return found


def _position(stratum: str | None) -> int:
    return STRATA.index(stratum) if stratum in STRATA else -1


def _reads(library: Library, name: str, touched: set[str]) -> bool:
    """Tell whether an aggregate depends on something that is changed."""
    index = library.dependencies
    read = index.rests_on(index.computed_from[name])
    return not touched.isdisjoint(Key.read(key).indicator for key in read)


def _over(library: Library, name: str) -> Iterator[EntityKind]:
    spec = library.indicators[name].aggregate
    if spec is not None:
        yield library.indicators[name].about
        yield spec.of


def _copied(facts: FactBase, kinds: set[EntityKind], recomputed: set[str], first: int) -> FactBase:
    """The facts with entities of these kinds copied, as they were before the stratum at `first`."""
    twins: dict[int, Entity] = {}
    copy = FactBase()
    states = ("state", "reasons", "certainty") if first == 0 else ()
    for kind, entities in facts.entities.items():
        group: list[Entity] = []
        for one in entities:
            if kind in kinds:
                values = {
                    key: value
                    for key, value in one.values.items()
                    if key not in recomputed and key not in states
                }
                parents = tuple(twins.get(id(parent), parent) for parent in one.parents)
                twins[id(one)] = Entity(kind, one.id, one.label, parents, values)
            group.append(twins.get(id(one), one))
        copy.entities[kind] = group
    return copy


def _make(facts: FactBase, changes: Iterable[Change]) -> Iterator[tuple[int, str]]:
    """Makes the changes, and gives what they fix. What is known of a question is known of the school
    too, under the question's name."""
    for change in changes:
        entity = next((one for one in facts.of(change.kind) if one.id == change.entity), None)
        if entity is None:
            raise KeyError(f"{change.kind} {change.entity}")
        value = _value(entity.values.get(change.key), change)
        places = [(entity, change.key)]
        if change.kind == "question":
            places.append((facts.school, str(Key(change.key, change.entity))))
        for one, key in places:
            if value is None:
                one.values.pop(key, None)
            else:
                one.values[key] = value
            yield id(one), key


def _value(now: Value | None, change: Change) -> Value | None:
    if not change.member:
        return None if change.value is None else Value(change.value)
    members = now.value if now and isinstance(now.value, frozenset) else frozenset()
    one = frozenset({change.member})
    return Value(members | one if change.value else members - one)

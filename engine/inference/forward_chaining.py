"""The strata, one after the other: rules fire, needs and states are found, aggregates computed
between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..library import (
    STRATA,
    AggregateSpec,
    Cell,
    Entity,
    FactBase,
    Indicator,
    Library,
    Rule,
    Truth,
    Value,
    Verdict,
    Vocabulary,
    evaluate,
)
from .durable_rules import fired
from .screening import put_states
from .truth_columns import TruthColumns, by_kind, true_pairs

Matcher = Callable[[Sequence[Rule], Iterable[Entity], Vocabulary], list[tuple[Rule, Entity]]]


@dataclass(frozen=True)
class Finding:
    """A rule on an entity: fired (True), silent (False) or not to be decided (None)."""

    rule: Rule
    entity: Entity
    result: Truth
    vocabulary: Vocabulary = field(repr=False, compare=False)

    @cached_property
    def verdict(self) -> Verdict:
        """The condition on the entity down to the cell: worked out when it is first read, and kept."""
        return evaluate(self.rule.when, self.entity.lookup, self.vocabulary)


@dataclass
class Inference:
    """A school's facts with what the rules found of them."""

    facts: FactBase
    vocabulary: Vocabulary
    fired: list[Finding] = field(default_factory=list)
    unknown: list[Finding] = field(default_factory=list)
    held: frozenset[tuple[int, str]] | None = None
    """Values that are supposed, by entity (its identity) and indicator: they are not computed again.
    None: nothing is supposed here, all was read."""
    _made: dict[tuple[int, int], Finding] = field(default_factory=dict, repr=False)
    """By the identity of rule and entity; a finding keeps both alive."""

    def add(self, finding: Finding) -> None:
        """Take up a finding that fired or could not be decided."""
        (self.fired if finding.result else self.unknown).append(finding)
        self._made[id(finding.rule), id(finding.entity)] = finding

    def on(self, rule: Rule, entity: Entity) -> Finding:
        """Give the finding of a rule on an entity, a silent one too: the same one each time."""
        spot = id(rule), id(entity)
        if spot not in self._made:
            self._made[spot] = Finding(rule, entity, False, self.vocabulary)
        return self._made[spot]

    def of(self, stratum: str) -> Iterator[Finding]:
        """The findings of one stratum that fired."""
        return (finding for finding in self.fired if finding.rule.stratum == stratum)


def infer(
    facts: FactBase, library: Library, vocabulary: Vocabulary, match: Matcher | None = fired
) -> Inference:
    """Runs every rule over the facts, which take up what is found.

    `match` decides which rules fire: durable-rules by default, None their conditions alone. Within a
    stratum, rules that read a need run after those that find it.
    """
    inference = Inference(facts, vocabulary)
    run(inference, library, match)
    return inference


def run(
    inference: Inference,
    library: Library,
    match: Matcher | None,
    first: int = 0,
    computed: Iterable[str] = (),
    until: int = len(STRATA),
) -> None:
    """Runs the strata from the one at position `first` on, and before the one at `until`; `computed` are the
    aggregates whose values still hold."""
    facts, vocabulary, done = inference.facts, inference.vocabulary, {*computed}
    for position, stratum in enumerate(STRATA[first:until], start=first):
        _aggregates(inference, library, position - 1, done)
        for layer in library.dependencies.layers[stratum]:
            _run(layer, inference, match)
        if stratum == "screen":
            said = [(finding.rule, finding.entity) for finding in inference.fired]
            undecided = [finding.entity for finding in inference.unknown]
            put_states(facts, library, vocabulary, said, undecided)


def _run(rules: Sequence[Rule], inference: Inference, match: Matcher | None) -> None:
    facts, vocabulary = inference.facts, inference.vocabulary
    kinds = dict.fromkeys(rule.about for rule in rules)
    wanted = [entity for kind in kinds for entity in facts.of(kind)]
    told = [(group, TruthColumns(of_kind, vocabulary)) for group, of_kind in by_kind(rules, wanted)]
    pairs = match(rules, wanted, vocabulary) if match else [*true_pairs(told)]
    for rule, entity in pairs:
        inference.add(Finding(rule, entity, True, vocabulary))
    for group, columns in told:
        for rule in group:
            for entity in columns.unknown(rule.when):
                inference.add(Finding(rule, entity, None, vocabulary))
                if rule.diagnose:
                    entity.needs.setdefault(rule.diagnose.need, None)
    for rule, entity in pairs:
        if rule.diagnose:
            entity.needs[rule.diagnose.need] = True


def _aggregates(inference: Inference, library: Library, level: int, computed: set[str]) -> None:
    """Computes the aggregates whose parts are all known once the stratum at `level` has run."""
    pending = [
        indicator
        for indicator in library.indicators.values()
        if indicator.aggregate
        and indicator.id not in computed
        and library.dependencies.level(indicator) <= level
    ]
    for indicator in pending:
        computed.add(indicator.id)
        _compute(inference, indicator, library.screening.cited_from)


def _compute(inference: Inference, indicator: Indicator, cited_from: int) -> None:
    spec, facts, vocabulary = indicator.aggregate, inference.facts, inference.vocabulary
    assert spec is not None
    members: dict[int, list[tuple[Entity, Truth]]] = {}
    before: dict[int, Truth] = {}
    everyone = facts.of(spec.of)
    columns = TruthColumns(everyone, vocabulary)
    counts: list[Truth] = columns.truths(spec.where) if spec.where else [True] * len(everyone)
    counted = columns.truths(spec.before) if spec.before else None
    for place, part in enumerate(everyone):
        holds = counts[place]
        if counted:
            before[id(part)] = counted[place]
            holds = None if counted[place] is None else holds
        for elder in part.lineage:
            if elder.kind == indicator.about or (spec.kind == "gap" and elder.kind == "subject"):
                members.setdefault(id(elder), []).append((part, holds))
    for entity in facts.of(indicator.about):
        if (id(entity), indicator.id) in (inference.held or ()):
            continue
        value = _aggregate(spec, entity, members, before, cited_from)
        if value is not None:
            entity.values[indicator.id] = value


def _aggregate(
    spec: AggregateSpec,
    entity: Entity,
    members: dict[int, list[tuple[Entity, Truth]]],
    before: Mapping[int, Truth],
    cited_from: int,
) -> Value | None:
    parts = members.get(id(entity), [])
    known = [(part, holds) for part, holds in parts if holds is not None]
    if len(known) < spec.least:
        return Value(0) if spec.kind == "count" and not parts else None
    true = [part for part, holds in known if holds]
    cells = _cells(true) if _may_be_cited(true, cited_from) else ()
    if spec.kind == "count":
        return Value(len(true), cells) if len(known) == len(parts) else None
    if spec.kind == "share":
        return Value(100 * len(true) / len(known), cells)
    if spec.kind == "change":
        gained = len(true) - sum(bool(before[id(part)]) for part, _ in known)
        return Value(100 * gained / len(known), cells)
    if spec.kind == "gap":
        subject = next(elder for elder in entity.lineage if elder.kind == "subject")
        inside = {id(part) for part, _ in parts}
        rest = [
            holds
            for part, holds in members.get(id(subject), [])
            if holds is not None and id(part) not in inside
        ]
        if len(rest) < spec.least:
            return None
        return Value(100 * sum(map(bool, rest)) / len(rest) - 100 * len(true) / len(known), cells)
    numbers = [
        value.value
        for part in true
        if spec.indicator and (value := part.lookup(spec.indicator)) is not None
        if isinstance(value.value, int | float)
    ]
    if len(numbers) < spec.least:
        return None
    return Value(min(numbers) if spec.kind == "minimum" else max(numbers), cells)


def _may_be_cited(parts: Sequence[Entity], least: int) -> bool:
    """Tell whether so many pupils stand behind a figure that the rows it rests on tell of none
    of them; a figure about classes or teachers cites no pupil's row."""
    pupils = {elder.id for part in parts for elder in part.lineage if elder.kind == "pupil"}
    return not pupils or len(pupils) >= least


def _cells(parts: Sequence[Entity]) -> tuple[Cell, ...]:
    """The cells an aggregate rests on: those of the state or judgement of each part."""
    found: list[Cell] = []
    for part in parts:
        for key in ("state", "current", "teaching_profile"):
            if key in part.values:
                found.extend(part.values[key].cells[:1])
                break
    return tuple(found)

"""What could change if facts that are missing were known, read off the rules without running them.

Every condition is evaluated to the set of verdicts it can come to while the facts in question take
whatever values they may, everything else standing as it is. What comes to one verdict only, the one it
has today, can't change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..inference import Inference
from ..library import (
    STRATA,
    Condition,
    Entity,
    Indicator,
    Key,
    Leaf,
    Library,
    NeedLeaf,
    Rule,
    Truth,
    Value,
    fold,
    truth_of,
)
from .possible_values import ANY, Could, Truths, compared, count, gap, share, together, turned

Fact = tuple[Entity, str]
Spot = tuple[int, str]
"""An entity, by its identity, and a key."""


@dataclass(frozen=True, slots=True)
class PossibleOutcome:
    """A rule on an entity, with what it says today and all it could say."""

    rule: Rule
    entity: Entity
    now: Truth
    could: Truths

    @property
    def may_fire(self) -> bool:
        return self.now is not True and True in self.could

    @property
    def may_stop(self) -> bool:
        return self.now is True and self.could != {True}


class Reach:
    """The rules of one school, asked what could change."""

    def __init__(self, inference: Inference, library: Library) -> None:
        self.inference, self.library = inference, library
        self.facts, self.vocabulary = inference.facts, inference.vocabulary
        self.now: dict[tuple[str, int], Truth] = {}
        for finding in (*inference.fired, *inference.unknown):
            self.now[finding.rule.id, id(finding.entity)] = finding.result
        self.reads = library.dependencies.read_by
        self._parts: dict[str, Parts] = {}

    def turns(self, facts: Iterable[Fact], all_known: bool) -> list[PossibleOutcome]:
        """Every rule on every entity that could come out otherwise if these facts were known;
        `all_known`: if all of them were, else if any were."""
        return list(_Run(self, facts, all_known).turns())

    def parts(self, indicator: Indicator) -> Parts:
        """Give what an aggregate is computed over."""
        if indicator.id not in self._parts:
            self._parts[indicator.id] = Parts(indicator, self.inference)
        return self._parts[indicator.id]

    @cached_property
    def lineages(self) -> dict[int, frozenset[int]]:
        """Each entity and all it belongs to, by identity."""
        return {id(one): frozenset(map(id, one.lineage)) for one in self.facts}

    @cached_property
    def aggregates(self) -> list[tuple[int, Indicator, frozenset[str]]]:
        """Each aggregate with the position of the stratum it follows and the keys it reads."""
        index, indicators = self.library.dependencies, self.library.indicators
        found = [
            (index.level(indicators[name]), indicators[name], read)
            for name, read in index.computed_from.items()
        ]
        return sorted(found, key=lambda one: one[0])

    @cached_property
    def rules(self) -> dict[str | None, list[Rule]]:
        """The rules by stratum."""
        found: dict[str | None, list[Rule]] = {}
        for rule in self.library.rules.values():
            found.setdefault(rule.stratum, []).append(rule)
        return found


class Parts:
    """The entities an aggregate is computed over, with whether each counts today."""

    def __init__(self, indicator: Indicator, inference: Inference) -> None:
        spec = indicator.aggregate
        assert spec is not None
        self.indicator, self.spec = indicator, spec
        test = truth_of(spec.where, inference.vocabulary) if spec.where else None
        before = truth_of(spec.before, inference.vocabulary) if spec.before else None
        self.of: dict[int, list[Entity]] = {}
        self.now: dict[int, Truth] = {}
        self.all = inference.facts.of(spec.of)
        for part in self.all:
            holds = test(part.lookup) if test else True
            if before and before(part.lookup) is None:
                holds = None
            self.now[id(part)] = holds
            for elder in part.lineage:
                if elder.kind == indicator.about or (
                    spec.kind == "gap" and elder.kind == "subject"
                ):
                    self.of.setdefault(id(elder), []).append(part)


class _Run:
    """One question: the strata, one after the other, with what could be in place of what is."""

    def __init__(self, reach: Reach, facts: Iterable[Fact], all_known: bool) -> None:
        self.reach = reach
        self.open: dict[Spot, Could] = {}
        self.needs: dict[Spot, Truths] = {}
        self.dirty: set[str] = set()
        self.could: dict[tuple[str, int], PossibleOutcome] = {}
        for entity, key in facts:
            self._opens(entity, key, Could(unknown=not all_known))

    def turns(self) -> Iterator[PossibleOutcome]:
        """The rules that could come out otherwise, stratum by stratum."""
        for position, stratum in enumerate(STRATA):
            for level, indicator, reads in self.reach.aggregates:
                if level < position and indicator.id not in self.dirty and reads & self.dirty:
                    self._aggregate(indicator, reads)
            before: dict[Spot, Truths] | None = None
            while before != self.needs:  # a need that is found may be read in the same stratum
                before = dict(self.needs)
                for rule in self.reach.rules.get(stratum, ()):
                    if self.reach.reads[rule.id] & self.dirty:
                        self._rule(rule)
                if stratum == "diagnose":
                    self._find_needs()
            if stratum == "screen":
                self._states()
        yield from self.could.values()

    def _opens(self, entity: Entity, key: str, could: Could) -> None:
        self.open[id(entity), key] = could
        self.dirty.add(key)
        if entity.kind == "question":  # known of the school too, under the question's name
            of_school = str(Key(key, entity.id))
            self.open[id(self.reach.facts.school), of_school] = could
            self.dirty.add(of_school)

    def _reached(self, entities: Iterable[Entity], read: Collection[str]) -> Iterator[Entity]:
        """Give the entities for which one of the keys is open."""
        asked = [key for key in read if key in self.dirty]
        spots = self.open.keys() | self.needs.keys()
        holders = {spot[0] for spot in spots if spot[1] in asked}
        for entity in entities:
            if not holders.isdisjoint(self.reach.lineages[id(entity)]):
                yield entity

    # --- rules

    def _rule(self, rule: Rule) -> None:
        for entity in self._reached(self.reach.facts.of(rule.about), self.reach.reads[rule.id]):
            now = self.reach.now.get((rule.id, id(entity)), False)
            could = self._truths(rule.when, entity)
            if could != {now}:
                self.could[rule.id, id(entity)] = PossibleOutcome(rule, entity, now, could)

    def _says(self, rule: Rule, entity: Entity) -> Truths:
        turn = self.could.get((rule.id, id(entity)))
        return turn.could if turn else frozenset({self.reach.now.get((rule.id, id(entity)), False)})

    def _find_needs(self) -> None:
        for turn in list(self.could.values()):
            found = turn.rule.diagnose
            if found:
                finders = self.reach.library.finders[found.need]
                could = together([self._says(rule, turn.entity) for rule in finders], True)
                key = str(Key(need=found.need))
                self.needs[id(turn.entity), key] = could
                self.dirty.add(key)

    def _states(self) -> None:
        """Open what screening could say where a screening rule could come out otherwise."""
        screening = self.reach.library.screening
        order = [state.id for state in screening.states]
        rules = self.reach.rules.get("screen", [])
        turned = {id(turn.entity): turn.entity for turn in self.could.values()}
        for entity in turned.values():
            says = [(rule.screen, self._says(rule, entity)) for rule in rules if rule.screen]
            surely = [one for one, could in says if could == {True}]
            perhaps = [one for one, could in says if True in could]
            least = min((order.index(one.state) for one in surely), default=len(order))
            states = {one.state for one in perhaps if order.index(one.state) <= least}
            if not surely:
                open_ = any(None in could for _, could in says)
                sure = any(could == {None} for _, could in says)
                states |= ({screening.when_unknown} if open_ else set()) | (
                    set() if sure else {screening.default}
                )
            self._opens(entity, "state", Could(False, frozenset(states)))
            self._opens(
                entity,
                "reasons",
                Could(
                    False,
                    surely=frozenset(one.reason for one in surely),
                    perhaps=frozenset(one.reason for one in perhaps),
                ),
            )
            self._opens(entity, "certainty", Could(True))

    # --- aggregates

    def _aggregate(self, indicator: Indicator, reads: frozenset[str]) -> None:
        parts = self.reach.parts(indicator)
        spec = parts.spec
        could: dict[int, Truths] = {}
        for part in self._reached(parts.all, reads):
            found = self._truths(spec.where, part) if spec.where else frozenset({True})
            if spec.before:
                found |= {None}
            if found != {parts.now[id(part)]} or spec.before or spec.indicator:
                could[id(part)] = found
        if not could:
            return

        def holds(owner: Entity) -> list[Truths]:
            return [
                could.get(id(part), frozenset({parts.now[id(part)]}))
                for part in parts.of.get(id(owner), ())
            ]

        for entity in self.reach.facts.of(indicator.about):
            own = parts.of.get(id(entity), ())
            if spec.kind == "gap":
                subject = next(elder for elder in entity.lineage if elder.kind == "subject")
                inside = {id(part) for part in own}
                others = [p for p in parts.of.get(id(subject), ()) if id(p) not in inside]
                if any(id(part) in could for part in (*own, *others)):
                    rest = [could.get(id(p), frozenset({parts.now[id(p)]})) for p in others]
                    self._opens(entity, indicator.id, gap(holds(entity), rest, spec.least))
            elif any(id(part) in could for part in own):
                then = Could(True)
                if spec.kind == "count":
                    then = count(holds(entity), spec.least)
                elif spec.kind == "share":
                    then = share(holds(entity), spec.least)
                self._opens(entity, indicator.id, then)

    # --- conditions

    def _truths(self, condition: Condition, entity: Entity) -> Truths:
        """All that a condition can come to."""
        return fold(
            condition,
            leaf=lambda leaf: self._compared(leaf, entity),
            need=lambda need: self._need(need, entity),
            not_=lambda part: frozenset(turned(one) for one in part),
            all_=lambda parts: together(parts, False),
            any_=lambda parts: together(parts, True),
        )

    def _need(self, asked: NeedLeaf, entity: Entity) -> Truths:
        of_each = [
            self.needs.get((id(elder), asked.key), frozenset({elder.needs.get(asked.need, False)}))
            for elder in entity.lineage
        ]
        return together(of_each, True)

    def _read(self, key: str, entity: Entity) -> Could | Value | None:
        for elder in entity.lineage:
            found = self.open.get((id(elder), key)) or elder.values.get(key)
            if found is not None:
                return found
        return None

    def _compared(self, leaf: Leaf, entity: Entity) -> Truths:
        read = self._read(leaf.key, entity)
        operand = self.reach.vocabulary.number(leaf)
        if not isinstance(read, Could):
            return frozenset({leaf.operator.truth(read.value if read else None, operand)})
        if leaf.operator.takes == "presence":
            return ANY if read.unknown else frozenset({operand is True})
        return compared(leaf.operator, read, operand) | ({None} if read.unknown else set())

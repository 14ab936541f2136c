"""Why rules come out otherwise with other values: the comparisons that turned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from ..advise import Advice
from ..inference import Argument, Shaping
from ..library import Entity, Key, Rule, Verdict, evaluate, title_of
from .phrases import rule_differences as phrases
from .scenario import DifferenceReason, Kind, Turned

EntityName = tuple[str, str]
"""An entity by its kind and id."""
Fired = tuple[str, EntityName]
"""A rule on an entity."""
Shaped = tuple[str, Argument]
"""What a shaping rule does, in words, and its word on it."""


class ComparedAdvice:
    """One advice, asked by the names of rules and entities."""

    def __init__(self, advice: Advice) -> None:
        self.advice, self.inference = advice, advice.findings
        self.vocabulary = advice.findings.vocabulary

    @cached_property
    def entities(self) -> dict[EntityName, Entity]:
        return {(one.kind, one.id): one for one in self.inference.facts}

    @cached_property
    def asks(self) -> dict[str, set[Fired]]:
        """Collect what asks for each intervention."""
        return self._said("for")

    @cached_property
    def against(self) -> dict[str, set[Fired]]:
        """Collect what speaks against each intervention."""
        return self._said("against")

    def _said(self, kind: str) -> dict[str, set[Fired]]:
        found: dict[str, set[Fired]] = {}
        for finding in self.inference.of("recommend"):
            entity = finding.entity.kind, finding.entity.id
            for said in self.advice.library.statements.of(finding.rule):
                if said.kind == kind:
                    found.setdefault(said.intervention, set()).add((finding.rule.id, entity))
        return found

    @property
    def shaping(self) -> Shaping:
        return self.advice.recommendations.shaping

    def shapes(self, name: str) -> dict[str, Shaped]:
        """Collect what the shaping rules do to an intervention, by the sort of thing it is."""
        shaping, library = self.shaping, self.advice.library
        found: dict[str, Shaped] = {}
        for table in phrases.TIMES:
            if name in (asked := getattr(shaping, table)):
                part, told = asked[name]
                found[table] = phrases.timed(table, library.start_parts[part]), told
        if name in shaping.replace:
            other, told = shaping.replace[name]
            found["replaced"] = phrases.replaced_by(library.intervention(other).title), told
        for old, (other, told) in sorted(shaping.replace.items()):
            if other == name:
                words = phrases.replaces(library.intervention(old).title)
                found[f"replaces {old}"] = words, told
        if name in shaping.leave_out:
            found["left out"] = phrases.LEFT_OUT, shaping.leave_out[name]
        if name in shaping.forward:
            found["forward"] = phrases.FORWARD, shaping.forward[name]
        return found

    def whole(self) -> dict[str, Shaped]:
        """Collect what the shaping rules do to the plan as a whole, by the sort of thing it is."""
        found: dict[str, Shaped] = {}
        for name in phrases.LIMITS:
            if (asked := getattr(self.shaping, name)) is not None:
                found[name] = phrases.limited(name, asked[0]), asked[1]
        return found


class Turns:
    """Today beside another world."""

    def __init__(self, was: ComparedAdvice, now: ComparedAdvice) -> None:
        self.was, self.now = was, now

    def arguments(self, name: str) -> Iterator[DifferenceReason]:
        """The rules that begin or cease to speak for an intervention, or against it."""
        kinds: tuple[tuple[Kind, str, str], ...] = (
            ("rule", phrases.ASKS, phrases.ASKS_NO_LONGER),
            ("against", phrases.AGAINST, phrases.AGAINST_NO_LONGER),
        )
        for kind, begins, ceases in kinds:
            which = "asks" if kind == "rule" else "against"
            before = getattr(self.was, which).get(name, set())
            after = getattr(self.now, which).get(name, set())
            yield from self._told(kind, after - before, begins)
            yield from self._told(kind, before - after, ceases)

    def shapes(self, name: str) -> Iterator[DifferenceReason]:
        """Tell what the shaping rules begin or cease to do to an intervention."""
        yield from self._shaped(self.was.shapes(name), self.now.shapes(name))

    def whole(self) -> Iterator[DifferenceReason]:
        """Tell what they begin or cease to do to the plan as a whole."""
        yield from self._shaped(self.was.whole(), self.now.whole())

    def _shaped(
        self, before: dict[str, Shaped], after: dict[str, Shaped]
    ) -> Iterator[DifferenceReason]:
        for sort in sorted({*before, *after}):
            old, new = before.get(sort), after.get(sort)
            if old and new and old[0] == new[0]:
                continue
            for now, one in ((True, new), (False, old)):
                if one is None:
                    continue
                words, told = one
                turned = tuple(self.of(told.rule, (told.entity.kind, told.entity.id)))
                if turned:  # else it gives way to one that is tighter, or comes after it
                    yield _reason("shape", told.rule, phrases.says(words, now), turned)

    def _told(self, kind: Kind, fired: Iterable[Fired], what: str) -> Iterator[DifferenceReason]:
        """One reason for each rule, and for whatever turned it."""
        same: dict[tuple[str, tuple[Turned, ...]], list[EntityName]] = {}
        for rule, key in sorted(fired):
            turned = tuple(self.of(self.now.advice.library.rules[rule], key))
            same.setdefault((rule, turned), []).append(key)
        for (rule, turned), keys in same.items():
            said = phrases.for_whom(what, self._labels(keys))
            yield _reason(kind, self.now.advice.library.rules[rule], said, turned)

    def _labels(self, keys: Iterable[EntityName]) -> dict[str, int]:
        """Count those a rule speaks of by label, where they are not the whole school or a question;
        pupils stay nameless."""
        labels: dict[str, int] = {}
        for kind, name in keys:
            if kind not in ("school", "question"):
                entities = self.now.entities if (kind, name) in self.now.entities else {}
                entity = entities.get((kind, name)) or self.was.entities[kind, name]
                labels[entity.label] = labels.get(entity.label, 0) + 1
        return labels

    def of(self, rule: Rule, key: EntityName) -> Iterator[Turned]:
        """The comparisons that make a rule come out otherwise on an entity."""
        before, after = self.was.entities.get(key), self.now.entities.get(key)
        if before is None or after is None:
            label = (after or before or self.now.inference.facts.school).label
            was, now = ("yes" if before else "no"), ("yes" if after else "no")
            words = phrases.there(label, after is not None)
            yield Turned(title=label, was=was, now=now, words=words)
            return
        first = evaluate(rule.when, before.lookup, self.was.vocabulary)
        second = evaluate(rule.when, after.lookup, self.now.vocabulary)
        decisive = {id(leaf) for one in (first, second) for leaf in one.deciding()}
        seen: set[Turned] = set()
        for old, new in zip(first.leaves(), second.leaves(), strict=True):
            if old.result is new.result or not {id(old), id(new)} & decisive:
                continue
            for turned in self._leaf(old, new, before, after):
                if turned not in seen:
                    seen.add(turned)
                    yield turned

    def _leaf(self, old: Verdict, new: Verdict, before: Entity, after: Entity) -> Iterator[Turned]:
        if old.kind == "need":
            found = list(self._need(old.key, after))
            yield from found or [self._turned(old, new, before, after)]
        else:
            yield self._turned(old, new, before, after)

    def _need(self, key: str, entity: Entity) -> Iterator[Turned]:
        """Find what turned in the rules that find a need, for an entity or for what it belongs
        to."""
        for rule in self.now.advice.library.rules.values():
            if rule.diagnose is None or rule.diagnose.need != Key.read(key).need:
                continue
            for elder in entity.lineage:
                if elder.kind == rule.about:
                    yield from self.of(rule, (elder.kind, elder.id))

    def _turned(self, old: Verdict, new: Verdict, before: Entity, after: Entity) -> Turned:
        """One comparison, with what it read."""
        title = title_of(old.key, self.now.vocabulary)
        owner = next((e for e in after.lineage if old.key in e.values), None)
        owner = owner or next((e for e in before.lineage if old.key in e.values), after)
        if owner.kind != "school":
            title = phrases.of(title, owner.label)
        if old.takes("member"):
            titles = self.now.vocabulary.titles
            member = titles.get(str(old.operand), str(old.operand))
            now, was = ("yes" if one.result else "no" for one in (new, old))
            words = phrases.includes(title, member, bool(new.result))
            return Turned(title=f"{title}: {member}", was=was, now=now, words=words)
        was_said, now_said = self._said(self.was, old), self._said(self.now, new)
        words = phrases.reads(title, now_said, was_said)
        if was_said == now_said:
            against = (
                world.vocabulary.say(one.key, one.operand)
                for world, one in ((self.now, new), (self.was, old))
                if one.operand is not None
            )
            words = phrases.held_against(title, against)
        return Turned(title=title, was=was_said, now=now_said, words=words)

    def read(self, old: Verdict, new: Verdict, entity: Entity) -> tuple[str, str]:
        """A comparison with what it reads today and now, and what it is held against, in words."""
        words = self._turned(old, new, entity, entity).words
        if new.takes("member") or new.takes("presence") or new.operand is None:
            return words, ""
        return words, self.now.vocabulary.say(new.key, new.operand)

    def unturned(self) -> Iterator[str]:
        """The rules that read something otherwise and come out the same, with what they hold it
        against."""
        was, now = self.was, self.now
        found: dict[str, tuple[set[str], set[str]]] = {}
        for rule in self.now.advice.library.rules.values():
            for key, entity in now.entities.items():
                if key[0] != rule.about or key not in was.entities:
                    continue
                trees = (
                    evaluate(rule.when, one.lookup, world.vocabulary)
                    for one, world in ((was.entities[key], was), (entity, now))
                )
                for old, new in zip(*(tree.leaves() for tree in trees), strict=True):
                    if new.kind == "need" or _same(old, new):
                        continue
                    words, against = self.read(old, new, entity)
                    rules, lines = found.setdefault(words, (set(), set()))
                    rules.add(rule.id)
                    lines |= {against} if against else set()
        for words, (rules, lines) in sorted(found.items()):
            yield phrases.unturned(words, sorted(lines), sorted(rules))

    @staticmethod
    def _said(world: ComparedAdvice, leaf: Verdict) -> str | None:
        if leaf.read is None:
            return None
        if leaf.kind == "need":
            return "yes" if leaf.read.value else "no"
        return world.vocabulary.tell(leaf.key, leaf.read)


def _same(old: Verdict, new: Verdict) -> bool:
    """Tell whether two comparisons read the same, of a set as far as they ask."""
    if new.takes("member"):
        return old.result is new.result
    return (old.read and old.read.value) == (new.read and new.read.value)


def _reason(kind: Kind, rule: Rule, what: str, turned: tuple[Turned, ...]) -> DifferenceReason:
    return DifferenceReason(
        kind=kind,
        rule=rule.id,
        words=phrases.rule_says(rule, what, (one.words for one in turned)),
        says=phrases.rule_says(rule, what, ()),
        turned=turned,
    )

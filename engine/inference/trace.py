"""What became of every rule on everything it is about, worked out when it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from ..core import UnknownNameError
from ..library import (
    UNITS,
    Condition,
    Entity,
    Key,
    Library,
    Rule,
    Verdict,
    apart,
    compared,
    evaluate,
    indicator_of,
    own_line_words,
    title_of,
)
from . import phrases
from . import verdict as view
from .evidence import value_read
from .forward_chaining import Inference
from .recommendations import words as because

_RESULTS: dict[bool | None, view.Truth] = {True: "true", False: "false", None: "unknown"}
_OUTCOMES: dict[bool | None, view.Outcome] = {True: "fired", False: "silent", None: "unknown"}


class Verdicts:
    """The verdicts of one school's rules, as records."""

    def __init__(self, inference: Inference, library: Library) -> None:
        self.inference, self.library = inference, library
        self.vocabulary = inference.vocabulary

    def of(self, rule: str, entity: str) -> view.RuleVerdict:
        """The verdict of a rule on an entity, called by its id or label, or as “kind id” where one id
        is several things.

        Raises UnknownNameError for what isn't there.
        """
        asked = self.library.rule(rule)
        found = self.named(entity)
        suited = [one for one in found if one.kind == asked.about] or found
        return self.on(asked, suited[0])

    def named(self, entity: str) -> list[Entity]:
        """The entities an id, a label, or “kind id” can mean."""
        every = list(self.inference.facts)
        found = [one for one in every if entity in (one.id, one.label, str(one))]
        if not found:
            names = [one.id for one in every if one.kind not in ("pupil", "pupil-subject")]
            raise UnknownNameError("entity", entity, names)
        return found

    def every(
        self, rule: str | None = None, entity: str | None = None
    ) -> Iterator[view.RuleVerdict]:
        """The verdicts of one rule or all, on one entity or on all they are about. A rule about
        something the school has none of is not applicable, once."""
        rules = self.library.rules.values() if rule is None else [self.library.rule(rule)]
        wanted = None if entity is None else self.named(entity)
        for one in rules:
            there = self.inference.facts.of(one.about)
            suited = there if wanted is None else [each for each in there if each in wanted]
            for each in suited:
                yield self.on(one, each)
            if not there and wanted is None:
                words = phrases.has_none(one.about)
                yield self._record(one, None, "not applicable", words, None, ())

    def on(self, rule: Rule, entity: Entity) -> view.RuleVerdict:
        """The verdict of a rule on one entity."""
        if rule.about != entity.kind:
            words = phrases.about_another(rule.about, entity.kind)
            return self._record(rule, entity, "not applicable", words, None, ())
        found = self.inference.on(rule, entity).verdict
        deciding = tuple(self.compared(leaf, entity, wanted) for leaf, wanted in _deciding(found))
        tree = self._tree(found, entity, True)
        if found.result is True:
            words = because(rule, entity, self.vocabulary)
        else:
            words = "; ".join(dict.fromkeys(one.words for one in deciding))
        missing = tuple(title_of(key, self.vocabulary) for key in found.missing())
        outcome = _OUTCOMES[found.result]
        return self._record(rule, entity, outcome, words, tree, deciding, missing)

    def _record(
        self,
        rule: Rule,
        entity: Entity | None,
        outcome: view.Outcome,
        words: str,
        tree: view.Tree | None,
        deciding: tuple[view.Compared, ...],
        missing: tuple[str, ...] = (),
    ) -> view.RuleVerdict:
        return view.RuleVerdict(
            rule=rule.id,
            title=rule.title,
            stratum=str(rule.stratum),
            entity=_ref(entity) if entity else None,
            outcome=outcome,
            words=words,
            tree=tree,
            deciding=deciding,
            missing=missing,
            place=str(self.library.place("rule", rule.id, "id")),
        )

    def tree(self, condition: Condition, entity: Entity) -> view.Tree:
        """A condition on an entity with what became of it."""
        return self._tree(evaluate(condition, entity.lookup, self.vocabulary), entity, True)

    def _tree(self, found: Verdict, entity: Entity, wanted: bool) -> view.Tree:
        result = _RESULTS[found.result]
        if not found.parts:
            by = self._found_by(found, entity) if found.kind == "need" else ()
            compared = self.compared(found, entity, wanted)
            return view.Tree(
                kind="comparison", result=result, compared=compared, found_by=tuple(by)
            )
        wanted = wanted is not (found.kind == "not")
        parts = tuple(self._tree(part, entity, wanted) for part in found.parts)
        kind = cast(Literal["all", "any", "not"], found.kind)
        return view.Tree(kind=kind, result=result, parts=parts)

    def _found_by(self, found: Verdict, entity: Entity) -> Iterator[view.RuleVerdict]:
        for rule in self.library.finders.get(Key.read(found.key).need, ()):
            for elder in entity.lineage:
                if elder.kind == rule.about:
                    one = self.on(rule, elder)
                    if one.outcome == "fired" or not found.result:
                        yield one

    def compared(self, leaf: Verdict, entity: Entity, wanted: bool) -> view.Compared:
        """One comparison on an entity; `wanted`: how the rule wants it to come out."""
        shown, indicator = value_read(leaf, self.vocabulary), indicator_of(leaf, self.vocabulary)
        owner = next((one for one in entity.lineage if leaf.key in one.values), None)
        margin = apart(leaf)
        return view.Compared(
            key=leaf.key,
            title=shown.title,
            result=_RESULTS[leaf.result],
            words=compared(leaf, wanted, self.vocabulary) + self._of_parts(leaf, entity),
            value=shown.value,
            comparison=leaf.kind,
            against=shown.against,
            standard=self._standard(leaf.standard),
            margin=margin,
            unit="" if margin is None or indicator is None else UNITS.get(indicator.type, ""),
            read_of=_ref(owner) if owner else None,
            cells=shown.cells,
            cells_in_all=shown.cells_in_all,
        )

    def _of_parts(self, leaf: Verdict, entity: Entity) -> str:
        """Of a number that is not known since it is not known of each whether it counts: how many are
        known to, and what isn't known of whom; pupils are not listed."""
        indicator = indicator_of(leaf, self.vocabulary)
        spec = indicator.aggregate if indicator else None
        if leaf.read or not indicator or not spec or spec.kind != "count" or not spec.where:
            return ""
        known, missing = 0, dict[str, list[str]]()
        for part in self.inference.facts.of(spec.of):
            if any(one in entity.lineage for one in part.lineage if one.kind == indicator.about):
                found = evaluate(spec.where, part.lookup, self.vocabulary)
                known += found.result is True
                for title in self._missing(found, part) if found.result is None else ():
                    missing.setdefault(title, []).append(part.label)
        if not missing:
            return ""
        named = spec.of not in ("pupil", "pupil-subject")
        return phrases.known_to_count(known, missing.items(), named)

    def _missing(self, found: Verdict, entity: Entity) -> list[str]:
        """Titles of what is not known in a condition, through needs down to the data."""
        titles: dict[str, None] = {}
        for key in found.missing():
            need = Key.read(key).need
            if not need:
                titles[title_of(key, self.vocabulary)] = None
            for rule in self.library.finders.get(need, ()):
                for elder in (one for one in entity.lineage if one.kind == rule.about):
                    under = self.inference.on(rule, elder).verdict
                    if under.result is None:
                        titles |= dict.fromkeys(self._missing(under, elder))
        return [*titles]

    def _standard(self, name: str) -> view.Standard | None:
        if not name:
            return None
        threshold = self.library.thresholds[name]
        source = self.library.sources[threshold.source]
        own = self.library.own_line("threshold", name)
        return view.Standard(
            id=name,
            title=threshold.title,
            value=threshold.value,
            unit=threshold.unit,
            valid_from=threshold.valid_from,
            standing="own" if own else threshold.standing,
            source=own_line_words(own) if own else source.title,
            address=source.address,
        )


def _deciding(found: Verdict, wanted: bool = True) -> Iterator[tuple[Verdict, bool]]:
    """The comparisons that made a tree come out as it did, with what the rule wants of each."""
    if not found.parts:
        yield found, wanted
        return
    turned = found.kind == "not"
    result = (None if found.result is None else not found.result) if turned else found.result
    for part in found.parts:
        if part.result == result:
            yield from _deciding(part, wanted is not turned)


def _ref(entity: Entity) -> view.EntityRef:
    return view.EntityRef(kind=entity.kind, id=entity.id, label=entity.label)

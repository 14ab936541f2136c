"""Why no rule asks for something: the rules that come nearest, and the comparisons in their way."""

from __future__ import annotations

from collections.abc import Iterable

from ..advise import Advice
from ..inference import EntityRef, NearestTurns, Turn, Turns, Verdicts, fixed_last
from ..library import Entity, Rule, Strength
from . import argument as answer
from .argument_chain import Among

_WAYS = 3
"""So many ways to the same rule are told."""


class NearestRules:
    """Finds for one school the rules that come nearest to asking for something."""

    def __init__(self, advice: Advice) -> None:
        self.advice, self.library, self.inference = advice, advice.library, advice.findings
        self.verdicts = Verdicts(advice.findings, advice.library)
        self.turns = NearestTurns(advice.findings, advice.library)

    def of(self, name: str, among: Among = lambda _: True) -> tuple[answer.Nearest, ...]:
        """Every rule that could ask for an intervention and doesn't, on the one of those it is about
        where it comes nearest, the nearest first, and last those that rest on what nothing makes
        otherwise; `among` tells which entities are in question."""
        found: list[tuple[tuple[bool, int, float], str, answer.Nearest]] = []
        for rule, strength in self.asking(name):
            near = [
                (fixed_last(turns), place, entity)
                for place, entity in enumerate(self.inference.facts.of(rule.about))
                if among(entity) and (turns := self.turns.of(rule, entity))
            ]
            if near:
                _, _, entity = min(near, key=lambda one: one[:2])
                ways = self.turns.near(rule, entity, _WAYS)
                told = self._nearest(rule, strength, entity, ways)
                found.append((fixed_last(ways[0]), rule.id, told))
        return tuple(told for _, _, told in sorted(found, key=lambda one: one[:2]))

    def _nearest(
        self, rule: Rule, strength: Strength, entity: Entity, ways: Iterable[Turns]
    ) -> answer.Nearest:
        first, *others = (tuple(self._in_the_way(turn) for turn in turns) for turns in ways)
        return answer.Nearest(
            strength=strength,
            verdict=self.verdicts.on(rule, entity),
            in_the_way=first,
            or_else=tuple(others),
        )

    def asking(self, name: str) -> Iterable[tuple[Rule, Strength]]:
        """The rules that can ask for an intervention or have it done, with their strength; those that
        use it in place of something else, where that is asked for."""
        asked, found = self.advice.recommendations.items, dict[str, tuple[Rule, Strength]]()
        for said in self.library.statements.asking(name):
            if said.kind != "replace" or said.intervention in asked:
                found.setdefault(said.rule.id, (said.rule, said.strength or "strong"))
        return found.values()

    def _in_the_way(self, turn: Turn) -> answer.InTheWay:
        entity = turn.entity
        return answer.InTheWay(
            compared=self.verdicts.compared(turn.leaf, entity, turn.wanted),
            wanted="true" if turn.wanted else "false",
            rule=turn.rule.id,
            title=turn.rule.title,
            entity=EntityRef(kind=entity.kind, id=entity.id, label=entity.label),
            needs=tuple(self.library.needs[need].title for need in turn.needs),
            settled=turn.settled,
        )

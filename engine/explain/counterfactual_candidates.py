"""Which changes could bring an intervention into what is advised, or take it out, as the rules are written."""

from __future__ import annotations

from functools import cached_property

from ..advise import Advice
from ..inference import Change
from ..library import Rule, rules_of
from .rule_flips import Flip, Flips, RuleFlips


class Candidates:
    """The candidates for one intervention of one school: none is proved."""

    def __init__(self, advice: Advice, name: str, settled: bool = False) -> None:
        """With `settled`, facts that can't be otherwise are changed too."""
        self.advice, self.name, self.library = advice, name, advice.library
        self.base, self.today = advice.findings, frozenset(advice.dependencies.names)
        self.flips = RuleFlips(advice.findings, advice.library, settled)

    def into(self) -> Flips:
        """Find what could bring it in: a rule that asks for it or has to have it, or for what
        needs it, and nothing that keeps it out; then the same with less that speaks against it."""
        flips, rules = self.flips, []
        for one in (self.name, *self.needing()):
            rules += [rule for rule in self.asking(one) if not self.fires(rule)]
        more = flips.either(self.turned(rule, True) for rule in rules)
        less = [self.turned(rule, False) for rule in self._against() if self.fires(rule)]
        refused = {one.intervention.id: one.kind for one in self.advice.recommendations.refused}
        asked = more
        if refused.get(self.name) == "outweighed":
            asked = flips.smallest([*more, *flips.either(less)])
        elif any(self.fires(rule) for rule in self.asking(self.name)):
            asked = [frozenset()]
        free = flips.together([asked, self._unhindered()])
        return [*free, *flips.together([free, *less])] if less else free

    def out_of(self) -> Flips:
        """Find what could take it out: no rule that asks for it, nor for what needs it; or one
        that speaks against it, replaces it or leaves it out. That it is there already goes
        without saying."""
        kept = [rule for rule in (*self.shaping(), *self._against()) if not self.fires(rule)]
        ways = [
            *self._unasked(self.name, ()),
            *self.flips.either(self.turned(r, True) for r in kept),
        ]
        return [
            flip
            for flip in self.flips.smallest(ways)
            if not any(change.member == self.name for change in flip)
        ]

    def _unasked(self, name: str, path: tuple[str, ...]) -> Flips:
        asked = [rule for rule in self.asking(name) if self.fires(rule)]
        ways = [self.turned(rule, False) for rule in asked]
        for other in self.needing(name, direct=True):
            if other in self.today and other not in (*path, name):
                out = self._unasked(other, (*path, name))
                ways.append(self.flips.smallest([*out, self._in_place(other, True)]))
        return self.flips.together(ways)

    def _in_place(self, name: str, there: bool) -> Flip:
        return frozenset({Change("school", self.base.facts.school.id, "in_place", there, name)})

    def _unhindered(self) -> Flips:
        """Find what could take away all that stands against it: that it is there already, and
        rules that replace it or leave it out."""
        ways: list[Flips] = []
        if self.name in self.advice.recommendations.in_place:
            ways.append([self._in_place(self.name, False)])
        return self.flips.together([*ways, *(self.turned(r, False) for r in self.shaping())])

    def turned(self, rule: Rule, fires: bool) -> Flips:
        """Find what could make a rule fire on something, or on nothing."""
        ways = (self.flips.ways(rule, entity, fires) for entity in self.base.facts.of(rule.about))
        return self.flips.either(ways) if fires else self.flips.together(ways)

    def asking(self, name: str) -> list[Rule]:
        """The rules that ask for an intervention, have to have it, or put it in another's place."""
        return rules_of(self.library.statements.asking(name))

    def _against(self) -> list[Rule]:
        return rules_of(self.library.statements.about(self.name, "against"))

    def shaping(self) -> list[Rule]:
        """The rules that leave it out, or use another in its place."""
        return rules_of(self.library.statements.about(self.name, "leave_out", "replace"))

    @cached_property
    def _fired(self) -> frozenset[str]:
        return frozenset(finding.rule.id for finding in self.base.fired)

    def fires(self, rule: Rule) -> bool:
        """Tell whether a rule fires today, on anything."""
        return rule.id in self._fired

    def needing(self, name: str | None = None, direct: bool = False) -> list[str]:
        """List what can't be had without it (or without another), by id, the nearest first."""
        first = self.name if name is None else name
        found: list[str] = []
        queue = [first]
        while queue:
            current = queue.pop(0)
            for item in self.library.interventions.values():
                options = [
                    *((one,) for one in (*item.requires, *item.together_with)),
                    *item.requires_one_of,
                ]
                if item.id not in (*found, first) and any(current in one for one in options):
                    found.append(item.id)
                    queue.append(item.id)
            if direct:
                break
        return found


Kind = tuple[tuple[str, str, str], ...]


def kind_of(flip: Flip) -> Kind:
    """Give what changes are about, whichever class, teacher or subject it is."""
    return tuple(sorted((change.kind, change.key, change.member) for change in flip))

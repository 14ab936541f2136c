"""Why something is outside the plan, for all or for some: nothing asks for it, it was refused, or it found
no place."""

from __future__ import annotations

from collections.abc import Sequence

from ..advise import Advice
from ..core import TermwiseError
from ..library import Entity, Intervention
from ..planning import LeftOut
from . import argument as answer
from .alternative_plans import AlternativePlans
from .argument_chain import Grounds
from .name_lookup import command
from .near_misses import NearestRules
from .phrases import outside_the_plan as phrases
from .phrases.asked_names import in_the_plan
from .target_resolution import AskedAbout

_WEIGHTS = (
    "undone",
    "refused",
    "no-room",
    "pinned",
    "too-late",
    "alternative",
    "impossible",
    "waits",
)
"""What is told first of several reasons: what stood in the way of what was wanted."""
_NOT_ASKED = "not-asked"


class Outside:
    """The answer about one intervention, for all it could be for or for those who are asked about."""

    def __init__(self, advice: Advice, item: Intervention, asked: AskedAbout | None) -> None:
        self.advice, self.item, self.asked = advice, item, asked
        self.step = next((one for one in advice.plan.steps if one.id == item.id), None)
        among = asked.concerns if asked else self._not_planned if self.step else None
        self.grounds = Grounds(advice).of(item.id, among)
        self.refused = [one for one in advice.recommendations.refused if one.intervention is item]
        wanted = advice.reasons.items.get(item.id)
        self.wanted: Sequence[Entity] = wanted.targets if wanted else ()

    def why_not(self) -> answer.WhyNot:
        """Why it isn't in the plan, or not for those who are asked about.

        Raises TermwiseError where it is.
        """
        told = sorted(self._told(), key=_weight)
        left = told[0] if told else None
        found = answer.WhyNot(
            school=self.advice.plan.school,
            intervention=self.item.id,
            title=self.item.title,
            kind=left.kind if left else "",
            reason=left.reason if left else self._untold(),
            planned_for=self.step.target.words if self.step else "",
            also=tuple(phrases.of_others(one.target, one.reason) for one in told[1:]),
            elsewhere=(),
            instead=None,
            beside=(),
            decided=left.decided if left else "",
            asked_for=self.asked.words if self.asked else "",
            grounds=self.grounds,
            nearest=self._nearest(told),
        )
        if self.asked and not told:
            return found  # there is no place to look for of what nothing asks for
        return AlternativePlans(self.advice).beside(found)

    def reason(self) -> str:
        """Why it isn't in the plan, in a sentence."""
        told = sorted(self._told(), key=_weight)
        return told[0].reason if told else self._untold()

    def _told(self) -> list[LeftOut]:
        """Give what the plan says of it, as far as it is about those who are asked about."""
        left = [one for one in self.advice.plan.left_out if one.intervention == self.item.id]
        if self.asked is None:
            return left
        whom = self.asked.entities
        if self.asked.aimed:
            inside = self.step is not None and {one.id for one in whom} <= {*self.step.target.ids}
            asks = any(one in self.wanted for one in whom)
        else:
            asks = any(one.side == "for" for one in self.grounds)
            inside = self.step is not None and asks
        if inside:
            ask = command("why", self.advice, self.item.id)
            raise TermwiseError(in_the_plan(self.item.title, ask, self.asked.words))
        kinds = {
            one.kind
            for one in self.refused
            if not one.targets or not self.asked.aimed or any(each in one.targets for each in whom)
        }
        if kinds:
            return [one for one in left if one.kind in kinds]
        others = {_NOT_ASKED, *(one.kind for one in self.refused)}
        return [one for one in left if one.kind not in others] if asks else []

    def _not_planned(self, entity: Entity) -> bool:
        """Tell whether what is said of an entity is about somebody it is not in the plan for."""
        own = [one for one in entity.lineage if one.kind == self.item.target]
        planned = self.step.target.ids if self.step else ()
        return any(one.id not in planned for one in own)

    def _untold(self) -> str:
        """Why the plan says nothing of it."""
        impossible = self.advice.dependencies.impossible
        if self._in_place():
            there = self.advice.findings.facts.school.values["in_place"]
            return phrases.in_place(str(there.members[self.item.id]))
        if self.item.id in impossible:
            return impossible[self.item.id]
        if self.asked:
            return phrases.no_rule_for(self.asked.words)
        last = self.advice.school.file.last_done.get(self.item.id)
        if self.item.duty and last:
            return phrases.no_duty_yet(self.item.duty.every_years, last)
        return phrases.NO_RULE

    def _in_place(self) -> bool:
        return self.item.id in self.advice.recommendations.in_place

    def _nearest(self, told: Sequence[LeftOut]) -> tuple[answer.Nearest, ...]:
        """Where no rule asks for it, for all or for some: the rules that come nearest."""
        if told and all(one.kind != _NOT_ASKED for one in told):
            return ()
        if self._in_place() or (not told and self.item.id in self.advice.dependencies.impossible):
            return ()
        return NearestRules(self.advice).of(self.item.id, self._in_question)

    def _in_question(self, entity: Entity) -> bool:
        """Tell whether a rule about an entity would ask for it for those it is not asked for."""
        if self.asked is not None:
            return self.asked.concerns(entity)
        own = [one for one in entity.lineage if one.kind == self.item.target]
        refused = [each for one in self.refused for each in one.targets]
        return not own or any(one not in self.wanted and one not in refused for one in own)


def _weight(one: LeftOut) -> int:
    return _WEIGHTS.index(one.kind) if one.kind in _WEIGHTS else len(_WEIGHTS)

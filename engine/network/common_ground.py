"""What the plans of a network have in common, and what one school has that another sets out to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..planning import Plan, Step
from .model import BegunThen, DayContent, StepTogether, Support
from .network_folder import Network, NetworkMember

_MOST_ON_A_DAY = 4
"""So many steps are enough for one day."""


class CommonGround:
    """The plans of a network side by side; every list of schools is in the order of need."""

    def __init__(self, network: Network, plans: Mapping[str, Plan]) -> None:
        self.network, self.plans = network, plans
        self.order = [member.id for member in network.by_need]
        self.members = {member.id: member for member in network.members}
        first = next(iter(plans.values()))
        self.slots = [slot for term in first.terms for slot in term.slots]
        self.index = {slot.id: index for index, slot in enumerate(self.slots)}
        self.begins: dict[str, dict[str, Step]] = {}
        """Steps that ask something new of people, by intervention and school."""
        for school in self.order:
            for step in plans[school].steps:
                if self._is_new(self.members[school], step.intervention):
                    self.begins.setdefault(step.intervention, {})[school] = step

    def _is_new(self, member: NetworkMember, name: str) -> bool:
        intervention = member.library.interventions.get(name)
        return (
            intervention is not None
            and intervention.change > 0
            and intervention.duty is None
            and intervention.series is None
        )

    def together(self) -> tuple[StepTogether, ...]:
        """List the steps that enough schools plan, and those for which training is bought, most schools first."""
        bought = {one.intervention: one for one in self.network.file.training}
        found = []
        for name in sorted({*self.begins, *bought}):
            steps, training = self.begins.get(name, {}), bought.get(name)
            if len(steps) < self.network.file.together_from and training is None:
                continue
            schools = tuple(steps)
            intervention = next(
                one.library.interventions[name]
                for one in self.network.by_need
                if name in one.library.interventions and (one.id in steps or not steps)
            )
            found.append(
                StepTogether(
                    intervention=name,
                    title=intervention.title,
                    strand=intervention.strand,
                    what=intervention.what,
                    ingredients=intervention.active_ingredients,
                    schools=schools,
                    slot=self._most_begin(steps.values()) if steps else None,
                    places=training.schools if training else None,
                    placed=schools[: training.schools] if training else (),
                    note=(training.note or "") if training else "",
                )
            )
        return tuple(sorted(found, key=lambda one: (-len(one.schools), one.intervention)))

    def _most_begin(self, steps: Iterable[Step]) -> str:
        counts = Counter(step.begins for step in steps)
        return min(counts, key=lambda slot: (-counts[slot], self.index[slot]))

    def days(self) -> Iterator[DayContent]:
        """Yield the network's days with what several schools begin in that half-term or the next."""
        days = self.network.file.days
        for day in days.dates if days else ():
            at = max(index for index, slot in enumerate(self.slots) if slot.starts <= day.date)
            counts = Counter(
                name
                for name, steps in self.begins.items()
                for step in steps.values()
                if self.index[step.begins] in (at, at + 1)
            )
            names = sorted(
                (name for name in counts if counts[name] > 1), key=lambda n: (-counts[n], n)
            )
            yield DayContent(
                date=day.date,
                title=day.title or "",
                slot=self.slots[at].id,
                steps=tuple(
                    BegunThen(
                        intervention=name,
                        title=next(iter(self.begins[name].values())).title,
                        schools=counts[name],
                    )
                    for name in names[:_MOST_ON_A_DAY]
                ),
            )

    def support(self) -> tuple[Support, ...]:
        """Pair schools: one that has a practice in place with one that begins it, else those that begin together
        what none can do without a partner. Who has been asked least is asked next."""
        asked: Counter[str] = Counter()
        found = []
        for name, steps in sorted(self.begins.items(), key=lambda one: self._first(one[1])):
            having = [one for one in self.order if one not in steps and self._has(one, name)]
            alone = []
            for school, step in steps.items():
                able = [one for one in having if asked[one] < self.network.file.helps_most]
                if not able:
                    alone.append(school)
                    continue
                giver = min(able, key=lambda one: (asked[one], self.order.index(one)))
                asked[giver] += 1
                found.append(self._support(name, step, "has-it", giver, school))
            if self._needs_partner(steps):
                alone.sort(key=lambda one: self.index[steps[one].begins])
                for first, second in zip(alone[::2], alone[1::2], strict=False):
                    found.append(self._support(name, steps[second], "both-begin", first, second))
        return tuple(found)

    def _first(self, steps: Mapping[str, Step]) -> tuple[int, str]:
        return min((self.index[step.begins], step.intervention) for step in steps.values())

    def _has(self, school: str, name: str) -> bool:
        practices = self.members[school].school.cqa.in_place
        return any(one.practice == name and one.how == "fully" for one in practices)

    def _needs_partner(self, steps: Mapping[str, Step]) -> bool:
        """Tell whether somebody from outside works on it whose days the network does not give out."""
        shared = {one.id for one in self.network.file.shared}
        for school, step in steps.items():
            member = self.members[school]
            given = {
                role
                for person in member.school.staff.people
                if person.id in shared
                for role in person.roles
            }
            roles = {one.role for one in step.effort} - given
            if any(member.library.roles[role].kind == "partner" for role in roles):
                return True
        return False

    def _support(self, name: str, step: Step, kind: str, gives: str, takes: str) -> Support:
        return Support.model_validate(
            {
                "intervention": name,
                "title": step.title,
                "slot": step.begins,
                "kind": kind,
                "gives": gives,
                "takes": takes,
            }
        )


__all__ = ["CommonGround"]

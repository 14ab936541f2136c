"""The share of leading: a plan in which others take over what a head would lead beyond the share that rules set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..inference import Dependencies, Recommendation
from ..scheduling import GOALS, Placement, Problem, Purchased, purchase, solve
from .capacity import Holders
from .problem_builder import Timetable

Answer = Callable[[Problem, Mapping[str, Placement] | None], Purchased]
"""Solves a problem with a hint, buying what is worth it."""


def with_leading_shared(
    timetable: Timetable,
    problem: Problem,
    items: Mapping[str, Recommendation],
    dependencies: Dependencies,
    answer: Answer = purchase,
    hint: Mapping[str, Placement] | None = None,
) -> tuple[Problem, Purchased]:
    """Solve a timetable's problem, and hand leading over while the head leads more than the share that rules
    set.

    Returns the scheduler's question and its answer. Nothing is given up for it: what a step takes is handed
    on only to who has the time with all else where it is, and a plan that is worth less is not kept. Where
    not all that must be done fits, nothing is handed over. Most of it is settled with plans for which
    nothing is bought and no load made even, which are found sooner; not where it is known from a plan before
    who leads.
    """
    if timetable.advised.shaping.lead_share and not timetable.handed:
        rough = _Shared(timetable, items, dependencies, _roughly)
        problem, found = rough.settle(problem, _roughly(problem, None))
        hint = found.solution.chosen
    shared = _Shared(timetable, items, dependencies, answer)
    return shared.settle(problem, answer(problem, hint))


def _roughly(problem: Problem, hint: Mapping[str, Placement] | None) -> Purchased:
    return Purchased(problem, solve(problem.unsmoothed, hint))


@dataclass(frozen=True)
class _Shared:
    timetable: Timetable
    items: Mapping[str, Recommendation]
    dependencies: Dependencies
    answer: Answer

    def settle(self, problem: Problem, purchased: Purchased) -> tuple[Problem, Purchased]:
        """Hand over and plan again until nobody is found to take over more, or it would cost something."""
        timetable = self.timetable
        timetable.buy(purchased.bought)
        while not purchased.solution.undone:
            before = dict(timetable.handed)
            timetable.handed |= _handed_over(timetable, purchased)
            if timetable.handed == before:
                break
            asked = timetable.problem(self.items, self.dependencies)
            found = self.answer(asked, purchased.solution.chosen)
            if _worth(found) < _worth(purchased):
                timetable.handed = before
                problem = timetable.problem(self.items, self.dependencies)
                timetable.buy(purchased.bought)
                break
            problem, purchased = asked, found
            timetable.buy(purchased.bought)
        return problem, purchased


def _worth(purchased: Purchased) -> tuple[int, ...]:
    """Measure what a plan reaches: of what must be in, of the goals of each aim by weight, and in value."""
    problem, solution = purchased.problem, purchased.solution
    reached = [goal for goal in problem.goals if goal.id in solution.met]
    goals = (sum(one.weight for one in reached if one.aim == aim) for aim in GOALS)
    musts = sum(item.must and item.id in solution.chosen for item in problem.items)
    return (-len(solution.undone), musts, *goals, solution.value)


def heads(timetable: Timetable) -> Holders:
    """The people who are head of the school."""
    roles = [role.id for role in timetable.library.roles.values() if role.rank == "head"]
    return frozenset(one for role in roles for one in timetable.capacity.holders(role))


def led_by(people: Holders, timetable: Timetable, planned: Mapping[str, object]) -> list[str]:
    """The planned forms that only these people lead."""
    return [form for form in sorted(planned) if people and _leads(timetable, form) <= people]


def _leads(timetable: Timetable, form: str) -> Holders:
    return timetable.capacity.holders(timetable.lead(timetable.forms[form].item.intervention))


def _handed_over(timetable: Timetable, purchased: Purchased) -> dict[str, str]:
    """The role that takes over leading, by intervention, for as many steps as are above the share and find
    somebody: first those that take most of the time of the head who leads them."""
    told, chosen = timetable.advised.shaping.lead_share, purchased.solution.chosen
    head = heads(timetable)
    led = led_by(head, timetable, chosen)
    above = len(led) - int(told[0] * len(chosen) + 1e-9) if told else 0
    used: Counter[tuple[str, int]] = Counter()
    for placement in chosen.values():
        used.update(placement.load)
    leads = Counter(
        person for form in chosen for person in _leads(timetable, form) if form not in led
    )
    found: dict[str, str] = {}
    for form in sorted(led, key=lambda form: -_taken(timetable, form, head, chosen[form].load)):
        if len(found) >= above:
            break
        if not timetable.may_hand_over(form):
            continue
        for role in _others(timetable, form, head, leads, found):
            other = timetable.led_by_another(form, role, chosen[form].start)
            if other is None or not timetable.there_at_the_start(form, role, other.start):
                continue
            after = used.copy()
            after.subtract(chosen[form].load)
            after.update(other.load)
            if all(after[key] <= purchased.problem.capacity.get(key, 0) for key in other.load):
                used, found[timetable.name(form)] = after, role
                leads.update(timetable.capacity.holders(role))
                break
    return found


def _taken(
    timetable: Timetable, form: str, head: Holders, load: Mapping[tuple[str, int], int]
) -> int:
    """The tenths of a day a step takes of what only the head does."""
    return sum(tenths for (pool, _), tenths in load.items() if timetable.pools[pool] == head)


def _others(
    timetable: Timetable,
    form: str,
    head: Holders,
    leads: Counter[str],
    handed: Mapping[str, str],
) -> Iterator[str]:
    """The roles that may take over: first who has taken over like work, then who takes part in it, then who
    leads least; whoever is not of the school only where they take part."""
    library, capacity = timetable.library, timetable.capacity
    lead = timetable.forms[form].item.intervention.lead
    like = {
        role
        for name, role in (timetable.handed | dict(handed)).items()
        if library.intervention(name).lead == lead
    }
    part = [
        work.role
        for _, phase in timetable.forms[form].item.intervention.phases()
        for work in phase.effort
    ]
    found = [
        role.id
        for role in library.roles.values()
        if role.takes_over
        and (role.kind != "partner" or role.id in part)
        and (people := capacity.holders(role.id))
        and not people & head
    ]
    order = {name: place for place, name in enumerate(found)}
    yield from sorted(
        found,
        key=lambda name: (
            name not in like,
            name not in part,
            max(leads[person] for person in capacity.holders(name)),
            order[name],
        ),
    )

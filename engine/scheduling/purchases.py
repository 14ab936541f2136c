"""What may be bought: offers of more of a resource for money, and those that are worth it to a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .cp_model import Model, add, ask, value_terms
from .problem import Offer, Placement, Problem, Solution
from .solver import fold, folded, holding, solve


@dataclass(frozen=True, slots=True)
class Bought:
    """So many units of an offer."""

    offer: Offer
    units: int


@dataclass(frozen=True)
class Purchased:
    """A plan with what was bought for it: the problem as it is after buying, and the plan before."""

    problem: Problem
    solution: Solution
    bought: tuple[Bought, ...] = ()
    before: Mapping[str, Placement] = field(default_factory=dict)
    """What would be in without anything bought, and where."""

    @property
    def pounds(self) -> int:
        """What the purchases cost; a price is charged to an account and to no part of it twice."""
        return sum(max(one.offer.price.values(), default=0) * one.units for one in self.bought)


def purchase(problem: Problem, hint: Mapping[str, Placement] | None = None) -> Purchased:
    """Solve a problem, buying what brings more than it has to.

    Nothing is bought where not all that must be done fits without it: what would make it fit is told as
    a way out. Else as many goals are met as buying can meet, then the value is greatest, each unit bought
    counted at `Offer.points`. The plan is then settled by the aims as any other is.
    """
    plain = replace(problem, offers=())
    base = solve(plain, hint)
    bought = () if base.undone else tuple(_worth_it(problem, base))
    if not bought:
        return Purchased(plain, base)
    after = with_bought(plain, bought)
    return Purchased(after, solve(after, base.chosen), bought, base.chosen)


def with_bought(problem: Problem, bought: Iterable[Bought]) -> Problem:
    """The problem with more of what was bought, and less money."""
    capacity, budget = dict(problem.capacity), dict(problem.budget)
    for one in bought:
        for key in one.offer.adds:
            if key in capacity:
                capacity[key] += one.offer.unit * one.units
        for account, pounds in one.offer.price.items():
            if account in budget:
                budget[account] -= pounds * one.units
    return replace(problem, capacity=capacity, budget=budget)


def _worth_it(problem: Problem, base: Solution) -> Iterable[Bought]:
    """The offers that make the plan better: more goals, or more value than they have to bring.

    Maximises Σ weight · met over all points, then value − Σ points · units; what `base` meets stays met.
    """
    if not problem.offers:
        return
    asked = [goal for goal in problem.goals if goal.aim in problem.aims]
    missed = [goal for goal in asked if goal.id not in base.met]
    model = Model(replace(holding(problem, base), offers=problem.offers))
    objective = folded(model, value_terms(model), -fold(problem))
    for offer in problem.offers:
        add(objective, model.bought[offer.id], fold(problem) * offer.points)
    most = sum(max((place.value for place in item.open), default=0) for item in problem.items)
    for goal in missed:
        literal = model.new()
        goal.relation.encode(model, (literal,))
        add(objective, literal, -fold(problem) * (most + 1) * goal.weight)
    answer = ask(model, objective, hint=base.chosen)
    if answer is None:
        return
    for offer in problem.offers:
        if units := answer.values[model.bought[offer.id]]:
            yield Bought(offer, units)

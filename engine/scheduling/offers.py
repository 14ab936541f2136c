"""What may be bought: offers of more of a resource for money, and those that are worth it to a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from .cp_model import HASH, Answer, Model, OutOfEffort, add, ask, tie, value_terms
from .problem import Goal, Level, Offer, Placement, Problem, Solution, Status
from .solver import fold, folded, holding, placed, solve, with_met


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
        """Sum up what the purchases cost."""
        return price_of(self.bought)


def price_of(bought: Iterable[Bought]) -> int:
    """Pounds; a price is charged to an account and to no part of it twice."""
    return sum(max(one.offer.price.values(), default=0) * one.units for one in bought)


def purchase(problem: Problem, hint: Mapping[str, Placement] | None = None) -> Purchased:
    """Solve a problem, buying what brings more than it has to.

    Nothing is bought where not all that must be done fits without it: what would make it fit is told as
    a way out. Else as many goals are met as buying can meet, then the value is greatest, each unit bought
    counted at `Offer.points`. The plan is then settled by the aims as any other is.
    """
    plain = replace(problem, offers=())
    base = solve(plain, hint)
    found = None if base.undone else _worth_it(problem, base)
    bought = () if found is None else tuple(bought_in(*found))
    if found is None or not bought:
        return Purchased(plain, base)
    after = with_bought(plain, bought)
    return Purchased(after, solve(after, placed(problem, found[1])), bought, base.chosen)


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


def purchase_at_once(problem: Problem, hint: Mapping[str, Placement] | None = None) -> Purchased:
    """Find what `purchase` finds, but for the evenness of the load, in one question where all that is asked for
    can be had without buying; else by `purchase` itself."""
    problem = problem.unsmoothed
    plain = replace(problem, offers=())
    asked = [goal for goal in problem.goals if goal.aim in problem.aims]
    held = with_met(problem, asked)
    if not problem.offers or ask(Model(replace(held, offers=()))) is None:
        return purchase(problem, hint)
    found = _with_offers(held, [], problem, hint)
    if found is None:
        return purchase(problem, hint)
    model, answer = found
    bought = tuple(bought_in(model, answer))
    chosen = placed(problem, answer)
    value = sum(placement.value for placement in chosen.values())
    status: Status = "optimal" if answer.proved else "within-gap"
    bound = value if answer.proved else max(value, -(answer.bound // _scale(problem)))
    met = tuple(goal.id for goal in problem.goals if goal.relation.met(chosen))
    levels = (Level("value", status, value, bound),)
    return Purchased(with_bought(plain, bought), Solution(status, chosen, levels, met=met), bought)


def _worth_it(problem: Problem, base: Solution) -> tuple[Model, Answer] | None:
    """Find what is best with the offers: more goals, or more value than they have to bring; what `base` meets
    stays met."""
    if not problem.offers:
        return None
    asked = [goal for goal in problem.goals if goal.aim in problem.aims]
    missed = [goal for goal in asked if goal.id not in base.met]
    held = replace(holding(problem, base), offers=problem.offers)
    try:
        return _with_offers(held, missed, problem, base.chosen, problem.effort / 2)
    except OutOfEffort:
        return None


def _with_offers(
    held: Problem,
    missed: Iterable[Goal],
    problem: Problem,
    hint: Mapping[str, Placement] | None,
    effort: float | None = None,
) -> tuple[Model, Answer] | None:
    """The best plan and purchases at once.

    Maximises Σ weight · met over all `missed` goals, then value − Σ points · units; equal purchases are
    told apart by a hash of what is bought, as equal plans are.
    """
    model = Model(held)
    scale = _scale(problem)
    objective = folded(model, value_terms(model), -scale)
    for offer in problem.offers:
        add(objective, model.bought[offer.id], scale * offer.points + tie(offer.id, 0))
    most = sum(max((place.value for place in item.open), default=0) for item in problem.items)
    for goal in missed:
        literal = model.new()
        goal.relation.encode(model, (literal,))
        add(objective, literal, -scale * (most + 1) * goal.weight)
    answer = ask(model, objective, hint, effort)
    return None if answer is None else (model, answer)


def _scale(problem: Problem) -> int:
    """Return the weight of one point of value where purchases have tie-breakers as well."""
    return fold(problem) + HASH * sum(offer.most for offer in problem.offers)


def bought_in(model: Model, answer: Answer) -> Iterator[Bought]:
    """Yield what an answer buys."""
    for offer in model.problem.offers:
        if units := answer.values[model.bought[offer.id]]:
            yield Bought(offer, units)

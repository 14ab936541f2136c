"""Alternatives to a placement: what blocks it, the plan with it forced, the room it would need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from .blocker import Blocker
from .budget_ledger import Purse
from .constraints import AtMostOne, Follows, OneOf, Requires, Together
from .cp_model import INFINITY, Model, Terms, add, ask, change_terms, tie_terms, value_terms
from .offers import Bought, bought_in, price_of
from .payments import claimed, left, split
from .problem import Placement, Problem, Solution, items_of
from .solver import fold, holding, placed


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """The slot an item starts in before and after replanning; None where it is not in the plan."""

    item: str
    was: int | None
    now: int | None


@dataclass(frozen=True)
class Alternative:
    """A plan made again with one thing forced."""

    item: str
    chosen: Mapping[str, Placement]
    moves: tuple[Move, ...]
    """The other items that stand elsewhere."""
    value_lost: int
    """Points; below 0 when it has more value, which was given up for a smoother load."""
    proved: bool
    fewest: bool
    """True when no plan moves fewer others; else it is the best that moves at most so many."""
    bought: tuple[Bought, ...] = ()
    """Where there are offers: what is bought for this plan."""

    @property
    def pounds(self) -> int:
        """Sum up what that costs."""
        return price_of(self.bought)

    @property
    def points_for_time(self) -> int:
        """The points that what is bought has to bring."""
        return sum(one.offer.points * one.units for one in self.bought)


@dataclass(frozen=True, slots=True)
class Prices:
    """The price of one unit of each change a repair may make: whole numbers on one scale."""

    capacity: int = 1
    budget: int = 1
    attention: int = 1
    later: int = 1
    """For each slot a deadline, a date or an earliest start is moved."""
    lighter: int = 1
    waived: int = 1


@dataclass(frozen=True, slots=True, order=True)
class More:
    """So much more of something than there is."""

    kind: str
    """capacity, budget or attention."""
    name: str
    slot: int
    """-1 for money."""
    amount: int


@dataclass(frozen=True)
class Room:
    """The least that would have to be added to fit an item in beside all the rest."""

    item: str
    more: tuple[More, ...]
    chosen: Mapping[str, Placement]
    moves: tuple[Move, ...]
    price: int


def nearest_earlier(problem: Problem, solution: Solution, name: str) -> Placement | None:
    """The placement next before the one chosen (for an item left out: the one with fewest blockers)."""
    item = problem.item(name)
    if name not in solution.chosen:
        ranked = sorted(
            item.open, key=lambda p: (len(list(blockers(problem, solution, name, p))), p.start)
        )
        return ranked[0] if ranked else None
    start = solution.chosen[name].start
    earlier = [placement for placement in item.placements if placement.start < start]
    return earlier[-1] if earlier else None


def blockers(
    problem: Problem, solution: Solution, name: str, placement: Placement
) -> Iterator[Blocker]:
    """Yield each constraint that keeps an item from a placement while all other items stay put."""
    item = problem.item(name)
    others = {other: place for other, place in solution.chosen.items() if other != name}
    if item.earliest is not None and placement.start < item.earliest:
        yield Blocker("earliest", name, item.earliest)
    if item.latest is not None and placement.start > item.latest:
        yield Blocker("latest", name, item.latest)
    if item.pinned is not None and placement.start != item.pinned:
        yield Blocker("pinned", name, item.pinned)
    for relation in problem.touching[name]:
        yield from relation.blockers(problem, name, placement, others)
    for goal in problem.goals:
        if goal.id in solution.met:
            for found in goal.relation.blockers(problem, name, placement, others):
                yield replace(found, goal=goal.id)
    for key, wanted in sorted(placement.load.items()):
        if key in problem.capacity:
            used = {other: place.load.get(key, 0) for other, place in others.items()}
            rest = problem.capacity[key] - sum(used.values())
            if wanted > rest:
                yield Blocker("capacity", key[0], key[1], wanted, rest, _most(used))
    yield from _money(problem, placement, others)
    for budget, wanted in sorted(item.attention.items()):
        key = (budget, placement.start)
        if key in problem.attention and wanted:
            begun = {
                other: problem.item(other).attention.get(budget, 0)
                for other, place in others.items()
                if place.start == placement.start
            }
            rest = problem.attention[key] - sum(begun.values())
            if wanted > rest:
                yield Blocker("attention", budget, placement.start, wanted, rest, _most(begun))


def _money(
    problem: Problem, placement: Placement, others: Mapping[str, Placement]
) -> Iterator[Blocker]:
    if not placement.cost:
        return
    spent = claimed(others.values())
    purse = Purse(problem)  # quick, and right when it can pay; when it can't, it is asked exactly
    if purse.pay(spent) and purse.pay(placement.cost):
        return
    alone = False
    for claim, wanted in sorted(placement.cost.items()):
        rest = left(problem, spent, claim)
        if wanted > rest:
            alone = True
            used = {other: place.cost.get(claim, 0) for other, place in others.items()}
            yield Blocker("budget", claim, None, wanted, rest, _most(used))
    if alone:
        return
    everything = claimed([*others.values(), placement])
    if split(problem, everything) is None:
        claim, wanted = max(placement.cost.items(), key=lambda pair: (pair[1], pair[0]))
        besides = {**everything, claim: spent.get(claim, 0)}
        used = {other: place.cost.get(claim, 0) for other, place in others.items()}
        yield Blocker("budget", claim, None, wanted, left(problem, besides, claim), _most(used))


def _most(amounts: dict[str, int]) -> tuple[str, ...]:
    ranked = sorted(((-amount, name) for name, amount in amounts.items() if amount > 0))
    return tuple(name for _, name in ranked[:3])


def merged(
    problem: Problem, name: str, partner: str, here: Placement, there: Placement
) -> tuple[Problem, Placement]:
    """The problem in which an item takes all that its partner takes as well and waits for all that it waits
    for, and the placement of the two as one."""
    load, cost = dict(here.load), dict(here.cost)
    for key, amount in there.load.items():
        load[key] = load.get(key, 0) + amount
    for claim, amount in there.cost.items():
        cost[claim] = cost.get(claim, 0) + amount
    both = replace(here, load=load, cost=cost)
    item, other = problem.item(name), problem.item(partner)
    attention = {
        budget: item.attention.get(budget, 0) + other.attention.get(budget, 0)
        for budget in sorted(item.attention.keys() | other.attention.keys())
    }
    relations = []
    for relation in problem.relations:
        if isinstance(relation, Together) and {name, partner} <= set(relation.items):
            continue
        relations.append(relation)
        if isinstance(relation, Requires | Follows) and relation.after == partner:
            relations.append(replace(relation, after=name))
    one = replace(item, placements=(both,), attention=attention)
    items = tuple(one if old.id == name else old for old in problem.items)
    return replace(problem, items=items, relations=tuple(relations)), both


def nearest(
    problem: Problem,
    solution: Solution,
    name: str,
    start: int | None,
    most: int = 3,
    kin: Mapping[str, str] | None = None,
) -> Alternative | None:
    """The plan of most value with an item in a slot (None: wherever it fits best) and at most so many
    others moved, taken in or out; where there is none, the plan that moves fewest. None when it can't be
    there at all. Where the problem has offers, what is bought is settled anew, and has to be worth it.

    `kin` names for each item the group it is one form of; another form of one group counts as one change,
    and another form of the item's own as none.
    """
    return _forced(problem, solution, name, most, lambda model: model.put(name, start), kin or {})


def without(problem: Problem, solution: Solution, name: str, most: int = 3) -> Alternative | None:
    """The plan of most value without an item, at most so many others changed; where there is none, the
    plan that changes fewest. None when it has to be in."""
    return _forced(problem, solution, name, most, lambda model: model.leave_out(name), {})


def _forced(
    problem: Problem,
    solution: Solution,
    name: str,
    most: int,
    force: Callable[[Model], None],
    kin: Mapping[str, str],
) -> Alternative | None:
    problem = kept(problem, solution)
    for limit in (most, None):
        model = Model(problem)
        force(model)
        changes, constant = change_terms(model, solution.chosen, name, kin)
        points, scale = value_terms(model), fold(problem)
        objective: Terms = {v: -factor * scale for v, factor in points.items()}
        for offer in problem.offers:
            add(objective, model.bought[offer.id], offer.points * scale)
        if limit is None:
            much = 1 + sum(max((abs(p.value) for p in i.open), default=0) for i in problem.items)
            much += sum(offer.points * offer.most for offer in problem.offers)
            for variable, factor in changes.items():
                add(objective, variable, factor * 2 * much * scale)
        else:
            model.linear(changes, -INFINITY, limit - constant)
        for variable, factor in tie_terms(model).items():
            add(objective, variable, factor)
        answer = ask(model, objective)
        if answer is not None:
            chosen = placed(problem, answer)
            lost = solution.value - sum(placement.value for placement in chosen.values())
            moves = moved(solution.chosen, chosen, name)
            bought = tuple(bought_in(model, answer))
            return Alternative(name, chosen, moves, lost, answer.proved, limit is None, bought)
    return None


def room_for(problem: Problem, solution: Solution, name: str, prices: Prices) -> Room | None:
    """The least more time, money and attention with which an item fits in while nothing else is dropped;
    None when no amount is enough."""
    problem = kept(problem, solution)
    model = Model(problem, loose=("capacity", "budget", "attention"))
    model.put(name, None)
    for other in sorted(solution.chosen):
        model.put(other, None)
    each = {"capacity": prices.capacity, "budget": prices.budget, "attention": prices.attention}
    price = {variable: each[rule.kind] for rule, variable in model.stretched.items()}
    changes, _ = change_terms(model, solution.chosen, name)
    scale = len(problem.items) + 1
    objective: Terms = {variable: factor * scale for variable, factor in price.items()}
    for variable, factor in changes.items():
        add(objective, variable, factor)
    answer = ask(model, objective)
    if answer is None:
        return None
    chosen = placed(problem, answer)
    return Room(
        name,
        stretches(model, answer.values),
        chosen,
        moved(solution.chosen, chosen, name),
        sum(factor * answer.values[variable] for variable, factor in price.items()),
    )


def stretches(model: Model, values: tuple[int, ...]) -> tuple[More, ...]:
    """Return the amounts the solver added to capacities, accounts and attention budgets, sorted."""
    found = [
        More(rule.kind, rule.name, -1 if rule.slot is None else rule.slot, values[variable])
        for rule, variable in model.stretched.items()
        if rule.kind in ("capacity", "budget", "attention") and values[variable]
    ]
    return tuple(sorted(found))


def kept(problem: Problem, solution: Solution) -> Problem:
    """The problem without the duty to do what could not be done, and with the goals that are met held."""
    problem = holding(problem, solution)
    if not solution.undone:
        return problem
    gone = items_of(solution.undone)
    return replace(
        problem,
        items=tuple(replace(i, must=False) if i.id in gone else i for i in problem.items),
        relations=tuple(
            AtMostOne(one.items) if isinstance(one, OneOf) and gone >= set(one.items) else one
            for one in problem.relations
        ),
    )


def moved(
    before: Mapping[str, Placement], after: Mapping[str, Placement], but: str
) -> tuple[Move, ...]:
    """Return the items whose start differs between two plans, by id, leaving out the item `but`."""
    found = []
    for name in sorted((before.keys() | after.keys()) - {but}):
        was = before[name].start if name in before else None
        now = after[name].start if name in after else None
        if was != now:
            found.append(Move(name, was, now))
    return tuple(found)

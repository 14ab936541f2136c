"""Repairs: the cheapest relaxations with which all that must be done fits, each solved first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .alternatives import More, Move, Prices, stretches
from .constraints import AtMostOne, OneOf
from .cp_model import Model, Terms, add, ask, value_terms
from .presolve_checks import must_part
from .problem import Item, Problem, RuleKind, Solution, items_of
from .solver import solve


@dataclass(frozen=True)
class Repair:
    """Changes with which all that must be done fits."""

    price: int
    more: tuple[More, ...] = ()
    shifts: tuple[Move, ...] = ()
    """Deadlines, dates and earliest starts that move: from the slot they say to the slot that is used."""
    lighter: tuple[tuple[str, str], ...] = ()
    """(item, the lighter form that takes its place)."""
    waived: tuple[str, ...] = ()
    problem: Problem = field(compare=False, default_factory=lambda: Problem(0, ()))
    """The problem with these changes."""
    solution: Solution | None = field(compare=False, default=None)
    """Its best plan."""


def ways_out(
    problem: Problem,
    prices: Prices,
    lighter: Mapping[str, str] | None = None,
    most: int = 4,
) -> tuple[Repair, ...]:
    """The cheapest changes with which all that must be done fits, cheapest first; each was solved.

    `lighter` names for an item the one that can stand in for it. What each kind of change alone can do is
    tried, and all kinds together.
    """
    lighter = {
        full: light for full, light in sorted((lighter or {}).items()) if _must(problem, full)
    }
    part = must_part(problem, tuple(lighter.values()))
    everything: frozenset[RuleKind] = frozenset(
        {"capacity", "budget", "attention", "latest", "pinned", "earliest"}
    )
    kinds: tuple[tuple[frozenset[RuleKind], bool, bool], ...] = (
        (frozenset({"capacity"}), False, False),
        (frozenset({"budget"}), False, False),
        (frozenset({"attention"}), False, False),
        (frozenset({"latest", "pinned", "earliest"}), False, False),
        (frozenset(), True, False),
        (frozenset(), True, True),
        (everything, True, False),
        (everything, True, True),
    )
    found: dict[Repair, None] = {}
    for loose, may_lighten, may_waive in kinds:
        way = _way_out(part, prices, lighter if may_lighten else {}, loose, may_waive)
        if way is not None and (way.more or way.shifts or way.lighter or way.waived):
            found.setdefault(way)
    offered = []
    for way in found:
        changed = _changed(problem, way)
        solution = solve(changed)
        if not solution.undone:
            offered.append((way.price, -solution.value, repr(way), changed, solution, way))
    offered.sort(key=lambda one: one[:3])
    return tuple(
        replace(way, problem=changed, solution=solution)
        for *_, changed, solution, way in offered[:most]
    )


def _must(problem: Problem, name: str) -> bool:
    return name in problem.by_id and problem.item(name).must


def _way_out(
    part: Problem,
    prices: Prices,
    lighter: Mapping[str, str],
    loose: frozenset[RuleKind],
    may_waive: bool,
) -> Repair | None:
    waive: frozenset[RuleKind] = frozenset({"must"}) if lighter or may_waive else frozenset()
    model = Model(part, loose=loose | waive)
    price: Terms = {}
    each = {"capacity": prices.capacity, "budget": prices.budget, "attention": prices.attention}
    for rule, variable in model.stretched.items():
        if rule.kind in each:
            add(price, variable, each[rule.kind])
    lightened: dict[str, int] = {}
    for rule, variable in model.stretched.items():
        if rule.kind not in ("must", "relation"):
            continue
        add(price, variable, prices.waived)
        light = lighter.get(rule.name)
        instead = model.chosen(light) if light else None
        if instead is not None:
            refund = lightened[rule.name] = model.new()
            add(price, refund, prices.lighter - prices.waived)
            model.linear({refund: 1, variable: -1}, -1, 0)
            model.linear({refund: 1, instead: -1}, -1, 0)
        if not may_waive:
            model.linear({variable: 1} | ({refund: -1} if instead is not None else {}), -1, 0)
    for item in model.items:
        for placement, step in model.steps(item):
            far = _distance(item, placement.start)
            for variable, sign in step.items():
                add(price, variable, sign * far * prices.later)
    much = 1 + sum(max((abs(p.value) for p in i.placements), default=0) for i in part.items)
    objective = {variable: factor * 2 * much for variable, factor in price.items()}
    for variable, factor in value_terms(model).items():
        add(objective, variable, -factor)  # of two at one price, the one that leaves more value
    answer = ask(model, objective)
    if answer is None:
        return None
    gone = [
        rule
        for rule, variable in model.stretched.items()
        if rule.kind in ("must", "relation") and answer.values[variable]
    ]
    light_now = tuple(
        (name, lighter[name]) for name, refund in lightened.items() if answer.values[refund]
    )
    shifts = []
    for item in model.items:
        if item.id in answer.starts and not item.allowed(start := answer.starts[item.id]):
            if item.pinned is not None and start != item.pinned:
                shifts.append(Move(item.id, item.pinned, start))
            elif item.latest is not None and start > item.latest:
                shifts.append(Move(item.id, item.latest, start))
            else:
                shifts.append(Move(item.id, item.earliest, start))
    swapped = {name for name, _ in light_now}
    return Repair(
        price=sum(factor * answer.values[variable] for variable, factor in price.items()),
        more=stretches(model, answer.values),
        shifts=tuple(sorted(shifts)),
        lighter=tuple(sorted(light_now)),
        waived=tuple(sorted(rule.undone for rule in gone if rule.name not in swapped)),
    )


def _distance(item: Item, start: int) -> int:
    """By how many slots a start breaks an item's own rules."""
    far = 0
    if item.earliest is not None:
        far += max(0, item.earliest - start)
    if item.latest is not None:
        far += max(0, start - item.latest)
    if item.pinned is not None:
        far += abs(start - item.pinned)
    return far


def _changed(problem: Problem, way: Repair) -> Problem:
    """The problem after the changes of a way out."""
    more = {(one.kind, one.name, one.slot): one.amount for one in way.more}

    def grown(kind: str, key: tuple[str, int]) -> int:
        makers = problem.makers.get(key[0], (key[0],))
        return sum(more.get((kind, maker, key[1]), 0) for maker in makers)

    swaps = dict(way.lighter)
    shifted = {move.item: move.now for move in way.shifts}
    gone = items_of(way.waived) | set(swaps)
    items = []
    for item in problem.items:
        to = shifted.get(item.id)
        if to is not None:
            item = replace(
                item,
                earliest=None if item.earliest is None else min(item.earliest, to),
                latest=None if item.latest is None else max(item.latest, to),
                pinned=None if item.pinned is None else to,
            )
        must = (item.must and item.id not in gone) or item.id in swaps.values()
        items.append(replace(item, must=must))
    relations = tuple(
        AtMostOne(one.items) if isinstance(one, OneOf) and gone >= set(one.items) else one
        for one in problem.relations
    )
    return replace(
        problem,
        items=tuple(items),
        relations=relations,
        capacity={key: limit + grown("capacity", key) for key, limit in problem.capacity.items()},
        attention={
            key: limit + grown("attention", key) for key, limit in problem.attention.items()
        },
        budget={
            name: limit + more.get(("budget", name, -1), 0)
            for name, limit in problem.budget.items()
        }
        | {
            name: amount
            for (kind, name, _), amount in more.items()
            if kind == "budget" and name not in problem.budget
        },
        pays={
            claim: ways or (((claim,),) if ("budget", claim, -1) in more else ())
            for claim, ways in problem.pays.items()
        },
    )

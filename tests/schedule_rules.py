"""A second opinion on plans, from what the records say and nothing of the solver: a checker, a search
through every plan, and made-up problems."""

from __future__ import annotations

import itertools
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import networkx as nx
from hypothesis import strategies as st

from termwise.engine.scheduling.constraints import (
    AtMostOne,
    Follows,
    OneOf,
    Relation,
    Requires,
    StartedBy,
    Together,
)
from termwise.engine.scheduling.problem import Aim, Constraint, Item, Placement, Problem, laid_out

Chosen = Mapping[str, Placement]

RESOURCES = ("ada", "ben")
ACCOUNTS = ("fund", "grant", "tier")
CLAIMS = ("fund", "grant", "books", "cover")
WATCHERS = ("school", "staff")


# --- the checker


def broken(problem: Problem, chosen: Chosen, excused: Collection[str] = ()) -> Iterator[str]:
    """A sentence for every rule a choice breaks. Must-do items that are excused may be out, and groups of
    which one must be in, by their names joined by |."""
    items = {item.id: item for item in problem.items}
    for name, placement in chosen.items():
        if name not in items:
            yield f"nothing is called {name}"
        else:
            yield from _misplaced(items[name], placement)
    for item in problem.items:
        if item.must and item.id not in chosen and item.id not in excused:
            yield f"{item.id} must be in"
    for relation in problem.relations:
        if not holds(problem, relation, chosen, excused):
            yield f"broken: {relation}"
    yield from _overdrawn(problem, chosen)


def holds(
    problem: Problem, relation: Relation, chosen: Chosen, excused: Collection[str] = ()
) -> bool:
    """Whether a choice keeps to a relation."""

    def in_time(before: str, after: str, lag: int) -> bool:
        lengths = problem.lengths or (1,) * problem.slots
        between = sum(lengths[chosen[before].ready + 1 : chosen[after].start])
        late = chosen[before].ready >= chosen[after].start
        return not late and between >= lag

    match relation:
        case Requires(options, after, lag):
            return after not in chosen or any(
                option in chosen and in_time(option, after, lag) for option in options
            )
        case Follows(before, after, lag):
            return before not in chosen or after not in chosen or in_time(before, after, lag)
        case Together(names):
            found = [chosen[name].start for name in names if name in chosen]
            return not found or (len(found) == len(names) and len(set(found)) == 1)
        case AtMostOne(names):
            return sum(name in chosen for name in set(names)) <= 1
        case OneOf(names):
            inside = sum(name in chosen for name in set(names))
            return inside == 1 or (not inside and joined(relation) in excused)
        case StartedBy(options):
            return any(name in chosen and chosen[name].start <= slot for name, slot in options)
    raise TypeError(relation)


def _misplaced(item: Item, placement: Placement) -> Iterator[str]:
    start = placement.start
    if placement not in item.placements:
        yield f"{item.id} has no such placement"
    if item.earliest is not None and start < item.earliest:
        yield f"{item.id} starts in {start}, before {item.earliest}"
    if item.latest is not None and start > item.latest:
        yield f"{item.id} starts in {start}, after {item.latest}"
    if item.pinned is not None and start != item.pinned:
        yield f"{item.id} starts in {start}, not in {item.pinned}"


def _overdrawn(problem: Problem, chosen: Chosen) -> Iterator[str]:
    """The limits a choice goes beyond: adding an item to it never mends one."""
    for (resource, slot), capacity in problem.capacity.items():
        load = sum(placement.load.get((resource, slot), 0) for placement in chosen.values())
        if load > capacity:
            yield f"{load} of {resource} in {slot}, where there are {capacity}"
    for (watcher, slot), allowed in problem.attention.items():
        begun = [i for i in problem.items if i.id in chosen and chosen[i.id].start == slot]
        taken = sum(item.attention.get(watcher, 0) for item in begun)
        if taken > allowed:
            yield f"{taken} for {watcher} starts in {slot}, where {allowed} may"
    claimed: dict[str, int] = {}
    for placement in chosen.values():
        for claim, amount in placement.cost.items():
            claimed[claim] = claimed.get(claim, 0) + amount
    if not payable(problem, claimed):
        yield f"{claimed} can't be paid from {problem.budget}"


def _payable_by_flow(problem: Problem, chosen: Chosen) -> bool:
    """Whether all costs can be paid: a flow from claims through parts of accounts to the accounts."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    claims: dict[str, int] = {}
    for placement in chosen.values():
        for claim, amount in placement.cost.items():
            claims[claim] = claims.get(claim, 0) + amount
    graph.add_nodes_from(["all", "paid"])

    def through(account: str) -> None:
        limit = problem.budget.get(account, sum(claims.values()))
        graph.add_edge(("in", account), ("out", account), capacity=limit)

    for claim, amount in claims.items():
        graph.add_edge("all", ("claim", claim), capacity=amount)
        for way in problem.pays.get(claim, ((claim,),)):
            last: Any = ("claim", claim)
            for account in way:
                through(account)
                graph.add_edge(last, ("in", account))
                last = ("out", account)
            graph.add_edge(last, "paid")
    return bool(nx.maximum_flow_value(graph, "all", "paid") == sum(claims.values()))


def faults(problem: Problem, chosen: Chosen, excused: tuple[str, ...] = ()) -> list[str]:
    """What a plan breaks; money by a flow, since whole pounds are too many to try."""
    found = list(broken(replace(problem, budget={}, pays={}), chosen, excused))
    return found if _payable_by_flow(problem, chosen) else [*found, "it can't be paid"]


def payable(problem: Problem, claimed: Mapping[str, int]) -> bool:
    """Whether the accounts can pay all claims, each in whole parts by any of its ways."""
    left: dict[str, int] = dict(problem.budget)
    split = []
    for claim, amount in claimed.items():
        if claim in problem.pays:
            split.append((amount, problem.pays[claim]))
        elif claim in left:
            left[claim] -= amount
    return all(amount >= 0 for amount in left.values()) and _paid(split, left)


def _paid(
    claims: Sequence[tuple[int, tuple[tuple[str, ...], ...]]], left: Mapping[str, int]
) -> bool:
    if not claims:
        return True
    (amount, ways), *others = claims
    if not amount:
        return _paid(others, left)
    if not ways:
        return False
    limits = [left[account] for account in ways[0] if account in left]
    for part in range(min([amount, *limits]), -1, -1):
        rest = {account: a - part * (account in ways[0]) for account, a in left.items()}
        if _paid([(amount - part, ways[1:]), *others], rest):
            return True
    return False


# --- the search


def every_plan(problem: Problem, excused: Collection[str] = ()) -> Iterator[dict[str, Placement]]:
    """All choices that break nothing."""
    order = [item.id for item in problem.items]
    options: list[list[Placement | None]] = []
    ripe: list[list[Relation]] = [[] for _ in order]
    for item in problem.items:
        kept = [place for place in item.placements if not any(_misplaced(item, place))]
        options.append([*kept, *([] if item.must and item.id not in excused else [None])])
    for relation in problem.relations:
        places = [order.index(name) for name in _named(relation) if name in order]
        if places:
            ripe[max(places)].append(relation)

    def onward(depth: int, chosen: dict[str, Placement]) -> Iterator[dict[str, Placement]]:
        if depth == len(order):
            if not any(broken(problem, chosen, excused)):
                yield chosen
            return
        for placement in options[depth]:
            wider = chosen if placement is None else {**chosen, order[depth]: placement}
            ties = all(holds(problem, relation, wider, excused) for relation in ripe[depth])
            if ties and not any(_overdrawn(problem, wider)):
                yield from onward(depth + 1, wider)

    yield from onward(0, {})


def fits(problem: Problem) -> bool:
    """Whether there is a plan with every must-do item; what none of them needs is left out of it."""
    names = {item.id for item in problem.items if item.must}
    names |= {n for one in problem.relations if isinstance(one, OneOf) for n in one.items}
    while True:
        more = set(names)
        for one in problem.relations:
            if (isinstance(one, Requires) and one.after in names) or (
                isinstance(one, Together) and names & set(one.items)
            ):
                more |= set(_named(one))
        if more == names:
            break
        names = more
    items = sorted((i for i in problem.items if i.id in names), key=lambda i: (not i.must, i.id))
    return next(every_plan(replace(problem, items=tuple(items))), None) is not None


def _named(relation: Relation) -> tuple[str, ...]:
    match relation:
        case Requires(options, after, _):
            return (*options, after)
        case Follows(before, after, _):
            return (before, after)
        case _:
            return relation.names


def worth(chosen: Chosen) -> int:
    """The value of a choice."""
    return sum(placement.value for placement in chosen.values())


def joined(group: OneOf) -> str:
    """The name of a group of which one must be in."""
    return "|".join(sorted(group.items))


def musts(problem: Problem) -> set[str]:
    """What must be done: items, and groups of which one must be."""
    groups = {joined(one) for one in problem.relations if isinstance(one, OneOf)}
    return groups | {item.id for item in problem.items if item.must}


def undone(problem: Problem, chosen: Chosen) -> set[str]:
    """What must be done and is not in a choice."""
    return {name for name in musts(problem) if not set(name.split("|")) & set(chosen)}


def changes(one: Chosen, other: Chosen, besides: str = "") -> int:
    """How many items two choices place differently, one of them aside."""
    return sum(one.get(n) != other.get(n) for n in {*one, *other} - {besides})


# --- the rules of a problem


def rules(problem: Problem) -> Iterator[Constraint]:
    """Every rule of a problem, one by one."""
    for item in problem.items:
        if item.must:
            yield Constraint("must", item.id)
        if item.pinned is not None:
            yield Constraint("pinned", item.id)
        if item.earliest is not None:
            yield Constraint("earliest", item.id)
        if item.latest is not None:
            yield Constraint("latest", item.id)
    for relation in dict.fromkeys(problem.relations):
        yield Constraint("relation", relation=relation)
    for resource, slot in problem.capacity:
        yield Constraint("capacity", resource, slot)
    for account in {**problem.budget, **{c: () for c, ways in problem.pays.items() if not ways}}:
        yield Constraint("budget", account)  # or a claim that can't be paid
    for watcher, slot in problem.attention:
        yield Constraint("attention", watcher, slot)


def without(problem: Problem, rule: Constraint) -> Problem:
    """The problem lacking one of its rules; one without a slot is meant for every slot."""

    def others(limits: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], int]:
        return {
            (name, slot): limit
            for (name, slot), limit in limits.items()
            if name != rule.name or rule.slot not in (None, slot)
        }

    match rule.kind:
        case "must" | "pinned" | "earliest" | "latest":
            free: Any = {rule.kind: False if rule.kind == "must" else None}
            items = tuple(replace(i, **free) if i.id == rule.name else i for i in problem.items)
            return replace(problem, items=items)
        case "relation":
            relations = tuple(one for one in problem.relations if one != rule.relation)
            return replace(problem, relations=relations)
        case "capacity":
            return replace(problem, capacity=others(problem.capacity))
        case "budget":
            budget = {name: most for name, most in problem.budget.items() if name != rule.name}
            pays = {c: ((),) if c == rule.name and not w else w for c, w in problem.pays.items()}
            return replace(problem, budget=budget, pays=pays)
        case "attention":
            return replace(problem, attention=others(problem.attention))


def only(problem: Problem, wanted: Collection[Constraint]) -> Problem:
    """The problem with these of its rules and no other."""

    def meant(rule: Constraint) -> bool:
        return any(replace(rule, slot=one.slot) == one for one in wanted if one.slot is None)

    for rule in rules(problem):
        if rule not in wanted and not meant(rule):
            problem = without(problem, rule)
    return problem


# --- made-up problems


@st.composite
def an_item(draw: st.DrawFn, name: str, slots: int, musts: st.SearchStrategy[bool]) -> Item:
    ready = 0
    placements = []
    for start in sorted(draw(st.sets(st.integers(0, slots - 1), max_size=slots))):
        ready = draw(st.integers(max(ready, start), max(ready, slots - 1)))
        end = draw(st.integers(start, slots - 1))
        keys = st.tuples(st.sampled_from(RESOURCES), st.integers(start, end))
        load = draw(st.dictionaries(keys, st.integers(1, 4), max_size=3))
        cost = draw(st.dictionaries(st.sampled_from(CLAIMS), st.integers(0, 4), max_size=2))
        placements.append(Placement(start, end, ready, draw(st.integers(0, 20)), load, cost))
    slot = st.integers(0, slots - 1)
    seldom = st.sampled_from([None, None, None, None, "earliest", "latest", "pinned"])
    rule = draw(seldom)
    windows: Any = {} if rule is None else {rule: draw(slot)}
    attention = draw(st.dictionaries(st.sampled_from(WATCHERS), st.integers(0, 2)))
    return Item(name, tuple(placements), draw(musts), attention, **windows)


@st.composite
def some_relations(draw: st.DrawFn, names: Sequence[str]) -> tuple[Relation, ...]:
    """A few of every kind; what comes before has the earlier name, so that nothing needs itself."""
    pairs = list(itertools.combinations(names, 2))
    if not pairs:
        return ()
    found: list[Relation] = []
    lag = st.sampled_from([0, 0, 1, 2, 3])
    for before, after in draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)):
        found.append(Requires((before,), after, draw(lag)))
    if len(names) > 2 and draw(st.booleans()):
        one, other, after = draw(st.sampled_from(list(itertools.combinations(names, 3))))
        found.append(Requires((one, other), after, draw(lag)))
    for before, after in draw(st.lists(st.sampled_from(pairs), max_size=1)):
        found.append(Follows(before, after, draw(lag)))
    groups = [group for size in (2, 3) for group in itertools.combinations(names, size)]
    kinds: tuple[type[Together | AtMostOne | OneOf], ...] = (Together, AtMostOne, OneOf)
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=2)):
        found.append(kind(draw(st.sampled_from(groups))))
    return tuple(draw(st.permutations(found)))


@st.composite
def problems(
    draw: st.DrawFn,
    most_items: int = 4,
    most_slots: int = 3,
    musts: st.SearchStrategy[bool] | None = None,
    aims: tuple[Aim, ...] = ("must-do", "value", "smooth load"),
) -> Problem:
    """Small problems with something of everything."""
    musts = st.sampled_from([False, False, True]) if musts is None else musts
    slots = draw(st.integers(1, most_slots))
    names = [f"item-{number}" for number in range(draw(st.integers(1, most_items)))]
    slot, limit = st.integers(0, slots - 1), st.integers(0, 6)
    way = st.lists(st.sampled_from(ACCOUNTS), min_size=1, max_size=2, unique=True).map(tuple)
    ways = st.lists(way, max_size=3, unique=True).map(tuple)
    payments = {"grant": way.map(lambda only: (only,)), "books": ways, "cover": ways}
    lengths = st.lists(st.integers(1, 3), min_size=slots, max_size=slots).map(tuple)
    return Problem(
        slots=slots,
        items=tuple(draw(an_item(name, slots, musts)) for name in names),
        relations=draw(some_relations(names)),
        capacity=draw(
            st.dictionaries(st.tuples(st.sampled_from(RESOURCES), slot), limit, max_size=6)
        ),
        budget=draw(st.dictionaries(st.sampled_from(ACCOUNTS), limit)),
        pays=draw(st.fixed_dictionaries({}, optional=payments)),
        attention=draw(
            st.dictionaries(
                st.tuples(st.sampled_from(WATCHERS), slot), st.integers(0, 4), max_size=4
            )
        ),
        lengths=draw(st.one_of(st.just(()), lengths)),
        aims=aims,
        smooth_above=draw(st.sampled_from([0.5, 0.8, 1.0])),
        allowance=draw(st.sampled_from([0.0, 0.1, 0.5])),
    )


def a_school(seed: int, count: int = 14, slots: int = 6) -> Problem:
    """A problem of a size that is met with, the same for the same seed; nothing in it must be done."""
    dice = random.Random(seed)
    names = [f"step-{number:02}" for number in range(count)]
    items = []
    for name in names:
        length, base = dice.randint(1, 3), dice.randint(10, 99)
        load = {who: [dice.randint(0, 4) for _ in range(length)] for who in RESOURCES}
        value = [base * (3 * slots - start) for start in range(slots)]
        cost = {dice.choice(CLAIMS): dice.randint(1, 9)}
        places = laid_out(slots, length, load, value, cost)
        items.append(Item(name, places, attention={"school": dice.randint(0, 2)}))
    relations: list[Relation] = []
    for position in range(3, count):
        if dice.random() < 0.5:
            options = tuple(dice.sample(names[:position], dice.randint(1, 2)))
            relations.append(Requires(options, names[position], dice.randint(0, 1)))
    relations.append(AtMostOne((names[0], names[1], names[2])))
    relations.append(Together((names[3], names[4])))
    return Problem(
        slots,
        tuple(items),
        tuple(relations),
        {(who, slot): dice.randint(6, 10) for who in RESOURCES for slot in range(slots)},
        {account: dice.randint(8, 20) for account in ACCOUNTS},
        {"books": (("grant",), ("fund", "tier")), "cover": (("fund",), ("grant", "tier"))},
        {("school", slot): 4 for slot in range(slots)},
        smooth_above=0.85,
        allowance=0.01,
    )

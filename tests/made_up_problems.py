"""Made-up scheduling problems as large as a school's: seeded, of a recipe told in `made_up`."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from termwise.engine.scheduling.constraints import AtMostOne, Follows, Relation, Requires, Together
from termwise.engine.scheduling.problem import Item, Placement, Problem

ROLES = ("ash", "birch", "cedar", "elm", "oak")
HALF_TERMS_THEN_TERMS = (1,) * 6 + (2,) * 6


def made_up(
    candidates: int,
    seed: int,
    tight: bool = False,
    lengths: tuple[int, ...] = (1,) * 6,
    year: int = 3,
    **more: Any,
) -> Problem:
    """A problem with so many candidates; `year` is the length of a year in the units of `lengths`.

    Demand over capacity is 1.4 for every role, the money and the starts when tight, else drawn for each
    from 0.75 to 1.8. A candidate takes 1 to 3 roles for 1 to 3 terms; every other one costs money, a third
    of those payable from a grant as well; it is worth V * (2H + m * (H - end)), m being 2 or 3. One in ten
    must be done, by a deadline in the second half that can be kept; 0.6 prerequisites each, some with two
    options or a lag; one in eight excludes another, one in ten is to follow another, one pair goes
    together. On top come, pinned, four network days a year and a review each slot, and a must-do visit
    each year, with room made for them.
    """
    rnd = random.Random(f"{candidates} {seed} {tight} {lengths}")
    grid = _Grid(lengths, year)
    items = [_candidate(rnd, grid, f"item-{number:03d}") for number in range(candidates)]
    relations = tuple(_relations(rnd, [item.id for item in items]))
    tightness = 1.4

    def scarce(demand: float, share: float = 1.0) -> int:
        return round(demand * share / (1.4 if tight else tightness))

    series = [*_series(grid), *_visits(grid)]
    capacity: dict[tuple[str, int], int] = {}
    for role in ROLES:
        tightness = rnd.uniform(0.75, 1.8)
        demand = sum(
            amount
            for item in items
            for (who, _), amount in item.placements[0].load.items()
            if who == role
        )
        for slot, length in enumerate(lengths):
            fixed = sum(item.placements[0].load.get((role, slot), 0) for item in series)
            capacity[role, slot] = fixed + scarce(demand, length / sum(lengths))
    tightness = rnd.uniform(0.75, 1.8)
    demand = sum(sum(item.placements[0].cost.values()) for item in items)
    years = range(grid.years)
    budget = {f"budget-{y}": scarce(demand * 0.85, 1 / grid.years) for y in years}
    budget |= {f"grant-{y}": scarce(demand * 0.15, 1 / grid.years) for y in years}
    pays = {f"joint-{y}": ((f"grant-{y}",), (f"budget-{y}",)) for y in years}
    tightness = rnd.uniform(0.75, 1.8)
    changes = sum(item.attention.get("change", 0) for item in items)
    attention = {
        ("change", slot): max(2, scarce(changes, length / sum(lengths)))
        for slot, length in enumerate(lengths)
    }
    problem = Problem(
        slots=len(lengths),
        items=(*items, *series),
        relations=relations,
        capacity=capacity,
        budget=budget,
        pays=pays,
        attention=attention,
        lengths=lengths,
        **{"smooth_above": 0.85, "allowance": 0.01, **more},
    )
    duties = _duties(rnd, problem, [item.id for item in items], candidates // 10)
    return replace(problem, items=tuple(duties.get(item.id, item) for item in problem.items))


def _duties(rnd: random.Random, problem: Problem, names: list[str], many: int) -> dict[str, Item]:
    """So many must-do items with deadlines that they and all they require can keep, one after another;
    fewer when no more are found."""
    tied: set[str] = set()
    needs: dict[str, list[Requires]] = {name: [] for name in names}
    for relation in problem.relations:
        if isinstance(relation, Requires):
            needs[relation.after].append(relation)
        elif isinstance(relation, Follows):
            tied |= {relation.before, relation.after}
        else:
            tied |= set(relation.names)
    left = {("work", *key): amount for key, amount in problem.capacity.items()}
    left |= {("start", *key): amount for key, amount in problem.attention.items()}
    left |= {("money", account, 0): amount for account, amount in problem.budget.items()}
    for item in problem.items:
        if item.must:
            left.update(_rest(left, item, item.placements[0]))
    placed: dict[str, Placement] = {}
    found: dict[str, Item] = {}

    def place(name: str) -> bool:
        if name in placed:
            return True
        if name in tied or not all(any(map(place, one.options)) for one in needs[name]):
            return False
        for placement in problem.item(name).open:
            rest = _rest(left, problem.item(name), placement)
            if all(amount >= 0 for amount in rest.values()) and all(
                any(
                    option in placed
                    and problem.in_time(placed[option].ready, placement.start, one.lag)
                    for option in one.options
                )
                for one in needs[name]
            ):
                placed[name] = placement
                left.update(rest)
                return True
        return False

    for name in rnd.sample(names, len(names)):
        if len(found) < many and place(name):
            item, start = problem.item(name), placed[name].start
            last = item.open[-1].start
            deadline = rnd.randint(max(start, min(last, problem.slots // 2)), last)
            found[name] = replace(item, must=True, latest=deadline)
    return found


def _rest(
    left: dict[tuple[str, str, int], int], item: Item, placement: Placement
) -> dict[tuple[str, str, int], int]:
    """What would be left of all it takes; what may be paid from a grant as well is paid without it."""
    takes = {("work", *key): amount for key, amount in placement.load.items()}
    takes |= {("start", what, placement.start): n for what, n in item.attention.items()}
    for claim, amount in placement.cost.items():
        takes["money", claim.replace("joint", "budget"), 0] = amount
    return {key: left.get(key, 0) - amount for key, amount in takes.items()}


class _Grid:
    """Slots, units of time and years."""

    def __init__(self, lengths: tuple[int, ...], year: int) -> None:
        self.lengths = lengths
        self.clock = [0, *itertools.accumulate(lengths)]
        self.years = self.clock[-1] // year
        self.year = [begin // year for begin in self.clock[:-1]]
        self.term = year // 3

    def covered(self, start: int, units: int) -> list[tuple[int, int]] | None:
        """The slots that so many units cover, each with how many of them; None past the end."""
        found = []
        for slot in range(start, len(self.lengths)):
            found.append((slot, min(units, self.lengths[slot])))
            units -= found[-1][1]
            if not units:
                return found
        return None


def _candidate(rnd: random.Random, grid: _Grid, name: str) -> Item:
    units = rnd.choice((1, 1, 2, 2, 2, 3)) * grid.term
    work = {role: rnd.randint(1, 6) for role in rnd.sample(ROLES, rnd.randint(1, 3))}
    money = rnd.randint(2, 30) * 100 if rnd.random() < 0.5 else 0
    fund = "joint" if rnd.random() < 0.3 else "budget"
    worth, slope, end = rnd.randint(20, 100), rnd.choice((2, 2, 3)), grid.clock[-1]
    placements = []
    for start in range(len(grid.lengths)):
        covered = grid.covered(start, units)
        if covered is None:
            break
        last = covered[-1][0]
        placements.append(
            Placement(
                start,
                last,
                last,
                worth * (2 * end + slope * (end - grid.clock[start] - units)),
                {(role, slot): amount * n for slot, n in covered for role, amount in work.items()},
                {f"{fund}-{grid.year[start]}": money} if money else {},
            )
        )
    earliest = rnd.randint(1, 2) if rnd.random() < 0.2 else None
    attention = {"change": rnd.randint(1, 2)} if rnd.random() < 0.8 else {}
    return Item(name, tuple(placements), attention=attention, earliest=earliest)


def _relations(rnd: random.Random, names: list[str]) -> Iterator[Relation]:
    shuffled = rnd.sample(names, len(names))
    pairs = [(shuffled.pop(), shuffled.pop()) for _ in range(max(1, len(names) // 16))]
    for pair in pairs:
        yield AtMostOne(tuple(sorted(pair)))
    paired = {name for pair in pairs for name in pair}
    yield Together(tuple(sorted((shuffled.pop(), shuffled.pop()))))
    ties = rnd.sample(list(itertools.combinations(names, 2)), len(names) * 7 // 10)
    for number, (before, after) in enumerate(ties):
        if number < len(names) // 10:
            yield Follows(before, after)
            continue
        options = [before]
        earlier = [name for name in names[: names.index(after)] if name != before]
        if earlier and (before in paired or rnd.random() < 0.15):
            options.append(rnd.choice(earlier))
        yield Requires(tuple(sorted(options)), after, int(rnd.random() < 0.1))


def _series(grid: _Grid) -> Iterator[Item]:
    """What is pinned: a review in each slot, four network days in each year."""
    slots = range(len(grid.lengths))
    for slot in slots:
        yield _fixed(f"review-{slot:02d}", slot, {"ash": 1, "oak": 1})
    for year in range(grid.years):
        within = [slot for slot in slots if grid.year[slot] == year]
        for day in range(4):
            slot = within[day * len(within) // 4]
            yield _fixed(f"network-day-{year}-{day}", slot, {"ash": 1, "birch": 1, "oak": 1})


def _fixed(name: str, slot: int, work: dict[str, int]) -> Item:
    place = Placement(slot, slot, slot, 0, {(role, slot): n for role, n in work.items()})
    return Item(name, (place,), must=True, pinned=slot)


def _visits(grid: _Grid) -> Iterator[Item]:
    """A visit each year, not in its last third."""
    for year in range(grid.years):
        within = [slot for slot, its in enumerate(grid.year) if its == year]
        placements = tuple(
            Placement(slot, slot, slot, 0, {("ash", slot): 2, ("oak", slot): 2})
            for slot in within[: max(1, len(within) * 2 // 3)]
        )
        yield Item(f"visit-{year}", placements, must=True)

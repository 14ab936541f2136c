"""Why an item stands where it does: what would be in the way elsewhere, all else left where it is."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Blocker, Placement, Problem, Solution


def nearest_earlier(problem: Problem, solution: Solution, name: str) -> Placement | None:
    """The placement next before the one chosen (for an item left out: the one with fewest blockers)."""
    item = problem.item(name)
    if name not in solution.chosen:
        ranked = sorted(
            item.placements,
            key=lambda p: (len(list(blockers(problem, solution, name, p))), p.start),
        )
        return ranked[0] if ranked else None
    start = solution.chosen[name].start
    earlier = [placement for placement in item.placements if placement.start < start]
    return earlier[-1] if earlier else None


def blockers(
    problem: Problem, solution: Solution, name: str, placement: Placement
) -> Iterator[Blocker]:
    """What keeps an item from a placement while everything else stays where it is."""
    others = {other: place for other, place in solution.chosen.items() if other != name}
    for before, after in sorted(problem.requires):
        if after == name and not (before in others and others[before].ready < placement.start):
            yield Blocker("needs", before, others[before].ready if before in others else None)
    for options, after in sorted(problem.requires_any):
        if after == name and not any(
            option in others and others[option].ready < placement.start for option in options
        ):
            ready = sorted(others[option].ready for option in options if option in others)
            yield Blocker("needs", sorted(options)[0], ready[0] if ready else None)
    for before, after in sorted(problem.follows):
        if after == name and before in others and others[before].ready >= placement.start:
            yield Blocker("before", before, others[before].ready)
    for group in problem.at_most_one:
        if name in group:
            for other in sorted(group):
                if other != name and other in others:
                    yield Blocker("alternative", other)
    for (resource, slot), wanted in sorted(placement.load.items()):
        key = (resource, slot)
        if key not in problem.capacity:
            continue
        used = {other: place.load.get(key, 0) for other, place in others.items()}
        left = problem.capacity[key] - sum(used.values())
        if wanted > left:
            yield Blocker("capacity", resource, slot, wanted, left, _most(used))
    for account, wanted in sorted(placement.cost.items()):
        if account in problem.budget:
            spent = {other: place.cost.get(account, 0) for other, place in others.items()}
            left = problem.budget[account] - sum(spent.values())
            if wanted > left:
                yield Blocker("budget", account, None, wanted, left, _most(spent))
    change = problem.item(name).change
    if problem.starts and change:
        begun = {
            other: problem.item(other).change
            for other, place in others.items()
            if place.start == placement.start
        }
        left = problem.starts[placement.start] - sum(begun.values())
        if change > left:
            yield Blocker("starts", "", placement.start, change, left, _most(begun))


def _most(amounts: dict[str, int]) -> tuple[str, ...]:
    ranked = sorted(((-amount, name) for name, amount in amounts.items() if amount > 0))
    return tuple(name for _, name in ranked[:3])

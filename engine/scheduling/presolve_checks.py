"""Presolve checks: the contradictions among must-do items that adding up shows without a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .problem import Constraint, Item, Placement, Problem, RuleKind


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A limit that is asked for more than it has."""

    rule: Constraint
    need: int
    have: int
    users: tuple[str, ...]
    """The items that need it, those that take most first."""
    until: int | None = None
    """The last slot, where the limit of several slots is added up from `rule.slot` on."""


def must_part(problem: Problem, besides: Iterable[str] = ()) -> Problem:
    """The problem without what can always be left out: what must be done, and all it may need, is left."""
    names = {item.id for item in problem.items if item.must} | set(besides)
    grown = True
    while grown:
        grown = False
        for relation in problem.relations:
            more = relation.wants(names)
            if not more <= names:
                names |= more
                grown = True
    return replace(
        problem,
        items=tuple(item for item in problem.items if item.id in names),
        relations=tuple(one for one in problem.relations if one.concerns(names)),
    )


def preflight(problem: Problem) -> tuple[Shortfall, ...]:
    """The plain contradictions, by adding up and without a search: what must be done and has no slot left
    (need 1, have 0), and limits of which it takes more than there is, wherever it is put."""
    part = must_part(problem)
    first, last = _windows(part)
    found: list[Shortfall] = []
    places: dict[str, list[Placement]] = {}
    for item in sorted(part.items, key=lambda item: item.id):
        if not item.must:
            continue
        fit = [p for p in item.open if first[item.id] <= p.start <= last[item.id]]
        if not fit:
            found.append(Shortfall(Constraint("must", item.id), 1, 0, (item.id,)))
        else:
            places[item.id] = fit
    spans = [
        (first, last)
        for length in range(1, problem.slots + 1)
        for first in range(problem.slots - length + 1)
        for last in (first + length - 1,)
    ]
    shared: tuple[tuple[RuleKind, Mapping[tuple[str, int], int]], ...] = (
        ("capacity", part.capacity),
        ("attention", part.attention),
    )
    for kind, limits in shared:
        for name in sorted({key[0] for key in limits}):
            seen: list[tuple[int, int]] = []
            for begin, end in spans:
                keys = [(name, slot) for slot in range(begin, end + 1)]
                if any(key not in limits for key in keys):
                    continue
                if any(begin <= one and other <= end for one, other in seen):
                    continue  # a shorter span within it has told already
                takes = {
                    item: least
                    for item, fit in places.items()
                    if (least := min(_within(kind, part.item(item), p, keys) for p in fit))
                }
                need, have = sum(takes.values()), sum(limits[key] for key in keys)
                if need > have:
                    seen.append((begin, end))
                    rule = Constraint(kind, name, begin)
                    found.append(Shortfall(rule, need, have, ranked(takes), end))
    for account in sorted(part.budget):
        takes = {
            item: least
            for item, fit in places.items()
            if (least := min(_charge(part, p, account) for p in fit))
        }
        if sum(takes.values()) > part.budget[account]:
            need = sum(takes.values())
            found.append(
                Shortfall(Constraint("budget", account), need, part.budget[account], ranked(takes))
            )
    return tuple(found)


def _within(kind: str, item: Item, placement: Placement, keys: list[tuple[str, int]]) -> int:
    if kind == "capacity":
        return sum(placement.load.get(key, 0) for key in keys)
    return sum(item.attention.get(name, 0) for name, slot in keys if placement.start == slot)


def _charge(problem: Problem, placement: Placement, account: str) -> int:
    """Return the least a placement takes from an account: claims all of whose ways draw on it."""
    return sum(
        amount
        for claim, amount in placement.cost.items()
        if (ways := problem.pays.get(claim, ((claim,),))) and all(account in way for way in ways)
    )


def _windows(part: Problem) -> tuple[dict[str, int], dict[str, int]]:
    """The first and last slot each item may start in by its own rules and by what must stand before it
    or after it."""
    first = {i.id: min((p.start for p in i.open), default=part.slots) for i in part.items}
    last = {i.id: max((p.start for p in i.open), default=-1) for i in part.items}
    for _ in part.items:  # as long as the longest chain can be
        before = (dict(first), dict(last))
        for relation in part.relations:
            relation.narrow(part, first, last)
        if (first, last) == before:
            break
    return first, last


def ranked(amounts: Mapping[str, int]) -> tuple[str, ...]:
    """Names by amount, the greatest first."""
    return tuple(sorted(amounts, key=lambda name: (-amounts[name], name)))

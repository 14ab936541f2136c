"""The division of a plan's cost among accounts: each claim's first way of paying goes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .cp_model import INFINITY, Model, Terms, add, ask
from .problem import Placement, Problem


def claimed(chosen: Iterable[Placement]) -> dict[str, int]:
    """Return the total cost of some placements, by claim."""
    claims: dict[str, int] = {}
    for placement in chosen:
        for claim, amount in placement.cost.items():
            claims[claim] = claims.get(claim, 0) + amount
    return claims


def split(problem: Problem, claims: Mapping[str, int]) -> dict[tuple[str, int], int] | None:
    """Divide the claims among their ways: amounts by (claim, index of the way); None if unpayable.

    Of all divisions it is one in which as much as possible is paid in the ways that stand first.
    """
    if all(len(_ways(problem, claim)) == 1 for claim in claims):
        spent: dict[str, int] = {}
        for claim, amount in claims.items():
            for account in _ways(problem, claim)[0]:
                spent[account] = spent.get(account, 0) + amount
        fits = all(amount <= problem.budget.get(name, amount) for name, amount in spent.items())
        return {(claim, 0): amount for claim, amount in sorted(claims.items())} if fits else None
    model, parts = _shares(problem, claims)
    for claim, amount in sorted(claims.items()):
        paid = {variable: 1 for (name, _), variable in parts.items() if name == claim}
        model.linear(paid, amount, amount)
    objective = {variable: 1 + place for (_, place), variable in parts.items() if place}
    answer = ask(model, objective)
    if answer is None:
        return None
    return {key: amount for key, part in parts.items() if (amount := answer.values[part])}


def left(problem: Problem, claims: Mapping[str, int], claim: str) -> int:
    """Return how much more of a claim could be paid beside `claims`.

    Negative when `claims` can't be paid: what is missing where each claim has one way, else -1.
    INFINITY when nothing limits it.
    """
    ways = _ways(problem, claim)
    if len(ways) == 1 and all(len(_ways(problem, name)) == 1 for name in claims):
        rest = [
            problem.budget[account]
            - sum(amount for name, amount in claims.items() if account in _ways(problem, name)[0])
            for account in ways[0]
            if account in problem.budget
        ]
        return min(rest, default=INFINITY)
    asked = (tuple(sorted(claims.items())), claim)
    if asked not in problem.payable:
        problem.payable[asked] = _searched(problem, claims, claim)
    return problem.payable[asked]


def _searched(problem: Problem, claims: Mapping[str, int], claim: str) -> int:
    wanted = {**claims, claim: claims.get(claim, 0)}
    model, parts = _shares(problem, wanted)
    for name, amount in sorted(wanted.items()):
        paid = {variable: 1 for (other, _), variable in parts.items() if other == name}
        model.linear(paid, amount, amount if name != claim else INFINITY)
    own = [variable for (name, _), variable in parts.items() if name == claim]
    if any(_endless(problem, way) for way in _ways(problem, claim)):
        return INFINITY
    answer = ask(model, dict.fromkeys(own, -1))
    if answer is None:
        return -1
    return (
        sum(answer.values[part] for (name, _), part in parts.items() if name == claim)
        - wanted[claim]
    )


def _endless(problem: Problem, way: tuple[str, ...]) -> bool:
    return not any(account in problem.budget for account in way)


def _ways(problem: Problem, claim: str) -> tuple[tuple[str, ...], ...]:
    return problem.pays.get(claim, ((claim,),))


def _shares(
    problem: Problem, wanted: Mapping[str, int]
) -> tuple[Model, dict[tuple[str, int], int]]:
    model = Model(Problem(slots=0, items=(), effort=problem.effort))
    most = sum(problem.budget.values()) + sum(wanted.values())
    parts: dict[tuple[str, int], int] = {}
    accounts: dict[str, Terms] = {}
    for claim in sorted(wanted):
        for place, way in enumerate(_ways(problem, claim)):
            bound = [problem.budget[account] for account in way if account in problem.budget]
            part = model.new(0, max(0, min(bound, default=most)))
            parts[claim, place] = part
            for account in way:
                add(accounts.setdefault(account, {}), part, 1)
    for account, terms in sorted(accounts.items()):
        if account in problem.budget:
            model.linear(terms, 0, problem.budget[account])
    return model, parts

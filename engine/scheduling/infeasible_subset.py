"""An irreducible infeasible subset (IIS) of the constraints, and how much it needs of limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .cp_model import Model, Terms, ask, core
from .presolve_checks import Shortfall, must_part, ranked
from .problem import Constraint, Item, Placement, Problem, RuleKind

_EDITORIAL: tuple[RuleKind, ...] = (
    "pinned",
    "attention",
    "budget",
    "earliest",
    "latest",
    "relation",
    "capacity",
    "must",
)
"""The kinds of rule in the order in which a conflict tries to do without them: it is told, where it can be,
by what must be done and by who has the time."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A smallest set of rules that can't hold together: without any one of them the rest can."""

    rules: tuple[Constraint, ...]
    shortfalls: tuple[Shortfall, ...] = ()
    """For each limit among them: the least the other rules need of it, and what there is."""


def fits(problem: Problem) -> bool:
    """Tell whether all must-do items can be placed together; runs the solver."""
    return ask(Model(must_part(problem))) is not None


def conflict(problem: Problem) -> Conflict | None:
    """A smallest set of rules that keeps what must be done from fitting; None when it fits."""
    part = must_part(problem)
    named = Model(part, named=True)
    everything = tuple(named.rules)
    found = core(named)
    if found is None:
        return None
    order = {rule: place for place, rule in enumerate(everything)}
    rank = {kind: place for place, kind in enumerate(_EDITORIAL)}

    def fits(rules: set[Constraint]) -> bool:
        return ask(Model(part, without=set(everything) - rules)) is not None

    kept = set(found)
    if fits(kept):
        kept = set(everything)  # the solver named too few: begin with all
    for rule in sorted(kept, key=lambda rule: (rank[rule.kind], -order[rule])):
        if not fits(kept - {rule}):
            kept.discard(rule)
    rules = tuple(sorted(kept, key=lambda rule: (-rank[rule.kind], order[rule])))
    return Conflict(rules, tuple(_shortfalls(part, rules, set(everything))))


def _shortfalls(
    part: Problem, rules: tuple[Constraint, ...], everything: set[Constraint]
) -> Iterator[Shortfall]:
    for rule in rules:
        if rule.kind not in ("capacity", "budget", "attention"):
            continue
        model = Model(part, without=(everything - set(rules)) | {rule})
        terms, have = _limit(part, model, rule)
        answer = ask(model, terms)
        if answer is None or not answer.proved:
            continue
        takes = {
            item.id: amount
            for item in part.items
            if item.id in answer.starts
            and (amount := _takes(part, rule, item, item.at(answer.starts[item.id])))
        }
        need = sum(factor * answer.values[variable] for variable, factor in terms.items())
        yield Shortfall(rule, need, have, ranked(takes))


def _limit(part: Problem, model: Model, rule: Constraint) -> tuple[Terms, int]:
    """Return the use of a capacity, account or attention budget as linear terms, and its limit."""
    if rule.kind == "budget":
        charged = {**model.charged, **model.unpaid}
        return charged.get(rule.name, {}), part.budget.get(rule.name, 0)
    assert rule.slot is not None
    key = (rule.name, rule.slot)
    if rule.kind == "capacity":
        return model.loads[key], part.capacity[key]
    return model.begun[key], part.attention[key]


def _takes(part: Problem, rule: Constraint, item: Item, placement: Placement) -> int:
    if rule.kind == "budget":
        return sum(
            amount
            for claim, amount in placement.cost.items()
            if claim == rule.name or any(rule.name in way for way in part.pays.get(claim, ()))
        )
    if rule.kind == "capacity":
        return placement.load.get((rule.name, rule.slot or 0), 0)
    return item.attention.get(rule.name, 0) if placement.start == rule.slot else 0

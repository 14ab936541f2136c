"""Objectives: value, ties, changes, makespan and peaks of a model, as linear expressions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from ..problem import Placement
from .model import Model
from .solver_records import INFINITY
from .variables import Terms, add

HASH = 1 << 12


def value_terms(model: Model) -> Terms:
    """The value of what is in the plan."""
    terms: Terms = {}
    for item in model.items:
        for placement, step in model.steps(item):
            for variable, sign in step.items():
                add(terms, variable, sign * placement.value)
    return terms


def tie_terms(model: Model) -> Terms:
    """A number for every plan, different for almost all: so that the best plan is one plan."""
    terms: Terms = {}
    for item in model.items:
        for placement, step in model.steps(item):
            for variable, sign in step.items():
                add(terms, variable, sign * tie(item.id, placement.start))
    return terms


def change_terms(
    model: Model, chosen: Mapping[str, Placement], but: str, kin: Mapping[str, str] | None = None
) -> tuple[Terms, int]:
    """Return how many items but one stand elsewhere than in `chosen`: terms and a constant.

    `kin` names the group of each item that is one form of something: a group of which one item is chosen
    counts once, whether that stands elsewhere or another form takes its place.
    """
    kin = kin or {}
    own = kin.get(but, but)
    held = {kin.get(name, name) for name in chosen}
    terms: Terms = {}
    constant = 0
    for item in model.items:
        group = kin.get(item.id, item.id)
        if group == own or not model.z[item.id]:
            continue
        if item.id not in chosen:
            if group not in held:
                add(terms, model.z[item.id][-1], 1)
            continue
        constant += 1
        for placement, step in model.steps(item):
            if placement.start == chosen[item.id].start:
                for variable, sign in step.items():
                    add(terms, variable, -sign)
    return terms, constant


def makespan_terms(model: Model) -> Terms:
    """Return the makespan, the slots until all chosen items are over, less `Problem.slots`."""
    terms: Terms = {}
    before = None
    for slot in reversed(range(model.problem.slots)):
        over = model.new()  # all is over before this slot
        if before is not None:
            model.clause([before], over)
        before = over
        terms[over] = -1
        for item in model.items:
            steps, last = model.z[item.id], None
            for position, placement in enumerate(model.places[item.id]):
                if placement.end < slot:
                    last = position
            if steps and last != len(steps) - 1:
                done = [] if last is None else [steps[last]]
                model.clause([-steps[-1] - 1, *done], over)
    return terms


def peak_terms(model: Model) -> Terms:
    """The load above the smooth share of each capacity."""
    terms: Terms = {}
    for key, capacity in sorted(model.problem.capacity.items()):
        if key not in model.loads:
            continue
        line = int(model.problem.smooth_above * capacity)
        if sum(abs(factor) for factor in model.loads[key].values()) <= line:
            continue
        over = model.new(0, max(0, capacity - line))
        model.linear({**model.loads[key], over: -1}, -INFINITY, line)
        terms[over] = 1
    return terms


def tie(name: str, slot: int) -> int:
    """A number from 1 for an item and a start, the same everywhere."""
    digest = hashlib.sha256(f"{name}|{slot}".encode()).digest()
    return 1 + int.from_bytes(digest[:4], "big") % HASH

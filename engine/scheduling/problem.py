"""The scheduling problem and its solution as plain records; every number is a whole number.

Slots follow one another from 0. An item is done at most once, in one of its placements; each placement
carries all that follows from starting there. A constraint has a name, so that a conflict and a repair
can be told by it (`Constraint`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from .constraints import OneOf, Relation, StartedBy

Status = Literal["optimal", "within-gap", "infeasible"]
Aim = Literal["must-do", "coverage", "urgent", "value", "finish early", "smooth load"]
GOALS: tuple[Aim, ...] = ("coverage", "urgent")
"""The aims that are made of goals."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One way to place an item: the slot it starts in, and all that follows from it."""

    start: int
    end: int
    """The last slot it takes time in."""
    ready: int
    """The slot after which what needs it may start."""
    value: int = 0
    load: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """Work by resource and slot."""
    cost: Mapping[str, int] = field(default_factory=dict)
    """Money by claim; a claim that `Problem.pays` does not list is an account."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may be done once; its placements are in order of start, ready never falling.

    `earliest`, `latest` and `pinned` narrow the placements by rules of their own, so that a conflict can
    name them and a way out can move them.
    """

    id: str
    placements: tuple[Placement, ...]
    must: bool = False
    attention: Mapping[str, int] = field(default_factory=dict)
    """What it takes, in the slot it starts in, of each budget of attention."""
    earliest: int | None = None
    latest: int | None = None
    """The last slot it may start in."""
    pinned: int | None = None
    """The slot it has to start in, if it is in."""

    def at(self, start: int) -> Placement:
        """The placement that starts in a slot; KeyError when there is none."""
        for placement in self.placements:
            if placement.start == start:
                return placement
        raise KeyError(f"{self.id} can't start in slot {start}")

    def allowed(self, start: int) -> bool:
        """Tell whether `earliest`, `latest` and `pinned` let the item start in a slot."""
        return (
            (self.earliest is None or start >= self.earliest)
            and (self.latest is None or start <= self.latest)
            and (self.pinned is None or start == self.pinned)
        )

    @property
    def open(self) -> tuple[Placement, ...]:
        """The placements its own rules allow."""
        return tuple(placement for placement in self.placements if self.allowed(placement.start))


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that is to be met if it can be, before any value: one of several items started in time."""

    id: str
    aim: Aim
    """The aim whose level it belongs to: one of `GOALS`."""
    weight: int
    """More counts for more when not all goals of the level can be met."""
    relation: StartedBy


@dataclass(frozen=True, slots=True)
class Offer:
    """More of some capacities that may be bought, unit by unit."""

    id: str
    kinds: tuple[str, ...]
    """Offers of one kind share the limit that `Problem.offer_limits` sets."""
    adds: tuple[tuple[str, int], ...]
    """The capacities (resource and slot) of which there is then more."""
    unit: int
    """How much more of each a unit is."""
    most: int
    """Units there are."""
    price: Mapping[str, int]
    """What a unit costs, by account."""
    points: int
    """The value a unit has to bring at least."""


@dataclass(frozen=True)
class Problem:
    """Items, what ties them, and what they share."""

    slots: int
    items: tuple[Item, ...]
    relations: tuple[Relation, ...] = ()
    capacity: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """What there is of a resource in a slot; without an entry there is no limit."""
    budget: Mapping[str, int] = field(default_factory=dict)
    """What there is in an account; an account without an entry has no limit."""
    pays: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """The ways a claim may be paid, in parts if need be: each way draws on all its accounts. No way: it
    can't be paid, unless an account of its own name is given to it (as a way out may)."""
    attention: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """How much may start in a slot, by budget of attention."""
    makers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Whose time a resource (or a budget of attention) is, where it is not its own: more of one of them
    is more of every resource they make."""
    lengths: tuple[int, ...] = ()
    """How long each slot is, in the units lags are given in; empty: each is 1."""
    aims: tuple[Aim, ...] = ("must-do", "value", "smooth load")
    """What is to be had, the first before the second and so on."""
    smooth_above: float = 1.0
    """Load above this share of a capacity is spread out where it costs little."""
    allowance: float = 0.0
    """The share of the value that may be given up for a smoother load."""
    effort: float = 4.0
    """The solver's deterministic limit for one question."""
    goals: tuple[Goal, ...] = ()
    """What is to be met before value, where the aims have it."""
    offers: tuple[Offer, ...] = ()
    """What may be bought (`purchase`); `solve` buys nothing."""
    offer_limits: Mapping[str, int] = field(default_factory=dict)
    """Units that may be bought of the offers of a kind together."""

    def __post_init__(self) -> None:
        """Raises ValueError for two items with one id, and for lengths that are not one for each slot."""
        ids = [item.id for item in self.items]
        twice = (
            sorted({name for name in ids if ids.count(name) > 1})
            if len(set(ids)) < len(ids)
            else []
        )
        if twice:
            raise ValueError(f"two items are called {', '.join(twice)}")
        for relation in self.relations:
            relation.check()
        if self.lengths and len(self.lengths) != self.slots:
            raise ValueError(f"{len(self.lengths)} lengths are given for {self.slots} slots")

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by id."""
        return {item.id: item for item in self.items}

    def item(self, name: str) -> Item:
        """An item by id; KeyError when there is none."""
        return self.by_id[name]

    @property
    def unsmoothed(self) -> Problem:
        """The problem without the aim of an even load: what is in a plan doesn't depend on it."""
        return replace(self, aims=tuple(aim for aim in self.aims if aim != "smooth load"))

    @cached_property
    def clock(self) -> tuple[int, ...]:
        """The units of time that have passed when each slot begins, and at the end of the last."""
        told = [0]
        for slot in range(self.slots):
            told.append(told[-1] + (self.lengths[slot] if self.lengths else 1))
        return tuple(told)

    @cached_property
    def ordered(self) -> tuple[Relation, ...]:
        """The relations, each once, in the one order in which they are walked."""
        return tuple(sorted(set(self.relations), key=_by_kind))

    @cached_property
    def touching(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations each item is part of, in one order."""
        found: dict[str, list[Relation]] = {item.id: [] for item in self.items}
        for relation in sorted(self.relations, key=_by_kind):
            for name in relation.names:
                found.setdefault(name, []).append(relation)
        return {name: tuple(relations) for name, relations in found.items()}

    @cached_property
    def payable(self) -> dict[tuple[tuple[tuple[str, int], ...], str], int]:
        """Keep what `payments.left` found by asking, by what is spent and the claim: explanations ask it again and
        again."""
        return {}

    def in_time(self, ready: int, start: int, lag: int = 0) -> bool:
        """Tell whether slot `start` begins `lag` units of time or more after slot `ready` ends."""
        return self.clock[start] >= self.clock[ready + 1] + lag


@dataclass(frozen=True, slots=True)
class Level:
    """One aim: what was reached, and what no plan can do better than."""

    name: str
    status: Status
    value: int
    bound: int


@dataclass(frozen=True)
class Solution:
    """Where everything stands. `undone` holds the must-do items that could not be kept, and the groups of
    which one had to be in, joined by |."""

    status: Status
    chosen: Mapping[str, Placement]
    levels: tuple[Level, ...]
    undone: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    """The goals that are met, by id."""

    @property
    def value(self) -> int:
        """The value of what is in the plan."""
        return sum(placement.value for placement in self.chosen.values())

    def level(self, name: str) -> Level:
        """A level by name; KeyError when it was not asked for."""
        for level in self.levels:
            if level.name == name:
                return level
        raise KeyError(name)


RuleKind = Literal[
    "must", "pinned", "earliest", "latest", "relation", "capacity", "budget", "attention"
]


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that may not be broken, by the name it can be told by."""

    kind: RuleKind
    name: str = ""
    """The item, the resource, the account or the budget of attention."""
    slot: int | None = None
    relation: Relation | None = None

    @property
    def undone(self) -> str:
        """By what it is told when it is left undone: the item, or the group of which one had to be in."""
        return (
            "|".join(sorted(self.relation.names)) if isinstance(self.relation, OneOf) else self.name
        )


def _by_kind(relation: Relation) -> tuple[str, Any]:
    return type(relation).__name__, relation


def laid_out(
    slots: int,
    length: int,
    load: Mapping[str, Sequence[int]] | None = None,
    value: Sequence[int] | int = 0,
    cost: Mapping[str, int] | None = None,
) -> tuple[Placement, ...]:
    """Every start of an item that takes the same wherever it starts and has to end within the slots.

    `load` has the work in each of its slots, by resource; `value` one number, or one for each start.
    """
    found = []
    for start in range(slots - length + 1):
        work = {
            (resource, start + offset): amount
            for resource, amounts in sorted((load or {}).items())
            for offset, amount in enumerate(amounts)
            if amount
        }
        end = start + length - 1
        worth = value if isinstance(value, int) else value[start]
        found.append(Placement(start, end, end, worth, work, dict(cost or {})))
    return tuple(found)


def items_of(undone: Iterable[str]) -> set[str]:
    """The items of what is left undone, those of groups one by one."""
    return {name for names in undone for name in names.split("|")}

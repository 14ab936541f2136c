"""The scheduling problem and its solution as plain records; every number is a whole number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["optimal", "within-gap", "infeasible"]


@dataclass(frozen=True, slots=True)
class Placement:
    """One way to place an item: the slot it starts in, and all that follows from it."""

    start: int
    end: int
    """The last slot it takes time in."""
    ready: int
    """The slot after which what needs it may start."""
    value: int
    load: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """Work by resource and slot."""
    cost: Mapping[str, int] = field(default_factory=dict)
    """Money by account."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may be done once; its placements are in order of start, ready never falling."""

    id: str
    placements: tuple[Placement, ...]
    must: bool = False
    change: int = 0
    """How much of the slot's starting capacity it takes."""

    def at(self, start: int) -> Placement:
        """The placement that starts in a slot; KeyError when there is none."""
        for placement in self.placements:
            if placement.start == start:
                return placement
        raise KeyError(f"{self.id} can't start in slot {start}")


@dataclass(frozen=True)
class Problem:
    """Items, what binds them, and what they share."""

    slots: int
    items: tuple[Item, ...]
    requires: tuple[tuple[str, str], ...] = ()
    """(before, after): after is in only when before is, and starts once before is ready."""
    requires_any: tuple[tuple[tuple[str, ...], str], ...] = ()
    """(options, after): at least one of the options, ready before after starts."""
    follows: tuple[tuple[str, str], ...] = ()
    """(before, after): the order when both are in."""
    at_most_one: tuple[tuple[str, ...], ...] = ()
    capacity: Mapping[tuple[str, int], int] = field(default_factory=dict)
    budget: Mapping[str, int] = field(default_factory=dict)
    starts: tuple[int, ...] = ()
    """The change that may start in each slot; empty: as much as you like."""
    smooth_above: float = 1.0
    """Load above this share of a capacity is spread out where it costs little."""
    allowance: float = 0.0
    """The share of the value that may be given up for a smoother load."""
    effort: float = 4.0
    """The solver's deterministic limit for one question."""

    def item(self, name: str) -> Item:
        """An item by id."""
        return next(item for item in self.items if item.id == name)


@dataclass(frozen=True, slots=True)
class Level:
    """One objective, in the order they were settled: what was reached, and what could be at best."""

    name: str
    status: Status
    value: int
    bound: int


@dataclass(frozen=True)
class Solution:
    """Where everything stands. `undone` holds the must-do items that could not be kept."""

    status: Status
    chosen: Mapping[str, Placement]
    levels: tuple[Level, ...]
    undone: tuple[str, ...] = ()

    @property
    def value(self) -> int:
        """The value of what is in the plan."""
        return sum(placement.value for placement in self.chosen.values())


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that keeps an item out of a slot while everything else stays where it is."""

    kind: Literal["needs", "before", "capacity", "budget", "starts", "alternative"]
    name: str
    """The item, resource or account that blocks."""
    slot: int | None = None
    wanted: int = 0
    left: int = 0
    users: tuple[str, ...] = ()
    """The items that take most of it."""

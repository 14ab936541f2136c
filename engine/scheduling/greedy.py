"""A draft by greedy placement, without a solver: mandatory items, then most value for what it uses.

It keeps every rule of the problem but proves nothing: where it finds no draft there may still be a plan.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from .constraints import StartedBy
from .draft_state import Outline, Unit
from .problem import Placement, Problem

_TRIES = 20


def greedy(problem: Problem) -> dict[str, Placement] | None:
    """A list schedule in milliseconds, the same for the same problem: its placements by item, in order
    of id. None when it can't place every must-do item and one of each `OneOf`."""
    draft = _Draft(problem)
    order = draft.duties()
    for _ in range(_TRIES):
        stuck = next((duty for duty in order if not draft.meets(duty)), None)
        if stuck is None:
            draft.fill()
            return dict(sorted(draft.chosen.items()))
        if stuck == order[0]:
            return None
        order = [stuck, *(duty for duty in order if duty != stuck)]
        draft.undo(0)
    return None


class _Draft(Outline):
    """A partial plan built by greedy placement; `undo` takes the last placements out again."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.chosen: dict[str, Placement] = {}
        self.placed: list[str] = []
        self.opening: set[Unit] = set()

    def duties(self) -> list[Unit | StartedBy]:
        """Return the mandatory units, most pressing first; one item of a unit in the plan does."""

        def pressing(name: str) -> tuple[bool, int, str]:
            starts = self.starts[self.unit[name]]
            return self.problem.item(name).pinned is None, starts[-1] if starts else -1, name

        musts = sorted((item.id for item in self.problem.items if item.must), key=pressing)
        return [*((name,) for name in musts), *sorted(self.one_of), *self.started_by]

    # --- placing

    def meets(self, duty: Unit | StartedBy) -> bool:
        """Place an item of a mandatory unit unless one is in; tell whether the unit is met."""
        if isinstance(duty, StartedBy):
            return duty.met(self.chosen) or self._starts_in_time(duty)
        if any(name in self.chosen for name in duty):
            return True
        known = [name for name in duty if name in self.unit]
        return any(self._brings(name) for name in sorted(known, key=self._rank))

    def _starts_in_time(self, duty: StartedBy) -> bool:
        """Place the first option that can start by its slot, as early as it can."""
        options = [pair for pair in duty.options if pair[0] in self.unit]
        for name, slot in sorted(options, key=lambda pair: self._rank(pair[0])):
            mark = len(self.placed)
            if self._bring(name, self.problem.clock[-1], early=True, asked=False):
                if self.chosen[name].start <= slot:
                    return True
                self.undo(mark)
        return False

    def fill(self) -> None:
        """Adds what is of value, with all it requires: what gives most for what it takes first."""
        if "value" not in self.problem.aims:
            return
        ranks = {name: self._rank(name) for name in self.unit if name not in self.chosen}
        queue = list(ranks.values())
        heapq.heapify(queue)
        while queue:
            rank = heapq.heappop(queue)
            name = rank[1]
            if name in self.chosen or rank != ranks[name] or rank[0] >= 0:
                continue
            mark = len(self.placed)
            if not self._brings(name):
                continue
            new = self.placed[mark:]
            if sum(self.chosen[one].value for one in new) <= 0:
                self.undo(mark)
                continue
            for heir in self._heirs(new):
                ranks[heir] = self._rank(heir)
                heapq.heappush(queue, ranks[heir])

    def _brings(self, name: str) -> bool:
        """Place an item with all its prerequisites, and tell whether that worked.

        Prerequisites go where they are worth most first, and if that fails as early as can be.
        """
        end = self.problem.clock[-1]
        return self._bring(name, end, early=False) or (
            any(self.needs[one] for one in self.unit[name]) and self._bring(name, end, early=True)
        )

    def _bring(self, name: str, by: int, early: bool, asked: bool = True) -> bool:
        unit, clock = self.unit[name], self.problem.clock
        if unit in self.opening or name in self.chosen or not self.barred.isdisjoint(unit):
            return False
        order = self.liked[unit] if asked or not early else self.starts[unit]
        starts = [s for s in order if clock[self.at[name][s].ready + 1] <= by]
        if not starts:
            return False
        mark, latest = len(self.placed), clock[max(starts)]
        self.opening.add(unit)
        done = all(
            self._ready(options, latest - lag)
            or any(
                self._bring(option, latest - lag, early, asked=False)
                for option in sorted(options, key=self._rank)
            )
            for one in unit
            for options, lag in self.needs[one]
        ) and any(self._put(unit, start) for start in starts)
        self.opening.remove(unit)
        if not done:
            self.undo(mark)
        return done

    def _ready(self, options: Unit, by: int) -> bool:
        clock = self.problem.clock
        return any(
            option in self.chosen and clock[self.chosen[option].ready + 1] <= by
            for option in options
        )

    def _put(self, unit: Unit, start: int) -> bool:
        """Place a unit at a start slot; place nothing and return False if a rule forbids it."""
        for name in unit:
            self.chosen[name] = self.at[name][start]
        if not all(self._agrees(name) for name in unit):
            for name in unit:
                del self.chosen[name]
            return False
        mark = len(self.placed)
        for position, name in enumerate(unit):
            if not self._take(name):
                for other in unit[position:]:
                    del self.chosen[other]
                self.undo(mark)
                return False
            self.placed.append(name)
        return True

    def _agrees(self, name: str) -> bool:
        """Tell whether a chosen item keeps its exclusions, prerequisites and order with others."""
        in_time, chosen = self.problem.in_time, self.chosen
        here = chosen[name]
        return (
            not any(rival in chosen for rival in self.rivals[name])
            and all(
                self._ready(options, self.problem.clock[here.start] - lag)
                for options, lag in self.needs[name]
            )
            and all(
                before not in chosen or in_time(chosen[before].ready, here.start, lag)
                for before, lag in self.behind[name]
            )
            and all(
                after not in chosen or in_time(here.ready, chosen[after].start, lag)
                for after, lag in self.ahead[name]
            )
        )

    def _take(self, name: str) -> bool:
        """Deduct a chosen item's load, attention and cost, or nothing and return False if short."""
        placement = self.chosen[name]
        takes = self.takes[name][placement.start]
        if any(self.left[key] < amount for key, amount in takes):
            return False
        if not self.purse.pay(placement.cost):
            return False
        for key, amount in takes:
            self.left[key] -= amount
        return True

    def undo(self, mark: int) -> None:
        """Takes out what was placed after the first so many."""
        while len(self.placed) > mark:
            name = self.placed.pop()
            placement = self.chosen.pop(name)
            self.purse.refund(placement.cost)
            for key, amount in self.takes[name][placement.start]:
                self.left[key] += amount

    # --- what comes first

    def _rank(self, name: str) -> tuple[float, str]:
        """Smallest first: the value of it and of all it still lacks, for the share they take."""
        units: dict[Unit, None] = {}
        waiting = [self.unit[name]]
        while waiting:
            unit = waiting.pop()
            if unit in units or unit[0] in self.chosen:
                continue
            units[unit] = None
            for one in unit:
                for options, _ in self.needs.get(one, ()):
                    if options and not any(option in self.chosen for option in options):
                        waiting.append(self.unit[min(options, key=self._alone)])
        worth = sum(self.worth[unit] for unit in units)
        return -worth / sum(self.share[unit] for unit in units) if units else 0.0, name

    def _alone(self, name: str) -> tuple[bool, float, str]:
        unit = self.unit[name]
        return name not in self.needed, -self.worth[unit] / self.share[unit], name

    def _heirs(self, names: list[str]) -> Iterator[str]:
        """All that need one of them, directly or not, and aren't in."""
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            for heir in self.heirs[waiting.pop()]:
                for one in self.unit[heir]:
                    if one not in seen and one in self.heirs:
                        seen.add(one)
                        waiting.append(one)
        yield from sorted(seen - set(self.chosen))

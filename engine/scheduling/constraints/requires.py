"""Requires: an item is in only when one of its prerequisites is, and is ready in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..blocker import Blocker
from .relation import Arc, Relation

if TYPE_CHECKING:
    from ..cp_model import Model
    from ..draft_state import Outline
    from ..problem import Placement, Problem


@dataclass(frozen=True, slots=True, order=True)
class Requires(Relation):
    """`after` is in only when one of the options is, ready so long before `after` starts.

    For each placement k of `after`:  z[after, k] → ⋁ over o in options of z[o, last placement of o that is
    ready `lag` before k starts].
    """

    options: tuple[str, ...]
    after: str
    lag: int = 0
    """In units of time; see `Problem.lengths`."""

    @property
    def names(self) -> tuple[str, ...]:
        """The items it is about."""
        return tuple(dict.fromkeys((*self.options, self.after)))

    def check(self) -> None:
        """Raise ValueError when there are no options."""
        if not self.options:
            raise ValueError("something requires one of nothing")

    def encode(self, model: Model, when: tuple[int, ...]) -> None:
        """Post the constraint to a CP-SAT model."""
        for position, place in enumerate(model.places.get(self.after, ())):
            ready = [model.ready(name, place.start, self.lag) for name in sorted(self.options)]
            literals = [literal for literal in ready if literal is not None]
            model.clause(literals, model.z[self.after][position], *when)

    def blockers(
        self, problem: Problem, name: str, here: Placement, others: Mapping[str, Placement]
    ) -> Iterator[Blocker]:
        """Yield the prerequisite that is missing or late, and what would then lack this one."""
        if self.after == name and not any(
            option in others and problem.in_time(others[option].ready, here.start, self.lag)
            for option in self.options
        ):
            ready = sorted(
                (others[option].ready, option) for option in self.options if option in others
            )
            slot, first = ready[0] if ready else (None, min(self.options))
            yield Blocker("needs", first, slot, lag=self.lag)
        if name in self.options and self.after in others:
            after = others[self.after]
            if not any(
                problem.in_time(
                    (here if option == name else others[option]).ready, after.start, self.lag
                )
                for option in self.options
                if option == name or option in others
            ):
                yield Blocker("behind", self.after, after.start, lag=self.lag)

    def outline(self, draft: Outline) -> None:
        """Note the prerequisites of `after` and the heirs of each option."""
        if self.after not in draft.needs:
            return
        options = tuple(sorted(option for option in self.options if option in draft.needs))
        draft.needs[self.after].append((options, self.lag))
        for option in options:
            draft.heirs[option].append(self.after)

    def wants(self, names: set[str]) -> set[str]:
        """Return all options when `after` must be done."""
        return set(self.options) if self.after in names else set()

    def concerns(self, names: set[str]) -> bool:
        """Tell whether `after` is among the items."""
        return self.after in names

    def narrow(self, problem: Problem, first: dict[str, int], last: dict[str, int]) -> None:
        """Start `after` no earlier than an option can be ready, and a sole option in time for it."""
        ready = [
            place.ready
            for name in self.options
            if name in first
            for place in problem.item(name).open
            if first[name] <= place.start <= last[name]
        ]
        starts = [
            place.start
            for place in problem.item(self.after).open
            if ready and problem.in_time(min(ready), place.start, self.lag)
        ]
        first[self.after] = max(first[self.after], min(starts, default=problem.slots))
        if len(self.options) == 1 and problem.item(self.after).must:
            (name,) = self.options
            latest = last[self.after]
            fit = [
                place.start
                for place in problem.item(name).open
                if latest >= 0 and problem.in_time(place.ready, latest, self.lag)
            ]
            last[name] = min(last[name], max(fit, default=-1))

    def arcs(self, problem: Problem, chosen: Mapping[str, Placement]) -> Iterator[Arc]:
        """Yield one precedence: from the option that is ready first, where several will do."""
        if self.after not in chosen:
            return
        start = chosen[self.after].start
        there = [
            name
            for name in self.options
            if name in chosen and problem.in_time(chosen[name].ready, start, self.lag)
        ]
        if there:
            first = min(there, key=lambda name: (chosen[name].ready, name))
            yield first, self.after, self.lag

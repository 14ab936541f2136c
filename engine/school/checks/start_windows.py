"""The earliest slot an intervention can start in, by prerequisites and dates alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ...library import PHASES, Intervention, Library
from ..calendar import Half, Timeline
from ..model import Window


def in_window(half: Half, window: Window | None) -> bool:
    """Tell whether a half-term has a day on which something may start."""
    if window is None:
        return True
    early, late = window.not_before, window.not_after
    return not ((early and half.ends < early) or (late and half.starts > late))


class Earliest:
    """Counts in slots of the plan; the number of slots stands for: not within it."""

    def __init__(
        self,
        library: Library,
        time: Timeline,
        in_place: Collection[str],
        pinned: Mapping[str, int],
        windows: Mapping[str, Window],
    ) -> None:
        self.library, self.time, self.in_place = library, time, in_place
        self.pinned, self.windows = pinned, windows
        self._starts: dict[str, int] = {}

    def needs(self, name: str) -> Iterator[tuple[str, ...]]:
        """Yield the prerequisites of an intervention as groups of options, one of each to be ready.

        What may stand in for something is among the options, and what is in place is not needed.
        """
        library = self.library
        item = library.interventions[name]
        for group in [*((need,) for need in item.requires), *item.requires_one_of]:
            options = [
                option
                for need in group
                for option in (need, *(s.by for s in library.statements.about(need, "replace")))
            ]
            there = any(option in self.in_place or option == name for option in options)
            known = [option for option in options if option in library.interventions]
            if known and not there:
                yield tuple(dict.fromkeys(known))

    def start(self, name: str) -> int:
        """The first slot something can start in."""
        if name not in self._starts:
            self._starts[name] = 0  # what leads back to itself waits for nothing here
            waits = max((self.after(self.first(group)) for group in self.needs(name)), default=0)
            self._starts[name] = self.pinned.get(name, self._allowed(name, waits))
        return self._starts[name]

    def after(self, name: str) -> int:
        """The first slot in which what needs something can start."""
        slots, start = self.time.slots, self.start(name)
        if start >= len(slots):
            return len(slots)
        ready = slots[start].halves[0].index + _to_ready(self.library.interventions[name]) - 1
        last = self.time.slot_of_half(ready)
        return len(slots) if last is None else last + 1

    def first(self, options: Iterable[str]) -> str:
        """Of some options, the one that is ready first; of equals, the one that is written first."""
        return min(options, key=self.after)

    def chain(self, name: str) -> list[str]:
        """Something after all it waits for, each after what holds it up most."""
        found = [name]
        while found[0] not in self.pinned:
            held = [self.first(group) for group in self.needs(found[0])]
            held = [need for need in held if need not in found]
            if not held:
                break
            found.insert(0, max(held, key=self.after))
        return found

    def _allowed(self, name: str, waits: int) -> int:
        parts, window = self.library.interventions[name].starts_in, self.windows.get(name)
        for slot in self.time.slots[waits:]:
            halves = [half for half in slot.halves if not parts or half.part in parts]
            if any(in_window(half, window) for half in halves):
                return slot.index
        return len(self.time.slots)


def _to_ready(item: Intervention) -> int:
    """The half-terms until what needs it may start, in its shorter form; what comes back is ready
    once it has begun."""
    if item.series:
        return 1
    upto = PHASES[: PHASES.index(item.ready_after) + 1]
    full = {name: phase.half_terms for name, phase in item.phases() if name in upto}
    light = {name: getattr(item.light, name) for name in upto if item.light}
    shorter = {name: phase.half_terms for name, phase in light.items() if phase}
    lengths: list[int] = [sum(full.values()), sum({**full, **shorter}.values())]
    return min(lengths)

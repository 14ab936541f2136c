"""What reads what: rules read indicators and needs, needs are found by rules, aggregates are computed.

A key is a name as a condition reads it: “roll”, “judgement of support”, “need small-school”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from graphlib import TopologicalSorter

from .conditions import comparisons, keys, needs_read
from .key import Key
from .model import Indicator
from .rule import STRATA, Condition, Rule

_SAID_BY_SCREENING = ("state", "reasons", "certainty")


class DependencyIndex:
    """The indicators and needs that the rules and aggregates of one library read."""

    def __init__(self, rules: Mapping[str, Rule], indicators: Mapping[str, Indicator]) -> None:
        self._rules, self._indicators = rules, indicators
        self._levels: dict[str, int] = {}

    @cached_property
    def finders(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that find each need that any does."""
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in self._rules.values():
            if rule.diagnose:
                need = rule.diagnose.need
                found[need] = (*found.get(need, ()), rule)
        return found

    @cached_property
    def layers(self) -> Mapping[str, tuple[tuple[Rule, ...], ...]]:
        """The rules of each stratum in layers, so that each need is found before it is read; rules in order
        of id."""
        return {stratum: tuple(self._layers(stratum)) for stratum in STRATA}

    def _layers(self, stratum: str) -> Iterator[tuple[Rule, ...]]:
        own = {rule.id: rule for rule in self._rules.values() if rule.stratum == stratum}
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for rule in own.values():
            found = (one for need in needs_read(rule.when) for one in self.finders.get(need, ()))
            sorter.add(rule.id, *(finder.id for finder in found if finder.id in own))
        sorter.prepare()
        while sorter.is_active():
            ready = sorted(sorter.get_ready())
            yield tuple(own[name] for name in ready)
            sorter.done(*ready)

    @cached_property
    def read_by(self) -> Mapping[str, frozenset[str]]:
        """The keys that decide each rule, by its id."""
        return {rule.id: frozenset(keys(rule.when)) for rule in self._rules.values()}

    @cached_property
    def read_by_screening(self) -> frozenset[str]:
        """The keys that decide a pupil's state, and how sure it is."""
        screens = [(rule.when, rule.screen.clear) for rule in self._rules.values() if rule.screen]
        return frozenset(key for pair in screens for one in pair if one for key in keys(one))

    @cached_property
    def computed_from(self) -> Mapping[str, frozenset[str]]:
        """The keys each aggregate is computed from, by its id."""
        found = {}
        for indicator in self._indicators.values():
            if spec := indicator.aggregate:
                read = {key for condition in conditions_of(indicator) for key in keys(condition)}
                found[indicator.id] = frozenset(
                    read | ({spec.indicator} if spec.indicator else set())
                )
        return found

    def rests_on(self, read: Iterable[str]) -> frozenset[str]:
        """Follow keys through aggregates and needs down to the data: they, and all behind them."""
        found: set[str] = set()
        queue = list(read)
        while queue:
            key = queue.pop()
            if key not in found:
                found.add(key)
                read_key = Key.read(key)
                queue += self.computed_from.get(read_key.indicator, ())
                for rule in self.finders.get(read_key.need, ()):
                    queue += self.read_by[rule.id]
        return frozenset(found)

    def level(self, indicator: Indicator) -> int:
        """Give the position of the stratum whose findings an indicator depends on; -1 when on none."""
        if indicator.id not in self._levels:
            self._levels[indicator.id] = self._level(indicator, ())
        return self._levels[indicator.id]

    def _level(self, indicator: Indicator, within: tuple[str, ...]) -> int:
        """The same `within` those that are asked about already: a circle adds nothing."""
        if indicator.id in _SAID_BY_SCREENING:
            return STRATA.index("screen")
        levels, within = [-1], (*within, indicator.id)
        for condition in conditions_of(indicator):
            levels += [STRATA.index("diagnose") for _ in needs_read(condition)]
            for leaf in comparisons(condition):
                other = self._indicators.get(leaf.indicator)
                if other is not None and other.id not in within:
                    levels.append(self._level(other, within))
        return max(levels)


def conditions_of(indicator: Indicator) -> list[Condition]:
    """Give the conditions that decide what an aggregate counts; none for other indicators."""
    spec = indicator.aggregate
    return [one for one in (spec.where, spec.before) if one] if spec else []

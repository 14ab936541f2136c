"""The values an example can give: of each key those that matter, and the search through them all.

A comparison turns only at its operand. Of a number it is therefore enough to try every operand, a
step either side, what lies between and the ends of the range; of anything else what it can be. Of
values that all comparisons of a key judge alike one is tried, the plainest.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from ...library import (
    Condition,
    Indicator,
    Key,
    Leaf,
    Library,
    NeedLeaf,
    Rule,
    Scalar,
    Test,
    Truth,
    Value,
    Vocabulary,
    comparisons,
    leaves,
    normal,
    rule_conditions,
    truth_of,
)
from .examples import value_given

MOST = 200_000
"""More combinations than this are not gone through."""

_SUBSETS = 10
"""Of more members than this not every set is tried, and nothing is said to be the same rule."""

Given = Scalar | tuple[Scalar, ...]
Outcome = tuple[Truth, bool | None]
"""What becomes of a rule: its result, and where it fires and can tell, whether that is clear."""


@dataclass(frozen=True, slots=True)
class SampleValue:
    """A value as an example gives it and as a fact; None: it is not known."""

    given: Given | None
    value: Value | None


@dataclass(frozen=True, slots=True)
class Judge:
    """A rule's conditions, ready to be asked."""

    when: Test
    clear: Test | None

    def __call__(self, values: Mapping[str, Value | None]) -> Outcome:
        result = self.when(values.get)
        clear = self.clear(values.get) is True if self.clear and result is True else None
        return result, clear


def judge(when: Condition, clear: Condition | None, vocabulary: Vocabulary) -> Judge:
    """The outcome of these conditions as a function of values by key."""
    return Judge(truth_of(when, vocabulary), truth_of(clear, vocabulary) if clear else None)


def rule_leaves(rule: Rule) -> Iterator[Leaf | NeedLeaf]:
    """The comparisons of all conditions of a rule."""
    for condition, _ in rule_conditions(rule):
        yield from leaves(condition)


def keyed(compared: Iterable[Leaf | NeedLeaf]) -> dict[str, list[Leaf | NeedLeaf]]:
    """Comparisons by the key they read."""
    by_key: dict[str, list[Leaf | NeedLeaf]] = {}
    for leaf in compared:
        by_key.setdefault(leaf.key, []).append(leaf)
    return by_key


class SampleValues:
    """The points of every key, for the rules of one library."""

    def __init__(self, library: Library) -> None:
        self.library, self.vocabulary = library, library.vocabulary()
        self._seen: dict[str, dict[str, None]] | None = None

    def points(self, key: str, compared: Sequence[Leaf | NeedLeaf]) -> tuple[SampleValue, ...]:
        """One point of each kind that these comparisons of a key tell apart, the plainest first.

        All that an example can give is like one of them.
        """
        tests = [truth_of(leaf, self.vocabulary) for leaf in compared]
        kinds: dict[tuple[Truth, ...], SampleValue] = {}
        for point in self._candidates(key, compared):
            kind = tuple(test({key: point.value}.get) for test in tests)
            kinds.setdefault(kind, point)
        return tuple(kinds.values())

    def point(self, key: str, given: Given | None) -> SampleValue:
        """Place what an example gives under a key on its axis."""
        if given is not None:
            return SampleValue(given, value_given(self.library, key, given))
        return SampleValue(None, Value(False) if Key.read(key).need else None)

    def named(self, compared: Iterable[Leaf | NeedLeaf]) -> list[str]:
        """The members of a set that comparisons ask for."""
        return sorted(
            {
                str(leaf.operand)
                for leaf in _of_indicators(compared)
                if leaf.operator.takes == "member"
            }
        )

    def _candidates(self, key: str, compared: Sequence[Leaf | NeedLeaf]) -> Iterator[SampleValue]:
        if Key.read(key).need:
            yield from (self.point(key, True), self.point(key, None))
            return
        indicator = self.library.indicators[Key.read(key).indicator]
        givens: Iterable[Given]
        if scale := self.vocabulary.scale_of(indicator):
            givens = [grade.id for grade in scale.grades]
        elif indicator.type == "set":
            named = self.named(compared)
            sizes = range(len(named) + 1) if len(named) <= _SUBSETS else (1, 0, len(named))
            givens = [found for size in sizes for found in itertools.combinations(named, size)]
        elif indicator.type == "yes-no":
            givens = [True, False]
        elif indicator.type == "category":
            givens = self._categories(indicator, _of_indicators(compared))
        else:
            operands = [op for leaf in _of_indicators(compared) for op in self._operands(leaf)]
            givens = _numbers(indicator, sorted(set(operands)))
        for given in givens:
            yield self.point(key, given)
        yield SampleValue(None, None)

    def _operands(self, leaf: Leaf) -> list[float]:
        if leaf.operator.takes == "presence":
            return []
        operand = self.vocabulary.number(leaf)
        items = operand if isinstance(operand, frozenset) else (operand,)
        return [item for item in items if isinstance(item, int | float)]

    def _categories(self, indicator: Indicator, compared: Iterable[Leaf]) -> list[str]:
        """List the values of a category: as declared, else all that rules say of it and one more."""
        if indicator.values:
            return list(indicator.values)
        if self._seen is None:
            self._seen = {}
            for rule in self.library.rules.values():
                for condition, _ in rule_conditions(rule):
                    for leaf in comparisons(condition):
                        seen = self._seen.setdefault(leaf.indicator, {})
                        seen.update(dict.fromkeys(self._words(leaf)))
                for example in rule.examples:
                    for key, given in example.given.items():
                        if isinstance(given, str):
                            self._seen.setdefault(Key.read(key).indicator, {})[given] = None
        named = [word for leaf in compared for word in self._words(leaf)]
        others = sorted(self._seen.get(indicator.id, {}))
        return list(dict.fromkeys([*named, *others, f"another-{indicator.id.replace('_', '-')}"]))

    @staticmethod
    def _words(leaf: Leaf) -> list[str]:
        operand = leaf.operand
        items = operand if isinstance(operand, tuple) else (operand,)
        return [item for item in items if isinstance(item, str)]

    def difference(
        self, one: Judge, other: Judge, compared: Iterable[Leaf | NeedLeaf]
    ) -> dict[str, SampleValue] | None:
        """Values on which two rules with these comparisons come out differently; None where there
        are none. Raises OverflowError where there are too many to go through."""
        by_key = keyed(compared)
        points = [self.points(key, found) for key, found in by_key.items()]
        sets = max((len(self.named(found)) for found in by_key.values()), default=0)
        if sets > _SUBSETS or math.prod(map(len, points)) > MOST:
            raise OverflowError
        for chosen in itertools.product(*points):
            values = dict(zip(by_key, (point.value for point in chosen), strict=True))
            if one(values) != other(values):
                return dict(zip(by_key, chosen, strict=True))
        return None


def _of_indicators(compared: Iterable[Leaf | NeedLeaf]) -> list[Leaf]:
    return [leaf for one in compared for leaf in comparisons(one)]


def _numbers(indicator: Indicator, operands: Sequence[float]) -> list[float]:
    """Numbers of every region that the operands make, those at a step from one of them first."""
    low, high = indicator.range or (0 if indicator.type == "count" else -math.inf, math.inf)
    whole, step = indicator.type == "count", indicator.step
    moves = (0, -1, 1) if whole else (0, -step, step)
    near = [_exact((math.ceil(at) if whole else at) + by) for at in operands for by in moves]
    near = [at for at in near if low <= at <= high]
    least, most = (operands[0] - 2 * step, operands[-1] + 2 * step) if operands else (low, high)
    ends = [low if math.isfinite(low) else min(least, 0), high if math.isfinite(high) else most]
    ends = [at if math.isfinite(at) else 0 for at in ends]
    every = sorted({*near, *ends})
    between = [
        math.floor((a + b) / 2) if whole else _exact((a + b) / 2)
        for a, b in itertools.pairwise(every)
    ]
    return [
        int(at) if float(at).is_integer() else at for at in dict.fromkeys([*near, *ends, *between])
    ]


def _exact(number: float) -> float:
    """A number as it is compared: to so many decimals."""
    return cast(float, normal(number))

"""The language of `when`: conditions evaluated to verdict trees of three values, and their words.

A comparison with a value that is not known is neither true nor false. `all` is false when one part
is false, else unknown when one is unknown; `any` is true when one part is true, else unknown when
one is unknown (Kleene's strong logic).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TypeVar

from ..core import EngineError
from .facts import Raw, Value
from .key import Key
from .model import Indicator, Need, Threshold
from .operators import OPERATORS, Operator, Takes, Truth, normal
from .rule import All, Condition, GradeRef, Leaf, NeedLeaf, Not, Scalar, ThresholdRef
from .scale import Scale

R = TypeVar("R")
Lookup = Callable[[str], Value | None]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The meaning of conditions' words for one school: its indicators, scales and thresholds."""

    indicators: Mapping[str, Indicator]
    needs: Mapping[str, Need]
    thresholds: Mapping[str, Threshold]
    scales: Mapping[str, Scale]
    """The scale in force for judgement, teaching and attainment."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles of the members a set or category can have, by id."""
    own: Mapping[str, str] = field(default_factory=dict)
    """Of thresholds that a trust or school has set itself, in words, whose line it is."""

    def scale_of(self, indicator: Indicator) -> Scale | None:
        """The scale the values of a grade stand on."""
        return self.scales.get(indicator.scale) if indicator.scale else None

    def number(self, leaf: Leaf) -> Raw:
        """The operand of a comparison as a value that can be compared with a fact's."""
        operand = leaf.operand
        if leaf.operator.takes == "presence":
            return bool(operand)
        indicator = self.indicators[leaf.indicator]
        if isinstance(operand, tuple):
            return frozenset(self._plain(item, indicator) for item in operand)
        return self._plain(operand, indicator)

    def _plain(self, operand: Scalar | ThresholdRef | GradeRef, indicator: Indicator) -> Raw:
        if isinstance(operand, ThresholdRef):
            return normal(self.thresholds[operand.threshold].value)
        scale = self.scale_of(indicator)
        if isinstance(operand, GradeRef):
            if scale is None:
                raise EngineError(f"{indicator.id} has no scale")
            return scale.rank(str(scale.anchors[operand.grade]))
        if scale is not None and isinstance(operand, str):
            return scale.rank(operand)
        return str(operand) if indicator.type == "category" else normal(operand)

    def say(self, key: str, value: Raw) -> str:
        """A value as a person reads it: with its unit, as a grade's title, or as a list."""
        indicator = self.indicators.get(Key.read(key).indicator)
        if indicator is None:
            return str(value)
        scale = self.scale_of(indicator)
        if scale is not None and isinstance(value, int):
            return scale.grades[value].title
        if isinstance(value, frozenset):
            return ", ".join(self.say(key, item) for item in sorted(value)) or "nothing"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float):
            number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
            if indicator.type == "pounds":
                return f"−£{number[1:]}" if number.startswith("-") else f"£{number}"
            number = number.replace("-", "−")
            return f"{number} %" if indicator.type == "percent" else number
        return self.titles.get(value, value)

    def tell(self, key: str, value: Value) -> str:
        """A value that was read as a person reads it, with the school year it is about."""
        said = self.say(key, value.value)
        return said if value.year is None else f"{said} ({value.year})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one condition: its truth, and for a comparison what was read and compared."""

    result: Truth
    kind: str
    """all, any, not, need, or the name of the comparison."""
    parts: tuple[Verdict, ...] = ()
    key: str = ""
    read: Value | None = None
    operand: Raw | None = None
    standard: str = ""
    """The threshold the operand comes from, where it is one."""

    def takes(self, operand: Takes) -> bool:
        """Tell whether it is a comparison that takes such an operand."""
        compared = OPERATORS.get(self.kind)
        return compared is not None and compared.takes == operand

    @property
    def operator(self) -> Operator:
        """The comparison; KeyError for anything else."""
        return OPERATORS[self.kind]

    def leaves(self) -> Iterator[Verdict]:
        """The comparisons of the tree, left to right."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def deciding(self) -> Iterator[Verdict]:
        """The comparisons that made the tree come out as it did."""
        if not self.parts:
            yield self
            return
        wanted = (
            (not self.result if self.result is not None else None)
            if self.kind == "not"
            else self.result
        )
        for part in self.parts:
            if part.result == wanted:
                yield from part.deciding()

    def missing(self) -> tuple[str, ...]:
        """The keys whose values are not known and would decide the verdict."""
        return (
            tuple(dict.fromkeys(leaf.key for leaf in self.deciding()))
            if self.result is None
            else ()
        )


MOST_COMPARISONS = 100
"""More in one condition nobody can be told, and no engine has to take."""


def fold(
    condition: Condition,
    leaf: Callable[[Leaf], R],
    need: Callable[[NeedLeaf], R],
    not_: Callable[[R], R],
    all_: Callable[[list[R]], R],
    any_: Callable[[list[R]], R],
) -> R:
    """Work a condition out from its comparisons up: each function is given what came of the
    parts."""

    def of(part: Condition) -> R:
        if isinstance(part, Leaf):
            return leaf(part)
        if isinstance(part, NeedLeaf):
            return need(part)
        if isinstance(part, Not):
            return not_(of(part.inverse))
        if isinstance(part, All):
            return all_([of(one) for one in part.all])
        return any_([of(one) for one in part.any])

    return of(condition)


def fold_wanted(
    condition: Condition,
    wanted: bool,
    leaf: Callable[[Leaf, bool], R],
    need: Callable[[NeedLeaf, bool], R],
    both: Callable[[list[R]], R],
    either: Callable[[list[R]], R],
) -> R:
    """Work out a condition that is to come out as wanted: negation is pushed to the comparisons,
    each of which is told how it has to come out, and there is `both` and `either` only."""

    def compared(one: Leaf) -> Callable[[bool], R]:
        return partial(leaf, one)

    def found(one: NeedLeaf) -> Callable[[bool], R]:
        return partial(need, one)

    def turned(part: Callable[[bool], R]) -> Callable[[bool], R]:
        return lambda wanted: part(not wanted)

    def joined(all_of_them: bool, parts: list[Callable[[bool], R]]) -> Callable[[bool], R]:
        def asked(wanted: bool) -> R:
            return (both if wanted is all_of_them else either)([part(wanted) for part in parts])

        return asked

    every, some = partial(joined, True), partial(joined, False)
    asked: Callable[[bool], R] = fold(condition, compared, found, turned, every, some)
    return asked(wanted)


def evaluate(condition: Condition, lookup: Lookup, vocabulary: Vocabulary) -> Verdict:
    """The verdict tree of a condition over the values that `lookup` gives."""

    def compared(leaf: Leaf) -> Verdict:
        read, operand, given = lookup(leaf.key), vocabulary.number(leaf), leaf.operand
        result = leaf.operator.truth(read.value if read else None, operand)
        standard = given.threshold if isinstance(given, ThresholdRef) else ""
        return Verdict(result, leaf.comparison, (), leaf.key, read, operand, standard)

    def found(need: NeedLeaf) -> Verdict:
        read = lookup(need.key)
        return Verdict(bool(read.value) if read else None, "need", (), need.key, read, True)

    def turned(part: Verdict) -> Verdict:
        return Verdict(None if part.result is None else not part.result, "not", (part,))

    def joined(kind: str, decisive: bool, parts: list[Verdict]) -> Verdict:
        return Verdict(_together([part.result for part in parts], decisive), kind, tuple(parts))

    every, some = partial(joined, "all", False), partial(joined, "any", True)
    return fold(condition, compared, found, turned, every, some)


def _together(results: list[Truth], decisive: bool) -> Truth:
    if decisive in results:
        return decisive
    return None if None in results else not decisive


Test = Callable[[Lookup], Truth]


def truth_of(condition: Condition, vocabulary: Vocabulary) -> Test:
    """A condition as a function that gives the result of `evaluate` without the tree, for going
    through very many entities."""

    def found(need: NeedLeaf) -> Test:
        key = need.key
        return lambda lookup: bool(read.value) if (read := lookup(key)) else None

    def turned(part: Test) -> Test:
        return lambda lookup: None if (result := part(lookup)) is None else not result

    def joined(decisive: bool, tests: list[Test]) -> Test:
        def together(lookup: Lookup) -> Truth:
            unknown = False
            for test in tests:
                result = test(lookup)
                if result is decisive:
                    return decisive
                unknown = unknown or result is None
            return None if unknown else not decisive

        return together

    compared = partial(_comparison, vocabulary=vocabulary)
    return fold(condition, compared, found, turned, partial(joined, False), partial(joined, True))


def _comparison(leaf: Leaf, vocabulary: Vocabulary) -> Test:
    key, truth, operand = leaf.key, leaf.operator.truth, vocabulary.number(leaf)

    def compared(lookup: Lookup) -> Truth:
        read = lookup(key)
        return truth(read.value if read else None, operand)

    return compared


def gather(
    condition: Condition,
    leaf: Callable[[Leaf], Iterable[R]],
    need: Callable[[NeedLeaf], Iterable[R]],
) -> tuple[R, ...]:
    """Collect what each comparison of a condition gives, left to right."""

    def joined(parts: list[tuple[R, ...]]) -> tuple[R, ...]:
        return tuple(chain.from_iterable(parts))

    return fold(
        condition,
        leaf=lambda one: tuple(leaf(one)),
        need=lambda one: tuple(need(one)),
        not_=lambda part: part,
        all_=joined,
        any_=joined,
    )


def leaves(condition: Condition) -> tuple[Leaf | NeedLeaf, ...]:
    """The comparisons of a condition, left to right."""
    return gather(condition, lambda leaf: (leaf,), lambda need: (need,))


def comparisons(condition: Condition) -> tuple[Leaf, ...]:
    """List the leaves that read an indicator."""
    return gather(condition, lambda leaf: (leaf,), lambda need: ())


def needs_read(condition: Condition) -> tuple[str, ...]:
    """The needs a condition asks for, as often as it does."""
    return gather(condition, lambda leaf: (), lambda need: (need.need,))


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """Take a condition apart into those that have to hold together for it to hold."""
    if not isinstance(condition, All):
        return (condition,)
    return tuple(one for part in condition.all for one in conjuncts(part))


def keys(condition: Condition) -> tuple[str, ...]:
    """The names of all values a condition reads, each once, in order."""
    return tuple(dict.fromkeys(leaf.key for leaf in leaves(condition)))


def say(condition: Condition, vocabulary: Vocabulary) -> list[str]:
    """A condition in words, one line each comparison, indented by depth."""

    def under(head: str, parts: list[list[str]]) -> list[str]:
        return [head, *(f"  {line}" for part in parts for line in part)]

    return fold(
        condition,
        leaf=lambda leaf: [_said(leaf, vocabulary)],
        need=lambda need: [title_of(need.key, vocabulary)],
        not_=lambda part: under("not:", [part]),
        all_=partial(under, "all of:"),
        any_=partial(under, "any of:"),
    )


def _said(leaf: Leaf, vocabulary: Vocabulary) -> str:
    operand, given = vocabulary.number(leaf), leaf.operand
    if leaf.operator.takes == "presence":
        words = "known" if operand else "not known"
    elif leaf.operator.takes == "member":
        words = vocabulary.titles.get(str(operand), str(operand))
    else:
        words = vocabulary.say(leaf.key, operand)
    if isinstance(given, ThresholdRef):
        threshold = vocabulary.thresholds[given.threshold]
        words += f" ({threshold.title}, {threshold.standing})"
    return f"{title_of(leaf.key, vocabulary)} {leaf.operator.says.format(words)}"


def title_of(key: str, vocabulary: Vocabulary) -> str:
    """Name a key as a sentence does."""
    name, of, need = Key.read(key)
    if need:
        return f"found: {vocabulary.needs[need].title}"
    indicator = vocabulary.indicators.get(name)
    title = indicator.title if indicator else name
    return f"{title} ({vocabulary.titles.get(of, of)})" if of else title

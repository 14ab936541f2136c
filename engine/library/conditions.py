"""The language of `when`: conditions evaluated to verdict trees of three values, and their words.

A comparison with a value that is not known is neither true nor false. `all` is false when one part
is false, else unknown when one is unknown; `any` is true when one part is true, else unknown when
one is unknown (Kleene's strong logic).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ..core import EngineError
from .facts import Raw, Value
from .model import Indicator, Need, Threshold
from .operators import OPERATORS, Operator, Takes, Truth, normal
from .rule import All, Condition, GradeRef, Leaf, NeedLeaf, Not, Scalar, ThresholdRef
from .scale import Scale

Lookup = Callable[[str], Value | None]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of conditions mean for one school: its indicators, scales and thresholds."""

    indicators: Mapping[str, Indicator]
    needs: Mapping[str, Need]
    thresholds: Mapping[str, Threshold]
    scales: Mapping[str, Scale]
    """The scale in force for judgement, teaching and attainment."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles of the members a set or category can have, by id."""

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
        indicator = self.indicators.get(key.partition(" of ")[0])
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
    """What became of one condition: its truth, and for a comparison what was read and compared."""

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
        """Whether it is a comparison that takes such an operand."""
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


def evaluate(condition: Condition, lookup: Lookup, vocabulary: Vocabulary) -> Verdict:
    """The verdict tree of a condition over the values that `lookup` gives."""
    if isinstance(condition, Leaf):
        read, operand = lookup(condition.key), vocabulary.number(condition)
        result = condition.operator.truth(read.value if read else None, operand)
        given = condition.operand
        standard = given.threshold if isinstance(given, ThresholdRef) else ""
        return Verdict(result, condition.comparison, (), condition.key, read, operand, standard)
    if isinstance(condition, NeedLeaf):
        found = lookup(condition.key)
        return Verdict(bool(found.value) if found else None, "need", (), condition.key, found, True)
    if isinstance(condition, Not):
        part = evaluate(condition.inverse, lookup, vocabulary)
        return Verdict(None if part.result is None else not part.result, "not", (part,))
    if isinstance(condition, All):
        parts = tuple(evaluate(part, lookup, vocabulary) for part in condition.all)
        return Verdict(_together([part.result for part in parts], False), "all", parts)
    parts = tuple(evaluate(part, lookup, vocabulary) for part in condition.any)
    return Verdict(_together([part.result for part in parts], True), "any", parts)


def _together(results: list[Truth], decisive: bool) -> Truth:
    if decisive in results:
        return decisive
    return None if None in results else not decisive


Test = Callable[[Lookup], Truth]


def truth_of(condition: Condition, vocabulary: Vocabulary) -> Test:
    """A condition as a function that gives the result of `evaluate` without the tree, for going
    through very many entities."""
    if isinstance(condition, Leaf):
        return _comparison(condition, vocabulary)
    if isinstance(condition, NeedLeaf):
        need = condition.key
        return lambda lookup: bool(found.value) if (found := lookup(need)) else None
    if isinstance(condition, Not):
        inverse = truth_of(condition.inverse, vocabulary)
        return lambda lookup: None if (result := inverse(lookup)) is None else not result
    decisive = not isinstance(condition, All)
    parts = condition.all if isinstance(condition, All) else condition.any
    tests = [truth_of(part, vocabulary) for part in parts]

    def together(lookup: Lookup) -> Truth:
        unknown = False
        for test in tests:
            result = test(lookup)
            if result is decisive:
                return decisive
            unknown = unknown or result is None
        return None if unknown else not decisive

    return together


def _comparison(leaf: Leaf, vocabulary: Vocabulary) -> Test:
    key, truth, operand = leaf.key, leaf.operator.truth, vocabulary.number(leaf)

    def compared(lookup: Lookup) -> Truth:
        read = lookup(key)
        return truth(read.value if read else None, operand)

    return compared


def leaves(condition: Condition) -> Iterator[Leaf | NeedLeaf]:
    """The comparisons of a condition, left to right."""
    if isinstance(condition, Leaf | NeedLeaf):
        yield condition
    elif isinstance(condition, Not):
        yield from leaves(condition.inverse)
    else:
        for part in condition.all if isinstance(condition, All) else condition.any:
            yield from leaves(part)


def keys(condition: Condition) -> tuple[str, ...]:
    """The names of all values a condition reads, each once, in order."""
    return tuple(dict.fromkeys(leaf.key for leaf in leaves(condition)))


def say(condition: Condition, vocabulary: Vocabulary, depth: int = 0) -> list[str]:
    """A condition in words, one line each comparison, indented by depth."""
    indent = "  " * depth
    if isinstance(condition, Leaf):
        name, compared = title_of(condition.key, vocabulary), condition.operator
        operand, given = vocabulary.number(condition), condition.operand
        if compared.takes == "presence":
            words = "known" if operand else "not known"
        elif compared.takes == "member":
            words = vocabulary.titles.get(str(operand), str(operand))
        else:
            words = vocabulary.say(condition.key, operand)
        if isinstance(given, ThresholdRef):
            threshold = vocabulary.thresholds[given.threshold]
            words += f" ({threshold.title}, {threshold.standing})"
        return [f"{indent}{name} {compared.says.format(words)}"]
    if isinstance(condition, NeedLeaf):
        return [f"{indent}{title_of(condition.key, vocabulary)}"]
    if isinstance(condition, Not):
        return [f"{indent}not:", *say(condition.inverse, vocabulary, depth + 1)]
    parts = condition.all if isinstance(condition, All) else condition.any
    head = "all of:" if isinstance(condition, All) else "any of:"
    lines = [indent + head]
    for part in parts:
        lines.extend(say(part, vocabulary, depth + 1))
    return lines


def title_of(key: str, vocabulary: Vocabulary) -> str:
    """What a key is called in a sentence."""
    if key.startswith("need "):
        return f"found: {vocabulary.needs[key[5:]].title}"
    name, _, of = key.partition(" of ")
    indicator = vocabulary.indicators.get(name)
    title = indicator.title if indicator else name
    return f"{title} ({vocabulary.titles.get(of, of)})" if of else title

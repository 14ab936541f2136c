"""The values each key can have, as far as the rules can tell them apart.

Of every key only finitely many values make a difference: the figures it is compared with, one a step
to either side or between two of them, the ends of its range, the members of a set, the grades of a
scale, and not being known. What holds for all of these holds for all schools.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ...library import (
    NUMBERS,
    Indicator,
    Key,
    Library,
    Raw,
    comparisons,
    few_values,
    normal,
    range_of,
    rule_conditions,
)
from .logic import Variable

Given = dict[str, Raw]
"""What is known of a made-up school, by key; what is about a question as “judgement of support”."""
IN, OUT = 1, 2
KNOWN, NOT_KNOWN = 1, 2


class Values:
    """The values of one library's keys, each a bit of a variable; of a set, each member is a variable
    of its own."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.vocabulary = library.vocabulary()
        self._domains: dict[str, tuple[Raw, ...]] = {}

    @cached_property
    def _operands(self) -> Mapping[str, set[Raw]]:
        """Everything each indicator is compared with."""
        found: dict[str, set[Raw]] = {name: set() for name in self.library.indicators}
        for rule in self.library.rules.values():
            for leaf in (
                leaf for condition, _ in rule_conditions(rule) for leaf in comparisons(condition)
            ):
                if leaf.operator.takes != "presence":
                    operand = self.vocabulary.number(leaf)
                    found[leaf.indicator].update(
                        operand if isinstance(operand, frozenset) else {operand}
                    )
        for item in self.library.interventions.values():
            for bound in (item.suits.roll_from, item.suits.roll_to):
                if bound is not None and "roll" in found:
                    found["roll"].add(bound)
        return found

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        """Name questions, groups, subjects and year groups as the reader of a school's files does."""
        words = self.library.words
        return {
            "question": tuple(self.library.strands),
            "group": tuple(self.library.groups),
            "subject": tuple(subject.id for subject in words.subjects),
            "year_group": tuple(words.year_groups),
            "year_groups": tuple(words.year_groups),
        }

    def indicator(self, key: str) -> Indicator:
        """The indicator a key is of."""
        return self.library.indicators[Key.read(key).indicator]

    def domain(self, key: str) -> tuple[Raw, ...]:
        """The known values of a key that make a difference; of a set, the members."""
        if key not in self._domains:
            self._domains[key] = tuple(self._domain(key))
        return self._domains[key]

    def _domain(self, key: str) -> Iterable[Raw]:
        name, question, _ = Key.read(key)
        indicator, operands = self.indicator(key), self._operands[name]
        if question and name in self._names:
            return (question,)
        if indicator.type == "set":
            return self._members(indicator, question, operands)
        if indicator.type in NUMBERS:
            return _points({float(one) for one in operands if is_number(one)}, indicator)  # type: ignore[arg-type]
        known = few_values(indicator, self.vocabulary) or self._names.get(name, ())
        return known or (*sorted(str(one) for one in operands), "something-else")

    def _members(self, indicator: Indicator, question: str, named: Iterable[Raw]) -> Iterable[Raw]:
        library = self.library
        remarks = {"concerns": library.concerns, "strengths": library.strengths}
        if indicator.vocabulary in remarks:
            known = remarks[indicator.vocabulary].values()
            return [one.id for one in known if not question or one.question == question]
        if indicator.vocabulary == "interventions":
            return library.intervention_names
        return self._names.get(indicator.id) or sorted(str(one) for one in named)

    def full(self, variable: Variable) -> int:
        """All values of a variable, one bit for each; the last stands for not known."""
        key, member = variable
        if member:
            return IN | OUT if member in self.domain(key) else OUT
        if self.indicator(key).type == "set":
            return KNOWN | NOT_KNOWN
        extra = 0 if self._fixed(key) else 1
        return (1 << (len(self.domain(key)) + extra)) - 1

    def _fixed(self, key: str) -> bool:
        """Tell whether it is the name of something, which is always known."""
        name, question, _ = Key.read(key)
        return bool(question) and name in self._names

    def absent(self, variable: Variable) -> int:
        """Give the value of a variable of which nothing is said."""
        key, member = variable
        if member:
            return OUT
        if self.indicator(key).type == "set":
            return NOT_KNOWN
        return 1 if self._fixed(key) else 1 << len(self.domain(key))

    def choice(self, variable: Variable, values: int) -> int:
        """One of the values a variable may have: nothing said, else the middle one."""
        absent = self.absent(variable)
        if values & absent:
            return absent
        bits = [1 << bit for bit in range(values.bit_length()) if values >> bit & 1]
        return bits[len(bits) // 2]

    def given(self, chosen: Mapping[Variable, int]) -> Given:
        given: Given = {}
        for (key, member), value in sorted(chosen.items()):
            if member or value == self.absent((key, "")):
                continue
            if self.indicator(key).type == "set":
                inside = [m for (k, m), v in chosen.items() if k == key and m and v == IN]
                given[key] = frozenset(inside)
            else:
                given[key] = self.domain(key)[value.bit_length() - 1]
        return given


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _points(operands: set[float], indicator: Indicator) -> Iterator[int | float]:
    """The operands, what lies to either side and between, and the ends of the range."""
    low, high = range_of(indicator)
    found: set[float] = {end for end in (low, high) if math.isfinite(end)}
    if indicator.type == "count":
        for one in operands:
            found |= {math.floor(one) - 1, math.floor(one), math.ceil(one), math.ceil(one) + 1}
    else:
        marks = sorted({one for one in operands if low <= one <= high} | found)
        found |= set(marks)
        found |= {
            _between(one, other, one in operands)
            for one, other in zip(marks, marks[1:], strict=False)
        }
        if marks:
            found |= {marks[0] - 1, marks[-1] + 1}
    found = {one for one in found if low <= one <= high} or {0, 1}
    for one in sorted(found):
        value = normal(one)
        assert isinstance(value, int | float)
        yield int(value) if float(value).is_integer() else value


def _between(one: float, other: float, upwards: bool) -> float:
    """A value between two, a whole one where there is one: the next to the first, or to the second."""
    whole = math.floor(one) + 1 if upwards else math.ceil(other) - 1
    return whole if one < whole < other else (one + other) / 2

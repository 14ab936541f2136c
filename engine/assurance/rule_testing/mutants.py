"""Mutants: a condition with one thing changed, for its examples to notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from ...library import (
    OPERATORS,
    All,
    Any_,
    Condition,
    GradeRef,
    Leaf,
    NeedLeaf,
    Not,
    ThresholdRef,
    Vocabulary,
    fold,
    normal,
)

Kind = Literal["number", "comparison", "member", "known", "negation", "dropped", "joined"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A condition with one thing changed: where, of what kind, and in words as it is written."""

    path: Path
    kind: Kind
    words: str
    condition: Condition


def mutants(condition: Condition, path: Path, vocabulary: Vocabulary) -> Iterator[Changed]:
    """Every condition that differs from this one in one thing, in the order of what is changed."""

    def compared(leaf: Leaf) -> _Part:
        changes = partial(_of_leaf, leaf, vocabulary)
        return _Part(leaf, f"{leaf.key} {leaf.comparison}", changes)

    found: _Part = fold(
        condition,
        leaf=compared,
        need=lambda need: _Part(need, need.key, partial(_of_need, need)),
        not_=_turned,
        all_=partial(_several, "all", "any"),
        any_=partial(_several, "any", "all"),
    )
    return found.changes(path, False)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a condition: what it is called where it is dropped, and the changes inside it, by
    where it stands and whether it is negated."""

    condition: Condition
    short: str
    changes: Callable[[Path, bool], Iterator[Changed]]


def _of_need(need: NeedLeaf, path: Path, negated: bool) -> Iterator[Changed]:
    if not negated:
        yield Changed(path, "negation", f"{need.key} -> not", _not(need))


def _turned(part: _Part) -> _Part:
    def changes(path: Path, _: bool) -> Iterator[Changed]:
        yield Changed(path, "negation", "not -> taken away", part.condition)
        for changed in part.changes((*path, "not"), True):
            yield replace(changed, condition=_not(changed.condition))

    return _Part(_not(part.condition), f"not {part.short}", changes)


def _several(word: str, other: str, parts: list[_Part]) -> _Part:
    conditions = tuple(part.condition for part in parts)

    def changes(path: Path, _: bool) -> Iterator[Changed]:
        if len(parts) > 1:
            yield Changed(path, "joined", f"{word} -> {other}", _joined(other, conditions))
        for index, part in enumerate(parts):
            where, before, after = (*path, word, index), conditions[:index], conditions[index + 1 :]
            if len(parts) > 1:
                rest = (*before, *after)
                left = rest[0] if len(rest) == 1 else _joined(word, rest)
                yield Changed(where, "dropped", f"{part.short} -> dropped", left)
            for changed in part.changes(where, False):
                whole = _joined(word, (*before, changed.condition, *after))
                yield replace(changed, condition=whole)

    return _Part(_joined(word, conditions), f"{word} of ...", changes)


def _joined(word: str, parts: tuple[Condition, ...]) -> Condition:
    return All.model_construct(all=parts) if word == "all" else Any_.model_construct(any=parts)


def _not(condition: Condition) -> Condition:
    return Not.model_construct(None, **{"not": condition})


def _of_leaf(leaf: Leaf, vocabulary: Vocabulary, path: Path, negated: bool) -> Iterator[Changed]:
    comparison, takes, operand = leaf.comparison, leaf.operator.takes, leaf.operand
    was = f"{leaf.key}: {comparison} {_operand(operand, vocabulary)}"

    def to(kind: Kind, comparison: str, operand: object) -> Changed:
        words = f"{was} -> {comparison} {_operand(operand, vocabulary)}"
        return Changed(path, kind, words, _with(leaf, comparison, operand))

    if takes == "presence":
        yield to("known", comparison, not operand)
        return
    if takes == "value" and isinstance(operand, bool):
        yield to("negation", comparison, not operand)
        return
    if takes in ("value", "line"):
        for moved in _moved(leaf, vocabulary):
            yield to("number", comparison, moved)
    if takes == "line":
        lines = [one for one in OPERATORS.values() if one.takes == "line"]
        for other in sorted(lines, key=lambda one: not one.upwards):
            if other.name != comparison:
                yield to("comparison", other.name, operand)
        return
    if takes == "values" and len(operand) > 1:
        for index in range(len(operand)):
            yield to("member", comparison, (*operand[:index], *operand[index + 1 :]))
    if takes == "values":
        for value in vocabulary.indicators[leaf.indicator].values:
            if value not in operand:
                yield to("member", comparison, (*operand, value))
    if not negated:  # else it is what taking the “not” away gives
        yield Changed(path, "negation", f"{was} -> not", _not(leaf))


def _with(leaf: Leaf, comparison: str, operand: object) -> Leaf:
    given: dict[str, Any] = {comparison: operand}
    return Leaf.model_construct(None, indicator=leaf.indicator, of=leaf.of, **given)


def _moved(leaf: Leaf, vocabulary: Vocabulary) -> Iterator[object]:
    """The operand one step up and one step down: the next grade, or a step of the indicator."""
    indicator = vocabulary.indicators[leaf.indicator]
    value, scale = vocabulary.number(leaf), vocabulary.scale_of(indicator)
    if isinstance(value, bool | str | frozenset):
        return
    for direction in (1, -1):
        if scale is None:
            yield normal(value + direction * indicator.step)
        elif 0 <= value + direction < len(scale.grades):
            yield scale.grades[int(value) + direction].id


def _operand(operand: object, vocabulary: Vocabulary) -> str:
    """An operand as it is written; a threshold as its figure and name."""
    if isinstance(operand, ThresholdRef):
        return f"{_operand(vocabulary.thresholds[operand.threshold].value, vocabulary)} ({operand.threshold})"
    if isinstance(operand, GradeRef):
        return operand.grade
    if isinstance(operand, bool):
        return str(operand).lower()
    if isinstance(operand, float) and operand.is_integer():
        return str(int(operand))
    if isinstance(operand, tuple):
        return f"[{', '.join(_operand(item, vocabulary) for item in operand)}]"
    return str(operand)

"""Mutants: a condition with one thing changed, for its examples to notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
    return _changes(condition, path, vocabulary, False)


def _changes(
    condition: Condition, path: Path, vocabulary: Vocabulary, negated: bool
) -> Iterator[Changed]:
    if isinstance(condition, Leaf):
        yield from _of_leaf(condition, path, vocabulary, negated)
    elif isinstance(condition, NeedLeaf):
        if not negated:
            yield Changed(path, "negation", f"{condition.key} -> not", _not(condition))
    elif isinstance(condition, Not):
        yield Changed(path, "negation", "not -> taken away", condition.inverse)
        inner = _changes(condition.inverse, (*path, "not"), vocabulary, True)
        yield from _lifted(inner, _not)
    else:
        yield from _of_parts(condition, path, vocabulary)


def _of_parts(condition: All | Any_, path: Path, vocabulary: Vocabulary) -> Iterator[Changed]:
    word, other = ("all", "any") if isinstance(condition, All) else ("any", "all")
    parts = condition.all if isinstance(condition, All) else condition.any
    if len(parts) > 1:
        yield Changed(path, "joined", f"{word} -> {other}", _joined(other, parts))
    for index, part in enumerate(parts):
        where = (*path, word, index)
        if len(parts) > 1:
            rest = (*parts[:index], *parts[index + 1 :])
            left = rest[0] if len(rest) == 1 else _joined(word, rest)
            yield Changed(where, "dropped", f"{_short(part)} -> dropped", left)
        yield from _lifted(
            _changes(part, where, vocabulary, False),
            lambda new, at=index: _joined(word, (*parts[:at], new, *parts[at + 1 :])),  # type: ignore[misc]
        )


def _lifted(
    changes: Iterator[Changed], around: Callable[[Condition], Condition]
) -> Iterator[Changed]:
    return (replace(one, condition=around(one.condition)) for one in changes)


def _joined(word: str, parts: tuple[Condition, ...]) -> Condition:
    return All.model_construct(all=parts) if word == "all" else Any_.model_construct(any=parts)


def _not(condition: Condition) -> Condition:
    return Not.model_construct(None, **{"not": condition})


def _of_leaf(leaf: Leaf, path: Path, vocabulary: Vocabulary, negated: bool) -> Iterator[Changed]:
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


def _short(condition: Condition) -> str:
    """A part as it is called where it is dropped."""
    if isinstance(condition, Leaf):
        return f"{condition.key} {condition.comparison}"
    if isinstance(condition, NeedLeaf):
        return condition.key
    if isinstance(condition, Not):
        return f"not {_short(condition.inverse)}"
    return "all of ..." if isinstance(condition, All) else "any of ..."

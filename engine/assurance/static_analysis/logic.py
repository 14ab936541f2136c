"""Formulas over values that are one of finitely many, and whether they can be true: an exact search.

A formula says of each variable which of its values are allowed, joined by “and” and “or”; it has no
“not”, since the opposite of allowing some values is to allow the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Variable = tuple[str, str]
"""A key, and for a set the member asked about; a set itself (whether it is known) has no member."""
Full = Callable[[Variable], int]
"""All values of a variable, one bit for each."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A variable has one of these values."""

    variable: Variable
    values: int


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; of none: always true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts at least; of none: never true."""

    parts: tuple[Formula, ...]


Formula = Allowed | And | Or
TRUE, FALSE = And(()), Or(())


def both(parts: Iterable[Formula]) -> Formula:
    """All of them."""
    return And(tuple(parts))


def either(parts: Iterable[Formula]) -> Formula:
    """One of them at least."""
    return Or(tuple(parts))


def opposite(formula: Formula, full: Full) -> Formula:
    """True exactly where the formula is not."""
    if isinstance(formula, Allowed):
        return Allowed(formula.variable, full(formula.variable) & ~formula.values)
    parts = tuple(opposite(part, full) for part in formula.parts)
    return Or(parts) if isinstance(formula, And) else And(parts)


def solve(formula: Formula, full: Full) -> dict[Variable, int] | None:
    """For each variable that matters the values it may have, any choice of which makes the formula
    true; None when nothing does."""
    return _search({}, [formula], full)


def _search(
    state: dict[Variable, int], todo: list[Formula], full: Full
) -> dict[Variable, int] | None:
    choices: list[Or] = []
    while todo:
        while todo:
            one = todo.pop()
            if isinstance(one, And):
                todo.extend(one.parts)
            elif isinstance(one, Or):
                choices.append(one)
            else:
                left = state.get(one.variable, full(one.variable)) & one.values
                if not left:
                    return None
                state[one.variable] = left
        open_choices, choices = choices, []
        for choice in open_choices:
            if any(_holds_already(part, state) for part in choice.parts):
                continue
            live = tuple(part for part in choice.parts if _possible(part, state, full))
            if len(live) == 1:
                todo.append(live[0])
            else:
                choices.append(Or(live))
    if not choices:
        return state
    first = min(choices, key=lambda choice: len(choice.parts))
    rest: list[Formula] = [choice for choice in choices if choice is not first]
    for part in first.parts:
        found = _search(dict(state), [*rest, part], full)
        if found is not None:
            return found
    return None


def _possible(formula: Formula, state: Mapping[Variable, int], full: Full) -> bool:
    """Tell whether nothing known so far rules it out at first sight."""
    if isinstance(formula, Allowed):
        now = state.get(formula.variable)
        return bool((full(formula.variable) if now is None else now) & formula.values)
    if isinstance(formula, And):
        return all(_possible(part, state, full) for part in formula.parts)
    return any(_possible(part, state, full) for part in formula.parts)


def _holds_already(formula: Formula, state: Mapping[Variable, int]) -> bool:
    if isinstance(formula, Allowed):
        now = state.get(formula.variable)
        return now is not None and not now & ~formula.values
    if isinstance(formula, And):
        return all(_holds_already(part, state) for part in formula.parts)
    return any(_holds_already(part, state) for part in formula.parts)


def holds(formula: Formula, value: Callable[[Variable], int]) -> bool:
    """Tell whether a formula is true where every variable has the one value given."""
    if isinstance(formula, Allowed):
        return bool(value(formula.variable) & formula.values)
    if isinstance(formula, And):
        return all(holds(part, value) for part in formula.parts)
    return any(holds(part, value) for part in formula.parts)


def variables(formula: Formula) -> dict[Variable, None]:
    """The variables of a formula, each once, in order."""
    if isinstance(formula, Allowed):
        return {formula.variable: None}
    found: dict[Variable, None] = {}
    for part in formula.parts:
        found.update(variables(part))
    return found

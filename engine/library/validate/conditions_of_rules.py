"""The rules of the house for conditions: what is compared exists, and fits what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...core import Mistake, Place, unknown
from ..conditions import MOST_COMPARISONS, fold
from ..loader import Library
from ..model import Indicator
from ..operators import NUMBERS
from ..record_reader import Kind
from ..rule import Condition, EntityKind, GradeRef, Leaf, NeedLeaf, Rule, ThresholdRef, elders


def rule_conditions(rule: Rule) -> Iterator[tuple[Condition, tuple[str | int, ...]]]:
    """The conditions of a rule with where they stand in it."""
    yield rule.when, ("when",)
    if rule.screen and rule.screen.clear:
        yield rule.screen.clear, ("screen", "clear")


def condition_problems(
    library: Library,
    condition: Condition,
    about: EntityKind,
    kind: Kind,
    name: str,
    path: tuple[str | int, ...],
) -> Iterator[Mistake]:
    """Yield what is wrong with a condition about one kind of entity, each at its own place."""
    parts = placed(condition, path)
    if len(parts) > MOST_COMPARISONS:
        yield Mistake(
            library.place(kind, name, *path),
            f"makes {len(parts):,} comparisons, more than {MOST_COMPARISONS}",
            "make several rules of it",
        )
    for leaf, where in parts:
        place = library.place(kind, name, *where)
        if isinstance(leaf, NeedLeaf):
            yield from unknown(place, "need", leaf.need, library.needs)
            need = library.needs.get(leaf.need)
            if need and need.about not in elders(about):
                yield Mistake(
                    place,
                    f"the need “{need.id}” is about a {need.about}, "
                    f"which a {about} does not belong to",
                    "count it with an aggregate",
                )
            continue
        indicator = library.indicators.get(leaf.indicator)
        if indicator is None:
            yield from unknown(place, "indicator", leaf.indicator, library.indicators)
            continue
        if leaf.of is not None:
            yield from unknown(place, "question", leaf.of, library.strands)
        if (indicator.about == "question" and about != "question") != (leaf.of is not None):
            hint = (
                f"add “of:” and one of {', '.join(library.strands)}"
                if leaf.of is None
                else "“of:” is only for an indicator of a question, in a rule about something else"
            )
            yield Mistake(place, f"“{indicator.id}” is about a {indicator.about}", hint)
        elif indicator.about not in elders(about) and leaf.of is None:
            yield Mistake(
                place,
                f"“{indicator.id}” is about a {indicator.about}, "
                f"which a {about} does not belong to",
                "count it with an aggregate",
            )
        yield from _operand(library, leaf, indicator, place)


_Placed = tuple[Leaf | NeedLeaf, tuple[str | int, ...]]


def placed(condition: Condition, path: tuple[str | int, ...]) -> list[_Placed]:
    """The comparisons of a condition that stands at `path`, each with where it stands."""

    def within(key: str, parts: list[list[_Placed]]) -> list[_Placed]:
        return [
            (leaf, (key, index, *where)) for index, part in enumerate(parts) for leaf, where in part
        ]

    found: list[_Placed] = fold(
        condition,
        leaf=lambda leaf: [(leaf, ())],
        need=lambda need: [(need, ())],
        not_=lambda part: [(leaf, ("not", *where)) for leaf, where in part],
        all_=partial(within, "all"),
        any_=partial(within, "any"),
    )
    return [(leaf, (*path, *where)) for leaf, where in found]


def _operand(library: Library, leaf: Leaf, indicator: Indicator, place: Place) -> Iterator[Mistake]:
    compared, operand = leaf.operator, leaf.operand
    if indicator.type not in compared.types:
        if compared.takes == "line":
            yield Mistake(place, f"a {indicator.type} has no order", "use is, one_of or includes")
        else:
            yield Mistake(place, f"“{compared.name}” does not fit a {indicator.type}")
        return
    if compared.takes == "presence":
        return
    if compared.takes == "member":
        members = _members(library, indicator)
        if members is not None:
            yield from unknown(place, f"member of “{indicator.id}”", str(operand), members)
        return
    scale = library.default_scales().get(indicator.scale or "")
    for item in operand if isinstance(operand, tuple) else (operand,):
        if isinstance(item, ThresholdRef):
            yield from unknown(place, "threshold", item.threshold, library.threshold_names)
            if indicator.type in ("grade", "yes-no", "category"):
                yield Mistake(place, f"a threshold does not fit a {indicator.type}")
        elif isinstance(item, GradeRef):
            if scale is None:
                yield Mistake(place, f"“{indicator.id}” is no grade")
            else:
                yield from unknown(place, f"anchor of {scale.id}", item.grade, scale.anchors)
        elif indicator.type == "grade":
            grades = [grade.id for grade in scale.grades] if scale else []
            yield from unknown(place, "grade", str(item), grades)
        elif indicator.type == "yes-no" and not isinstance(item, bool):
            yield Mistake(place, f"“{indicator.id}” is yes or no", "compare it with true or false")
        elif indicator.type == "category" and indicator.values:
            yield from unknown(place, "value", str(item), indicator.values)
        elif indicator.type in NUMBERS:
            if isinstance(item, bool) or not isinstance(item, int | float):
                yield Mistake(place, f"“{indicator.id}” is a number, {item!r} is not")
            elif indicator.range and not indicator.range[0] <= item <= indicator.range[1]:
                yield Mistake(place, f"{item} is outside the range of “{indicator.id}”")


def _members(library: Library, indicator: Indicator) -> list[str] | None:
    if indicator.vocabulary == "interventions":
        return list(library.intervention_names)
    if indicator.vocabulary == "concerns":
        return list(library.concerns)
    if indicator.vocabulary == "strengths":
        return list(library.strengths)
    if indicator.vocabulary == "screening-reasons":
        return [rule.screen.reason for rule in library.rules.values() if rule.screen]
    return None

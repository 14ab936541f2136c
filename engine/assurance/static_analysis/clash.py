"""Which statements of rules are opposite, and which rule says all that another says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from ...library import Library, Rule, Statement

WEIGHT = {"slight": 1, "moderate": 2, "strong": 3}


def says_all(library: Library, rule: Rule, other: Rule) -> bool:
    """Tell whether a rule says all that the other says, at least as strongly and as urgently."""
    if rule.stratum != other.stratum:
        return False
    if other.screen:
        return rule.screen == other.screen
    if other.diagnose:
        return rule.diagnose == other.diagnose
    if other.shape:
        return _shapes(rule, other)
    if other.stratum == "review":
        return other.propose in (None, rule.propose) and {*other.oppose} <= {*rule.oppose}
    said = {(one.kind, one.intervention): _weight(one) for one in library.statements.of(rule)}
    hurry = {one.intervention: one.urgent for one in rule.recommend if one.urgent is not None}
    return all(
        said.get((one.kind, one.intervention), 0) >= _weight(one)
        for one in library.statements.of(other)
    ) and all(
        hurry.get(one.intervention, math.inf) <= one.urgent
        for one in other.recommend
        if one.urgent is not None
    )


def _weight(said: Statement) -> int:
    return WEIGHT[said.strength] if said.strength else 0


def _shapes(rule: Rule, other: Rule) -> bool:
    for name in other.shape.model_fields_set if other.shape else ():
        said, asked = getattr(rule.shape, name), getattr(other.shape, name)
        if isinstance(asked, tuple):
            if not set(asked) <= set(said):
                return False
        elif isinstance(asked, int | float) and said is not None:
            if said > asked:
                return False
        elif said != asked:
            return False
    return True


Clash = Literal["argued", "together", "always"]


def clash(one: Statement, other: Statement, order: Mapping[str, int]) -> Clash | None:
    """Tell in which way two statements are opposite.

    “argued”: for and against; “together”: wrong wherever both are made; “always”: wrong where the first
    is never made without the second; None: they aren't.

    `order` has the place of each part of the year. The second is the one that undoes the first.
    """
    kinds, same = (one.kind, other.kind), one.intervention == other.intervention
    if same and kinds == ("for", "against"):
        return "argued"
    if same and kinds == ("must", "leave_out"):
        return "together"
    if same and kinds in (("must", "not_before"), ("start_by", "not_before")):
        known = one.part in order and other.part in order
        return "together" if known and order[other.part] > order[one.part] else None
    turned = (other.by, other.intervention)
    if kinds == ("replace", "replace") and (one.intervention, one.by) == turned:
        return "together"
    if kinds == ("replace", "leave_out") and one.by == other.intervention:
        return "together"
    return "always" if same and kinds == ("must", "replace") else None

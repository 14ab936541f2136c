"""Takes what names a retired intervention out of the other records, and tells what can't do without it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ..core import Mistake
from .model import Intervention, OutsideHelp
from .own_lines import OwnLines
from .record_reader import Reader
from .rule import Rule, Shape

_LISTS = ("requires", "helped_by", "together_with", "excludes")
_SHAPED = ("must", "start_by", "not_before", "replace")


def without_retired(
    parts: dict[str, Any], gone: Collection[str], reader: Reader, lines: OwnLines
) -> None:
    """Leave out of `parts` every mention of interventions that a pack has retired.

    A rule that then says nothing is left out as well. What requires a retired intervention is a mistake.
    """
    if not gone:
        return
    for name, item in list(parts["interventions"].items()):
        for index, other in enumerate(item.requires):
            if other in gone:
                place = reader.origins["intervention", name].place("requires", index)
                said = lines.retired["intervention", other]
                what = f"“{name}” requires “{other}”, which is retired: {said}"
                reader.problems.append(Mistake(place, what, "retire or replace both, or neither"))
        parts["interventions"][name] = _item(item, gone)
    for name, rule in list(parts["rules"].items()):
        kept = _rule(rule, gone)
        if kept is None:
            del parts["rules"][name]
        else:
            parts["rules"][name] = kept
    for name, help_ in list(parts["outside_help"].items()):
        left = tuple(one for one in help_.for_ if one not in gone)
        if not left:
            del parts["outside_help"][name]
        elif left != help_.for_:
            parts["outside_help"][name] = OutsideHelp.model_copy(help_, update={"for_": left})


def _item(item: Intervention, gone: Collection[str]) -> Intervention:
    update: dict[str, Any] = {
        key: tuple(one for one in getattr(item, key) if one not in gone) for key in _LISTS
    }
    update["requires_one_of"] = tuple(
        left
        for group in item.requires_one_of
        if (left := tuple(one for one in group if one not in gone))
    )
    update["after"] = tuple(one for one in item.after if one.intervention not in gone)
    changed = {key: value for key, value in update.items() if value != getattr(item, key)}
    return item.model_copy(update=changed) if changed else item


def _rule(rule: Rule, gone: Collection[str]) -> Rule | None:
    """The rule without them; None where nothing is left that it says."""
    update: dict[str, Any] = {
        key: tuple(one for one in getattr(rule, key) if one.intervention not in gone)
        for key in ("recommend", "advise_against")
    }
    shape = rule.shape and _shape(rule.shape, gone)
    changed = {key: value for key, value in update.items() if value != getattr(rule, key)}
    if shape != rule.shape:
        changed["shape"] = shape
    if not changed:
        return rule
    kept = rule.model_copy(update=changed)
    return kept if kept.recommend or kept.advise_against or kept.shape else None


def _shape(shape: Shape, gone: Collection[str]) -> Shape | None:
    update: dict[str, Any] = {}
    for key in _SHAPED:
        left = tuple(
            one
            for one in getattr(shape, key)
            if one.intervention not in gone and getattr(one, "by", "") not in gone
        )
        if left != getattr(shape, key):
            update[key] = left
    if any(one in gone for one in shape.leave_out):
        update["leave_out"] = tuple(one for one in shape.leave_out if one not in gone)
    forward = shape.bring_forward
    if forward and any(one in gone for one in forward.interventions):
        left = tuple(one for one in forward.interventions if one not in gone)
        update["bring_forward"] = (
            forward.model_copy(update={"interventions": left})
            if left or forward.pupil_progress
            else None
        )
    if not update:
        return shape
    kept = shape.model_copy(update=update)
    return kept if any(getattr(kept, key) for key in kept.model_fields_set) else None

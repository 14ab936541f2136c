"""The variants of an intervention in a plan: full, light, or without those it is too late for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..inference import NotAdvised, Recommendation, stays
from ..library import PHASES, DoneBefore, Entity, Intervention, Phase
from ..school import School


@dataclass(frozen=True)
class Form:
    """One form of a recommendation, an item of the scheduler of its own; at most one of them is planned."""

    id: str
    kind: Literal["full", "light", "rest"]
    item: Recommendation
    """With the form's own phases and targets."""
    worth: float
    """Of the worth of the full form."""
    before: DoneBefore | None
    """What it has to be over before."""
    must: bool


def forms_of(
    item: Recommendation,
    school: School,
    must: bool,
    either: bool = False,
    late: bool = False,
    tied: bool = False,
    waiting: NotAdvised | None = None,
) -> Iterator[Form]:
    """The forms of a recommendation, the full one first. What is promised in its light form has no
    other; what must be done is for all its targets unless it is too `late` for some, and in full unless
    `either` form is enough; what is `tied` to a partner stays whole. The places of those it is too late for
    go to those who are `waiting`, the next first."""
    intervention, name = item.intervention, item.id
    promised_light = any(
        promise.intervention == name and promise.form == "light" for promise in school.promises
    )
    before = intervention.done_before
    early = meant_early(item, school)
    rest = [] if tied else [target for target in item.targets if early and target not in early]
    if not promised_light:
        whole = must and not either and not late
        yield Form(name, "full", item, 1.0, before if early else None, whole)
        if rest and (late or not must):
            others = _others(item, rest, waiting, school)
            part = len(others.targets) / len(item.targets)
            yield Form(f"{name}/rest", "rest", others, part, None, False)
    if intervention.light and not tied:
        light = replace(item, intervention=lightened(intervention))
        worth = intervention.light.worth
        binding = before if early else None
        yield Form(f"{name}/light", "light", light, worth, binding, must and promised_light)


def _others(
    item: Recommendation, rest: list[Entity], waiting: NotAdvised | None, school: School
) -> Recommendation:
    """A recommendation for the `rest` of its targets, and in the places of the others for those who wait."""
    before, limit = item.intervention.done_before, item.intervention.at_once
    if waiting is None or before is None or limit is None:
        return replace(item, targets=rest)
    able = [target for target in waiting.targets if not _meant(target, before, school)]
    targets = [*rest, *able[: limit.most - len(rest)]]
    others = [one for one in (*item.targets, *waiting.targets) if one not in targets]
    told = [
        one
        for one in [*item.arguments, *(w for w in waiting.arguments if w not in item.arguments)]
        if stays(one, targets, others)
    ]
    return replace(item, targets=targets, arguments=told)


def meant_early(item: Recommendation, school: School) -> list[Entity]:
    """Find those for whom an intervention has to be over before something."""
    before = item.intervention.done_before
    return [target for target in item.targets if before and _meant(target, before, school)]


def lightened(intervention: Intervention) -> Intervention:
    """An intervention in its light form; what that doesn't give stays as it is."""
    light = intervention.light
    assert light is not None
    own = ("series", "prepare", "deliver", "sustain", "milestones", "success")
    given = {key: getattr(light, key) for key in own}
    changed = {key: value for key, value in given.items() if value}
    return intervention.model_copy(update={"title": light.title, **changed})


def led_by(intervention: Intervention, role: str) -> Intervention:
    """An intervention led by another role, which does what the lead would do in it."""

    def given(phase: Phase | None) -> Phase | None:
        if phase is None:
            return None
        work = tuple(
            one.model_copy(update={"role": role}) if one.role == intervention.lead else one
            for one in phase.effort
        )
        return phase.model_copy(update={"effort": work})

    changed: dict[str, object] = {name: given(getattr(intervention, name)) for name in PHASES}
    return intervention.model_copy(update={"lead": role, **changed})


def _meant(target: Entity, before: DoneBefore, school: School) -> bool:
    """Tell whether a target is one of those an intervention has to be done in time for."""
    if not before.years or target.kind == "school":
        return True
    if target.kind == "year":
        return target.id in before.years
    classes = {one.id: one.years for one in school.file.school.classes}
    if target.kind == "teacher":
        people = {person.id: person.classes for person in school.staff.people}
        years = {year for one in people.get(target.id, ()) for year in classes.get(one, ())}
    else:
        years = set(classes.get(target.id, ()))
    return bool(years & set(before.years))

"""What a school's decisions about advice come to: whom each is about, and whether rules ask for it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..library import Entity, Intervention, Library
from ..school import Decided, School
from . import phrases
from .forward_chaining import Inference


@dataclass(frozen=True, slots=True)
class Effect:
    """A decision, with what it comes to in a school as it is now."""

    decided: Decided
    intervention: Intervention
    targets: tuple[Entity, ...]
    """Those it names; none stands for all."""
    whole: bool
    """Whether it is about all the intervention can be for."""
    rules: tuple[str, ...]
    """The rules that ask for it now, for any of those it is about."""
    changes: tuple[str, ...]
    """How it is to be done otherwise than advised, in words."""

    @property
    def name(self) -> str:
        """The intervention's id."""
        return self.intervention.id

    @property
    def refused(self) -> bool:
        return self.decided.override.decision == "refuse"

    @property
    def words(self) -> str:
        """Say who decided what and when, why, and whether rules ask for it now; in sentences."""
        return phrases.decision(
            self.decided.words,
            self.decided.reason,
            self.changes,
            self.decided.override.note,
            asked=bool(self.rules),
            refused=self.refused,
        )

    def about(self, target: Entity) -> bool:
        """Tell whether it is about one of those an intervention is for."""
        return self.whole or any(target is one for one in self.targets)


def effects(
    school: School, library: Library, inference: Inference, instead: Mapping[str, str]
) -> tuple[Effect, ...]:
    """Work out the effect of each of a school's decisions; `instead` names what takes the place
    of what, by id."""
    return tuple(_effect(one, library, inference, instead) for one in school.decided)


def refused_for_all(made: Iterable[Effect], inference: Inference) -> dict[str, str]:
    """Collect what the school has refused for all it could be for, by id, with the words for it."""
    partly: dict[str, list[Effect]] = {}
    for effect in made:
        if effect.refused:
            partly.setdefault(effect.name, []).append(effect)
    found: dict[str, str] = {}
    for name, several in partly.items():
        everybody = inference.facts.of(several[0].intervention.target)
        if any(one.whole for one in several) or (
            everybody and all(any(one.about(target) for one in several) for target in everybody)
        ):
            found[name] = phrases.refused_for_all(
                (one.decided.words for one in several), several[0].decided.reason
            )
    return found


def named(ids: Iterable[str], item: Intervention, inference: Inference) -> list[Entity]:
    """Find those an intervention is for by their ids, in the order of the school's files."""
    wanted = set(ids)
    return [one for one in inference.facts.of(item.target) if one.id in wanted]


def _effect(
    one: Decided, library: Library, inference: Inference, instead: Mapping[str, str]
) -> Effect:
    override = one.override
    item = library.intervention(override.intervention)
    targets = tuple(named(override.for_, item, inference))
    everybody = inference.facts.of(item.target)
    return Effect(
        one,
        item,
        targets,
        not override.for_ or (bool(everybody) and len(targets) == len(everybody)),
        tuple(sorted(set(_asking(item, targets, library, inference, instead)))),
        tuple(_changes(one, library)),
    )


def _asking(
    item: Intervention,
    targets: tuple[Entity, ...],
    library: Library,
    inference: Inference,
    instead: Mapping[str, str],
) -> Iterator[str]:
    """The rules that ask for an intervention, or for what it takes the place of."""
    names = {item.id, *(name for name, other in instead.items() if other == item.id)}
    said = (one for name in names for one in library.statements.about(name, "for", "must"))
    asking = {one.rule.id for one in said}
    for finding in inference.fired:
        if finding.rule.id in asking and _points_at(finding.entity, item.target, targets):
            yield finding.rule.id


def _points_at(entity: Entity, kind: str, targets: tuple[Entity, ...]) -> bool:
    """Tell whether what is said of an entity is about one of some targets; of the school, it is
    about all."""
    own = [elder for elder in entity.lineage if elder.kind == kind]
    return not own or not targets or any(elder is one for elder in own for one in targets)


def _changes(one: Decided, library: Library) -> Iterator[str]:
    override = one.override
    if override.form:
        yield phrases.LIGHT_FORM
    if override.lead:
        yield phrases.led_by(library.roles[override.lead].title)
    if override.not_before:
        yield phrases.not_before(override.not_before)
    if override.by:
        yield phrases.by(override.by)

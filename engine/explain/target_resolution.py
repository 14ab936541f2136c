"""For whom a question is: a class, teacher, year group, subject or group, as an intervention is for such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..advise import Advice
from ..core import TermwiseError, UnknownNameError
from ..library import Entity, EntityKind, Intervention, elders
from ..school import hide_upns
from .phrases import asked_names as phrases

_ASKABLE: tuple[EntityKind, ...] = ("class", "teacher", "year", "subject", "group")
"""What a question can be about."""


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """Whom a question is about."""

    item: Intervention
    entities: tuple[Entity, ...]

    @property
    def aimed(self) -> bool:
        """Tell whether the intervention is for them one by one; else rules ask for it on their
        account."""
        return self.entities[0].kind == self.item.target

    @property
    def words(self) -> str:
        """Say who they are."""
        return " and ".join(dict.fromkeys(one.label for one in self.entities))

    def concerns(self, entity: Entity) -> bool:
        """Tell whether what is said of an entity is about one of them; what is said of the whole
        school is about each class, teacher or year group that something is for."""
        own = [one for one in entity.lineage if one.kind == self.entities[0].kind]
        return (self.aimed and not own) or any(one is each for one in own for each in self.entities)


def asked_for(advice: Advice, item: Intervention, name: str) -> AskedAbout:
    """Find those who are called by a name, whatever its case.

    Raises TermwiseError where the intervention is for no such, UnknownNameError for what isn't
    there.
    """
    plain = " ".join(name.split()).casefold()
    if not plain:
        raise TermwiseError(phrases.nobody_named(item.title, _for(item, _suited(advice, item))))
    suited = _suited(advice, item)
    found = {kind: _called(advice, kind, plain) for kind in _ASKABLE}
    for kind in suited:
        if found[kind]:
            return AskedAbout(item, tuple(found[kind]))
    others = [one for each in found.values() for one in each]
    if others:
        raise TermwiseError(phrases.not_for(item.title, _for(item, suited), others[0].label))
    kinds = suited or [*_ASKABLE]
    known = [one.id for kind in kinds for one in advice.findings.facts.of(kind)]
    if "teacher" in kinds:
        known += [one.id for one in advice.school.file.school.classes]
    raise UnknownNameError(phrases.any_of(kinds), hide_upns(name), known)


def _suited(advice: Advice, item: Intervention) -> list[EntityKind]:
    """List what a question about an intervention can be narrowed to: what it is for, and the
    subjects and groups its rules are about."""
    abouts = {said.rule.about for said in advice.library.statements.about(item.id, "for")}
    spoken = {elder for about in abouts for elder in elders(about)}
    return [
        kind
        for kind in _ASKABLE
        if kind == item.target or (kind in ("subject", "group") and kind in spoken)
    ]


def _for(item: Intervention, suited: Sequence[EntityKind]) -> str:
    return phrases.for_whom(suited, item.target == "school")


def _called(advice: Advice, kind: EntityKind, plain: str) -> list[Entity]:
    entities = advice.findings.facts.of(kind)
    found = [one for one in entities if plain in _names(one)]
    if found or kind != "teacher":
        return found
    teaching = {
        person.id
        for person in advice.school.staff.people
        if any(plain in (each.casefold(), f"class {each}".casefold()) for each in person.classes)
    }
    return [one for one in entities if one.id in teaching]


def _names(entity: Entity) -> Iterator[str]:
    yield entity.id.casefold()
    yield entity.label.casefold()

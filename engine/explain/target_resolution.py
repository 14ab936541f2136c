"""For whom a question is: a class, teacher, year group, subject or group, as an intervention is for such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..advise import Advice
from ..core import TermwiseError, UnknownNameError
from ..library import Entity, EntityKind, Intervention, elders
from ..school import hide_upns

_NAMED: dict[EntityKind, str] = {
    "class": "single classes",
    "teacher": "single teachers",
    "year": "single year groups",
    "subject": "single subjects",
    "group": "groups of pupils",
}
"""What a question can be about, and how an intervention is said to be for such."""


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
        raise TermwiseError(
            f"nobody is named to ask for: “{item.title}” is {_for(item, _suited(advice, item))}"
        )
    suited = _suited(advice, item)
    found = {kind: _called(advice, kind, plain) for kind in _NAMED}
    for kind in suited:
        if found[kind]:
            return AskedAbout(item, tuple(found[kind]))
    others = [one for each in found.values() for one in each]
    if others:
        raise TermwiseError(f"“{item.title}” is {_for(item, suited)}, not for {others[0].label}")
    kinds = suited or [*_NAMED]
    known = [one.id for kind in kinds for one in advice.findings.facts.of(kind)]
    if "teacher" in kinds:
        known += [one.id for one in advice.school.file.school.classes]
    said = " or ".join(kind.replace("year", "year group") for kind in kinds)
    raise UnknownNameError(said, hide_upns(name), known)


def _suited(advice: Advice, item: Intervention) -> list[EntityKind]:
    """List what a question about an intervention can be narrowed to: what it is for, and the
    subjects and groups its rules are about."""
    abouts = {said.rule.about for said in advice.library.statements.about(item.id, "for")}
    spoken = {elder for about in abouts for elder in elders(about)}
    return [
        kind
        for kind in _NAMED
        if kind == item.target or (kind in ("subject", "group") and kind in spoken)
    ]


def _for(item: Intervention, suited: Iterable[EntityKind]) -> str:
    named = [f"for {_NAMED[kind]}" for kind in suited]
    if item.target == "school":
        named.insert(0, "for the whole school")
        return (
            named[0] if len(named) == 1 else f"{named[0]}; it can be asked {' or '.join(named[1:])}"
        )
    return " or ".join(named)


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

"""Which agreed priorities a recommendation serves: by findings within the scope, or by the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..library import Entity, Intervention
from ..school import AgreedPriority, School

if TYPE_CHECKING:
    from .recommendations import Recommendation


class Scopes:
    """The scopes of a school's entities, asked priority by priority."""

    def __init__(self, school: School) -> None:
        self._agreed = school.cqa.priorities
        self._years = {one.id: frozenset(one.years) for one in school.file.school.classes}
        self._classes = {one.id: frozenset(one.classes) for one in school.staff.people}
        self._promised = frozenset(promise.intervention for promise in school.promises)

    def serves(self, item: Recommendation, priority: AgreedPriority) -> bool:
        """Tell whether a recommendation works on what a priority is about.

        It does when its record names the indicator of the priority's outcome, or when a finding that
        asks for it (or a promise) lies within the scope. A priority without a scope is about its outcome,
        and without one about its strand.
        """
        intervention = item.intervention
        outcome = priority.outcome
        if outcome is not None and outcome.indicator in intervention.works_on:
            return bool(item.arguments) or intervention.id in self._promised
        if outcome is not None and not priority.scoped:
            return False
        if not priority.scoped:
            asked = bool(item.arguments) or intervention.id in self._promised
            return asked and intervention.strand == priority.strand
        if intervention.id in self._promised and self._within((), intervention, priority):
            return True
        return any(
            self._within(told.entity.lineage, intervention, priority) for told in item.arguments
        )

    def ranks(self, item: Recommendation) -> tuple[int, ...]:
        """The ranks (from 1) of the agreed priorities a recommendation serves."""
        return tuple(
            rank
            for rank, priority in enumerate(self._agreed, start=1)
            if self.serves(item, priority)
        )

    def _within(
        self, lineage: Iterable[Entity], intervention: Intervention, priority: AgreedPriority
    ) -> bool:
        about = self._about(lineage)
        if not about["subjects"]:
            about["subjects"] = frozenset(intervention.subjects)
        if not about["groups"]:
            about["groups"] = frozenset(intervention.groups)
        return all(about[part] & set(asked) for part, asked in priority.scope.items() if asked)

    def _about(self, lineage: Iterable[Entity]) -> dict[str, frozenset[str]]:
        """Find what a finding is about, by part of a scope; a teacher stands for their classes, a class for
        its year groups."""
        found: dict[str, set[str]] = {
            part: set() for part in ("subjects", "groups", "year_groups", "classes")
        }
        for entity in lineage:
            if entity.kind == "subject":
                found["subjects"].add(entity.id)
            elif entity.kind == "group":
                found["groups"].add(entity.id)
            elif entity.kind == "year":
                found["year_groups"].add(entity.id)
            elif entity.kind == "class":
                found["classes"].add(entity.id)
            elif entity.kind == "teacher" and not found["classes"]:
                found["classes"] |= self._classes.get(entity.id, frozenset())
        if not found["year_groups"]:
            for name in found["classes"]:
                found["year_groups"] |= self._years.get(name, frozenset())
        return {part: frozenset(names) for part, names in found.items()}


def served(items: Mapping[str, Recommendation], school: School) -> dict[str, tuple[int, ...]]:
    """The ranks (from 1) of the agreed priorities that each recommendation serves, by intervention."""
    scopes = Scopes(school)
    return {name: scopes.ranks(item) for name, item in sorted(items.items())}

"""What becomes of a school's initiatives: for each the first decision for which rules found the need."""

from __future__ import annotations

from dataclasses import dataclass

from ..library import Entity, InitiativeDecision, Library
from ..school import Initiative, School
from .forward_chaining import Finding, Inference


@dataclass(frozen=True, slots=True)
class DecidedInitiative:
    """An initiative of the school's list, with what becomes of it."""

    initiative: Initiative
    entity: Entity
    decision: InitiativeDecision | None
    """None: no need was found, and it is kept."""
    findings: tuple[Finding, ...]
    """What speaks for the decision."""

    @property
    def freed(self) -> float:
        """The hours a week that it gives back."""
        return self.initiative.hours_a_week * self.decision.frees if self.decision else 0.0


def decided_initiatives(
    inference: Inference, school: School, library: Library
) -> tuple[DecidedInitiative, ...]:
    """Decide on each of a school's initiatives, in the order of its list."""
    found: dict[str, dict[str, list[Finding]]] = {}
    for finding in inference.of("diagnose"):
        if finding.rule.diagnose and finding.entity.kind == "initiative":
            needs = found.setdefault(finding.entity.id, {})
            needs.setdefault(finding.rule.diagnose.need, []).append(finding)
    entities = {entity.id: entity for entity in inference.facts.of("initiative")}
    decided = []
    for one in school.file.initiatives:
        needs = found.get(one.id, {})
        decision = library.planning.initiatives.taken(needs)
        findings = tuple(needs[decision.need]) if decision else ()
        decided.append(DecidedInitiative(one, entities[one.id], decision, findings))
    return tuple(decided)

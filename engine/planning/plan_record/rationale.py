"""The rationale of a step: arguments for and against with their values, duties, promises, needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...inference import Advised, Argument, Dependencies, value_read
from ...library import Library, Verdict
from ...school import School
from .. import model as view
from ..phrases.plan_notes import A_PUPIL, needed_by
from .context import Solved

PUPILS = ("pupil", "pupil-subject")


class Standing(NamedTuple):
    """A reason for something that holds whatever the rules say of it."""

    kind: view.StandingKind
    words: str
    intervention: str = ""
    """What needs it."""


def standing(
    name: str, school: School, library: Library, advised: Advised, dependencies: Dependencies
) -> Iterator[Standing]:
    """Yield why an intervention is wanted whatever rules say: that it was promised or accepted, that it
    is a duty, and, where no rule asks for it, what needs it."""
    for promise in school.promises:
        if promise.intervention == name:
            decided = promise.accepted
            words = decided.words if decided else promise.because
            yield Standing("accepted" if decided else "promised", words)
    duty = advised.duties.get(name)
    if duty is not None:
        yield Standing("duty", duty.words)
    item = advised.items.get(name)
    if item is None or not item.arguments:
        for other in _needing(name, dependencies):
            title = library.intervention(other).title
            yield Standing("needed", needed_by(title), other)


def _needing(name: str, dependencies: Dependencies) -> list[str]:
    """Return what needs this intervention: only the one it was added for, where that is among them."""
    found, added = dependencies.needing(name), dependencies.added.get(name)
    return [added] if added in found else found


def reasons_for(name: str, solved: Solved) -> tuple[view.Because, ...]:
    """All reasons for a step: the rules', in their order, then those that hold whatever rules say."""
    item = solved.form(name).item
    school = solved.inference.facts.school.label
    others = standing(name, solved.school, solved.library, solved.advised, solved.dependencies)
    return because(item.arguments, solved) + tuple(
        view.Because(
            kind=one.kind,
            entity=school,
            words=one.words,
            from_=_decided_by(one, name, solved.library),
        )
        for one in others
    )


SCHOOL = "school"
"""Who speaks where the school has decided it, or its own pack says so."""


def said_by(rule: str, library: Library) -> str:
    """The pack a rule stands in, or “school” where it is the school's own."""
    pack = library.pack_of("rule", rule)
    return SCHOOL if pack.layer == "school" else pack.id


def _decided_by(one: Standing, name: str, library: Library) -> str:
    """Tell who says that something is wanted whatever rules say; nothing for what a step needs."""
    if one.kind == "duty":
        pack = library.pack_of("intervention", name)
        return SCHOOL if pack.layer == "school" else pack.id
    return SCHOOL if one.kind in ("promised", "accepted") else ""


def because(arguments: Iterable[Argument], solved: Solved) -> tuple[view.Because, ...]:
    """Each rule's words on each entity once, in order of rule; a pupil stays nameless."""
    distinct: dict[tuple[str, str], Argument] = {}
    for told in sorted(arguments, key=lambda told: told.rule.id):
        distinct.setdefault((told.rule.id, str(told.entity)), told)
    return tuple(
        view.Because(
            rule=told.rule.id,
            title=told.rule.title,
            entity=A_PUPIL if told.entity.kind in PUPILS else told.entity.label,
            words=told.words,
            why=told.rule.why,
            strength=told.strength,
            from_=said_by(told.rule.id, solved.library),
            values=tuple(value_read(leaf, solved.vocabulary) for leaf in _read(told, solved)),
        )
        for told in distinct.values()
    )


def _read(told: Argument, solved: Solved) -> Iterator[Verdict]:
    """The comparisons that made a rule fire; for a need, those of the rules that found it."""
    for leaf in told.finding.verdict.deciding():
        if leaf.kind != "need" or not leaf.result:
            yield leaf
            continue
        for finding in solved.inference.of("diagnose"):
            found = finding.rule.diagnose
            if found and f"need {found.need}" == leaf.key and finding.entity in told.entity.lineage:
                for part in finding.verdict.deciding():
                    if part.kind != "need":
                        yield part

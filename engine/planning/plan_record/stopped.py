"""What stops: each of the school's initiatives with what becomes of it, why, and the hours it gives back."""

from __future__ import annotations

from collections.abc import Iterator

from ...core import EFFORT_STEP
from ...inference import DecidedInitiative, decided_initiatives, value_read, words
from .. import model as view
from .context import Solved
from .rationale import said_by


def stopped(solved: Solved) -> Iterator[view.Stopped]:
    """Yield the initiatives of the school's list: those that stop, then those that join another, then those
    that are kept; in each the one first that gives back most."""
    order = [one.decision for one in solved.library.planning.initiatives.decisions]
    found = [
        _stopped(one, solved)
        for one in decided_initiatives(solved.inference, solved.school, solved.library)
    ]
    yield from sorted(found, key=lambda one: (order.index(one.decision), -one.freed))


def _stopped(one: DecidedInitiative, solved: Solved) -> view.Stopped:
    titles = {item.id: item.title for item in solved.school.file.initiatives}
    decision = one.decision.decision if one.decision else "keep"
    reasons = tuple(_because(one, solved))
    told = [reason.words for reason in reasons] or [solved.library.planning.initiatives.otherwise]
    return view.Stopped(
        initiative=one.initiative.id,
        title=one.initiative.title,
        decision=decision,
        into=titles.get(one.initiative.overlaps_with or "") if decision == "join" else None,
        hours=one.initiative.hours_a_week,
        freed=round(one.freed, 2),
        because=reasons,
        words=" ".join(told),
    )


def _because(one: DecidedInitiative, solved: Solved) -> Iterator[view.Because]:
    for finding in one.findings:
        yield view.Because(
            rule=finding.rule.id,
            title=finding.rule.title,
            entity=one.entity.label,
            words=words(finding.rule, one.entity, solved.vocabulary),
            why=finding.rule.why,
            from_=said_by(finding.rule.id, solved.library),
            values=tuple(
                value_read(leaf, solved.vocabulary) for leaf in finding.verdict.deciding()
            ),
        )


def freed(solved: Solved) -> Iterator[view.FreedTime]:
    """Yield the time that what stops has become for the plan, slot by slot."""
    by_person = solved.capacity.freed
    for slot in solved.slots:
        given = [
            (name, tenths)
            for (name, index), tenths in by_person.items()
            if any(half.index == index for half in slot.halves)
        ]
        if given:
            yield view.FreedTime(
                people=tuple(sorted({name for name, _ in given})),
                slot=slot.id,
                days=sum(tenths for _, tenths in given) / EFFORT_STEP,
            )

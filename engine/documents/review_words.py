"""The words for a review: how a step was carried out, how pupils moved and what error explains of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..core import listed, listed_first
from ..review import Fidelity, GroupMoved, PupilMoved, SkillRef, SubjectMoved
from .words import clean, count, number, short_date

MOST_SKILLS = 2
_MOVED = {
    "gained": "more than error alone explains",
    "within-error": "within the error: neither progress nor a fall",
    "fell": "a fall, more than error alone explains",
}


def carried_out(fidelity: Fidelity) -> str:
    """Say how much of a step was seen, and when."""
    if fidelity.share is None or fidelity.on is None:
        return "nobody has looked"
    seen = sum(bool(one.seen) for one in fidelity.ingredients)
    return f"{seen} of {len(fidelity.ingredients)} seen ({short_date(fidelity.on)})"


def change(told: GroupMoved) -> str:
    """Say how a group moved, and what error explains of it."""
    unit = "bands" if told.measure == "judgement" else "points"
    return f"{_signed(told.change)} {unit} (error ±{told.error:.2f}): {_MOVED[told.moved]}"


def group(told: GroupMoved, chosen: bool) -> str:
    """Say the same with who they are, and who came or went."""
    themselves = (
        f"; {_signed(told.by_itself)} would be expected of them by themselves" if chosen else ""
    )
    came = [
        f"{many} {words}"
        for many, words in ((told.joined, "joined"), (told.left, "left or were not judged"))
        if many
    ]
    others = f" {listed(came).capitalize()} and are left out." if came else ""
    return f"{count(told.pupils, 'pupil')}, {change(told)}{themselves}.{others}"


def counted_states(then: Mapping[str, int], now: Mapping[str, int]) -> str:
    """Say how many are in the gravest state, then and now, of how many."""
    worst = next(iter(then))
    return f"{then[worst]} of {sum(then.values())}, now {now[worst]} of {sum(now.values())}"


def moved(subjects: Iterable[SubjectMoved]) -> str:
    """Say who is counted in a change."""
    known = [one.moved for one in subjects if one.moved]
    joined = max((one.joined for one in known), default=0)
    left = max((one.left for one in known), default=0)
    return (
        f"A change is of those who were judged at both points: {joined} were judged at the last alone, {left} at the "
        "first alone. Bands are those of the school's own scale, against what was expected at the time."
    )


def of_pupil(one: PupilMoved) -> tuple[str, ...]:
    """Say in cells where a pupil stood and stands in a subject, and what became of their sequence."""
    beyond = {"gained": "gained", "within-error": "within the error", "fell": "fell"}
    return (
        one.ref,
        clean(one.subject),
        _state(one.then),
        _state(one.now),
        beyond[one.moved] if one.moved else "not known",
        _skills(one.secured),
        _skills((*one.going_on, *one.changed)),
    )


def is_otherwise(one: PupilMoved) -> bool:
    """Tell whether something of a pupil in a subject is otherwise than before, beyond the error."""
    return one.then != one.now or one.moved != "within-error" or bool(one.secured)


def _state(state: str | None) -> str:
    return state.replace("-", " ") if state else "not judged"


def _skills(skills: Iterable[SkillRef]) -> str:
    return listed_first((f"{one.skill} {clean(one.title)}" for one in skills), MOST_SKILLS) or "–"


def _signed(value: float) -> str:
    return f"+{value:.2f}" if value > 0 else f"−{-value:.2f}" if value < 0 else number(0)


__all__ = ["carried_out", "change", "counted_states", "group", "is_otherwise", "moved", "of_pupil"]

"""The targets of a step: the school, classes, teachers or pupils it is for, in words."""

from __future__ import annotations

from ...inference import Recommendation
from .. import model as view
from ..phrases.plan_notes import WHOLE_SCHOOL, target_words
from .context import Solved


def target(item: Recommendation, solved: Solved) -> view.Target:
    """Its targets, and how they are called together."""
    kind, targets = item.intervention.target, item.targets
    if kind == "school" or not targets:
        school = solved.school.file.school.id
        return view.Target(kind="school", ids=(school,), words=WHOLE_SCHOOL)
    ids = tuple(t.id for t in targets)
    words = target_words(kind, ids, [t.label for t in targets])
    return view.Target(kind=kind, ids=ids, words=words)

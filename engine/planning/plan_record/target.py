"""The targets of a step: the school, classes, teachers or pupils it is for, in words."""

from __future__ import annotations

from ...inference import Recommendation
from .. import model as view
from .context import Solved


def target(item: Recommendation, solved: Solved) -> view.Target:
    """Its targets, and how they are called together."""
    kind, targets = item.intervention.target, item.targets
    if kind == "school" or not targets:
        school = solved.school.file.school.id
        return view.Target(kind="school", ids=(school,), words="the whole school")
    labels = [t.label for t in targets]
    if kind == "class":
        text = "classes " if len(targets) > 1 else "class "
        labels = [t.id for t in targets]
    elif kind == "teacher":
        text = f"{len(targets)} teachers: " if len(targets) > 1 else ""
    else:
        text = ""
    listed = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
    return view.Target(kind=kind, ids=tuple(t.id for t in targets), words=text + listed)

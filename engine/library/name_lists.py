"""The names of the library that a school folder can use, list by list, and the command that shows each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..core import did_you_mean, near_names
from .loader import Library

Row = tuple[str, str, str]
"""A name's id, what it belongs to, and its title."""

LISTS: Mapping[str, Callable[[Library], Iterable[Row]]] = {
    "interventions": lambda lib: ((i.id, i.strand, i.title) for i in lib.interventions.values()),
    "concerns": lambda lib: ((c.id, c.question, c.title) for c in lib.concerns.values()),
    "strengths": lambda lib: ((s.id, s.question, s.title) for s in lib.strengths.values()),
    "roles": lambda lib: ((r.id, r.kind, r.title) for r in lib.roles.values()),
    "strands": lambda lib: ((s.id, "", s.title) for s in lib.strands.values()),
    "activities": lambda lib: ((a.id, "", a.title) for a in lib.programme.audit_activities),
    "indicators": lambda lib: (
        (i.id, i.type, i.title) for i in lib.indicators.values() if i.from_ == "school"
    ),
    "subjects": lambda lib: ((s.id, "", s.title) for s in lib.words.subjects),
    "columns": lambda lib: ((c.id, c.kind, c.title) for c in lib.columns.values()),
    "scales": lambda lib: ((s.id, "", s.title) for s in lib.scales.values()),
    "reasons": lambda lib: (
        (r.id, ", ".join(r.for_), r.title) for r in lib.override_reasons.values()
    ),
}
_LIST_OF = {
    "intervention": "interventions",
    "intervention that comes back": "interventions",
    "practice": "interventions",
    "duty": "interventions",
    "concern": "concerns",
    "strength": "strengths",
    "role": "roles",
    "lead": "roles",
    "strand": "strands",
    "question": "strands",
    "audit activity": "activities",
    "indicator": "indicators",
    "column": "columns",
    "scale": "scales",
    "reason": "reasons",
}
"""The list that has the names of each kind, as messages call it."""


def hint_for(kind: str, name: str, known: Iterable[str]) -> str:
    """Hint at what an unknown name may be: the near ones, or all where they are few, and else the
    command that lists those of its kind."""
    known = list(known)
    near, listed = did_you_mean(name, known), _LIST_OF.get(kind)
    if not listed or (near and not near_names(name, known)):
        return near
    return f"{near} termwise knowledge list {listed} shows all".lstrip()

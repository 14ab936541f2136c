"""Termwise: explained term-by-term school improvement plans."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from termwise.engine.core import VERSION as __version__

if TYPE_CHECKING:
    from termwise.engine import scheduling as schedule
    from termwise.engine.advise import Advice, advise
    from termwise.engine.assurance import (
        audit,
        check_rules,
        overridden,
        rules_coverage,
        rules_tried,
    )
    from termwise.engine.core import ContentError, TermwiseError
    from termwise.engine.explain import (
        change,
        change_pupil,
        firm,
        missing,
        money,
        what_if,
        why,
        why_not,
        why_pupil,
    )
    from termwise.engine.library import Library, load_library
    from termwise.engine.pupils import Ask, impact, load_commitments, meeting, pupil_report
    from termwise.engine.review import ProgressEntry, diff, issue, progress, replan, review
    from termwise.engine.school import School, data_report, load_school, make_key

__all__ = [
    "Advice",
    "Ask",
    "ContentError",
    "Library",
    "ProgressEntry",
    "School",
    "TermwiseError",
    "__version__",
    "advise",
    "audit",
    "change",
    "change_pupil",
    "check_rules",
    "data_report",
    "diff",
    "firm",
    "impact",
    "issue",
    "load_commitments",
    "load_library",
    "load_school",
    "make_key",
    "meeting",
    "missing",
    "money",
    "overridden",
    "progress",
    "pupil_report",
    "replan",
    "review",
    "rules_coverage",
    "rules_tried",
    "schedule",
    "what_if",
    "why",
    "why_not",
    "why_pupil",
]

# Each name is loaded when it is first asked for: who only reads a school's files doesn't wait for the
# solver to be loaded.
_HOMES = {
    "Advice": "advise",
    "Ask": "pupils",
    "ContentError": "core",
    "Library": "library",
    "ProgressEntry": "review",
    "School": "school",
    "TermwiseError": "core",
    "advise": "advise",
    "audit": "assurance",
    "change": "explain",
    "change_pupil": "explain",
    "check_rules": "assurance",
    "data_report": "school",
    "diff": "review",
    "firm": "explain",
    "impact": "pupils",
    "issue": "review",
    "load_commitments": "pupils",
    "load_library": "library",
    "load_school": "school",
    "make_key": "school",
    "meeting": "pupils",
    "missing": "explain",
    "money": "explain",
    "overridden": "assurance",
    "progress": "review",
    "pupil_report": "pupils",
    "replan": "review",
    "review": "review",
    "rules_coverage": "assurance",
    "rules_tried": "assurance",
    "schedule": "scheduling",
    "what_if": "explain",
    "why": "explain",
    "why_not": "explain",
    "why_pupil": "explain",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = importlib.import_module(f"termwise.engine.{_HOMES[name]}")
    globals()[name] = room if name == "schedule" else getattr(room, name)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted(__all__)

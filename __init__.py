"""Termwise: explained term-by-term school improvement plans."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from termwise.engine.version import VERSION as __version__

if TYPE_CHECKING:
    from termwise.engine import schedule
    from termwise.engine.advise import Advice, advise
    from termwise.engine.audit import audit
    from termwise.engine.data import data_report
    from termwise.engine.errors import ContentError, TermwiseError
    from termwise.engine.library import Library, load_library
    from termwise.engine.money import money
    from termwise.engine.overridden import overridden
    from termwise.engine.proving import check_rules
    from termwise.engine.pupils import Ask, change_pupil, pupil_report, why_pupil
    from termwise.engine.questions import change, firm, missing, what_if, why, why_not
    from termwise.engine.readers import load_school, make_key
    from termwise.engine.readers.school import School
    from termwise.engine.teams import impact, load_commitments, meeting
    from termwise.engine.trials import rules_coverage, rules_tried

__all__ = [
    "Advice",
    "Ask",
    "ContentError",
    "Library",
    "School",
    "TermwiseError",
    "__version__",
    "advise",
    "audit",
    "change",
    "change_pupil",
    "check_rules",
    "data_report",
    "firm",
    "impact",
    "load_commitments",
    "load_library",
    "load_school",
    "make_key",
    "meeting",
    "missing",
    "money",
    "overridden",
    "pupil_report",
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
    "ContentError": "errors",
    "Library": "library",
    "School": "readers.school",
    "TermwiseError": "errors",
    "advise": "advise",
    "audit": "audit",
    "change": "questions",
    "change_pupil": "pupils",
    "check_rules": "proving",
    "data_report": "data",
    "firm": "questions",
    "impact": "teams",
    "load_commitments": "teams",
    "load_library": "library",
    "load_school": "readers",
    "make_key": "readers",
    "meeting": "teams",
    "missing": "questions",
    "money": "money",
    "overridden": "overridden",
    "pupil_report": "pupils",
    "rules_coverage": "trials",
    "rules_tried": "trials",
    "schedule": "",
    "what_if": "questions",
    "why": "questions",
    "why_not": "questions",
    "why_pupil": "pupils",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES[name] or name
    module = importlib.import_module(f"termwise.engine.{home}")
    globals()[name] = module if not _HOMES[name] else getattr(module, name)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted(__all__)

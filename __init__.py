"""Termwise: explained term-by-term school improvement plans."""

from termwise.engine.advise import Advice, advise
from termwise.engine.audit import audit
from termwise.engine.data import data_report
from termwise.engine.errors import ContentError, TermwiseError
from termwise.engine.library import Library, load_library
from termwise.engine.pupils import Ask, pupil_report
from termwise.engine.readers import load_school, make_key
from termwise.engine.readers.school import School
from termwise.engine.teams import impact, load_commitments, meeting
from termwise.engine.version import VERSION as __version__

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
    "data_report",
    "impact",
    "load_commitments",
    "load_library",
    "load_school",
    "make_key",
    "meeting",
    "pupil_report",
]

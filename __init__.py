"""Termwise: explained term-by-term school improvement plans."""

from termwise.engine.advise import Advice, advise
from termwise.engine.data import data_report
from termwise.engine.errors import ContentError, TermwiseError
from termwise.engine.library import Library, load_library
from termwise.engine.readers import load_school, make_key
from termwise.engine.readers.school import School
from termwise.engine.version import VERSION as __version__

__all__ = [
    "Advice",
    "ContentError",
    "Library",
    "School",
    "TermwiseError",
    "__version__",
    "advise",
    "data_report",
    "load_library",
    "load_school",
    "make_key",
]

"""rules/ and knowledge/ read and checked against each other: a Library, or all problems at once."""

from __future__ import annotations

from .checked import load_library
from .load import Library

__all__ = ["Library", "load_library"]

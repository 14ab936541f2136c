"""Teams of teachers: the sheet of a meeting, what is agreed in it, and the report to the head."""

from __future__ import annotations

from ..readers.commitments import load_commitments
from .impact import impact
from .meeting import meeting
from .write import Written, add, outcome

__all__ = ["Written", "add", "impact", "load_commitments", "meeting", "outcome"]

"""Pupils at risk of underachievement: who, why, how sure that is, and what to do in class."""

from __future__ import annotations

from .ask import Ask
from .change import change_pupil
from .pupils_at_risk import pupil_report
from .why import names_pupil, why_pupil

__all__ = ["Ask", "change_pupil", "names_pupil", "pupil_report", "why_pupil"]

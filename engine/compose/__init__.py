"""The solved timetable as a Plan: every step with its dates, people, money, reasons and milestones."""

from __future__ import annotations

from .plan import Composer
from .solved import Solved

__all__ = ["Composer", "Solved"]

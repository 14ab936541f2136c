"""The solved timetable as a Plan: every step with its dates, people, money, reasons and milestones."""

from __future__ import annotations

from .plan import Composer

__all__ = ["Composer"]

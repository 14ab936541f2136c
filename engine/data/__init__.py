"""The data doctor: what was read as what, counts that add up, and what to look at before trusting
the figures."""

from __future__ import annotations

from .report import data_report

__all__ = ["data_report"]

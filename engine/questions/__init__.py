"""Questions to an Advice, each answered from the rules and the data and by running again."""

from __future__ import annotations

from .asked import why, why_not
from .change import change
from .firm import firm
from .missing import missing
from .what_if import what_if

__all__ = ["change", "firm", "missing", "what_if", "why", "why_not"]

"""What is done when: items, slots, capacities and budgets in, a proved plan out. Knows nothing of schools."""

from __future__ import annotations

from .model import Blocker, Item, Level, Placement, Problem, Solution
from .solve import SOLVER, conflict, solve
from .why import blockers, nearest_earlier

__all__ = [
    "SOLVER",
    "Blocker",
    "Item",
    "Level",
    "Placement",
    "Problem",
    "Solution",
    "blockers",
    "conflict",
    "nearest_earlier",
    "solve",
]

"""The CP-SAT model of a problem: variables, constraints, objectives, search; the only door to OR-Tools."""

from __future__ import annotations

from .linear_relaxation import Relaxation, Relaxed
from .model import Model
from .objectives import HASH, change_terms, makespan_terms, peak_terms, tie, tie_terms, value_terms
from .search import Answer, OutOfEffort, ask, core, tightened
from .solver_records import INFINITY, SOLVER
from .variables import MANY, Terms, add

__all__ = [
    "HASH",
    "INFINITY",
    "MANY",
    "SOLVER",
    "Answer",
    "Model",
    "OutOfEffort",
    "Relaxation",
    "Relaxed",
    "Terms",
    "add",
    "ask",
    "change_terms",
    "core",
    "makespan_terms",
    "peak_terms",
    "tie",
    "tie_terms",
    "tightened",
    "value_terms",
]

"""OR-Tools, loaded when the first plan is made."""

from __future__ import annotations

from typing import Any

SOLVER = "OR-Tools CP-SAT, one worker, deterministic"
INFINITY = 1 << 62


def ortools() -> Any:
    """Load OR-Tools, whose loading takes longer than most commands that make no plan."""
    from ortools.sat.python import cp_model_helper

    return cp_model_helper


def linear_solver() -> Any:
    """Load the linear solver of OR-Tools, which only what is shared among several problems needs."""
    from ortools.linear_solver import pywraplp

    return pywraplp

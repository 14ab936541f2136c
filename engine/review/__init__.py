"""A plan in use: issued, followed as it is carried out, held against the plan that comes after it."""

from __future__ import annotations

from .issued_plan import fingerprints, issue
from .model import (
    AgreedBy,
    FigureChange,
    IssuedPlan,
    LineChange,
    Pack,
    PlanChanges,
    PlanRef,
    PriorityChange,
    StepChange,
    StepPlace,
    TimeChange,
)
from .plan_changes import diff
from .plans_folder import PLANS, issued_plans, keep_issued, plan_from, plan_in_force

__all__ = [
    "AgreedBy",
    "FigureChange",
    "IssuedPlan",
    "LineChange",
    "PLANS",
    "Pack",
    "PlanChanges",
    "PlanRef",
    "PriorityChange",
    "StepChange",
    "StepPlace",
    "TimeChange",
    "diff",
    "fingerprints",
    "issue",
    "issued_plans",
    "keep_issued",
    "plan_from",
    "plan_in_force",
]

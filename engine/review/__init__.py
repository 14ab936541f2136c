"""A plan in use: issued, followed as it is carried out, held against the plan that comes after it."""

from __future__ import annotations

from .issued_plan import fingerprints, issue
from .model import (
    AgreedBy,
    CameOf,
    DueItem,
    FigureChange,
    IssuedPlan,
    LineChange,
    MilestoneProgress,
    Pack,
    PlanChanges,
    PlanRef,
    PriorityChange,
    ProgressEntry,
    ProgressGroup,
    ProgressReport,
    Replanned,
    StepChange,
    StepPlace,
    StepProgress,
    TimeChange,
)
from .plan_changes import diff
from .plans_folder import PLANS, issued_plans, keep_issued, plan_from, plan_in_force, plans_in_use
from .progress_file import PROGRESS, load_progress
from .progress_report import progress
from .progress_writer import ProgressWritten, add_progress
from .replanning import ReplannedAdvice, replan

__all__ = [
    "AgreedBy",
    "CameOf",
    "Replanned",
    "ReplannedAdvice",
    "replan",
    "DueItem",
    "MilestoneProgress",
    "PROGRESS",
    "ProgressEntry",
    "ProgressGroup",
    "ProgressReport",
    "ProgressWritten",
    "StepProgress",
    "add_progress",
    "load_progress",
    "progress",
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
    "plans_in_use",
]

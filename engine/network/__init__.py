"""Many schools: each planned by itself, as many at once as there are workers, kept so that it can go on."""

from __future__ import annotations

from .batch_plans import plan_batch
from .batch_tables import read_batch, write_batch
from .model import BatchPlans, PlannedFinding, PlannedPriority, PlannedSchool, PlannedStep

__all__ = [
    "BatchPlans",
    "PlannedFinding",
    "PlannedPriority",
    "PlannedSchool",
    "PlannedStep",
    "plan_batch",
    "read_batch",
    "write_batch",
]

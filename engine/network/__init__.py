"""Many schools: a batch in which each is planned by itself, and a network that shares people, days and money."""

from __future__ import annotations

from .batch_plans import plan_batch
from .batch_tables import read_batch, write_batch
from .model import (
    BatchPlans,
    BegunThen,
    DayContent,
    InCommon,
    NetworkPlan,
    NetworkReview,
    PlannedFinding,
    PlannedMember,
    PlannedPriority,
    PlannedSchool,
    PlannedStep,
    PooledMoneyTold,
    PooledPart,
    PupilCount,
    SchoolDays,
    SchoolStanding,
    SharedDays,
    SharedSlot,
    SharedUse,
    StepTogether,
    Support,
)
from .network_file import NetworkFile
from .network_folder import NETWORK, Network, NetworkMember, load_network
from .network_plan import NetworkPlanned, plan_network
from .network_review import InForce, plans_in_force, review_network

__all__ = [
    "InCommon",
    "InForce",
    "NetworkReview",
    "PupilCount",
    "SchoolStanding",
    "SharedUse",
    "plans_in_force",
    "review_network",
    "BatchPlans",
    "BegunThen",
    "DayContent",
    "NETWORK",
    "Network",
    "NetworkFile",
    "NetworkMember",
    "NetworkPlan",
    "NetworkPlanned",
    "PlannedFinding",
    "PlannedMember",
    "PlannedPriority",
    "PlannedSchool",
    "PlannedStep",
    "PooledMoneyTold",
    "PooledPart",
    "SchoolDays",
    "SharedDays",
    "SharedSlot",
    "StepTogether",
    "Support",
    "load_network",
    "plan_batch",
    "plan_network",
    "read_batch",
    "write_batch",
]

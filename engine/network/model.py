"""What is told of many schools: a row for each, and rows for what is in their plans."""

from __future__ import annotations

from typing import Literal

from ..core import Record

Effort = Literal["full"]


class PlannedStep(Record):
    """One step of one school's plan."""

    school: str
    step: str
    intervention: str
    starts: str
    """the half-term it begins in"""
    pounds: int
    days: float
    """of all people together"""
    serves: tuple[str, ...]
    """ids of priorities"""


class PlannedPriority(Record):
    """One agreed priority of one school, and whether its plan has a step of substance for it."""

    school: str
    priority: str
    title: str
    steps: int
    covered: bool


class PlannedFinding(Record):
    """One rule that speaks of one school, and how often; no pupil stands in it."""

    school: str
    rule: str
    times: int


class PlannedSchool(Record):
    """One school of a batch: its plan in figures, or why there is none."""

    school: str
    """its id; empty where its folder could not be read"""
    folder: str
    """below the folder of the batch"""
    status: Literal["optimal", "within-gap", "infeasible", "error"]
    objective: int | None = None
    bound: int | None = None
    gap: float | None = None
    """the share of the bound that may be missing"""
    effort: Effort = "full"
    steps: int | None = None
    pounds: int | None = None
    days: float | None = None
    seconds: float | None = None
    """of processor time: the one column that is otherwise at every run"""
    plan: str = ""
    """the SHA-256 of the plan's JSON"""
    assumed: tuple[str, ...] = ()
    """what the school does not say and is taken as usual"""
    error: str = ""


class SchoolPart(Record):
    """What is kept of one school as soon as it is planned."""

    inputs: str
    """the SHA-256 of its files, of the content and of the effort"""
    row: PlannedSchool
    steps: tuple[PlannedStep, ...] = ()
    priorities: tuple[PlannedPriority, ...] = ()
    findings: tuple[PlannedFinding, ...] = ()


class BatchPlans(Record):
    """A batch: its schools in order of folder, with the rows of their plans."""

    schools: tuple[PlannedSchool, ...]
    steps: tuple[PlannedStep, ...] = ()
    priorities: tuple[PlannedPriority, ...] = ()
    findings: tuple[PlannedFinding, ...] = ()
    planned_now: int = 0
    """the schools planned in this run; the others were kept from one before"""

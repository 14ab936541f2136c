"""Pupils at risk of underachievement and the teams that work for them: who, why, what next, what was agreed."""

from __future__ import annotations

from .at_risk_report import Reporter
from .commitment import (
    Agreed,
    CommitmentShown,
    FocusClass,
    FocusPupil,
    ForClass,
    Impact,
    LastReview,
    Meeting,
    PupilLooked,
    ReviewShown,
    StrategyProposed,
    Teacher,
    TeacherGoal,
    TeamOn,
)
from .commitment_report import impact
from .commitments_file import COMMITMENTS, load_commitments
from .commitments_writer import add, outcome
from .meeting_sheet import meeting
from .model import PupilLine, PupilReport, ReasonGiven, Sequence, SideBySide, TeachNext
from .phrases import shown_names
from .query import Ask, PupilQuery
from .report import pupil_report

__all__ = [
    "Agreed",
    "Ask",
    "PupilQuery",
    "COMMITMENTS",
    "FocusClass",
    "FocusPupil",
    "ForClass",
    "TeacherGoal",
    "Impact",
    "LastReview",
    "Meeting",
    "PupilLooked",
    "ReviewShown",
    "PupilLine",
    "PupilReport",
    "ReasonGiven",
    "Reporter",
    "Sequence",
    "SideBySide",
    "StrategyProposed",
    "TeachNext",
    "Teacher",
    "TeamOn",
    "CommitmentShown",
    "add",
    "impact",
    "load_commitments",
    "meeting",
    "outcome",
    "pupil_report",
    "shown_names",
]

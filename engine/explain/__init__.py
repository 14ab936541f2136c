"""Questions to an Advice, each answered from the rules and the data and by running again."""

from __future__ import annotations

from .argument import (
    Elsewhere,
    ForcedAlternative,
    Ground,
    InTheWay,
    JudgementCited,
    Nearest,
    ScreeningFired,
    Through,
    WhyAdvised,
    WhyNot,
    WhyPriority,
    WhyPupil,
    WhyStep,
    WhySubject,
)
from .budget_analysis import money
from .change_answer import Changes, Differs, PupilChanges, WayToChange
from .content_edits import RulesDiff, SchoolDiff, rules_diff
from .counterfactuals import change
from .doubted_judgements import firm
from .missing_answer import MissingData, MissingFact, Piece
from .missing_data import missing
from .money_answer import Buys, CurvePoint, MoneyReport, StepMoney
from .pupil_counterfactuals import change_pupil
from .pupil_reasons import names_pupil, why_pupil
from .scenario import Asked, ComparedStep, DifferenceReason, PlacedStep, Recommended, Totals, WhatIf
from .scenarios import what_if
from .spending_today import SpendingToday
from .why_in_plan import why, why_not

__all__ = [
    "ForcedAlternative",
    "Asked",
    "Buys",
    "Changes",
    "CurvePoint",
    "Differs",
    "Elsewhere",
    "Ground",
    "InTheWay",
    "JudgementCited",
    "MissingData",
    "MissingFact",
    "MoneyReport",
    "Nearest",
    "Piece",
    "PlacedStep",
    "RulesDiff",
    "SchoolDiff",
    "SpendingToday",
    "rules_diff",
    "ComparedStep",
    "PupilChanges",
    "DifferenceReason",
    "Recommended",
    "ScreeningFired",
    "StepMoney",
    "Through",
    "Totals",
    "WayToChange",
    "WhatIf",
    "WhyAdvised",
    "WhyNot",
    "WhyPriority",
    "WhyPupil",
    "WhyStep",
    "WhySubject",
    "change",
    "change_pupil",
    "firm",
    "missing",
    "money",
    "names_pupil",
    "what_if",
    "why",
    "why_not",
    "why_pupil",
]

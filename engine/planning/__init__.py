"""From recommendations to a plan: time, money, variants, the problem to solve, the record of its answer."""

from __future__ import annotations

from .budget import line_and_year
from .capacity import Capacity, Holders, pool_name
from .carried_out import CarriedOut, RoleTime, StepStood, TimeBought, TimeTaken
from .evidence_seen import notes_alone
from .infeasibility import Contradiction, prices
from .inspection_preparation import InspectionPage, WayLine, prepare_inspection
from .model import (
    FOR_SOME,
    Because,
    BudgetUse,
    CalendarEntry,
    DatedMilestone,
    Effort,
    EventRef,
    EvidenceNote,
    FigureNow,
    FigureUnit,
    FindingRef,
    GoalFigure,
    HeldBack,
    HelpLine,
    LeftOut,
    Load,
    Needed,
    Occurrence,
    Overridden,
    OwnLineRef,
    Plan,
    PlanOutcome,
    Priority,
    PriorityOutcome,
    Proof,
    ProofLevel,
    Purchase,
    SchoolRef,
    SlotRef,
    StandingKind,
    Step,
    Stopped,
    SuccessMeasure,
    TermFigure,
    TermRef,
    Unknown,
    WayOut,
    plan_hash,
)
from .needed import more_needed
from .phrases.plan_notes import WHOLE_SCHOOL, cant_be_done, shape_words
from .phrases.titles import count, days
from .placement_reason import NearestFit
from .placement_reasons import MOST_TOLD, Reasons
from .plan_order import PlanPart, by_priority, first_day, slot_starts, step_codes
from .plan_reader import PlanReader, board, leader, teacher
from .plan_record.composer import Composer
from .plan_record.context import Solved
from .plan_record.figures import figure_shown
from .plan_record.rationale import standing
from .plan_record.step_details import evidence
from .problem_builder import AT_ALL, NEW, PRIORITY, URGENT, Timetable
from .quality_analysis import AnalysedQuestion, ProposedPriority, QualityAnalysis, analyse
from .share_of_leading import with_leading_shared
from .time_given_back import freed_time
from .year_calendar import YearCalendar, YearLine, calendar_of_year

__all__ = [
    "notes_alone",
    "plan_hash",
    "PlanReader",
    "board",
    "leader",
    "teacher",
    "Effort",
    "DatedMilestone",
    "PlanPart",
    "by_priority",
    "first_day",
    "slot_starts",
    "step_codes",
    "InspectionPage",
    "WayLine",
    "prepare_inspection",
    "AnalysedQuestion",
    "ProposedPriority",
    "QualityAnalysis",
    "analyse",
    "AT_ALL",
    "PRIORITY",
    "URGENT",
    "FOR_SOME",
    "FigureNow",
    "FigureUnit",
    "figure_shown",
    "GoalFigure",
    "PlanOutcome",
    "SuccessMeasure",
    "TermFigure",
    "Occurrence",
    "Because",
    "BudgetUse",
    "CalendarEntry",
    "Capacity",
    "CarriedOut",
    "StepStood",
    "RoleTime",
    "TimeTaken",
    "TimeBought",
    "Composer",
    "Contradiction",
    "EventRef",
    "EvidenceNote",
    "FindingRef",
    "HeldBack",
    "Holders",
    "LeftOut",
    "Load",
    "MOST_TOLD",
    "NEW",
    "NearestFit",
    "Needed",
    "Overridden",
    "OwnLineRef",
    "Plan",
    "Priority",
    "PriorityOutcome",
    "Proof",
    "ProofLevel",
    "Purchase",
    "Reasons",
    "SchoolRef",
    "SlotRef",
    "StandingKind",
    "Solved",
    "HelpLine",
    "Step",
    "Stopped",
    "TermRef",
    "Timetable",
    "Unknown",
    "WHOLE_SCHOOL",
    "WayOut",
    "cant_be_done",
    "count",
    "days",
    "evidence",
    "freed_time",
    "line_and_year",
    "more_needed",
    "pool_name",
    "standing",
    "prices",
    "shape_words",
    "with_leading_shared",
    "YearCalendar",
    "YearLine",
    "calendar_of_year",
]

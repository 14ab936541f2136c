"""Every answer in every format: its document by the type of its record, its text by the format's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..assurance import (
    AuditReport,
    ExamplesTried,
    PackDiff,
    PacksReport,
    RulesCheck,
    RulesCoverage,
)
from ..core import Record
from ..explain import (
    Changes,
    MissingData,
    MoneyReport,
    PupilChanges,
    RulesDiff,
    WhatIf,
    WhyAdvised,
    WhyNot,
    WhyPriority,
    WhyPupil,
    WhyStep,
)
from ..inference import Firm
from ..library import OverriddenReport
from ..network import NetworkPlan, NetworkReview
from ..planning import InspectionPage, Plan, QualityAnalysis, YearCalendar
from ..pupils import Impact, Meeting, PupilReport
from ..review import (
    Partnership,
    PlanChanges,
    PlanReview,
    ProgressReport,
    ReadBack,
    Replanned,
    ReturnedMeeting,
)
from ..school import DataReport
from .builders.change import change_document, pupil_change_document
from .builders.data_quality import data_quality_document
from .builders.equity_audit_page import audit_document
from .builders.firm import firm_document
from .builders.inspection_page import inspection_document
from .builders.missing import missing_document
from .builders.money import money_document
from .builders.network_page import network_document
from .builders.network_review_page import network_review_document
from .builders.overridden import overridden_document
from .builders.packs import pack_diff_document, packs_document
from .builders.partnership import partnership_document
from .builders.plan import plan_document
from .builders.plan_changes_page import plan_changes_document
from .builders.plan_review_page import plan_review_document, plan_review_summary
from .builders.plan_summary import plan_summary
from .builders.progress import progress_document
from .builders.pupils import pupils_document
from .builders.pupils_summary import pupils_summary, pupils_table
from .builders.quality_analysis_page import quality_analysis_document
from .builders.read_back import read_back_document
from .builders.replanned import replanned_document, replanned_summary
from .builders.returned_meeting_page import returned_meeting_document
from .builders.rule_testing import coverage_document, examples_document
from .builders.rules_edit import rules_diff_document
from .builders.static_analysis import rules_check_document
from .builders.team_pages import impact_document, meeting_document
from .builders.team_sheet import impact_sheet, meeting_sheet
from .builders.what_if import what_if_document
from .builders.why import (
    why_advised_document,
    why_not_document,
    why_priority_document,
    why_pupil_document,
    why_step_document,
)
from .builders.year_calendar_page import year_calendar_document
from .diary import Diary
from .render.formats import FILES, FORMATS
from .render.ics import as_ics
from .render.json_text import printable_json
from .render.plain_text import WIDTH, as_text
from .render.xlsx import as_xlsx
from .tree import Document
from .workbook import Workbook

BUILDERS: dict[type[Record], Callable[[Any], Document]] = {
    AuditReport: audit_document,
    Changes: change_document,
    DataReport: data_quality_document,
    ExamplesTried: examples_document,
    Firm: firm_document,
    InspectionPage: inspection_document,
    MissingData: missing_document,
    OverriddenReport: overridden_document,
    PackDiff: pack_diff_document,
    PacksReport: packs_document,
    NetworkPlan: network_document,
    NetworkReview: network_review_document,
    Plan: plan_document,
    Impact: impact_document,
    Meeting: meeting_document,
    MoneyReport: money_document,
    Partnership: partnership_document,
    PlanChanges: plan_changes_document,
    PlanReview: plan_review_document,
    ProgressReport: progress_document,
    PupilChanges: pupil_change_document,
    PupilReport: pupils_document,
    Replanned: replanned_document,
    ReadBack: read_back_document,
    ReturnedMeeting: returned_meeting_document,
    QualityAnalysis: quality_analysis_document,
    RulesCheck: rules_check_document,
    RulesCoverage: coverage_document,
    RulesDiff: rules_diff_document,
    WhatIf: what_if_document,
    WhyAdvised: why_advised_document,
    WhyNot: why_not_document,
    WhyPriority: why_priority_document,
    WhyPupil: why_pupil_document,
    WhyStep: why_step_document,
    YearCalendar: year_calendar_document,
}
"""The builder of each record's document."""
SUMMARIES: dict[type[Record], Callable[[Any], Document]] = {
    Plan: plan_summary,
    PlanReview: plan_review_summary,
    PupilReport: pupils_summary,
    Replanned: replanned_summary,
}
"""The builder of each record's summary, which is what it is as plain text, where its document is too long for
a screen."""
TABLES: dict[type[Record], Callable[[Any], Document]] = {PupilReport: pupils_table}
"""The builder of each record's table, which is what it is as CSV."""
SHEETS: dict[type[Record], Callable[[Any], Document]] = {
    Impact: impact_sheet,
    Meeting: meeting_sheet,
}
"""The builder of each record's sheet, which is what it is on paper, where it is printed on one."""


def document_of(found: Record | Document) -> Document:
    """Build the document of an answer that is none yet. Raises KeyError where there is no builder for its
    record."""
    return found if isinstance(found, Document) else BUILDERS[type(found)](found)


def is_private(found: Record | Document | Diary | Workbook) -> bool:
    """Say whether an answer is about single pupils, and for its owner's eyes."""
    return (found if isinstance(found, Diary | Workbook) else document_of(found)).private


def rendered(found: Record | Document, form: str, width: int | None = None) -> str:
    """Give an answer, or the document of one, in a format; `json` is the record as it is.

    `width` is that of the terminal to which a text goes: its tables fit in it.
    Raises KeyError where there is no such format, or no builder for the record.
    """
    if isinstance(found, Record):
        if form == "json":
            return printable_json(found.model_dump(mode="json", by_alias=True))
        if form == "text" and type(found) in SUMMARIES:
            found = SUMMARIES[type(found)](found)
        elif form == "html" and type(found) in SHEETS:
            found = SHEETS[type(found)](found)
        elif form == "csv":
            found = TABLES[type(found)](found)
    document = document_of(found)
    if form == "text" and width is not None:
        return as_text(document, min(width, WIDTH), fit=True)
    return FORMATS[form](document)


def as_file(found: Record | Document | Diary | Workbook, form: str) -> bytes:
    """Give an answer, or the document of one, as a file of an office program; a diary is one for calendars, a
    workbook one for Excel, whatever the format.

    Raises KeyError where there is no such format, or no builder for the record; ImportError where what
    writes it is not installed.
    """
    if isinstance(found, Diary):
        return as_ics(found)
    if isinstance(found, Workbook):
        return as_xlsx(found)
    if isinstance(found, Record) and type(found) in SHEETS:
        found = SHEETS[type(found)](found)
    return FILES[form](document_of(found))


__all__ = ["BUILDERS", "as_file", "document_of", "is_private", "rendered"]

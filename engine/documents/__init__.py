"""Every answer as a document: views of records, and of nothing else."""

from __future__ import annotations

from .answers import as_file, is_private, rendered
from .builders.audit_form import audit_forms_document
from .builders.intervention import intervention_document
from .builders.listing import rows_document
from .builders.meeting_workbook import meeting_workbook
from .builders.network_page import member_document
from .builders.rule_page import rule_document
from .builders.school_workbook_form import school_workbook
from .diary import Diary
from .network_diary import shared_diary
from .render.formats import missing_for
from .render.json_text import printable_json
from .signature import is_signed, signed
from .views import VIEWS, Shown, diary_view, shown, view_of, workbook_of
from .workbook import Workbook

__all__ = [
    "VIEWS",
    "Diary",
    "Shown",
    "Workbook",
    "diary_view",
    "shown",
    "workbook_of",
    "as_file",
    "is_private",
    "audit_forms_document",
    "intervention_document",
    "meeting_workbook",
    "member_document",
    "is_signed",
    "rows_document",
    "rule_document",
    "school_workbook",
    "missing_for",
    "shared_diary",
    "printable_json",
    "rendered",
    "signed",
    "view_of",
]

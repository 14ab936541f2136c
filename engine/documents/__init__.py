"""Every answer as a document: views of records, and of nothing else."""

from __future__ import annotations

from .change_text import change_as_text, pupil_change_as_text
from .data_quality_text import data_as_text
from .decision_report_text import overridden_as_text
from .equity_audit_text import audit_as_text
from .firm_text import firm_as_text
from .json_text import printable_json
from .missing_text import missing_as_text
from .money_html import money_as_html
from .money_text import money_as_text
from .plan_html import as_html
from .plan_json import as_json
from .plan_markdown import as_markdown
from .plan_text import as_text
from .pupils_html import pupils_as_html
from .pupils_text import pupils_as_csv, pupils_as_text
from .rule_testing_text import coverage_as_text, examples_as_text
from .signature import is_signed, signed
from .static_analysis_text import rules_check_as_text
from .team import impact_as_html, impact_as_markdown, meeting_as_html, meeting_as_markdown
from .text_table import plain_table
from .what_if_text import what_if_as_text
from .why_text import why_as_text, why_not_as_text

__all__ = [
    "as_html",
    "as_json",
    "as_markdown",
    "as_text",
    "audit_as_text",
    "change_as_text",
    "coverage_as_text",
    "data_as_text",
    "examples_as_text",
    "firm_as_text",
    "impact_as_html",
    "impact_as_markdown",
    "is_signed",
    "meeting_as_html",
    "meeting_as_markdown",
    "missing_as_text",
    "money_as_html",
    "money_as_text",
    "overridden_as_text",
    "plain_table",
    "printable_json",
    "pupil_change_as_text",
    "pupils_as_csv",
    "pupils_as_html",
    "pupils_as_text",
    "rules_check_as_text",
    "signed",
    "what_if_as_text",
    "why_as_text",
    "why_not_as_text",
]

"""Every answer as a document: views of records, and of nothing else."""

from __future__ import annotations

from .answers import document_of, rendered
from .builders.rows import rows_document
from .money_html import money_as_html
from .money_text import money_as_text
from .plan_html import as_html
from .plan_json import as_json
from .plan_markdown import as_markdown
from .plan_text import as_text
from .pupils_html import pupils_as_html
from .pupils_text import pupils_as_csv, pupils_as_text
from .render.json_text import printable_json
from .signature import is_signed, signed
from .team import impact_as_html, impact_as_markdown, meeting_as_html, meeting_as_markdown

__all__ = [
    "as_html",
    "as_json",
    "as_markdown",
    "as_text",
    "document_of",
    "impact_as_html",
    "impact_as_markdown",
    "is_signed",
    "meeting_as_html",
    "meeting_as_markdown",
    "money_as_html",
    "money_as_text",
    "rows_document",
    "printable_json",
    "pupils_as_csv",
    "pupils_as_html",
    "pupils_as_text",
    "rendered",
    "signed",
]

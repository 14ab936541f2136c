"""Every answer as a document: views of records, and of nothing else."""

from __future__ import annotations

from .answers import as_file, document_of, rendered
from .builders.audit_form import audit_forms_document
from .builders.intervention import intervention_document
from .builders.listing import rows_document
from .builders.rule_page import rule_document
from .render.formats import missing_for
from .render.json_text import printable_json
from .signature import is_signed, signed

__all__ = [
    "as_file",
    "document_of",
    "audit_forms_document",
    "intervention_document",
    "is_signed",
    "rows_document",
    "rule_document",
    "missing_for",
    "printable_json",
    "rendered",
    "signed",
]

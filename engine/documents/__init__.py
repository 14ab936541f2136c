"""The plan as documents: every one is a view of the plan record and of nothing else."""

from __future__ import annotations

from ..records.plan import Plan
from .html import as_html
from .markdown import as_markdown
from .printable_json import printable_json
from .terminal import as_text

__all__ = ["as_html", "as_json", "as_markdown", "as_text"]


def as_json(plan: Plan) -> str:
    """The plan as JSON, its fields in the order of the record."""
    return printable_json(plan.model_dump(mode="json"))

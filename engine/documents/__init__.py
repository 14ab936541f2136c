"""The plan as documents: every one is a view of the plan record and of nothing else."""

from __future__ import annotations

import json

from ..records.plan import Plan
from .html import as_html
from .markdown import as_markdown
from .terminal import as_text

__all__ = ["as_html", "as_json", "as_markdown", "as_text"]


def as_json(plan: Plan) -> str:
    """The plan as JSON, its fields in the order of the record."""
    return json.dumps(plan.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"

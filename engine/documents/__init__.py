"""The plan as documents: every one is a view of the plan record and of nothing else."""

from __future__ import annotations

from .html import as_html
from .markdown import as_markdown
from .plan_json import as_json
from .terminal import as_text

__all__ = ["as_html", "as_json", "as_markdown", "as_text"]

"""The plan as JSON."""

from __future__ import annotations

from ..planning import Plan
from .render.json_text import printable_json


def as_json(plan: Plan) -> str:
    """The plan as JSON, its fields in the order of the record."""
    return printable_json(plan.model_dump(mode="json"))

"""The sheet of a team's meeting and its report to the head, as Markdown and as HTML."""

from __future__ import annotations

from .team_html import impact_as_html, meeting_as_html
from .team_markdown import impact_as_markdown, meeting_as_markdown

__all__ = ["impact_as_html", "impact_as_markdown", "meeting_as_html", "meeting_as_markdown"]

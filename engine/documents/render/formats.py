"""The formats of a document, by the name a command gives them."""

from __future__ import annotations

from collections.abc import Callable

from ..tree import Document
from .csv import as_csv
from .html import as_html
from .markdown import as_markdown
from .text import as_text

FORMATS: dict[str, Callable[[Document], str]] = {
    "text": as_text,
    "md": as_markdown,
    "html": as_html,
    "csv": as_csv,
}
"""Every format there is a renderer for; `csv` is for documents that are a table."""

__all__ = ["FORMATS"]

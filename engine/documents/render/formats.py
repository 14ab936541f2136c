"""The formats of a document, by the name a command gives them."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from ..tree import Document
from .csv import as_csv
from .docx import as_docx
from .html import as_html
from .markdown import as_markdown
from .pdf import as_pdf
from .plain_text import as_text

FORMATS: dict[str, Callable[[Document], str]] = {
    "text": as_text,
    "md": as_markdown,
    "html": as_html,
    "csv": as_csv,
}
"""Every format that is text; `csv` is for documents that are a table."""
FILES: dict[str, Callable[[Document], bytes]] = {"docx": as_docx, "pdf": as_pdf}
"""Every format of a document that is a file of an office program."""
_NEEDS = {
    "docx": (("docx", "python-docx"), ("typst", "typst")),
    "pdf": (("typst", "typst"),),
    "xlsx": (("xlsxwriter", "XlsxWriter"),),
    "ics": (("icalendar", "icalendar"),),
}
"""What a format of files can't do without: the module that is loaded, and its package."""


def missing_for(form: str) -> list[str]:
    """Name the packages that are not installed and without which nothing is written in a format."""
    return [package for module, package in _NEEDS.get(form, ()) if find_spec(module) is None]


__all__ = ["FILES", "FORMATS", "missing_for"]

"""The signs by which termwise knows a file that it wrote: a last line, or that it reads as an answer."""

from __future__ import annotations

import pathlib

from ..core import Record
from .answers import BUILDERS
from .builders.pupils_summary import COLUMNS
from .render.archive import WRITTEN
from .render.ics import BEGINS as CALENDAR

_SIGNED = {
    "md": "<!-- written by termwise -->",
    "html": "<!-- written by termwise -->",
    "text": WRITTEN,
}
"""The last line, by the form of the document; of a zipped one, such as those of Word, it is the comment."""
_BEGINS = (CALENDAR, '{\n  "termwise": "', ",".join(COLUMNS))
"""How a calendar, a plan as JSON and the table of pupils begin, which can't hold such a line."""
_LONG = 1000


def signed(text: str, form: str) -> str:
    """Give a document in one of its forms as it is written to a file."""
    if form not in _SIGNED:
        return text
    between = "\n" if form == "html" else "\n\n"
    return f"{text.rstrip()}{between}{_SIGNED[form]}\n"


def is_signed(path: pathlib.Path) -> bool:
    """Say whether a file says that termwise wrote it, reads as one of its answers in JSON, or holds nothing
    at all. Raises OSError."""
    with path.open("rb") as file:
        begins = file.read(_LONG)
        size = path.stat().st_size
        file.seek(max(size - _LONG, 0))
        ends = file.read(_LONG)
    first = begins.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    last = ends.decode("utf-8", errors="replace").rstrip()
    if not size or first.startswith(_BEGINS) or last.endswith(tuple(_SIGNED.values())):
        return True
    return first.startswith('{\n  "') and _is_an_answer(path)


def _is_an_answer(path: pathlib.Path) -> bool:
    """Say whether a file is JSON that holds the fields of one of the answers, and no others."""
    written = path.read_bytes()
    return any(_reads_as(written, record) for record in BUILDERS)


def _reads_as(written: bytes, record: type[Record]) -> bool:
    try:
        record.model_validate_json(written)
    except ValueError:
        return False
    return True

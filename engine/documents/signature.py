"""The signs by which termwise knows a file that it wrote: each document says of itself that it did."""

from __future__ import annotations

import pathlib

from .builders.pupils_summary import COLUMNS

_SIGNED = {
    "md": "<!-- written by termwise -->",
    "html": "<!-- written by termwise -->",
    "text": "Written by termwise.",
}
"""The last line, by the form of the document."""
_BEGINS = ('{\n  "termwise": "', ",".join(COLUMNS))
"""How JSON and tables begin, which can't hold such a line."""
_LONG = 1000


def signed(text: str, form: str) -> str:
    """A document in one of its forms as it is written to a file."""
    if form not in _SIGNED:
        return text
    between = "\n" if form == "html" else "\n\n"
    return f"{text.rstrip()}{between}{_SIGNED[form]}\n"


def is_signed(path: pathlib.Path) -> bool:
    """Say whether a file says that termwise wrote it, or holds nothing at all. Raises OSError."""
    with path.open("rb") as file:
        begins = file.read(_LONG)
        size = path.stat().st_size
        file.seek(max(size - _LONG, 0))
        ends = file.read(_LONG)
    first = begins.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    last = ends.decode("utf-8", errors="replace").rstrip()
    return not size or first.startswith(_BEGINS) or last.endswith(tuple(_SIGNED.values()))

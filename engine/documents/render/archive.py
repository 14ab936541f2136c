"""Zipped documents made the same whenever they are made, and signed as long as nobody has saved them anew."""

from __future__ import annotations

import io
import zipfile

WRITTEN = "Written by termwise."
"""The comment of the archive: it goes as soon as a program saves the document."""
_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip knows."""


def settled(raw: bytes) -> bytes:
    """Give a zip without the hours at which its parts were made, in the order in which they stand, signed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as made, zipfile.ZipFile(out, "w") as settling:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, _DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            settling.writestr(part, made.read(name))
        settling.comment = WRITTEN.encode()
    return out.getvalue()


__all__ = ["WRITTEN", "settled"]

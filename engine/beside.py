"""Files written beside their place and renamed, so that nothing is ever half-written."""

from __future__ import annotations

import os
import pathlib
import tempfile


def write_beside(path: pathlib.Path, raw: bytes, mode: int) -> None:
    """Writes a file with these rights, in one step for whoever reads it; nothing is left behind
    where that fails. Raises OSError."""
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as beside:
        beside.write(raw)
    try:
        os.chmod(beside.name, mode)
        os.replace(beside.name, path)
    except OSError:
        os.unlink(beside.name)
        raise

"""Files read from inside a folder and from nowhere else: regular ones, up to a size, without waiting."""

from __future__ import annotations

import os
import pathlib
import stat
from importlib.resources.abc import Traversable

MOST_TEXT = 4_000_000
"""Bytes of a file that a person writes."""
_OPENED = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe nobody writes into must not be waited for
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


class NotReadError(Exception):
    """A file can't be read: what is said of it, and what to do. `missing`: nothing has its name."""

    def __init__(self, what: str, hint: str = "", missing: bool = False) -> None:
        super().__init__(what)
        self.what, self.hint, self.missing = what, hint, missing


def read_within(
    folder: Traversable, name: str, most: int, shared: pathlib.Path | None = None
) -> bytes:
    """The bytes of a file in a folder, or below it.

    Raises NotReadError for what is no regular file, is larger than `most` bytes, can't be opened, or
    lies outside the folder and outside `shared`, whether by its name or by a link. What a file holds
    is never in the message.
    """
    try:
        if not isinstance(folder, pathlib.Path):  # what comes with termwise, packed
            return folder.joinpath(*filter(None, name.split("/"))).read_bytes()
        path = _inside(folder / name, [one for one in (folder, shared) if one is not None])
        return _regular(path, most)
    except (FileNotFoundError, NotADirectoryError):
        if os.path.lexists(str(folder.joinpath(name))):
            raise NotReadError("is a link to nothing", "put the file itself there") from None
        raise NotReadError("is missing", missing=True) from None
    except PermissionError:
        raise NotReadError("can't be opened", "give yourself the right to read it") from None
    except (OSError, ValueError, RuntimeError):  # a name too long, a link that leads to itself …
        raise NotReadError("can't be opened", "check what it is, and its name") from None


def _inside(path: pathlib.Path, folders: list[pathlib.Path]) -> pathlib.Path:
    """Where a file really lies. Raises NotReadError when that is in none of the folders."""
    real = path.resolve()
    if not any(real.is_relative_to(folder.resolve()) for folder in folders):
        raise NotReadError("is not in this folder")
    return real


def _regular(path: pathlib.Path, most: int) -> bytes:
    _check(path.stat(), most)  # a device is not even opened
    with os.fdopen(os.open(path, _OPENED), "rb") as file:
        _check(os.fstat(file.fileno()), most)
        raw = file.read(most + 1)
    if len(raw) > most:  # it has grown
        raise _too_large(most)
    return raw


def _check(found: os.stat_result, most: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise NotReadError("is a folder, not a file", "move it away")
    if not stat.S_ISREG(found.st_mode):
        raise NotReadError("is no ordinary file (a pipe, a device)", "put a file in its place")
    if found.st_size > most:
        raise _too_large(most)


def _too_large(most: int) -> NotReadError:
    return NotReadError(f"is larger than {most // 1_000_000} MB", "leave out what is not needed")


def list_within(folder: pathlib.Path, name: str, suffix: str) -> list[str]:
    """The names of the files in a folder of a folder that end in `suffix`, sorted; none where there is
    no such folder. Raises NotReadError as `read_within` does."""
    path = folder / name
    if not os.path.lexists(path):
        return []
    try:
        inside = _inside(path, [folder])
        return sorted(entry for entry in os.listdir(inside) if entry.endswith(suffix))
    except NotADirectoryError:
        raise NotReadError("is a file, not a folder", "move it away") from None
    except (OSError, RuntimeError):
        raise NotReadError("can't be opened", "give yourself the right to read it") from None

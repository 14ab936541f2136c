"""Files written whole or not at all, by one writer at a time: the only place that writes.

A file is written beside its place, brought to the disk and renamed. The file beside it is the lock
too: the system frees it when its writer ends, however that is, and the next writer takes it over, so
that a stopped process leaves one at most, and keeps nobody waiting.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

try:
    import fcntl
except ImportError:  # not on Windows, where nothing keeps two writers apart
    fcntl = None  # type: ignore[assignment]

PART = ".termwise-part"
"""How the name of a file that is still being written ends."""
_TRIES, _PAUSE = 1200, 0.05
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

Write = Callable[[bytes, int], None]
"""Puts bytes with these rights in the place of what the file held."""


class Content(NamedTuple):
    """The bytes a file is to hold, and its mode."""

    raw: bytes
    mode: int = 0o644


@contextlib.contextmanager
def only_writer(path: pathlib.Path) -> Iterator[Write]:
    """Keeps every other process and thread from writing a file, so that what is read of it stays true
    until it is written.

    Raises OSError where it can't be written, TimeoutError (an OSError) where another keeps it for a
    minute; then it is as it was.
    """
    part = path.with_name(f".{path.name}{PART}")
    file = _held(part)
    there = True

    def write(raw: bytes, mode: int) -> None:
        nonlocal there
        left = memoryview(raw)
        while left:
            left = left[os.write(file, left) :]
        os.chmod(part, mode)
        os.fsync(file)
        os.replace(part, path)
        there = False
        _bring_to_disk(path.parent)

    try:
        yield write
    finally:
        if there:
            with contextlib.suppress(OSError):
                os.unlink(part)
        os.close(file)


def write_whole(path: pathlib.Path, content: Content) -> None:
    """Writes a file, in the place of one that is there. Raises OSError, as `only_writer` does."""
    with only_writer(path) as write:
        write(*content)


def write_once(path: pathlib.Path, content: Content) -> None:
    """Writes a file unless there is one: of many who want to, one does. Raises OSError, as
    `only_writer` does."""
    with only_writer(path) as write:
        if not os.path.lexists(path):
            write(*content)


def fill_folder(folder: pathlib.Path, files: Mapping[str, Content]) -> None:
    """Writes files into a new or empty folder, or takes all of them back.

    A try that was stopped is gone on with: a file that is as it would be written is no hindrance.
    Raises FileExistsError when the folder holds anything else, OSError when it can't be written.
    """
    if os.path.lexists(folder) and not (folder.is_dir() and _is_free(folder, files)):
        raise FileExistsError(f"{folder} is there already, and not an empty folder")
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    written: list[pathlib.Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            if not (folder / name).exists():
                write_whole(folder / name, content)
                written.append(folder / name)
    except BaseException:
        with contextlib.suppress(OSError):
            for path in written:
                path.unlink()
            for place in made:
                place.rmdir()
        raise


def why(error: OSError) -> str:
    """Why something can't be written, in the system's words."""
    return (error.strerror or str(error)).lower()


def _is_free(folder: pathlib.Path, files: Mapping[str, Content]) -> bool:
    return all(
        (path.name.startswith(".") and path.name.endswith(PART))
        or (path.name in files and path.is_file() and path.read_bytes() == files[path.name].raw)
        for path in folder.iterdir()
    )


def _held(part: pathlib.Path) -> int:
    """The file beside a place, empty and held by nobody else."""
    for _ in range(_TRIES):
        file = os.open(part, _OPEN, 0o600)
        try:
            if _is_ours(file, part):
                return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)
        time.sleep(_PAUSE)
    raise TimeoutError(errno.ETIMEDOUT, "another process has been writing it for a minute")


def _is_ours(file: int, part: pathlib.Path) -> bool:
    """Lock and empty the file beside a place; tell whether it is ours and still stands there.

    Raises FileExistsError where something that is no regular file stands there.
    """
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    about = os.fstat(file)
    try:
        if not os.path.samestat(about, os.stat(part, follow_symlinks=False)):
            return False  # who had it before us has renamed it
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(about.st_mode):
        raise FileExistsError(errno.EEXIST, "is no file", str(part))
    if about.st_nlink > 1:  # it is another file too, which is not ours to empty
        os.unlink(part)
        return False
    os.ftruncate(file, 0)
    return True


def _bring_to_disk(folder: pathlib.Path) -> None:
    """Has the name itself survive a loss of power, where folders can be asked for that."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)

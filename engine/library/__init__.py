"""rules/ and knowledge/ read and checked against each other: a Library, or all problems at once."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from ..errors import ContentError
from .check import check_library
from .load import Library, read_library


def load_library(programme: str | None = None, root: Traversable | None = None) -> Library:
    """The library for one programme, its labels put in: by default the first that is shipped.

    `root` is a folder with rules/ and knowledge/, by default the one that comes with termwise.
    Raises ContentError with every problem of every file, and UnknownNameError for a programme that
    isn't there.
    """
    library, folders, problems = read_library(programme, root)
    problems = [*problems, *check_library(library, folders)]
    if problems:
        raise ContentError(problems)
    return library


__all__ = ["Library", "load_library"]

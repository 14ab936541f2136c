"""rules/ and knowledge/ read and checked against each other: a Library, or all problems at once."""

from __future__ import annotations

import pathlib
from importlib.resources.abc import Traversable

from ..core import ContentError, TermwiseError
from .kept_library import KeptLibraries
from .loader import Library, read_library
from .own_steps import with_own_steps
from .pack_folders import BASE, PacksAsked, programmes
from .validate.library import check_library

_WITH_TERMWISE = pathlib.Path(__file__).resolve().parents[2]


def load_library(
    programme: str | None = None,
    root: str | pathlib.Path | Traversable | None = None,
    asked: PacksAsked | None = None,
    kept: KeptLibraries | None = None,
) -> Library:
    """The library for one programme, its labels put in: by default the one in knowledge/default.yaml.

    `root` is a folder with rules/ and knowledge/, by default the one that comes with termwise; `asked`
    is what a school's folder asks for (`packs_asked`), in place of a programme alone. Where `kept` says so,
    what comes with termwise is taken as it was checked before.
    Raises ContentError with every problem of every file, UnknownNameError for a programme that isn't
    there, and TermwiseError for what is no such folder.
    """
    asked = asked or PacksAsked(programme)
    if kept is None or root is not None:
        return _read_and_checked(asked, root)
    return kept.library(_WITH_TERMWISE, asked, lambda: _read_and_checked(asked, None))


def _read_and_checked(asked: PacksAsked, root: str | pathlib.Path | Traversable | None) -> Library:
    try:
        library, folders, problems = read_library(asked, None if root is None else _content(root))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise TermwiseError(
            f"{error.filename} is missing: what is read has to stand as it comes with termwise"
        ) from None
    except PermissionError as error:
        raise TermwiseError(
            f"{error.filename} can't be opened: give yourself the right to read it"
        ) from None
    if asked.own_steps:
        library = with_own_steps(library, asked.own_steps)
    found = check_library(library, folders)
    problems = [
        *problems,
        *(one for one in found if not one.missing or one.missing not in library.held),
    ]
    if problems:
        raise ContentError(problems)
    return library


def _content(root: str | pathlib.Path | Traversable) -> Traversable:
    """A folder that holds what a library is read from."""
    folder = pathlib.Path(root) if isinstance(root, str) else root
    if not folder.is_dir():
        raise TermwiseError(
            f"there is no folder {folder}: name one with rules/ and knowledge/ in it"
        )
    for name in ("rules", "knowledge", f"knowledge/{BASE}"):
        if not folder.joinpath(*name.split("/")).is_dir():
            raise TermwiseError(
                f"{folder} has no folder {name} in it: rules and what they speak of are read from "
                "rules/ and knowledge/, as they come with termwise"
            )
    if not programmes(folder):
        raise TermwiseError(
            f"{folder.joinpath('knowledge')} holds no programme: copy one from what termwise has there"
        )
    return folder

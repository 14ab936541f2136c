"""YAML files of a folder, read as documents."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from ..errors import Mistake, Place
from ..guarded_read import MOST_TEXT, NotReadError, read_within
from ..unprintable import holds_unprintable, without_unprintable
from .document import YamlDocument
from .parse import parse_yaml


def read_yaml(source: Traversable, name: str, problems: list[Mistake]) -> YamlDocument | None:
    """The document in a file, or None when it can't be read; what is wrong goes to `problems`.

    `name` is the file's path in a folder it must not lead out of.
    """
    if holds_unprintable(name):
        place = Place(without_unprintable(name))
        what = "the name of the file holds a mark that can't be seen"
        problems.append(Mistake(place, what, "give it another name"))
        return None
    try:
        raw = read_within(*_apart(source, name), MOST_TEXT)
        document = parse_yaml(raw.decode("utf-8-sig"), name, problems)
    except NotReadError as error:
        what, hint = error.what, error.hint or "put the file itself there"
        if error.missing:
            what, hint = "the file is missing", ""
        problems.append(Mistake(Place(name), what, hint))
        return None
    except UnicodeDecodeError as error:
        problems.append(
            Mistake(Place(name), f"is not UTF-8 text (byte {error.start})", "save it as UTF-8")
        )
        return None
    if document is not None:
        document.digest = hashlib.sha256(raw).hexdigest()
    return document


def _apart(source: Traversable, name: str) -> tuple[Traversable, str]:
    """The folder a file must not lead out of, and its path in there."""
    if not isinstance(source, pathlib.Path):
        return source, ""
    parts = pathlib.PurePosixPath(name).parts
    if source.parts[-len(parts) :] != parts:
        parts = source.parts[-1:]
    return source.parents[len(parts) - 1], "/".join(parts)


def walk(
    folder: Traversable, name: str, suffix: str | tuple[str, ...]
) -> Iterator[tuple[Traversable, str]]:
    """Every file below a folder that ends in `suffix`, with its path from `name`, sorted. A folder that
    is a link is given too, so that reading it tells of it; it is not gone into, for it may lead round.
    """
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{entry.name}" if name else entry.name
        if entry.is_dir() and not (isinstance(entry, pathlib.Path) and entry.is_symlink()):
            yield from walk(entry, path, suffix)
        elif entry.is_dir() or entry.name.endswith(suffix):
            yield entry, path

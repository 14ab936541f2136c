"""YAML files as documents."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable

from ..errors import Place, Problem
from .document import Document
from .parse import parse_yaml


def read_yaml(source: Traversable, name: str, problems: list[Problem]) -> Document | None:
    """The document in a file, or None when it can't be read; what is wrong goes to `problems`."""
    try:
        text = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(Problem(Place(name), "the file is missing"))
        return None
    except UnicodeDecodeError as error:
        problems.append(
            Problem(Place(name), f"is not UTF-8 text (byte {error.start})", "save it as UTF-8")
        )
        return None
    return parse_yaml(text, name, problems)


def walk(folder: Traversable, name: str, suffix: str) -> Iterator[tuple[Traversable, str]]:
    """Every file below a folder that ends in `suffix`, with its path from `name`, sorted."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{entry.name}" if name else entry.name
        if entry.is_dir():
            yield from walk(entry, path, suffix)
        elif entry.name.endswith(suffix):
            yield entry, path

"""YAML with the place of every key and value: files in, plain data and marks out, problems
collected."""

from __future__ import annotations

from .build import build
from .document import Document, Path
from .parse import parse_yaml
from .read import read_yaml, walk
from .what_fits import build_what_fits

__all__ = ["Document", "Path", "build", "build_what_fits", "parse_yaml", "read_yaml", "walk"]

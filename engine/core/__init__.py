"""The floor of every room: errors with their place, text, YAML, files read and written whole."""

from __future__ import annotations

from .atomic_write import Content, Write, fill_folder, only_writer, why, write_once, write_whole
from .errors import (
    NO_PUPILS,
    SAID,
    ContentError,
    EngineError,
    Mistake,
    Place,
    TermwiseError,
    UnknownNameError,
    did_you_mean,
    letters_of,
    unknown,
)
from .guarded_read import MOST_TEXT, NotReadError, list_within, read_within
from .near_words import misspelt, near_names
from .record import (
    EFFORT_STEP,
    FORMULA_BEGINS,
    Address,
    Day,
    Days,
    Name,
    Note,
    NotTruth,
    Percent,
    Pounds,
    Record,
    Slug,
    Text,
    WrittenAsNumber,
    YearGroup,
    percentage,
)
from .record_schema import schema_of
from .text import in_words, listed, listed_first
from .unprintable import holds_unprintable, without_unprintable
from .version import VERSION
from .whole_parts import parts_of
from .yaml_source.build import build
from .yaml_source.build_lenient import build_what_fits
from .yaml_source.document import Path, YamlDocument
from .yaml_source.parse import parse_yaml
from .yaml_source.read import read_yaml, walk

__all__ = [
    "parts_of",
    "Address",
    "Content",
    "ContentError",
    "Day",
    "Days",
    "YamlDocument",
    "EFFORT_STEP",
    "EngineError",
    "FORMULA_BEGINS",
    "MOST_TEXT",
    "NO_PUPILS",
    "Name",
    "NotReadError",
    "NotTruth",
    "Note",
    "Path",
    "Percent",
    "Place",
    "Pounds",
    "Mistake",
    "Record",
    "schema_of",
    "SAID",
    "Slug",
    "TermwiseError",
    "Text",
    "UnknownNameError",
    "VERSION",
    "Write",
    "WrittenAsNumber",
    "YearGroup",
    "build",
    "build_what_fits",
    "did_you_mean",
    "fill_folder",
    "holds_unprintable",
    "in_words",
    "letters_of",
    "list_within",
    "listed",
    "listed_first",
    "misspelt",
    "near_names",
    "only_writer",
    "parse_yaml",
    "percentage",
    "read_within",
    "read_yaml",
    "unknown",
    "walk",
    "why",
    "without_unprintable",
    "write_once",
    "write_whole",
]

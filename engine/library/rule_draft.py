"""The next rule an author writes: its id, its file and a record to fill in."""

from __future__ import annotations

import re
import string
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from ..core import TermwiseError, UnknownNameError
from .pack_folders import BASE

_ID = re.compile(r"^id: *([A-Z]{2,4})-(\d{2,3})\b", re.MULTILINE)
_SINCE = re.compile(r"^since: *[\"']?([^\"'\s]+)", re.MULTILINE)
_TEMPLATE = "knowledge/base/templates/rule.yaml"


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule to fill in."""

    id: str
    file: str
    """Below the folder with rules/ and knowledge/, such as `rules/diagnose/leadership/few-leaders.yaml`."""
    text: str


def new_rule(root: Traversable | None, stratum: str, area: str, title: str) -> NewRule:
    """Draft a rule for an area of a stratum: the next number of the letters most used there, after the
    highest that any rule has, retired ones among them.

    Raises UnknownNameError for a stratum or area that is not there, TermwiseError for a title that makes
    no file name or one that is taken.
    """
    root = root or files("termwise")
    rules = root / "rules" / BASE
    template: Any = yaml.safe_load((root / _TEMPLATE).read_text("utf-8"))
    known = sorted(entry.name for entry in rules.iterdir() if entry.is_dir())
    if stratum not in known or stratum not in template["strata"]:
        raise UnknownNameError("stratum", stratum, known)
    areas = sorted(entry.name for entry in (rules / stratum).iterdir() if entry.is_dir())
    if area not in areas:
        raise UnknownNameError("area", area, areas)
    slug = "-".join(re.findall(r"[a-z0-9]+", title.casefold().replace("'", "").replace("’", "")))
    if not slug:
        raise TermwiseError(f"“{title}” makes no file name: say in words what is found")
    file = f"rules/{BASE}/{stratum}/{area}/{slug}.yaml"
    if (root / file).is_file():
        raise TermwiseError(f"{file} is there already: choose another title")
    texts = dict(_texts(root / "rules", "rules"))
    ids = [found for text in texts.values() for found in _ID.findall(text)]
    here = Counter(
        letters
        for where, text in texts.items()
        if where.startswith(f"rules/{BASE}/{stratum}/{area}/")
        for letters, _ in _ID.findall(text)
    )
    if not here:
        raise TermwiseError(
            f"rules/{BASE}/{stratum}/{area} has no rule yet: choose its letters by hand"
        )
    letters = min(here, key=lambda one: (-here[one], one))
    number = 1 + max(int(digits) for used, digits in ids if used == letters)
    said = template["strata"][stratum]
    filled = {
        "id": f"{letters}-{number:02}",
        "title": yaml.safe_dump(title, allow_unicode=True, width=1000).splitlines()[0],
        "since": max(since for text in texts.values() for since in _SINCE.findall(text)),
        **said,
    }
    return NewRule(filled["id"], file, string.Template(template["text"]).substitute(filled))


def _texts(folder: Traversable, where: str) -> list[tuple[str, str]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        inside = f"{where}/{entry.name}"
        if entry.is_dir():
            found += _texts(entry, inside)
        elif entry.name.endswith(".yaml"):
            found.append((inside, entry.read_text("utf-8")))
    return found

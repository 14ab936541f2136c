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
from .pack_folders import BASE, PACK

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
    if root is not None and (root / PACK).is_file():
        return _in_pack(root, stratum, area, title)
    root = root or files("termwise")
    rules = root / "rules" / BASE
    template: Any = yaml.safe_load((root / _TEMPLATE).read_text("utf-8"))
    known = sorted(entry.name for entry in rules.iterdir() if entry.is_dir())
    if stratum not in known or stratum not in template["strata"]:
        raise UnknownNameError("stratum", stratum, known)
    areas = sorted(entry.name for entry in (rules / stratum).iterdir() if entry.is_dir())
    if area not in areas:
        raise UnknownNameError("area", area, areas)
    slug = _slug(title)
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
    since = max(since for text in texts.values() for since in _SINCE.findall(text))
    return _filled(template, stratum, f"{letters}-{number:02}", title, since, file)


def _slug(title: str) -> str:
    slug = "-".join(re.findall(r"[a-z0-9]+", title.casefold().replace("'", "").replace("’", "")))
    if not slug:
        raise TermwiseError(f"“{title}” makes no file name: say in words what is found")
    return slug


def _in_pack(root: Traversable, stratum: str, area: str, title: str) -> NewRule:
    """Draft a rule in a pack's own folder: its letters are the first of the pack's id."""
    template: Any = yaml.safe_load(
        files("termwise").joinpath(*_TEMPLATE.split("/")).read_text("utf-8")
    )
    if stratum not in template["strata"]:
        raise UnknownNameError("stratum", stratum, template["strata"])
    file = f"rules/{stratum}/{_slug(area)}/{_slug(title)}.yaml"
    if (root / file).is_file():
        raise TermwiseError(f"{file} is there already: choose another title")
    data: Any = yaml.safe_load((root / PACK).read_text("utf-8"))
    pack = str(data.get("id", "")) if isinstance(data, dict) else ""
    letters = ("".join(re.findall("[A-Z]", pack.upper())) + "OWN")[:4]
    there = root / "rules"
    texts = [text for _, text in _texts(there, "rules")] if there.is_dir() else []
    numbers = [int(n) for text in texts for used, n in _ID.findall(text) if used == letters]
    number = 1 + max(numbers, default=0)
    since = str(data.get("version", "")) if isinstance(data, dict) else ""
    return _filled(template, stratum, f"{letters}-{number:02}", title, since, file)


def _filled(template: Any, stratum: str, id: str, title: str, since: str, file: str) -> NewRule:
    filled = {
        "id": id,
        "title": yaml.safe_dump(title, allow_unicode=True, width=1000).splitlines()[0],
        "since": since,
        **template["strata"][stratum],
    }
    return NewRule(id, file, string.Template(template["text"]).substitute(filled))


def retired_in(
    text: str, kind: str, name: str, because: str, replaced_by: str | None = None
) -> str:
    """The text of a pack.yaml with one more record retired, all else as it stands.

    Raises TermwiseError where the file retires it already.
    """
    data: Any = yaml.safe_load(text) or {}
    known = data.get("retires") or []
    if any(one.get("kind") == kind and one.get("id") == name for one in known):
        raise TermwiseError(f"{name} is retired there already")
    said = {"kind": kind, "id": name, "because": because}
    if replaced_by:
        said["replaced_by"] = replaced_by
    line = yaml.safe_dump(
        [said], default_flow_style=None, allow_unicode=True, width=10_000, sort_keys=False
    )
    start = re.search(r"^retires:[^\S\n]*(\[\])?[^\S\n]*$\n?", text, re.MULTILINE)
    if start is None:
        return f"{text.rstrip()}\nretires:\n{line}"
    return f"{text[: start.start()]}retires:\n{line}{text[start.end() :]}"


def _texts(folder: Traversable, where: str) -> list[tuple[str, str]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        inside = f"{where}/{entry.name}"
        if entry.is_dir():
            found += _texts(entry, inside)
        elif entry.name.endswith(".yaml"):
            found.append((inside, entry.read_text("utf-8")))
    return found

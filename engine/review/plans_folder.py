"""The folder of issued plans: one file a day, written once and never over; the last is in force."""

from __future__ import annotations

import datetime
import hashlib
import json
import pathlib
from typing import Any, TypeVar

from pydantic import ValidationError

from ..core import (
    SAID,
    Content,
    ContentError,
    Mistake,
    NotReadError,
    Place,
    TermwiseError,
    list_within,
    read_within,
    why,
    write_once,
)
from ..planning import Plan
from . import phrases
from .model import IssuedPlan, Replanned

PLANS = "plans"
"""The folder in a school's folder."""
_HASH = "sha256"
_MOST = 20_000_000
"""Bytes of a plan."""
_ENDS = ".json"
R = TypeVar("R", Plan, IssuedPlan)


def keep_issued(folder: str | pathlib.Path, issued: IssuedPlan) -> pathlib.Path:
    """Put an issued plan into a school's folder, read-only and with its hash.

    Raises ContentError where one was issued on that day, or the file can't be written.
    """
    name = f"{PLANS}/{issued.issued}{_ENDS}"
    path = pathlib.Path(folder) / name
    data = issued.model_dump(mode="json", by_alias=True)
    text = json.dumps({_HASH: _digest(data), **data}, ensure_ascii=False, indent=2) + "\n"
    try:
        path.parent.mkdir(exist_ok=True)
        write_once(path, Content(text.encode(), 0o444))
        written = path.read_bytes() == text.encode()
    except OSError as error:
        raise ContentError([Mistake(Place(name), *phrases.not_kept(why(error)))]) from None
    if not written:
        raise ContentError([Mistake(Place(f"--on {issued.issued}", SAID), *phrases.is_there(name))])
    return path


def issued_plans(folder: str | pathlib.Path) -> tuple[IssuedPlan, ...]:
    """Read the plans that were issued in a school's folder, the oldest first.

    Raises ContentError with every mistake: a file that can't be read, was edited, or is named otherwise.
    """
    folder = pathlib.Path(folder)
    problems: list[Mistake] = []
    found: list[IssuedPlan] = []
    try:
        names = list_within(folder, PLANS, _ENDS)
    except NotReadError as error:
        raise ContentError([Mistake(Place(PLANS), error.what, error.hint)]) from None
    for name in (f"{PLANS}/{one}" for one in names if not one.startswith(".")):
        try:
            found.append(_dated(folder, name))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return tuple(sorted(found, key=lambda one: one.issued))


def plans_in_use(folder: str | pathlib.Path) -> tuple[IssuedPlan, ...]:
    """The same, of which the last is in force. Raises TermwiseError where there is none."""
    plans = issued_plans(folder)
    if not plans:
        raise TermwiseError(phrases.no_plan_in_force(str(folder)))
    return plans


def plan_in_force(folder: str | pathlib.Path) -> IssuedPlan:
    """Read the plan a school works by: the last that was issued. Raises as `plans_in_use` does."""
    return plans_in_use(folder)[-1]


def plan_from(path: str | pathlib.Path) -> Plan | IssuedPlan:
    """Read a plan, issued or as `termwise plan --format json` writes it; of a school's folder the one in force.

    Raises ContentError where the file is none, or was edited after it was issued.
    """
    path = pathlib.Path(path)
    if path.is_dir():
        return plan_in_force(path)
    data = _data(path.parent, path.name, str(path))
    if _HASH in data:
        return _issued(data, str(path))
    return _record(Replanned if "changes" in data else Plan, data, str(path))


def _dated(folder: pathlib.Path, name: str) -> IssuedPlan:
    """Read an issued plan that has to be named by its day."""
    try:
        day = datetime.date.fromisoformat(name.removeprefix(f"{PLANS}/").removesuffix(_ENDS))
    except ValueError:
        raise ContentError([Mistake(Place(name), *phrases.NOT_DATED)]) from None
    issued = _issued(_data(folder, name, name), name)
    if issued.issued != day:
        raise ContentError([Mistake(Place(name), *phrases.wrong_day(issued.issued))])
    return issued


def _data(folder: pathlib.Path, name: str, shown: str) -> dict[str, Any]:
    try:
        data = json.loads(read_within(folder, name, _MOST))
    except NotReadError as error:
        raise ContentError([Mistake(Place(shown), error.what, error.hint)]) from None
    except json.JSONDecodeError as error:
        place = Place(shown, error.lineno, error.colno)
        raise ContentError([Mistake(place, *phrases.not_json(error.msg.lower()))]) from None
    except (UnicodeDecodeError, RecursionError):
        raise ContentError([Mistake(Place(shown), *phrases.NO_PLAN)]) from None
    if not isinstance(data, dict):
        raise ContentError([Mistake(Place(shown), *phrases.NO_PLAN)])
    return data


def _issued(data: dict[str, Any], shown: str) -> IssuedPlan:
    rest = {key: value for key, value in data.items() if key != _HASH}
    if data.get(_HASH) != _digest(rest):
        raise ContentError([Mistake(Place(shown), *phrases.EDITED)])
    return _record(IssuedPlan, rest, shown)


def _record(model: type[R], data: dict[str, Any], shown: str) -> R:
    try:
        return model.model_validate_json(json.dumps(data))
    except ValidationError:
        raise ContentError([Mistake(Place(shown), *phrases.NO_PLAN)]) from None


def _digest(data: dict[str, Any]) -> str:
    """Give the SHA-256 of plain data, however the file sets it out."""
    plain = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


__all__ = ["PLANS", "issued_plans", "keep_issued", "plan_from", "plan_in_force", "plans_in_use"]

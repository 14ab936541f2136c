"""Records that are kept in a school's folder by their day: written once, read-only, told when they were edited."""

from __future__ import annotations

import datetime
import hashlib
import json
import pathlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from ..core import (
    SAID,
    Content,
    ContentError,
    Mistake,
    NotReadError,
    Place,
    Record,
    list_within,
    read_within,
    why,
    write_once,
)
from ..school import Wrong
from . import phrases

HASH = "sha256"
_MOST = 20_000_000
"""Bytes of a record."""
_ENDS = ".json"
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class DatedRecords(Generic[R]):
    """The records of one kind in a school's folder, one a day."""

    where: str
    """the folder in the school's folder"""
    model: type[R]
    day: Callable[[R], datetime.date]
    mode: int
    """of the files: reviews are for their owner's eyes"""
    none: Wrong
    """what is told of a file that holds no such record"""

    def keep(self, folder: str | pathlib.Path, record: R) -> pathlib.Path:
        """Put a record into a school's folder, with its hash.

        Raises ContentError where there is one of that day, or the file can't be written.
        """
        name = f"{self.where}/{self.day(record)}{_ENDS}"
        path = pathlib.Path(folder) / name
        data = record.model_dump(mode="json", by_alias=True)
        text = json.dumps({HASH: digest(data), **data}, ensure_ascii=False, indent=2) + "\n"
        try:
            path.parent.mkdir(exist_ok=True)
            write_once(path, Content(text.encode(), self.mode))
            written = path.read_bytes() == text.encode()
        except OSError as error:
            raise ContentError([Mistake(Place(name), *phrases.not_kept(why(error)))]) from None
        if not written:
            place = Place(f"--on {self.day(record)}", SAID)
            raise ContentError([Mistake(place, *phrases.is_there(name))])
        return path

    def all_in(self, folder: str | pathlib.Path) -> tuple[R, ...]:
        """Read the records in a school's folder, the oldest first.

        Raises ContentError with every mistake: a file that can't be read, was edited, or is named otherwise.
        """
        folder = pathlib.Path(folder)
        problems: list[Mistake] = []
        found: list[R] = []
        try:
            names = list_within(folder, self.where, _ENDS)
        except NotReadError as error:
            raise ContentError([Mistake(Place(self.where), error.what, error.hint)]) from None
        for name in (f"{self.where}/{one}" for one in names if not one.startswith(".")):
            try:
                found.append(self._dated(folder, name))
            except ContentError as error:
                problems += error.problems
        if problems:
            raise ContentError(problems)
        return tuple(sorted(found, key=self.day))

    def _dated(self, folder: pathlib.Path, name: str) -> R:
        """Read a record that has to be named by its day."""
        try:
            day = datetime.date.fromisoformat(
                name.removeprefix(f"{self.where}/").removesuffix(_ENDS)
            )
        except ValueError:
            raise ContentError([Mistake(Place(name), *phrases.NOT_DATED)]) from None
        record = self.checked(plain_data(folder, name, name, self.none), name)
        if self.day(record) != day:
            raise ContentError([Mistake(Place(name), *phrases.wrong_day(self.day(record)))])
        return record

    def read(self, path: str | pathlib.Path) -> R:
        """Read one file. Raises ContentError where it holds no such record, or was edited."""
        path = pathlib.Path(path)
        return self.checked(plain_data(path.parent, path.name, str(path), self.none), str(path))

    def checked(self, data: dict[str, Any], shown: str) -> R:
        """The record in plain data, as it was kept. Raises ContentError where it was edited."""
        rest = {key: value for key, value in data.items() if key != HASH}
        if HASH not in data:
            raise ContentError([Mistake(Place(shown), *self.none)])
        if data[HASH] != digest(rest):
            raise ContentError([Mistake(Place(shown), *phrases.EDITED)])
        return record_of(self.model, rest, shown, self.none)


def plain_data(folder: pathlib.Path, name: str, shown: str, none: Wrong) -> dict[str, Any]:
    """Read the keys of a file. Raises ContentError where it has none."""
    try:
        data = json.loads(read_within(folder, name, _MOST))
    except NotReadError as error:
        raise ContentError([Mistake(Place(shown), error.what, error.hint)]) from None
    except json.JSONDecodeError as error:
        place = Place(shown, error.lineno, error.colno)
        raise ContentError([Mistake(place, *phrases.not_json(error.msg.lower()))]) from None
    except (UnicodeDecodeError, RecursionError):
        raise ContentError([Mistake(Place(shown), *none)]) from None
    if not isinstance(data, dict):
        raise ContentError([Mistake(Place(shown), *none)])
    return data


def record_of(model: type[R], data: dict[str, Any], shown: str, none: Wrong) -> R:
    """The record in plain data. Raises ContentError where it is none of that kind."""
    try:
        return model.model_validate_json(json.dumps(data))
    except ValidationError:
        raise ContentError([Mistake(Place(shown), *none)]) from None


def digest(data: dict[str, Any]) -> str:
    """Give the SHA-256 of plain data, however the file sets it out."""
    plain = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


__all__ = ["HASH", "DatedRecords", "digest", "plain_data", "record_of"]

"""Where an indicator comes from in a school's folder: a key of a record, as `written_as` says, or a formula.

What the library declares and what is there are held against each other by `check_sources`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from ..core import Mistake, Place, Record, did_you_mean
from ..library import EntityKind, Library, Value
from .derived import formulas
from .model import Initiative, Person, QuestionFile
from .pupil_data.grades import grade_rank
from .school import School

RECORDS: dict[EntityKind, type[Record]] = {
    "question": QuestionFile,
    "teacher": Person,
    "initiative": Initiative,
}
"""The records of which single keys are indicators."""


def written_values(
    record: Record,
    about: EntityKind,
    school: School,
    library: Library,
    file: str,
    *path: str | int,
) -> dict[str, Value]:
    """Read the indicators that stand in a record as they are, each with its cell; `path` are the keys
    of the file below which the record stands. A grade becomes its rank on its scale."""
    found = {}
    for indicator in library.written(about):
        given = getattr(record, indicator.keys[0])
        if given is not None and indicator.scale:
            given = grade_rank(school.scales[indicator.scale], given)
        if given is not None:
            found[indicator.id] = Value(given, (school.cell(file, *path, indicator.keys[0]),))
    return found


def check_sources(library: Library) -> Iterator[Mistake]:
    """Every indicator that is declared as derived and has no function, every function whose indicator is
    not declared so, and every key that no record has."""
    functions = dict(formulas())
    for indicator in library.indicators.values():
        if indicator.derived and indicator.id not in functions:
            yield Mistake(
                library.place("indicator", indicator.id, "derived"),
                f"“{indicator.id}” is said to be derived, and no function works it out",
                f"write one in {_FILE}; {did_you_mean(indicator.id, functions)}".rstrip("; "),
            )
    for name, function in functions.items():
        declared = library.indicators.get(name)
        if declared is None:
            yield Mistake(
                _place(function),
                f"a function works out “{name}”, which is no indicator",
                did_you_mean(name, library.indicators)
                or "declare it in knowledge/base/indicators.yaml",
            )
        elif not declared.derived:
            yield Mistake(
                library.place("indicator", name),
                f"“{name}” is worked out by a function",
                f"say “derived: true”; the function stands in {_place(function)}",
            )
    for about, record in RECORDS.items():
        for indicator in library.written(about):
            for key in indicator.keys:
                if key not in record.model_fields:
                    yield Mistake(
                        library.place("indicator", indicator.id),
                        f"“{key}” is no key of what is written about a {about}",
                        did_you_mean(key, record.model_fields) or "say “written_as”",
                    )


_FILE = "engine/school/derived.py"


def _place(function: Callable[..., Any]) -> Place:
    return Place(_FILE, inspect.unwrap(function).__code__.co_firstlineno, 1)

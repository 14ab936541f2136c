"""A batch as tables of columns in parquet: one for the schools, and one each for steps, priorities and findings.

Polars is imported when a table is written or read, and only here and in `inference/batch_screening`.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

from ..core import Record, TermwiseError
from . import phrases
from .model import BatchPlans, PlannedFinding, PlannedPriority, PlannedSchool, PlannedStep

SCHOOLS = "schools"
_TABLES: Mapping[str, type[Record]] = {
    SCHOOLS: PlannedSchool,
    "steps": PlannedStep,
    "priorities": PlannedPriority,
    "findings": PlannedFinding,
}


def tables_of(out: pathlib.Path) -> dict[str, pathlib.Path]:
    """Name the file of each table: the schools' is `out` itself, the others stand beside it."""
    return {
        name: out if name == SCHOOLS else out.with_name(f"{out.stem}-{name}{out.suffix}")
        for name in _TABLES
    }


def write_batch(batch: BatchPlans, out: pathlib.Path) -> None:
    """Write a batch as parquet, the schools' table last: where it is whole, the others are.

    Each file is written beside its place and renamed into it. Raises TermwiseError where polars is not
    installed, and OSError where a file can't be written.
    """
    pl = _polars()
    places = tables_of(out)
    for name in (*[one for one in _TABLES if one != SCHOOLS], SCHOOLS):
        rows: Sequence[Record] = getattr(batch, name)
        model = _TABLES[name]
        columns = {
            field: [_plain(getattr(row, field)) for row in rows] for field in model.model_fields
        }
        schema = {field: _type(pl, info.annotation) for field, info in model.model_fields.items()}
        part = places[name].with_name(f".{places[name].name}.part")
        pl.DataFrame(columns, schema=schema).write_parquet(part)
        os.replace(part, places[name])


def read_batch(out: pathlib.Path) -> BatchPlans:
    """Read the tables of a batch. Raises TermwiseError where one is missing, damaged or another's."""
    pl = _polars()
    found: dict[str, Any] = {}
    for name, place in tables_of(out).items():
        try:
            rows = pl.read_parquet(place).to_dicts()
            found[name] = tuple(_TABLES[name].model_validate(row) for row in rows)
        except Exception:  # polars has many kinds of error for a file that is none of its
            raise TermwiseError(phrases.not_a_batch(place.name)) from None
    return BatchPlans(**found)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _type(pl: Any, annotation: Any) -> Any:
    """The type of a column: that of a field, which may be empty."""
    if get_origin(annotation) is tuple:
        return pl.List(pl.String)
    kinds = get_args(annotation) or (annotation,)
    types = ((bool, pl.Boolean), (float, pl.Float64), (int, pl.Int64))
    return next((column for kind, column in types if kind in kinds), pl.String)


def _polars() -> Any:
    try:
        import polars
    except ImportError:
        raise TermwiseError(phrases.NEEDS_POLARS) from None
    return polars

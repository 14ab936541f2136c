"""The place in a school's folder where a missing fact would be written."""

from __future__ import annotations

from ...core import listed
from ...library import Entity, FactBase, Indicator
from ..school import School
from .folder_checks import CQA, SCHOOL, STAFF

_COLUMNS = 3
"""So many columns are named."""


def would_be_written(indicator: Indicator, entity: Entity, facts: FactBase, school: School) -> str:
    """The file, and the key or the columns in it; of what is in a school's own tables, those in which it
    stands for others."""
    key, keys = indicator.id, listed(indicator.keys)
    if indicator.from_ == "school":
        return f"{SCHOOL}, context: {key}"
    if indicator.from_ == "published":
        return f"a table published about all schools, named in {SCHOOL} under published"
    if indicator.from_ == "cqa" and entity.kind == "question":
        return f"{CQA}, questions: {entity.id}: {keys}"
    if indicator.from_ == "cqa":
        return CQA
    if indicator.from_ == "initiatives":
        return f"{SCHOOL}, initiatives: {entity.id}: {keys}"
    if indicator.from_ == "staff":
        return f"{STAFF}, people: {entity.id}: {keys}"
    if indicator.from_ != "pupils":
        return f"{SCHOOL} and {STAFF}, from which it is worked out"
    return _columns(key, entity, facts, school)


def _columns(key: str, entity: Entity, facts: FactBase, school: School) -> str:
    found: dict[str, list[str]] = {}
    for one in facts.of(entity.kind):
        for cell in one.values[key].cells if key in one.values else ():
            columns = found.setdefault(cell.file, [])
            if cell.column not in columns:
                columns.append(cell.column)
    if not found:
        files = [one.file for one in school.inputs if one.rows]
        return f"a column of {' or '.join(files)}" if files else "a file of pupils"
    told = []
    for file, columns in found.items():
        named = ", ".join(f"“{column}”" for column in columns[:_COLUMNS])
        more = ", …" if len(columns) > _COLUMNS else ""
        told.append(f"{file}, {'column' if len(columns) == 1 else 'columns'} {named}{more}")
    return "; ".join(told)

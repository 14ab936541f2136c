"""The JSON Schema of a record, as an editor and a program take it: bounds under their own names, no class names."""

from __future__ import annotations

from typing import Any

from .record import Record

_BOUNDS = {
    "ge": "minimum",
    "le": "maximum",
    "gt": "exclusiveMinimum",
    "lt": "exclusiveMaximum",
    "min_length": "minLength",
    "max_length": "maxLength",
}
"""What stands in a schema where a bound is put on a choice of types, and what JSON Schema calls it."""


def schema_of(record: type[Record]) -> dict[str, Any]:
    """Return the JSON Schema of a record."""
    schema = record.model_json_schema()
    for name, part in {record.__name__: schema, **schema.get("$defs", {})}.items():
        if part.get("title") == name:
            del part["title"]
    found: dict[str, Any] = _plain(schema)
    return found


def _plain(node: Any) -> Any:
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    own = {key: value for key, value in node.items() if key not in ("properties", "$defs")}
    plain = {_BOUNDS.get(key, key): _plain(value) for key, value in own.items()}
    for key in ("properties", "$defs"):  # below them stand names of ours
        if key in node:
            plain[key] = {name: _plain(value) for name, value in node[key].items()}
    return plain


__all__ = ["schema_of"]

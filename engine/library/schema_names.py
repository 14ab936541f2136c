"""The ids of a library put into JSON Schemas, with their titles: an editor completes them and marks others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .loader import Library


def with_names(schema: dict[str, Any], library: Library) -> dict[str, Any]:
    """The schema with the ids of the library as constants wherever a key names one of them."""
    found: dict[str, Any] = _walked(schema, _names(library))
    return found


def _names(library: Library) -> Mapping[str, list[dict[str, str]]]:
    """By the key that names them, ids with their titles."""
    interventions = _constants(library.interventions.values())
    roles = _constants(library.roles.values())
    return {
        "intervention": interventions,
        "requires": interventions,
        "helped_by": interventions,
        "excludes": interventions,
        "together_with": interventions,
        "indicator": _constants(library.indicators.values()),
        "works_on": _constants(library.indicators.values()),
        "threshold": _constants(library.thresholds.values()),
        "need": _constants(library.needs.values()),
        "sources": _constants(library.sources.values()),
        "source": _constants(library.sources.values()),
        "role": roles,
        "lead": roles,
        "strand": _constants((*library.strands.values(), *_areas(library))),
        "toolkit": _constants(library.toolkit.values()),
    }


def _areas(library: Library) -> list[Any]:
    known = library.strands
    return [area for pack in library.packs for area in pack.file.areas if area.id not in known]


def _constants(records: Iterable[Any]) -> list[dict[str, str]]:
    return [{"const": one.id, "title": one.title} for one in records]


def _walked(node: Any, names: Mapping[str, list[dict[str, str]]]) -> Any:
    if isinstance(node, list):
        return [_walked(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    properties = node.get("properties")
    walked = {key: _walked(value, names) for key, value in node.items() if key != "properties"}
    if isinstance(properties, dict):
        walked["properties"] = {
            key: _named(_walked(value, names), names[key])
            if key in names
            else _walked(value, names)
            for key, value in properties.items()
        }
    return walked


def _named(part: dict[str, Any], constants: list[dict[str, str]]) -> dict[str, Any]:
    """A part of a schema that is an id, a list of ids, or may be left out, with the ids it can be."""
    if part.get("type") == "string":
        kept = {key: value for key, value in part.items() if key not in ("pattern", "type")}
        return {**kept, "oneOf": constants}
    if part.get("type") == "array" and isinstance(part.get("items"), dict):
        return {**part, "items": _named(part["items"], constants)}
    if isinstance(part.get("anyOf"), list):
        return {**part, "anyOf": [_named(one, constants) for one in part["anyOf"]]}
    return part

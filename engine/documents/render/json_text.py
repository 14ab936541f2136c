"""Data as JSON, its texts without marks that can't be seen."""

from __future__ import annotations

import json

from ...core import without_unprintable


def printable_json(data: object) -> str:
    """Plain data as JSON. JSON writes some marks as escapes, which whoever reads it would turn back:
    they are taken out before."""
    return json.dumps(_printable(data), indent=2, ensure_ascii=False, default=str) + "\n"


def _printable(data: object) -> object:
    if isinstance(data, str):
        return without_unprintable(data)
    if isinstance(data, dict):
        return {_printable(key): _printable(item) for key, item in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(item) for item in data]
    return data

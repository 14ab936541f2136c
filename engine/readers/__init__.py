"""A school folder in, checked records and the facts that rules read out."""

from __future__ import annotations

from .entities import entities
from .folder import load_data, load_school, programme_of
from .identity import make_key
from .regrade import judged_otherwise, latest

__all__ = [
    "entities",
    "judged_otherwise",
    "latest",
    "load_data",
    "load_school",
    "make_key",
    "programme_of",
]

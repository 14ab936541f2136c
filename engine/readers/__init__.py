"""A school folder in, checked records and the facts that rules read out."""

from __future__ import annotations

from .entities import entities
from .folder import load_school, programme_of
from .identity import make_key

__all__ = ["entities", "load_school", "make_key", "programme_of"]

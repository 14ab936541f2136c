"""A school folder in, checked records and the facts that rules read out."""

from __future__ import annotations

from .entities import entities
from .folder import load_school, programme_of

__all__ = ["entities", "load_school", "programme_of"]

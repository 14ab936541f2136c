"""Relations between items, one file each: its formula, and what it means for the model, the checker and the draft."""

from __future__ import annotations

from .at_most_one import AtMostOne
from .follows import Follows
from .one_of import OneOf
from .relation import Arc, Relation
from .requires import Requires
from .started_by import StartedBy
from .together import Together

__all__ = ["Arc", "AtMostOne", "Follows", "OneOf", "Relation", "Requires", "StartedBy", "Together"]

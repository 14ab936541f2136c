"""A finding and its witnesses put into records."""

from __future__ import annotations

from ...core import Place
from .model import Defect, Kind, Witness
from .symbolic_library import Given, World
from .synthetic_facts import written


def defect(
    place: Place, kind: Kind, about: str, what: str, hint: str, *witnesses: Witness
) -> Defect:
    """A finding at its place."""
    return Defect(
        kind=kind,
        about=about,
        place=place,
        what=what,
        hint=hint,
        witnesses=witnesses,
    )


def witness(world: World, given: Given, shows: str, confirmed: bool) -> Witness:
    """A made-up school as an author writes it, and whether the engine said what it shows."""
    return Witness(given=written(given, world.library), shows=shows, confirmed=confirmed)

"""Whether an intervention is for a school: what its record asks of the school, one requirement each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .facts import Raw
from .loader import Library
from .model import Intervention
from .operators import OPERATORS, Truth


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something a school has to be: one of some comparisons of an indicator holds."""

    key: str
    comparison: str
    operands: tuple[Raw, ...]
    words: str
    """What it is for, without a full stop."""

    def met(self, read: Raw | None) -> Truth:
        """Test what is known of the school; None where nothing is."""
        if read is None:
            return None
        return any(OPERATORS[self.comparison].holds(read, operand) for operand in self.operands)


def requirements(item: Intervention, library: Library) -> Iterator[Requirement]:
    """Give what an intervention asks of a school, in the order in which it is told."""
    suits = item.suits
    if suits.phases:
        words = f"It is for {' or '.join(suits.phases)} schools"
        yield Requirement("phase", "is", suits.phases, words)
    if suits.roll_from is not None:
        words = f"It is for schools of {suits.roll_from} pupils or more"
        yield Requirement("roll", "at_least", (suits.roll_from,), words)
    if suits.roll_to is not None:
        words = f"It is for schools of up to {suits.roll_to} pupils"
        yield Requirement("roll", "at_most", (suits.roll_to,), words)
    if suits.years:
        lacking = ", ".join(map(library.year_title, suits.years))
        words = f"It is for {lacking}, which the school does not have"
        yield Requirement("year_groups", "includes", suits.years, words)

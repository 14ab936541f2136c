"""What is wrong with the rules as a whole, each with made-up schools on which it can be seen."""

from __future__ import annotations

from typing import Literal

from ...core import Mistake, Place, Record, Text
from ...library import Scalar
from ..review_report import ReviewReport

Kind = Literal[
    "unused",
    "unreachable",
    "unmet",
    "never",
    "always",
    "covered",
    "contradiction",
    "gap",
]
"""An indicator nothing reads; an intervention nothing brings in; a prerequisite that can't be met; a
rule that never fires, always does, adds nothing to another, or says the opposite of it; a weak
judgement on which nothing follows."""


class Witness(Record):
    """A made-up school: what is known of it, and what the engine, run on it, says."""

    given: dict[str, Scalar | tuple[Scalar, ...]]
    shows: Text
    confirmed: bool
    """Whether the engine said so."""


class Defect(Record):
    """One finding about rules or knowledge, at the place of what has to be put right."""

    kind: Kind
    about: Text
    """The id of the rule, intervention, indicator or question."""
    place: Place
    what: Text
    hint: str = ""
    witnesses: tuple[Witness, ...]

    @property
    def problem(self) -> Mistake:
        """The finding as a problem at its place."""
        return Mistake(self.place, self.what, self.hint)


class Told(Record):
    """A problem, as it is told to a program."""

    place: Place
    what: str
    hint: str


class RulesCheck(Record):
    """Everything that is wrong with rules and knowledge.

    Where files can't be read, or don't fit together, that alone is told: what such rules can do as a
    whole nobody knows.
    """

    rules: int | None
    interventions: int | None
    problems: tuple[Told, ...]
    defects: tuple[Defect, ...] = ()
    reviews: ReviewReport | None = None

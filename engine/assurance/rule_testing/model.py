"""Rules put to the test: examples that come out otherwise, comparisons nobody saw, changes of a rule
that no example notices."""

from __future__ import annotations

from typing import Literal

from ...core import Place, Record
from ...library import Example, Stratum


class Otherwise(Record):
    """An example that does not come out as it says."""

    rule: str
    place: Place
    words: str


class ExamplesTried(Record):
    """Every example run through the conditions and through the rule engine."""

    rules: int
    examples: int
    engine: str
    """the rule engine that ran them beside the conditions"""
    otherwise: tuple[Otherwise, ...]


class ComparisonSeen(Record):
    """One comparison of a rule that its examples have not seen come out both ways."""

    place: Place
    key: str
    words: str
    seen_true: bool
    seen_false: bool


class Mutant(Record):
    """A rule with one thing changed, which no example tells from the rule itself."""

    place: Place
    kind: Literal["number", "comparison", "member", "known", "negation", "dropped", "joined"]
    change: str
    """what was changed, as it is written: at_least 30 -> at_least 31"""
    unsettled: bool = False
    """too many values to say whether any tells it from the rule"""


class SuggestedExample(Record):
    """An example nobody wrote, for the author to judge."""

    example: Example
    notices: tuple[str, ...]
    """the changes it notices, the comparisons it shows"""


class Counts(Record):
    """The number of comparisons and mutants, and of those the examples show."""

    conditions: int
    """comparisons"""
    seen_true: int
    seen_false: int
    mutants: int
    """without those that are the same rule"""
    killed: int

    @property
    def complete(self) -> bool:
        """Tell whether every comparison was seen both ways and no mutant is alive."""
        return self.seen_true == self.seen_false == self.conditions and self.killed == self.mutants


class RuleCoverage(Counts):
    """The coverage of one rule by its examples."""

    rule: str
    stratum: Stratum | None
    place: Place
    """of its examples"""
    unseen: tuple[ComparisonSeen, ...]
    alive: tuple[Mutant, ...]
    same: tuple[Mutant, ...]
    """no values an example can give tell these from the rule: a condition too many?"""
    missing: tuple[SuggestedExample, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    """examples that do not come out as they say: these show nothing"""


class RulesCoverage(Counts):
    """The coverage of all rules by their examples."""

    strata: dict[str, Counts]
    rules: tuple[RuleCoverage, ...]

    @property
    def complete(self) -> bool:
        """The same, and whether every example comes out as it says."""
        return super().complete and not any(rule.otherwise for rule in self.rules)

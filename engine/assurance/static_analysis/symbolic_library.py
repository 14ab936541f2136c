"""The rules of a library as formulas over the values of what they read: what can be true of any school.

Keys are taken as independent of each other: that a figure is worked out from another is not known here,
nor what an aggregate counts; both only make more schools possible, never fewer. A rule about questions
is asked for each question of the programme in turn.
"""

from __future__ import annotations

from ...library import (
    Condition,
    EntityKind,
    Intervention,
    Key,
    Leaf,
    Library,
    NeedLeaf,
    Requirement,
    Rule,
    fold_wanted,
    requirements,
)
from .indicator_domains import IN, KNOWN, NOT_KNOWN, OUT, Given, Values
from .logic import Allowed, Formula, Variable, both, either, holds, opposite, solve, variables

QUESTION: EntityKind = "question"


class World(Values):
    """The facts that can be true of any school, as far as a library's rules can tell."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._formulas: dict[tuple[str, str, bool], Formula] = {}

    # --- conditions as formulas

    def holds(self, condition: Condition, question: str = "", wanted: bool = True) -> Formula:
        """Where a condition comes out true (or false, as wanted), needs put in as the rules that
        find them; `question` is the one a rule about questions is asked for."""

        def found(need: NeedLeaf, wanted: bool) -> Formula:
            finders = self.library.finders.get(need.need, ())
            told = [self.fires(rule, question, wanted) for rule in finders]
            return either(told) if wanted else both(told)

        def compared(leaf: Leaf, wanted: bool) -> Formula:
            return self._compared(leaf, question, wanted)

        return fold_wanted(condition, wanted, compared, found, both, either)

    def fires(self, rule: Rule, question: str = "", wanted: bool = True) -> Formula:
        """Where a rule fires, or is silent."""
        question = question if rule.about == QUESTION else ""
        name = (rule.id, question, wanted)
        if name not in self._formulas:
            self._formulas[name] = self.holds(rule.when, question, wanted)
        return self._formulas[name]

    def not_fires(self, rule: Rule, question: str = "") -> Formula:
        """Where a rule does not fire: it is silent, or not decided."""
        return opposite(self.fires(rule, question), self.full)

    def questions(self, rule: Rule) -> tuple[str, ...]:
        """The questions a rule is asked for; one that is about something else, once for none."""
        return tuple(self.library.strands) if rule.about == QUESTION else ("",)

    def key(self, leaf: Leaf, question: str) -> str:
        """The key a comparison reads."""
        about = self.library.indicators[leaf.indicator].about
        of = leaf.of or (question if about == QUESTION else "")
        return str(Key(leaf.indicator, of))

    def _compared(self, leaf: Leaf, question: str, wanted: bool) -> Formula:
        key = self.key(leaf, question)
        whole = (key, "")
        is_set = self.indicator(key).type == "set"
        operand = self.vocabulary.number(leaf)
        if leaf.operator.takes == "presence":
            unknown = NOT_KNOWN if is_set else 1 << len(self.domain(key))
            asked = operand is wanted
            full = self.full(whole)
            return Allowed(whole, full & ~unknown if asked else full & unknown)
        if is_set:
            member = (key, str(operand))
            return both((Allowed(whole, KNOWN), Allowed(member, IN if wanted else OUT)))
        values = 0
        for bit, value in enumerate(self.domain(key)):
            if leaf.operator.holds(value, operand) is wanted:
                values |= 1 << bit
        return Allowed(whole, values)

    # --- schools

    def possible(self, formula: Formula) -> bool:
        """Tell whether any school makes it true."""
        return solve(formula, self.full) is not None

    def school(self, formula: Formula) -> Given | None:
        """A made-up school on which a formula is true and of which nothing can be left out; None when
        there is none."""
        state = solve(formula, self.full)
        if state is None:
            return None
        chosen = {variable: self.choice(variable, values) for variable, values in state.items()}
        for variable in sorted(chosen):
            if chosen[variable] == self.absent(variable):
                continue
            fewer = {**chosen, variable: self.absent(variable)}
            if holds(formula, lambda one, fewer=fewer: fewer.get(one, self.absent(one))):  # type: ignore[misc]
                chosen = fewer
        return self.given(chosen)

    def extreme(self, formula: Formula, highest: bool) -> Given:
        """Every key of a formula known, with the lowest or the highest value that matters."""
        chosen: dict[Variable, int] = {}
        for variable in variables(formula):
            key, member = variable
            if member:
                chosen[variable] = IN if highest and self.full(variable) & IN else OUT
            elif self.indicator(key).type == "set":
                chosen[variable] = KNOWN
            else:
                chosen[variable] = 1 << (len(self.domain(key)) - 1 if highest else 0)
        return self.given(chosen)

    # --- interventions

    def who(self) -> Formula:
        """Phase, roll and year groups are known."""
        return both(
            Allowed((key, ""), self.full((key, "")) & ~self.absent((key, "")))
            for key in ("phase", "roll", "year_groups")
            if key in self.library.indicators
        )

    def suits(self, item: Intervention) -> Formula:
        """Give the schools an intervention is for, as far as its own record says, as a formula."""
        return both(
            self._met(asked)
            for asked in requirements(item, self.library)
            if asked.key in self.library.indicators
        )

    def _met(self, asked: Requirement) -> Formula:
        whole = (asked.key, "")
        if self.indicator(asked.key).type == "set":
            known: Formula = Allowed(whole, KNOWN)
            has = either(Allowed((asked.key, str(member)), IN) for member in asked.operands)
            return both((known, has))
        domain = self.domain(asked.key)
        return Allowed(whole, sum(1 << bit for bit, value in enumerate(domain) if asked.met(value)))


__all__ = ["QUESTION", "Given", "World"]

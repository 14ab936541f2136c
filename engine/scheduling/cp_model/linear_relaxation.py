"""The linear relaxation of models: what holds for a plan, with parts of items in place of whole ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...core import EngineError
from ..problem import Problem
from .model import Model
from .objectives import value_terms
from .solver_records import INFINITY, linear_solver
from .variables import Terms

Row = tuple[Terms, float, float]
"""An expression with its least and its most."""


class Relaxed(Model):
    """A model whose constraints are kept as rows of a linear programme, not as the solver's records.

    What must be done may be left undone (`stretched`), so that there is always an answer.
    """

    def __init__(self, problem: Problem) -> None:
        self.ranges: list[tuple[int, int]] = []
        self.rows: list[Row] = []
        super().__init__(problem, loose=("must",))

    def new(self, low: int = 0, high: int = 1) -> int:
        """A new variable, of any value between the two."""
        self.ranges.append((low, high))
        return len(self.ranges) - 1

    def clause(self, literals: Iterable[int], *when: int) -> None:
        """A disjunction as a row: the sum of its literals, and of the negations of `when`, is at least 1."""
        terms: Terms = {}
        least = 1
        for literal in (*literals, *(-one - 1 for one in when)):
            variable = literal if literal >= 0 else -literal - 1
            terms[variable] = terms.get(variable, 0) + (1 if literal >= 0 else -1)
            least -= literal < 0
        self.rows.append((terms, least, INFINITY))

    def linear(self, terms: Mapping[int, int], low: int, high: int, *when: int) -> None:
        """Keep an expression between two numbers."""
        if when:
            raise EngineError("a relaxation names no rules")
        self.rows.append((dict(terms), low, high))

    @property
    def worth(self) -> Terms:
        """The value of what is in, less what has to be gained by what is bought."""
        terms = value_terms(self)
        for offer in self.problem.offers:
            terms[self.bought[offer.id]] = -offer.points
        return terms


class Relaxation:
    """A linear programme that is put together from relaxed models and what ties them.

    It is solved by the simplex method alone, so that the same programme has the same answer.
    """

    def __init__(self) -> None:
        library = linear_solver()
        self.solver: Any = library.Solver.CreateSolver("GLOP")
        self.best: Any = library.Solver.OPTIMAL
        self.infinity: float = self.solver.infinity()
        self.objective: Any = self.solver.Objective()
        self.objective.SetMaximization()

    def variable(self, low: float, high: float, worth: float = 0.0) -> Any:
        """A new variable, with what one of it is worth."""
        made = self.solver.NumVar(low, high, "")
        if worth:
            self.objective.SetCoefficient(made, worth)
        return made

    def row(self, terms: Iterable[tuple[Any, float]], low: float, high: float) -> Any:
        """A new row: an expression that stays between two numbers."""
        made = self.solver.Constraint(
            -self.infinity if low <= -INFINITY else low,
            self.infinity if high >= INFINITY else high,
        )
        for variable, factor in terms:
            made.SetCoefficient(variable, made.GetCoefficient(variable) + factor)
        return made

    def put(self, model: Relaxed, worth: float) -> Sequence[Any]:
        """Put a model in; `worth` is what a point of it counts. Returns its variables, in their order."""
        points = model.worth
        made = [
            self.variable(low, high, worth * points.get(index, 0))
            for index, (low, high) in enumerate(model.ranges)
        ]
        for terms, low, high in model.rows:
            self.row(((made[one], factor) for one, factor in sorted(terms.items())), low, high)
        return made

    def solve(self) -> None:
        """Solve it. Raises EngineError where it has no best answer, which it always has."""
        status = self.solver.Solve()
        if status != self.best:
            raise EngineError(f"the linear programme ended with {status}")

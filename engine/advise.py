"""The whole way in one call: a school and a library in, findings, recommendations and a plan out."""

from __future__ import annotations

from dataclasses import dataclass

from .capacity import Capacity
from .compose import Composer
from .dependencies import close
from .infer import Inference, infer
from .library import Library
from .readers import entities
from .readers.school import School
from .recommend import Advised, Recommendation, recommend, score, suitable
from .records.knowledge import Intervention
from .records.plan import Plan
from .schedule import Problem, Solution, conflict, solve
from .timetable import Timetable
from .version import VERSION


@dataclass(frozen=True)
class Advice:
    """What termwise has to say of one school."""

    school: School
    library: Library
    findings: Inference
    recommendations: Advised
    problem: Problem
    solution: Solution
    plan: Plan


def advise(school: School, library: Library) -> Advice:
    """Findings, recommendations and an optimal plan for a school: the same input gives the same advice.

    When what must be done can't all be done, `plan.conflict` names why, and the plan holds as much of it
    as fits.
    """
    inference = infer(entities(school, library), library, library.vocabulary(school.scales))
    advised = recommend(inference, school, library)
    capacity = Capacity(school, library)
    timetable = Timetable(school, library, capacity, advised)

    def unavailable(intervention: Intervention) -> str | None:
        return suitable(intervention, school, advised.shaping) or timetable.unstaffed(intervention)

    instead = {name: other for name, (other, _) in advised.shaping.replace.items()}
    dependencies = close(sorted(advised.items), library, advised.in_place, instead, unavailable)
    items = dict(advised.items)
    for name in dependencies.names:
        if name not in items:
            item = Recommendation(library.intervention(name), [inference.facts.school])
            item.score = score(item, school, library)
            items[name] = item
    problem = timetable.problem(items, dependencies)
    solution = solve(problem)
    why = conflict(problem) if solution.undone else ()
    composer = Composer(
        school, library, inference, advised, items, dependencies, timetable, problem, solution, why
    )
    return Advice(school, library, inference, advised, problem, solution, composer.plan(VERSION))

"""The whole way in one call: a school and a library in, findings, recommendations and a plan out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .capacity import Capacity
from .compose import Composer
from .conflicts import Contradiction
from .dependencies import Dependencies, close
from .infer import Inference, infer
from .library import Library
from .readers import entities
from .readers.school import School
from .reasons import Reasons
from .recommend import Advised, Recommendation, recommend, score, suitable
from .records.knowledge import Intervention
from .records.plan import Plan
from .schedule import Problem, Solution, solve
from .timetable import Timetable
from .version import VERSION


@dataclass(frozen=True, repr=False)
class Advice:
    """What termwise has to say of one school."""

    school: School
    library: Library
    findings: Inference
    recommendations: Advised
    problem: Problem
    solution: Solution
    reasons: Reasons
    dependencies: Dependencies
    plan: Plan

    def __repr__(self) -> str:
        return f"Advice({self.school.file.school.id!r})"  # all of it would be a book


def advise(school: School, library: Library) -> Advice:
    """Findings, recommendations and an optimal plan for a school: the same input gives the same advice.

    When what must be done can't all be done, `plan.conflict` names why and `plan.ways_out` what would make
    it fit; the plan holds as much of it as fits.
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
    reasons = Reasons(timetable, problem, solution, items)
    contradiction = Contradiction(reasons) if solution.undone else None
    composer = Composer(
        school,
        library,
        inference,
        advised,
        items,
        dependencies,
        timetable,
        problem,
        solution,
        reasons,
        (
            *_unmet(school, library, advised, dependencies),
            *(contradiction.words() if contradiction else ()),
        ),
        contradiction.ways_out() if contradiction else (),
    )
    return Advice(
        school,
        library,
        inference,
        advised,
        problem,
        solution,
        reasons,
        dependencies,
        composer.plan(VERSION),
    )


def _unmet(
    school: School, library: Library, advised: Advised, dependencies: Dependencies
) -> Iterator[str]:
    """The promises that can't be kept whatever is moved, with the reason."""
    there = {*dependencies.names, *advised.in_place}
    refused = {one.intervention.id: one for one in advised.refused}
    titles = library.interventions
    for name in dict.fromkeys(promise.intervention for promise in school.file.must):
        other = refused.get(name)
        if name in there or (other is not None and other.by in there):
            continue
        reason = dependencies.impossible.get(name) or (other.words if other else "")
        title = titles[name].title
        yield f"“{title}” was promised and can't be done here. {reason}".strip()

"""The whole way in one call: a school and a library in, findings, recommendations and a plan out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .core import VERSION
from .inference import (
    Advised,
    Dependencies,
    Firm,
    Inference,
    Recommendation,
    RuleVerdict,
    Verdicts,
    decided_initiatives,
    firmness,
    infer,
    recommend,
    score,
    wanted,
)
from .library import Library
from .planning import (
    Capacity,
    CarriedOut,
    Composer,
    Contradiction,
    Plan,
    Reasons,
    Solved,
    Timetable,
    cant_be_done,
    freed_time,
    with_leading_shared,
)
from .scheduling import Problem, Solution, purchase
from .school import School, entities


@dataclass(frozen=True, repr=False)
class Advice:
    """All that termwise has to say of one school."""

    school: School
    library: Library
    findings: Inference
    recommendations: Advised
    asked: Problem
    """The scheduler's question, with what may be bought."""
    problem: Problem
    """The same after buying."""
    solution: Solution
    reasons: Reasons
    dependencies: Dependencies
    firm: Firm
    plan: Plan

    def __repr__(self) -> str:
        return f"Advice({self.school.file.school.id!r})"  # all of it would be a book

    def verdict(self, rule: str, entity: str) -> RuleVerdict:
        """Give the verdict of a rule on an entity, with the whole tree of its conditions.

        The entity is called by id or label, or as “kind id” where an id is several things. Raises
        UnknownNameError for what isn't there.
        """
        return Verdicts(self.findings, self.library).of(rule, entity)

    def verdicts(self, rule: str | None = None, entity: str | None = None) -> Iterator[RuleVerdict]:
        """The verdicts of one rule or all, on one entity or all they are about, worked out one by one.

        Raises UnknownNameError for what isn't there.
        """
        return Verdicts(self.findings, self.library).every(rule, entity)


@dataclass(frozen=True)
class Posed:
    """The question put to the scheduler for one school."""

    advised: Advised
    timetable: Timetable
    dependencies: Dependencies
    items: dict[str, Recommendation]
    """What is advised, and what that needs."""
    problem: Problem


def pose(
    school: School,
    library: Library,
    inference: Inference,
    carried: CarriedOut | None = None,
) -> Posed:
    """Pose the scheduler's question for a school of which the findings are known.

    `carried` is what of a plan in force the new one has to go by: for whom its steps run, and who leads them.
    """
    advised = recommend(inference, school, library)
    if carried:
        carried.narrowed(advised, school, library)
    freed = freed_time(decided_initiatives(inference, school, library), school, library)
    timetable = Timetable(school, library, Capacity(school, library, freed), advised)
    dependencies = wanted(advised, library, timetable.unstaffed)
    items = dict(advised.items)
    for name in dependencies.names:
        if name not in items:
            item = Recommendation(library.intervention(name), [inference.facts.school])
            item.score = score(item, school, library)
            items[name] = item
    leads = carried.leads if carried else {}
    timetable.handed = {one: role for one, role in leads.items() if one in dependencies.names}
    timetable.led_already = frozenset({*carried.fixed, *carried.to_come} if carried else ())
    problem = timetable.fitting_problem(items, dependencies)
    return Posed(advised, timetable, dependencies, items, problem)


def advise(school: School, library: Library, carried: CarriedOut | None = None) -> Advice:
    """Findings, recommendations and an optimal plan for a school: the same input gives the same advice.

    When what must be done can't all be done, `plan.conflict` names why and `plan.ways_out` what would make
    it fit; the plan holds as much of it as fits. `carried` is what of a plan in force the new one has to go
    by.
    """
    inference = infer(entities(school, library), library, library.vocabulary(school.scales))
    posed = pose(school, library, inference, carried)
    advised, timetable, dependencies = posed.advised, posed.timetable, posed.dependencies
    items = posed.items
    firm = firmness(inference, advised, dependencies, school, library, timetable.unstaffed)
    answer = carried.answer(timetable) if carried else purchase
    problem, purchased = with_leading_shared(timetable, posed.problem, items, dependencies, answer)
    solution = purchased.solution
    reasons = Reasons(timetable, purchased.problem, solution, items)
    contradiction = Contradiction(reasons) if solution.undone else None
    solved = Solved(
        school,
        library,
        inference,
        advised,
        items,
        dependencies,
        timetable,
        purchased,
        reasons,
        firm,
        carried,
    )
    composer = Composer(
        solved,
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
        purchased.problem,
        solution,
        reasons,
        dependencies,
        firm,
        composer.plan(VERSION),
    )


def _unmet(
    school: School, library: Library, advised: Advised, dependencies: Dependencies
) -> Iterator[str]:
    """Yield what was promised or accepted and can't be done whatever is moved, with the reason."""
    there = {*dependencies.names, *advised.in_place}
    refused = {one.intervention.id: one for one in advised.refused}
    titles = library.interventions
    for name in dict.fromkeys(promise.intervention for promise in school.promises):
        other = refused.get(name)
        if name in there or (other is not None and other.by in there):
            continue
        reason = dependencies.impossible.get(name) or (other.words if other else "")
        accepted = school.accepted(name)
        yield cant_be_done(titles[name].title, accepted.words if accepted else "", reason)

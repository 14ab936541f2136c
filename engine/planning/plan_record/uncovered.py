"""Why an agreed priority has no step of substance in time, with the cheapest ways out."""

from __future__ import annotations

from dataclasses import replace

from ...scheduling import Constraint, Goal, Problem, Shortfall, fits, kept
from .. import model as view
from ..infeasibility import Contradiction
from ..phrases.coverage import nothing_advised, outranked, too_early
from ..problem_builder import PRIORITY
from .context import Solved


def uncovered(rank: int, solved: Solved) -> view.Uncovered | None:
    """The reason why nothing covers the priority of a rank; None where something does."""
    name, met = f"{PRIORITY}{rank}", solved.solution.met
    if name in met:
        return None
    goals = {one.id: one for one in solved.problem.goals}
    if name not in goals:
        late = [form for form in solved.timetable.forms if solved.timetable.covers(form, rank)]
        if late:
            names = dict.fromkeys(solved.timetable.name(form) for form in late)
            titles = (solved.library.intervention(one).title for one in names)
            return view.Uncovered(kind="too-early", words=(too_early(titles),))
        only = (title for title, ranks in _serving(solved) if rank in ranks)
        return view.Uncovered(kind="nothing-advised", words=(nothing_advised(only),))
    bare = kept(replace(solved.problem, goals=()), solved.solution)
    alone = _with(bare, goals[name])
    if not fits(alone):
        found = Contradiction(solved.reasons, alone)
        return view.Uncovered(kind="no-room", words=_shortages(found), ways_out=found.ways_out())
    before = {
        other: goals[f"{PRIORITY}{other}"]
        for other in range(1, rank)
        if f"{PRIORITY}{other}" in met
    }
    against = {other: one for other, one in before.items() if not fits(_with(alone, one))}
    agreed = solved.school.cqa.priorities
    options = dict.fromkeys(solved.timetable.name(form) for form, _ in goals[name].relation.options)
    return view.Uncovered(
        kind="outranked",
        words=(
            outranked(
                (solved.library.intervention(option).title for option in options),
                {other: agreed[other - 1].title for other in against or before},
            ),
        ),
        ways_out=Contradiction(solved.reasons, _with(alone, *before.values())).ways_out(),
    )


def _shortages(found: Contradiction) -> tuple[str, ...]:
    """Say what is missing and which dates are set, and not what needs what; all where nothing is."""
    told = [
        fact
        for fact in found.facts()
        if isinstance(fact, Shortfall)
        or (isinstance(fact, Constraint) and fact.kind in ("latest", "pinned", "earliest"))
    ]
    return tuple(dict.fromkeys(map(found.phrases.fact, told))) or found.words()


def _with(problem: Problem, *goals: Goal) -> Problem:
    return replace(problem, relations=(*problem.relations, *(one.relation for one in goals)))


def _serving(solved: Solved) -> list[tuple[str, tuple[int, ...]]]:
    """The titles of all that is advised, with the ranks of the priorities each serves."""
    return [
        (solved.library.intervention(name).title, ranks)
        for name, ranks in sorted(solved.timetable.serves.items())
    ]

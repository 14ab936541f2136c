"""The solver: the best plan by aims in their order, each kept while the next is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..core import EngineError
from .constraints import OneOf
from .cp_model import (
    HASH,
    INFINITY,
    MANY,
    Answer,
    Model,
    OutOfEffort,
    Terms,
    add,
    ask,
    makespan_terms,
    peak_terms,
    tie,
    tie_terms,
    tightened,
    value_terms,
)
from .greedy import greedy
from .problem import GOALS, Goal, Item, Level, Placement, Problem, Solution, Status, items_of

Chosen = dict[str, Placement]


def solve(problem: Problem, hint: Mapping[str, Placement] | None = None) -> Solution:
    """The best plan by the problem's aims in their order; ties are broken by a hash of each item and start,
    so that the same problem has the same answer.

    `hint` is a plan to begin the search with; it doesn't change a proved answer. When the must-do items
    can't all fit, the plan has as many of them as can, and `undone` names the others.
    """
    problem = replace(
        problem,
        offers=(),
        items=tuple(sorted(problem.items, key=lambda item: item.id)),
        relations=tuple(dict.fromkeys(problem.relations)),
    )
    main = [aim for aim in problem.aims if aim not in ("must-do", *GOALS, "smooth load")]
    main = main or ["value"]
    musts = _musts(problem)
    undone: tuple[str, ...] = ()
    must_level = Level("must-do", "optimal", musts, musts)
    asked = [goal for goal in problem.goals if goal.aim in problem.aims]
    # mostly all goals can be met: then one question settles them and the first aim
    met, goal_levels, first = tuple(asked), _reaching(problem, asked), None
    likely = hint is None or all(goal.relation.met(hint) for goal in asked)
    if hint is None and sum(len(item.open) for item in problem.items) > MANY:
        hint = greedy(problem)
    if likely:
        first = _settle(with_met(problem, met), main[0], {}, hint)
    if first is None and asked:
        at_once, drafted = _at_once(problem, asked, hint) if main[0] == "value" else (None, None)
        if at_once is not None:
            met, goal_levels, first = at_once
        else:
            hint = drafted or hint
            met, goal_levels = _reached(problem, asked)
            first = _settle(with_met(problem, met), main[0], {}, hint)
    if first is None:
        undone, sure = _undone(problem)
        problem = _without(problem, undone)
        met, goal_levels = _reached(problem, asked)
        first = _settle(with_met(problem, met), main[0], {}, None)
        if first is None:
            raise EngineError("what fitted once did not fit again")
        most = musts - (len(undone) if sure == "optimal" else 0)
        must_level = Level("must-do", sure, musts - len(undone), most)
    goals, problem = problem.goals, with_met(problem, met)
    levels: list[Level] = [must_level, *goal_levels]
    chosen: Chosen = {}
    held: dict[str, int] = {}
    status: Status = "optimal"
    for level in goal_levels:
        status = level.status if level.status != "optimal" else status
    for aim in main:
        settled = first if aim == main[0] else _settle(problem, aim, held, chosen)
        if settled is None:
            break
        chosen, level = settled
        held[aim] = level.value
        levels.append(level)
        status = level.status if level.status != "optimal" else status
    if "smooth load" in problem.aims and chosen:
        smooth = _smooth(problem, chosen, held)
        if smooth is not None:
            chosen, level = smooth
            levels.append(level)
    ties = sum(tie(name, placement.start) for name, placement in chosen.items())
    proved = all(level.status == "optimal" for level in levels)
    levels.append(
        Level("tie-break", "optimal" if proved else "within-gap", ties, ties if proved else 0)
    )
    reached = tuple(goal.id for goal in goals if goal.relation.met(chosen))
    return Solution("infeasible" if undone else status, chosen, tuple(levels), undone, met=reached)


def with_met(problem: Problem, met: Iterable[Goal]) -> Problem:
    """The problem in which some goals have to be met and the others count for nothing."""
    relations = (*problem.relations, *(goal.relation for goal in met))
    return replace(problem, relations=tuple(dict.fromkeys(relations)), goals=())


def holding(problem: Problem, solution: Solution) -> Problem:
    """The problem in which the goals that a plan meets have to be met."""
    if not problem.goals:
        return problem
    return with_met(problem, [goal for goal in problem.goals if goal.id in solution.met])


def _reaching(problem: Problem, met: Iterable[Goal]) -> list[Level]:
    """The levels of the goals when it is proved that no more than these can be met."""
    asked = {goal.aim for goal in problem.goals}
    weights = {aim: sum(goal.weight for goal in met if goal.aim == aim) for aim in GOALS}
    return [
        Level(aim, "optimal", weights[aim], weights[aim]) for aim in problem.aims if aim in asked
    ]


def _at_once(
    problem: Problem, goals: Iterable[Goal], hint: Mapping[str, Placement] | None
) -> tuple[tuple[tuple[Goal, ...], list[Level], tuple[Chosen, Level]] | None, Chosen | None]:
    """The goals that can be met together, by level and weight, and the plan of most value that meets them, in
    one question; None when there is no plan or nothing is proved. Then the plan it came to serves as a
    draft: the question has a quarter of the effort, since what it doesn't settle is asked again in parts.

    Maximises Σ over goals of weight · what all the levels below can bring at most, + value.
    """
    model = Model(replace(problem, goals=()))
    factor = fold(problem)
    objective = folded(model, value_terms(model), -factor)
    worth = 1 + 2 * sum(max((abs(p.value) for p in item.open), default=0) for item in problem.items)
    literals: dict[str, int] = {}
    for aim in reversed(problem.aims):
        own = [goal for goal in goals if goal.aim == aim]
        for goal in own:
            literals[goal.id] = model.new()
            goal.relation.encode(model, (literals[goal.id],))
            add(objective, literals[goal.id], -factor * worth * goal.weight)
        worth *= 1 + sum(goal.weight for goal in own)
    try:
        answer = ask(model, objective, hint, problem.effort / 4)
    except OutOfEffort:
        return None, None
    if answer is None:
        return None, None
    chosen = placed(problem, answer)
    if not answer.proved:
        return None, chosen
    met = tuple(goal for goal in goals if answer.values[literals[goal.id]])
    value = sum(placement.value for placement in chosen.values())
    return (met, _reaching(problem, met), (chosen, Level("value", "optimal", value, value))), chosen


def _reached(problem: Problem, goals: Iterable[Goal]) -> tuple[tuple[Goal, ...], list[Level]]:
    """The goals that can be met together, those of each level before those of the next, by weight; and
    what was proved of each level. Nothing is met where not even what must be done fits.

    Maximises Σ weight · met, where met → the goal's relation holds.
    """
    met: tuple[Goal, ...] = ()
    levels: list[Level] = []
    for aim in problem.aims:
        own = [goal for goal in goals if goal.aim == aim]
        if not own:
            continue
        model = Model(with_met(problem, met))
        literals = {goal.id: model.new() for goal in own}
        for goal in own:
            goal.relation.encode(model, (literals[goal.id],))
        answer = ask(model, {literals[goal.id]: -goal.weight for goal in own})
        if answer is None:
            return (), []
        reached = [goal for goal in own if answer.values[literals[goal.id]]]
        value = sum(goal.weight for goal in reached)
        levels.append(
            Level(
                aim,
                "optimal" if answer.proved else "within-gap",
                value,
                value if answer.proved else max(value, -answer.bound),
            )
        )
        met += tuple(reached)
    return met, levels


def best_with_more(
    problem: Problem, base: Solution, resources: Iterable[str], amount: int
) -> tuple[Solution, int | None]:
    """The plan of most value when so much of some resources is added in one slot, the one where it brings
    most; and that slot, None when it brings nothing. `base` is the best plan as it is."""
    if base.undone:
        return _slot_by_slot(problem, base, tuple(resources), amount)
    problem = holding(problem, base)
    model = Model(problem, once=(resources, amount))
    answer = ask(model, folded(model, value_terms(model), -fold(problem)), hint=base.chosen)
    if answer is None:
        return base, None
    chosen = placed(problem, answer)
    status: Status = "optimal" if answer.proved else "within-gap"
    value = sum(placement.value for placement in chosen.values())
    bound = value if answer.proved else max(value, -(answer.bound // fold(problem)))
    if value <= base.value:
        return replace(base, levels=(Level("value", status, base.value, bound),)), None
    taken = [slot for slot, variable in enumerate(model.slots) if answer.values[variable]]
    found = Solution(status, chosen, (Level("value", status, value, bound),), base.undone)
    return found, taken[0] if taken else None


def _slot_by_slot(
    problem: Problem, base: Solution, resources: tuple[str, ...], amount: int
) -> tuple[Solution, int | None]:
    """The same where not all that must be done can be: more of that comes before more value."""
    best, where = base, None
    for slot in range(problem.slots):
        keys = {(name, slot) for name in resources}
        if not keys & problem.capacity.keys():
            continue
        capacity = {
            key: limit + (amount if key in keys else 0) for key, limit in problem.capacity.items()
        }
        found = solve(replace(problem, capacity=capacity))
        if (-len(found.undone), found.value) > (-len(best.undone), best.value):
            best, where = found, slot
    return best, where


def placed(problem: Problem, answer: Answer) -> Chosen:
    """The placements of an answer, by item."""
    return {name: problem.item(name).at(start) for name, start in sorted(answer.starts.items())}


def fold(problem: Problem) -> int:
    """Return the weight of one point of an objective: more than all tie-breakers together."""
    return (len(problem.items) + 1) * HASH


def _musts(problem: Problem) -> int:
    groups = sum(isinstance(relation, OneOf) for relation in problem.relations)
    return groups + sum(item.must for item in problem.items)


def _settle(
    problem: Problem, aim: str, held: Mapping[str, int], hint: Mapping[str, Placement] | None
) -> tuple[Chosen, Level] | None:
    """The best plan by one aim, what was settled before held."""
    model = Model(problem)
    if "value" in held:
        model.linear(value_terms(model), held["value"], INFINITY)
    if "finish early" in held:
        model.linear(makespan_terms(model), -INFINITY, held["finish early"] - problem.slots)
    if aim == "value":
        answer = ask(model, folded(model, value_terms(model), -fold(problem)), hint)
    else:  # no ties here: on a long grid they are far harder to settle than the end
        answer = ask(model, makespan_terms(model), hint)
    if answer is None:
        return None
    answer = tightened(model, answer)
    chosen = placed(problem, answer)
    status: Status = "optimal" if answer.proved else "within-gap"
    if aim == "value":
        value = sum(placement.value for placement in chosen.values())
        best = max(value, -(answer.bound // fold(problem)))
    else:
        value = max((placement.end + 1 for placement in chosen.values()), default=0)
        best = min(value, max(0, answer.bound + problem.slots))
    return chosen, Level(aim, status, value, value if answer.proved else best)


def folded(model: Model, points: Terms, factor: int) -> Terms:
    """Return an objective with the ties folded in."""
    objective = {variable: factor * number for variable, number in points.items()}
    for variable, number in tie_terms(model).items():
        add(objective, variable, number)
    return objective


def _undone(problem: Problem) -> tuple[tuple[str, ...], Status]:
    """The must-do items (and groups, joined by |) that are left undone when as few are as can be, those of
    least value first; and whether that is proved."""
    model = Model(problem, loose=("must",))
    most = 1 + sum(max((abs(p.value) for p in item.open), default=0) for item in problem.items)
    objective = {variable: -factor for variable, factor in value_terms(model).items()}
    for variable in model.stretched.values():
        add(objective, variable, most * 2)
    answer = ask(model, folded(model, objective, fold(problem)))
    if answer is None:
        raise EngineError("even with nothing in it that must be done there is no plan")
    names = [rule.undone for rule, variable in model.stretched.items() if answer.values[variable]]
    return tuple(sorted(names)), "optimal" if answer.proved else "within-gap"


def _without(problem: Problem, undone: tuple[str, ...]) -> Problem:
    """The problem without what can't be done."""
    gone = items_of(undone)
    return replace(
        problem,
        items=tuple(_out(item) if item.id in gone else item for item in problem.items),
        relations=tuple(
            relation
            for relation in problem.relations
            if not (isinstance(relation, OneOf) and gone >= set(relation.items))
        ),
    )


def _out(item: Item) -> Item:
    return replace(item, placements=(), must=False)


def _smooth(
    problem: Problem, chosen: Chosen, held: Mapping[str, int]
) -> tuple[Chosen, Level] | None:
    """The same selection with the least load above the smooth share; None when nothing is to be
    smoothed or the limit came first."""
    model = Model(problem)
    model.keep(chosen)
    peaks = peak_terms(model)
    if not peaks:
        return None
    if "finish early" in held:
        model.linear(makespan_terms(model), -INFINITY, held["finish early"] - problem.slots)
    value = sum(placement.value for placement in chosen.values())
    spare = int(abs(value) * problem.allowance)
    points = value_terms(model)
    model.linear(points, value - spare, INFINITY)
    best = sum(max(place.value for place in problem.item(name).open) for name in chosen)
    much = best - (value - spare) + 1  # by so much value can differ at most
    objective = {variable: factor * much for variable, factor in peaks.items()}
    for variable, factor in points.items():
        add(objective, variable, -factor)
    scale = fold(problem)
    try:
        answer = ask(model, folded(model, objective, scale), chosen, problem.effort / 4)
    except OutOfEffort:
        return None
    if answer is None:
        return None
    new = placed(problem, answer)
    peak = overload(problem, new)
    least = -(-(answer.bound + (value - spare - 1) * scale) // (much * scale))
    return new, Level(
        "smooth load",
        "optimal" if answer.proved else "within-gap",
        peak,
        peak if answer.proved else max(0, min(peak, least)),
    )


def overload(problem: Problem, chosen: Mapping[str, Placement]) -> int:
    """The load above the smooth share, over all resources and slots."""
    used: dict[tuple[str, int], int] = {}
    for placement in chosen.values():
        for key, amount in placement.load.items():
            used[key] = used.get(key, 0) + amount
    return sum(
        max(0, used.get(key, 0) - int(problem.smooth_above * capacity))
        for key, capacity in problem.capacity.items()
    )

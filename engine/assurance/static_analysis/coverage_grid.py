"""The grid of judgements: weak ones on which no rule has anything to recommend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from ...library import Key
from .. import phrases
from .defect import defect, witness
from .logic import FALSE, TRUE, Allowed, And, Formula, Variable, both, either, holds
from .model import Defect
from .reachability import recommended
from .symbolic_library import Given, World
from .synthetic_facts import see

JUDGEMENT = "judgement"
"""The use of the scale on which questions are judged, and the indicator of what was agreed."""


def gaps(world: World) -> Iterator[Defect]:
    """Questions judged below what is good enough on the programme's scale, for which no rule
    recommends anything of their strand where nothing but the judgements is known; none where the
    scale does not say what is good enough.

    All combinations of grades are gone through. The witness for each such grade is the combination
    with the fewest other weak ones. It is confirmed when all rules are run on it and none asks for
    anything of the strand.
    """
    library = world.library
    scale = library.default_scales()[JUDGEMENT]
    if scale.good_enough is None or JUDGEMENT not in library.indicators:
        return
    good = scale.rank(str(scale.anchors[scale.good_enough]))
    strands, grades = tuple(library.strands), range(len(scale.grades))
    cells = list(product(grades, repeat=len(strands)))
    advice = list(_advice(world))
    alone = [(of, left) for of, formula in advice if (left := _alone(world, formula)) != FALSE]
    found = {cell: _strands(alone, dict(zip(strands, cell, strict=True))) for cell in cells}
    silent = sum(not found[cell] and min(cell) < good for cell in cells)
    for index, strand in enumerate(strands):
        witnesses, titles, never = [], [], True
        for grade in range(good):
            empty = [cell for cell in cells if cell[index] == grade and strand not in found[cell]]
            if not empty:
                continue
            cell = min(empty, key=lambda cell: (sum(rank < good for rank in cell), cell))
            given: Given = {
                str(Key(JUDGEMENT, name)): rank for name, rank in zip(strands, cell, strict=True)
            }
            seen = see(given, library)
            asked = recommended(library, (one.rule for one in seen.inference.fired))
            of_strand = [name for name in asked if library.interventions[name].strand == strand]
            shows = phrases.nothing_recommended(library.strands[strand].title)
            witnesses.append(witness(world, given, shows, not of_strand))
            titles.append(scale.grades[grade].title)
            judged = Allowed((str(Key(JUDGEMENT, strand)), ""), 1 << grade)
            ever = either(formula for of, formula in advice if strand in of)
            never = never and not world.possible(both((judged, ever)))
        if witnesses:
            yield defect(
                library.origins["programme", library.programme.id].place("strands", index),
                "gap",
                strand,
                phrases.gap(library.strands[strand].title, titles, never),
                phrases.silent_cells(silent, len(cells)),
                *witnesses,
            )


def _advice(world: World) -> Iterator[tuple[frozenset[str], Formula]]:
    """The strands a rule recommends something of, with where it fires."""
    for rule in world.library.rules.values():
        names = recommended(world.library, (rule,))
        strands = frozenset(world.library.interventions[name].strand for name in names)
        for question in world.questions(rule) if strands else ():
            yield strands, world.fires(rule, question)


def _alone(world: World, formula: Formula) -> Formula:
    """Reduce a formula to what is left where nothing but the judgements is known."""
    if isinstance(formula, Allowed):
        if Key.read(formula.variable[0]).indicator == JUDGEMENT:
            return formula
        return TRUE if formula.values & world.absent(formula.variable) else FALSE
    parts = [_alone(world, part) for part in formula.parts]
    decisive = FALSE if isinstance(formula, And) else TRUE
    if decisive in parts:
        return decisive
    rest = tuple(part for part in parts if part not in (TRUE, FALSE))
    return (both if isinstance(formula, And) else either)(rest)


def _strands(
    advice: Iterable[tuple[frozenset[str], Formula]], judged: Mapping[str, int]
) -> frozenset[str]:
    """The strands of which something is recommended where only these judgements are known."""

    def value(variable: Variable) -> int:
        return 1 << judged[Key.read(variable[0]).question]

    found = frozenset[str]()
    for strands, formula in advice:
        if not strands <= found and holds(formula, value):
            found |= strands
    return found

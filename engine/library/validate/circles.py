"""The rules of the house for order: neither interventions nor needs go in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from ...core import Mistake, Place
from ..loader import Library
from ..model import Intervention
from ..rule import NeedLeaf
from .conditions_of_rules import placed


@dataclass(frozen=True, slots=True)
class _Edge:
    """One that has to come after another, as it is written."""

    one: str
    verb: str
    other: str
    place: Place

    def __str__(self) -> str:
        return f"{self.one} {self.verb} {self.other} ({self.place})"


def circle_of_order(library: Library) -> Iterator[Mistake]:
    """A circle of interventions that wait for each other, every edge with its place."""
    starts = _starting_together(library)
    edges = [
        edge
        for item in library.interventions.values()
        for edge in _waits(library, item)
        if edge.one == edge.other or starts[edge.one] != starts.get(edge.other, edge.other)
    ]
    yield from _told(edges, starts, "prerequisites go in a circle")


def _waits(library: Library, item: Intervention) -> Iterator[_Edge]:
    def place(*path: str | int) -> Place:
        return library.place("intervention", item.id, *path)

    for part in ("requires", "helped_by"):
        for index, name in enumerate(getattr(item, part)):
            yield _Edge(item.id, "needs", name, place(part, index))
    for i, group in enumerate(item.requires_one_of):
        for j, name in enumerate(group):
            yield _Edge(item.id, "needs", name, place("requires_one_of", i, j))
    for index, after in enumerate(item.after):
        where = place("after", index, "intervention")
        yield _Edge(item.id, "comes after", after.intervention, where)


def _starting_together(library: Library) -> dict[str, str]:
    """For each intervention the one that stands for all that start with it."""
    first = {name: name for name in library.interventions}
    for item in library.interventions.values():
        for name in item.together_with:
            if name in first:
                one, other = sorted((first[item.id], first[name]))
                first = {key: one if value == other else value for key, value in first.items()}
    return first


def circle_of_needs(library: Library) -> Iterator[Mistake]:
    """A circle of diagnosing rules, each of which reads a need that the next one finds."""
    edges = [
        _Edge(rule.id, "reads a need found by", finder.id, library.place("rule", rule.id, *where))
        for rule in library.rules.values()
        if rule.diagnose
        for leaf, where in placed(rule.when, ("when",))
        if isinstance(leaf, NeedLeaf)
        for finder in library.finders.get(leaf.need, ())
    ]
    yield from _told(edges, {rule: rule for rule in library.rules}, "needs go in a circle")


def _told(edges: list[_Edge], stands: Mapping[str, str], what: str) -> Iterator[Mistake]:
    """The problem of a circle, step by step, if there is one; `stands` gives for each name the one
    under which it is a part of the circle."""
    graph: dict[str, list[str]] = {name: [] for name in stands.values()}
    written: dict[tuple[str, str], _Edge] = {}
    for edge in edges:
        one, other = stands[edge.one], stands.get(edge.other, edge.other)
        graph[one].append(other)
        written.setdefault((one, other), edge)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        steps = [written[pair] for pair in zip(cycle[1:], cycle[:-1], strict=True)][::-1]
        told: list[str] = []
        for step, following in zip(steps, [*steps[1:], steps[0]], strict=True):
            told.append(str(step))
            if step.other != following.one:
                told.append(f"{step.other} starts together with {following.one}")
        yield Mistake(steps[0].place, f"{what}: {'; '.join(told)}", "take one of these out")

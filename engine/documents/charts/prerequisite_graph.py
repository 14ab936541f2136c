"""The picture of what needs what as SVG: steps in columns by when they start."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from ...planning import Plan, Step
from .. import words
from ..plan_words import FIXED, critical, marked
from ..tree import Drawing, Figure, Table
from ..words import Names
from .chart_labels import apart

NODE_W, NODE_H, GAP_X, GAP_Y, LANE, TOP = 154, 42, 40, 12, 8, 30
_LETTERS = 21
"""The letters there is room for in a line of a box."""
_KEY = (
    ('<path d="M0,6 H24" class="edge" marker-end="url(#tip)"/>', "needed first"),
    ('<path d="M0,6 H24" class="edge chain" marker-end="url(#tip)"/>', "in the longest chain"),
    (
        '<path d="M0,6 H24" class="edge helped" marker-end="url(#tip)"/>',
        "of help, not needed; steps that neither need nor help another are not drawn",
    ),
    (
        '<rect x="2" y="2" width="22" height="8" class="node fixed s0-node"/>',
        f"{FIXED} in a chain that can't slip",
    ),
)

Edges = list[tuple[str, str]]
Ways = dict[tuple[str, str], list[str]]
Point = tuple[int, int]


def graph(plan: Plan, names: Names, table: Table) -> Figure | None:
    """Draw what needs what: steps in columns by the slot they start in; the table has the same. None where no
    step needs or helps another."""
    edges = [(one, two) for one, two in plan.picture.edges if {one, two} <= names.steps.keys()]
    helped = [(one, two) for one, two in plan.picture.helped if {one, two} <= names.steps.keys()]
    linked = {name for edge in [*edges, *helped] for name in edge}
    found = [
        [step.id for step in names.starting(slot.id) if step.id in linked] for slot in names.slots
    ]
    titles = [slot.title for slot, column in zip(names.slots, found, strict=True) if column]
    columns, ways = _with_lanes([column for column in found if column], [*edges, *helped])
    if not columns:
        return None
    pairs = [pair for way in ways.values() for pair in pairwise(way)]
    place, height = _placed(_ordered(columns, pairs), linked)
    width = len(columns) * (NODE_W + GAP_X) - GAP_X + 2
    path = critical(plan)
    chain = set(pairwise(path))
    parts = [
        f'<text x="{x * (NODE_W + GAP_X)}" y="14" class="head0">{escape(title)}</text>'
        for x, title in enumerate(titles)
    ]

    def drawn(edge: tuple[str, str], kind: str) -> str:
        return _edge([place[name] for name in ways[edge]], kind)

    parts += [drawn(edge, "helped") for edge in helped]
    parts += [drawn(edge, "chain" if edge in chain else "needs") for edge in edges]
    shown = apart(
        {name: marked(names.steps[name]) for name in sorted(linked)}, _start, _start_and_end
    )
    parts += [
        part
        for name in place
        if name in linked
        for part in _node(names.steps[name], shown[name], place[name], names)
    ]
    told = (
        f"{words.count(len(edges), 'need')} and {words.count(len(helped), 'help')} "
        f"between {words.count(len(linked), 'step')}"
    )
    svg = (
        f'<svg viewBox="-2 0 {width + 4} {height}" width="{width + 4}" height="{height}" '
        f'role="img" aria-labelledby="graph-title"><title id="graph-title">{told}; each step names the '
        "steps it needs</title>"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 Z" class="tip"/></marker></defs>'
        f"{''.join(parts)}</svg>"
    )
    return Figure((Drawing(svg),), f"{told}.", table, _KEY)


def _with_lanes(columns: list[list[str]], edges: Edges) -> tuple[list[list[str]], Ways]:
    """The columns with a lane in each that arrows from a step pass, and the way each arrow takes."""
    columns = [list(column) for column in columns]
    at = {name: x for x, column in enumerate(columns) for name in column}
    ways: Ways = {}
    for one, two in edges:
        first, last = at[one], at[two]
        onward = 1 if last >= first else -1
        lanes = (
            [(x, f"{one} {x}") for x in range(first + onward, last, onward)]
            if first != last
            else []
        )
        for x, lane in lanes:
            if lane not in columns[x]:
                columns[x].append(lane)
        ways[one, two] = [one, *(lane for _, lane in lanes), two]
    return columns, ways


def _placed(columns: list[list[str]], steps: set[str]) -> tuple[dict[str, Point], int]:
    """Place the middle of the left side of each box and lane, and give the picture's height."""

    def room(name: str) -> int:
        return (NODE_H if name in steps else LANE) + GAP_Y

    tallest = max(sum(map(room, column)) for column in columns)
    place: dict[str, Point] = {}
    for x, column in enumerate(columns):
        y = TOP + (tallest - sum(map(room, column))) // 2
        for name in column:
            place[name] = (x * (NODE_W + GAP_X), y + (room(name) - GAP_Y) // 2)
            y += room(name)
    return place, TOP + tallest


def _ordered(columns: list[list[str]], edges: Edges) -> list[list[str]]:
    """The columns ordered so that few edges cross: each by the mean height of its neighbours."""
    for _ in range(3):
        height = {
            name: (index + 0.5) / len(column)
            for column in columns
            for index, name in enumerate(column)
        }
        near: dict[str, list[float]] = {}
        for one, two in edges:
            near.setdefault(one, []).append(height[two])
            near.setdefault(two, []).append(height[one])
        columns = [
            sorted(column, key=lambda name: (sum(near[name]) / len(near[name]), name))  # noqa: B023
            for column in columns
        ]
    return columns


def _edge(way: list[Point], kind: str) -> str:
    """An arrow that bends between the columns only, and passes each in its lane."""
    (x, y), (last, end) = way[0], way[-1]
    if x == last:
        x += NODE_W
        path = f"M{x},{y} C{x + 34},{y} {x + 34},{end} {x + 2},{end}"
    else:
        right = last > x
        x += NODE_W if right else 0
        path, bend = f"M{x},{y}", GAP_X // 2 if right else -GAP_X // 2
        for left, height in way[1:]:
            to = left if right else left + NODE_W
            path += f" C{x + bend},{y} {to - bend},{height} {to},{height}"
            if (left, height) != way[-1]:
                x, y = (left + NODE_W if right else left), height
                path += f" H{x}"
    return f'<path d="{path}" class="edge {kind}" marker-end="url(#tip)"/>'


def _start(title: str) -> str:
    """As much of a title's start as two lines have room for."""
    return "\n".join(textwrap.wrap(title, _LETTERS, max_lines=2, placeholder="…"))


def _start_and_end(title: str) -> str:
    """A line of a title's start and a line of its end."""
    first = textwrap.wrap(title, _LETTERS)[0]
    rest, end = title[len(first) :].split(), ""
    while rest and len(f"…{rest[-1]} {end}".strip()) <= _LETTERS:
        end = f"{rest.pop()} {end}".strip()
    return f"{first}\n…{end}"


def _node(step: Step, shown: str, at: Point, names: Names) -> Iterator[str]:
    x, y = at[0], at[1] - NODE_H // 2
    lines = shown.split("\n")
    yield (
        f'<g><title>{escape(marked(step))}</title><rect x="{x}" y="{y}" width="{NODE_W}" '
        f'height="{NODE_H}" rx="5" class="node{" fixed" if step.critical else ""} '
        f's{names.hue(step.strand)}-node"/>'
    )
    first = y + (25 if len(lines) == 1 else 18)
    for index, line in enumerate(lines):
        yield f'<text x="{x + 9}" y="{first + index * 14}" class="small">{escape(line)}</text>'
    yield "</g>"

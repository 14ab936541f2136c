"""The two pictures of the plan as SVG: its steps over time, and what needs what."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape

from ..records.plan import Plan, Step
from . import words
from .words import Names

LABEL, WIDTH, ROW, HEAD = 330, 1140, 24, 44
NODE_W, NODE_H, GAP_X, GAP_Y = 154, 42, 40, 12


def gantt(plan: Plan, names: Names) -> str:
    """The steps by strand, in columns as wide as their slots are long."""
    edges = _columns(names)
    rows: list[str] = []
    y = HEAD
    for strand in names.strands:
        steps = [step for step in plan.steps if step.strand == strand]
        if not steps:
            continue
        steps.sort(key=lambda step: (names.index.get(step.starts, 0), not step.must, -step.score))
        rows.append(
            f'<text x="0" y="{y + 17}" class="group s{names.hue(strand)}-t">'
            f"{escape(names.strand(strand))}</text>"
        )
        y += ROW
        for step in steps:
            rows.append(_gantt_row(step, y, edges, names))
            y += ROW
    grid = []
    for index, slot in enumerate(names.slots):
        left, right = edges[index], edges[index + 1]
        title = slot.title.rsplit(" ", 1)
        grid.append(
            f'<rect x="{left}" y="{HEAD - 4}" width="{right - left}" height="{y - HEAD + 4}" '
            f'class="col{index % 2}"/>'
        )
        for line, text in enumerate((title[0], f"{title[-1]}, {words.days(slot.days)}")):
            grid.append(
                f'<text x="{left + 5}" y="{14 + line * 15}" class="head{line}">'
                f"{escape(text)}</text>"
            )
    return (
        f'<svg viewBox="0 0 {WIDTH} {y + 6}" width="{WIDTH}" height="{y + 6}" role="img" '
        f'aria-labelledby="gantt-title"><title id="gantt-title">{len(plan.steps)} steps by strand, '
        f"from {words.date(plan.starts)} to {words.date(plan.ends)}; the same is written term by "
        f"term below</title>{''.join(grid)}{''.join(rows)}</svg>"
    )


def _columns(names: Names) -> list[int]:
    total = sum(max(1, slot.days) for slot in names.slots) or 1
    edges, so_far = [LABEL], 0
    for slot in names.slots:
        so_far += max(1, slot.days)
        edges.append(LABEL + round((WIDTH - LABEL) * so_far / total))
    return edges


def _gantt_row(step: Step, y: int, edges: list[int], names: Names) -> str:
    hue = names.hue(step.strand)
    mark = "★ " if step.must else ""
    about = f"{step.title}: {names.span(step.starts, step.ends)}" + (
        ", must do" if step.must else ""
    )
    parts = [
        f"<g><title>{escape(words.clean(about))}</title>",
        f'<text x="8" y="{y + 16}" class="label">{mark}'
        f"{escape(words.shorten(step.title, 45))}</text>",
    ]
    for index, slot in enumerate(names.slots):
        here = [
            phase.phase
            for phase in step.phases
            if names.index.get(phase.starts, 99) <= index <= names.index.get(phase.ends, -1)
        ]
        wide = (edges[index + 1] - edges[index]) / max(1, len(here))
        for turn, phase in enumerate(here):
            thick = 7 if phase == "sustain" else 15
            left = edges[index] + turn * wide
            parts.append(
                f'<rect x="{left:.1f}" y="{y + 11 - thick / 2:.1f}" width="{wide:.1f}" '
                f'height="{thick}" class="s{hue}-{phase}"/>'
            )
        for time in step.occurrences:
            if time.slot == slot.id:
                length = max(1, (slot.ends - slot.starts).days)
                share = min(1.0, max(0.0, (time.date - slot.starts).days / length))
                x = edges[index] + share * (edges[index + 1] - edges[index])
                parts.append(f'<circle cx="{x:.1f}" cy="{y + 11}" r="4" class="time"/>')
    if step.ready in names.index:
        x = edges[names.index[step.ready] + 1]
        parts.append(
            f'<path d="M{x - 9},{y + 3} L{x},{y + 11} L{x - 9},{y + 19} Z" class="ready"/>'
        )
    return "".join(parts) + "</g>"


def graph(plan: Plan, names: Names) -> str:
    """What needs what: steps in columns by the slot they start in."""
    edges = [(one, two) for one, two in plan.picture.edges if {one, two} <= names.steps.keys()]
    helped = [(one, two) for one, two in plan.picture.helped if {one, two} <= names.steps.keys()]
    linked = {name for edge in [*edges, *helped] for name in edge}
    columns = [
        [step.id for step in names.starting(slot.id) if step.id in linked] for slot in names.slots
    ]
    titles = [slot.title for slot, column in zip(names.slots, columns, strict=True) if column]
    columns = _ordered([column for column in columns if column], [*edges, *helped])
    if not columns:
        return ""
    tallest = max(map(len, columns))
    place: dict[str, tuple[int, int]] = {}
    for x, column in enumerate(columns):
        top = 30 + (tallest - len(column)) * (NODE_H + GAP_Y) // 2
        for y, name in enumerate(column):
            place[name] = (x * (NODE_W + GAP_X), top + y * (NODE_H + GAP_Y))
    width = len(columns) * (NODE_W + GAP_X) - GAP_X + 2
    height = 30 + tallest * (NODE_H + GAP_Y)
    chain = set(zip(plan.picture.longest_chain, plan.picture.longest_chain[1:], strict=False))
    parts = [
        f'<text x="{x * (NODE_W + GAP_X)}" y="14" class="head0">{escape(title)}</text>'
        for x, title in enumerate(titles)
    ]
    parts += [_edge(place[one], place[two], "helped") for one, two in helped]
    parts += [
        _edge(place[one], place[two], "chain" if (one, two) in chain else "needs")
        for one, two in edges
    ]
    parts += [part for name, at in place.items() for part in _node(names.steps[name], at, names)]
    return (
        f'<svg viewBox="-2 0 {width + 4} {height}" width="{width + 4}" height="{height}" '
        f'role="img" aria-labelledby="graph-title"><title id="graph-title">What needs what: '
        f"{words.count(len(edges), 'need')} and {words.count(len(helped), 'help')} between "
        f"{words.count(len(linked), 'step')}; each step names the steps it needs</title>"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 Z" class="tip"/></marker></defs>'
        f"{''.join(parts)}</svg>"
    )


def _ordered(columns: list[list[str]], edges: list[tuple[str, str]]) -> list[list[str]]:
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


def _edge(start: tuple[int, int], end: tuple[int, int], kind: str) -> str:
    x1, y1 = start[0] + NODE_W, start[1] + NODE_H // 2
    x2, y2 = end[0] - 1, end[1] + NODE_H // 2
    if start[0] >= end[0]:
        x1, x2 = start[0] + NODE_W, end[0] + NODE_W
        path = f"M{x1},{y1} C{x1 + 34},{y1} {x2 + 34},{y2} {x2 + 2},{y2}"
    else:
        bend = min(60, (x2 - x1) // 2 + 10)
        path = f"M{x1},{y1} C{x1 + bend},{y1} {x2 - bend},{y2} {x2},{y2}"
    return f'<path d="{path}" class="edge {kind}" marker-end="url(#tip)"/>'


def _node(step: Step, at: tuple[int, int], names: Names) -> Iterator[str]:
    x, y = at
    title = ("★ " if step.must else "") + words.clean(step.title)
    lines = textwrap.wrap(title, 21, max_lines=2, placeholder="…")
    yield (
        f'<g><title>{escape(title)}</title><rect x="{x}" y="{y}" width="{NODE_W}" '
        f'height="{NODE_H}" rx="5" class="node s{names.hue(step.strand)}-node"/>'
    )
    first = y + (25 if len(lines) == 1 else 18)
    for index, line in enumerate(lines):
        yield f'<text x="{x + 9}" y="{first + index * 14}" class="small">{escape(line)}</text>'
    yield "</g>"

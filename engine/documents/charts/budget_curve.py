"""Value against budget as SVG: what the best plan brings for each budget that was tried."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ...explain import CurvePoint, MoneyReport
from ..tree import Drawing, Figure, Table
from ..words import pounds

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 660, 380, 66, 24, 34, 46


def curve(report: MoneyReport, table: Table) -> Figure:
    """Draw what the best plan brings for each budget; where fewer than two were tried, there is the table
    alone."""
    points = sorted(report.curve, key=lambda point: point.pounds)
    if len(points) < 2 or points[-1].pounds <= 0:
        return Figure((), "What the best plan brings.", table)
    plot = _Plot(points)
    line = " ".join(
        f"{'L' if at else 'M'}{plot.x(point.pounds):.1f},{plot.y(point.value):.1f}"
        for at, point in enumerate(points)
    )
    told = (
        f"What the best plan brings, in points, for budgets from {pounds(points[0].pounds)} to "
        f"{pounds(points[-1].pounds)}"
    )
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-labelledby="curve-title"><title id="curve-title">{told}; the same is in the table</title>'
        f"{''.join(_grid(plot))}"
        f"{''.join(_flat(plot, report.flat_from))}"
        f'<path d="{line}" class="curve"/>{"".join(_points(plot))}</svg>'
    )
    return Figure((Drawing(svg),), f"{told}.", table, _KEY)


class _Plot:
    def __init__(self, points: list[CurvePoint]) -> None:
        self.points = points
        self.wide = points[-1].pounds
        self.high = _above(max(1, *(point.value for point in points)))

    def x(self, value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * value / self.wide

    def y(self, value: float) -> float:
        return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * value / self.high


def _above(value: int) -> int:
    """The least number at or above a value whose quarters are round."""
    unit = 1
    while True:
        for step in (10, 12, 15, 20, 25, 30, 40, 50, 60, 80):
            if step * unit * 4 >= value:
                return step * unit * 4
        unit *= 10


def _round_step(value: int) -> int:
    """A round number of which no more than six go into a value."""
    unit = 1
    while True:
        for step in (1, 2, 5):
            if step * unit * 6 >= value:
                return step * unit
        unit *= 10


def _grid(plot: _Plot) -> Iterator[str]:
    for part in range(5):
        value = plot.high * part // 4
        y = plot.y(value)
        yield (
            f'<path d="M{LEFT},{y:.1f} H{WIDTH - RIGHT}" class="line"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" class="small end">{value:,}</text>'
        )
    step = _round_step(plot.wide)
    for value in range(0, plot.wide + 1, step):
        x = plot.x(value)
        yield (
            f'<path d="M{x:.1f},{HEIGHT - FOOT} v5" class="floor"/>'
            f'<text x="{x:.1f}" y="{HEIGHT - FOOT + 19}" class="small middle">{pounds(value)}</text>'
        )
    yield (
        f'<path d="M{LEFT},{HEIGHT - FOOT} H{WIDTH - RIGHT}" class="floor"/>'
        f'<text x="0" y="14" class="small">points</text>'
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" class="small end">what there is to spend</text>'
    )


def _flat(plot: _Plot, flat_from: int | None) -> Iterator[str]:
    if flat_from is None or flat_from > plot.wide:
        return
    x = plot.x(flat_from)
    css, at = ("small end", x - 6) if x > WIDTH * 0.6 else ("small", x + 6)
    words = escape(f"from {pounds(flat_from)} on hardly more")
    yield (
        f'<path d="M{x:.1f},{TOP - 8} V{HEIGHT - FOOT}" class="flat"/>'
        f'<text x="{at:.1f}" y="{TOP - 8}" class="{css}">{words}</text>'
    )


def _points(plot: _Plot) -> Iterator[str]:
    for point in plot.points:
        x, y = plot.x(point.pounds), plot.y(point.value)
        about = f"{pounds(point.pounds)}: {point.value:,} points"
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" '
            f'class="{"best" if point.exact else "found"}"><title>{about}</title></circle>'
        )
        if point.share == 1:
            css = "end" if x > (LEFT + WIDTH) / 2 else "start"
            yield (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" class="today"/>'
                f'<text x="{x:.1f}" y="{y + 27:.1f}" class="small halo {css}">today: '
                f"{pounds(point.pounds)}, {point.value:,} points</text>"
            )


_KEY = (
    ('<circle cx="13" cy="6" r="4.5" class="best"/>', "proved to be the best plan for this budget"),
    ('<circle cx="13" cy="6" r="4.5" class="found"/>', "the best found, not proved"),
    ('<circle cx="13" cy="6" r="5" class="today"/>', "today's budget"),
)

__all__ = ["curve"]

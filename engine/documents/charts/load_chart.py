"""People's time as small charts, one for each role or group of people, the fullest first."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ...planning import Load, Plan
from .. import words
from ..plan_words import school_years, short_slot
from ..tree import Drawing, Figure, Table
from ..words import Names

WIDTH, HEIGHT, TOP, FOOT = 240, 118, 18, 20
_WIDE = 32
"""Bars at least so wide have their number above and their half-term below."""
_SHOWN, _LEAST = 0.5, 6
"""Shown are all who are at least so full once, and never fewer than so many."""

Rows = list[tuple[str, list[Load]]]


def load_charts(plan: Plan, names: Names, table: Table) -> Figure:
    """Draw a chart for each who is at least half full once; the table has what they show, of everyone."""
    rows = _fullest(plan, names)
    shown = [row for at, row in enumerate(rows) if at < _LEAST or _full(row[1]) >= _SHOWN]
    rest = len(rows) - len(shown)
    layout = "The fullest first."
    if rest:
        are = "is" if rest == 1 else "are"
        layout += (
            f" {words.count(rest, 'other')}, never more than half full, {are} in the table only."
        )
    drawings = tuple(_drawing(*row, names) for row in shown)
    return Figure(drawings, "People's time, by half-term.", table, _KEY, layout)


def _fullest(plan: Plan, names: Names) -> Rows:
    rows: Rows = [
        (title, [row[slot.id] for slot in names.slots if slot.id in row])
        for (_, _, title), row in words.load_rows(plan).items()
    ]
    rows.sort(key=lambda row: (-_full(row[1]), -sum(load.used for load in row[1]), row[0]))
    return rows


def _full(loads: list[Load]) -> float:
    return max(map(words.share_used, loads), default=0.0)


def _drawing(title: str, loads: list[Load], names: Names) -> Drawing:
    fullest = max(loads, key=words.share_used)
    when = names.slot_title(fullest.slot)
    full = (
        f"{100 * fullest.used / fullest.capacity:.0f} % in {when}"
        if fullest.capacity > 0
        else f"no time to give in {when}"
    )
    over = ", over" if words.load_state(fullest) == "over" else ""
    return Drawing("".join(_chart(title, loads, names)), title, f"fullest: {full}{over}")


def _chart(title: str, loads: list[Load], names: Names) -> Iterator[str]:
    found = {load.slot: load for load in loads}
    highest = max(max(load.used, load.stated, load.capacity) for load in loads) or 1.0
    wide = WIDTH / max(1, len(names.slots))
    years = school_years(names.slots)
    floor = HEIGHT - FOOT

    def up(days: float) -> float:
        return floor - (floor - TOP) * days / highest

    told = "; ".join(
        f"{names.slot_title(load.slot)}: {words.number(load.used)} of {words.days(load.capacity)}"
        for load in loads
    )
    yield (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">'
        f"<title>{escape(words.clean(f'{title}. {told}'))}</title>"
    )
    numbers: list[str] = []
    for at, slot in enumerate(names.slots):
        left = at * wide
        roomy = wide >= _WIDE
        if roomy or slot.id in years:
            label = short_slot(slot.title) if roomy else years[slot.id]
            yield f'<text x="{left + 2:.1f}" y="{HEIGHT - 5}" class="tiny">{escape(label)}</text>'
        if not roomy and slot.id in years:
            yield f'<path d="M{left:.1f},{TOP} V{HEIGHT}" class="year"/>'
        if slot.id not in found:
            continue
        load = found[slot.id]
        state = words.load_state(load).split(" ")[0] or "room"
        ends = left + wide
        if load.used > 0:
            yield (
                f'<rect x="{left + wide * 0.14:.1f}" y="{up(load.used):.1f}" '
                f'width="{wide * 0.72:.1f}" height="{floor - up(load.used):.1f}" '
                f'class="bar-{state}"/>'
            )
        yield (
            f'<path d="M{left + 1:.1f},{up(load.stated):.1f} H{ends - 1:.1f}" class="stated"/>'
            f'<path d="M{left + 1:.1f},{up(load.capacity):.1f} H{ends - 1:.1f}" class="may"/>'
        )
        if roomy and load.used > 0:
            numbers.append(_number(load, left + wide / 2, up(load.used), state))
    yield f'<path d="M0,{floor} H{WIDTH}" class="floor"/>{"".join(numbers)}</svg>'


def _number(load: Load, x: float, top: float, state: str) -> str:
    """The days used, within the bar where there is room and else above its foot."""
    inside = top + 16 <= HEIGHT - FOOT
    y = top + 13 if inside else top - 3
    mark = "!" if state == "over" else ""
    css = f"tiny number in-{state}" if inside else "tiny number"
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{css}">{words.number(load.used)}{mark}</text>'


_KEY = (
    ('<rect width="26" height="12" class="bar-room"/>', "days used"),
    (
        '<rect width="26" height="12" class="bar-near"/>',
        f"at least {words.NEAR * 100:.0f} % of what may be planned",
    ),
    ('<rect x="1" y="1" width="24" height="10" class="bar-over"/>', "over (!)"),
    ('<path d="M0,6 H26" class="may"/>', "what may be planned"),
    ('<path d="M0,6 H26" class="stated"/>', "what people said they can give"),
)

__all__ = ["load_charts"]

"""The plan over time as SVG: its steps by strand, with the dated events behind them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from html import escape
from itertools import repeat

from ...planning import EventRef, Plan, Step
from .. import words
from ..plan_words import FIXED, LIGHT, marked, short_slot, slips, within
from ..tree import Bullets, Drawing, Figure, ListItem, Strong, Table, items
from ..words import Names
from .chart_labels import apart, shorten_middle

LABEL, WIDTH, ROW, HEAD, LANE = 330, 1140, 25, 44, 16
_NARROW = 100
"""Columns narrower than this have short titles."""
_LABEL = 45
"""The letters there is room for beside a row."""
_LETTER = 6.3
"""The width of a letter of an event's title, on average."""


def gantt(plan: Plan, names: Names, table: Table | None) -> Figure:
    """Draw the steps by strand, in columns as wide as their slots are long; the table has the same."""
    scale = _Scale(names)
    bands, lanes = _bands(within(plan), scale)
    labels = apart(
        {step.id: marked(step) for step in plan.steps},
        _label(words.shorten),
        _label(shorten_middle),
    )
    rows: list[str] = []
    y = HEAD + lanes * LANE
    for strand in names.strands:
        steps = [step for step in plan.steps if step.strand == strand]
        if not steps:
            continue
        steps.sort(key=lambda step: (names.index.get(step.begins, 0), not step.must, -step.score))
        rows.append(
            f'<text x="0" y="{y + 17}" class="group s{names.hue(strand)}-t">'
            f"{escape(names.strand(strand))}</text>"
        )
        y += ROW
        for step in steps:
            rows.extend(_row(step, labels[step.id], y, scale, names))
            y += ROW
    drawn = [*_head(scale, y), *(part for band in bands for part in band.drawn(y))]
    told = (
        f"{words.count(len(plan.steps), 'step')}, from {words.date(plan.starts)} to "
        f"{words.date(plan.ends)}"
    )
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {y + 6}" width="{WIDTH}" height="{y + 6}" role="img" '
        f'aria-labelledby="gantt-title"><title id="gantt-title">{told}; the same is written term by '
        'term below</title><defs><pattern id="event" width="5" height="5" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" '
        'class="event-back"/><rect width="1.6" height="5" class="event-line"/></pattern></defs>'
        f"{''.join(drawn)}{''.join(rows)}</svg>"
    )
    return Figure((Drawing(svg),), f"{told}.", table, _KEY, listed=_listed(names))


def _listed(names: Names) -> Bullets:
    """List the steps under the half-term in which each begins, for where there is no room for the drawing."""
    return Bullets(
        tuple(
            ListItem((Strong(slot.title),), (Bullets(items(map(_line, begun, repeat(names)))),))
            for slot in names.slots
            if (begun := names.starting(slot.id))
        )
    )


def _line(step: Step, names: Names) -> str:
    until = names.slot_title(step.finishes) if step.finishes != step.begins else ""
    return f"{marked(step)}: {step.lead.title}" + (f", until {until}" if until else "")


class _Scale:
    """The place of slots and days from left to right, in the units of the drawing."""

    def __init__(self, names: Names) -> None:
        self.slots = names.slots
        total = sum(max(1, slot.days) for slot in names.slots) or 1
        self.edges, so_far = [LABEL], 0
        for slot in names.slots:
            so_far += max(1, slot.days)
            self.edges.append(LABEL + round((WIDTH - LABEL) * so_far / total))
        self.narrow = len(names.slots) * _NARROW > WIDTH - LABEL

    def day(self, day: datetime.date) -> float:
        """Give the place where a day begins; a day of the holidays stands where the next slot begins."""
        for index, slot in enumerate(self.slots):
            if day <= slot.ends:
                length = (slot.ends - slot.starts).days + 1
                share = max(0, (day - slot.starts).days) / length
                return self.edges[index] + share * (self.edges[index + 1] - self.edges[index])
        return self.edges[-1]


class _Band:
    """An event: from left to right, with its title in a lane of its own where titles would meet."""

    def __init__(self, event: EventRef, scale: _Scale) -> None:
        self.title = words.capital(event.title)
        self.left = scale.day(event.starts)
        self.right = scale.day(event.ends + datetime.timedelta(days=1))
        self.wide = max(4.0, self.right - self.left)
        length = len(self.title) * _LETTER
        self.text = min(self.left, WIDTH - length)
        self.until = self.text + length + 8
        self.lane = 0

    def drawn(self, bottom: int) -> Iterator[str]:
        top = HEAD + self.lane * LANE
        yield (
            f'<rect x="{self.left:.1f}" y="{top}" width="{self.wide:.1f}" '
            f'height="{bottom - top}" class="event"><title>{escape(self.title)}</title></rect>'
            f'<text x="{self.text:.1f}" y="{top + 11}" class="small event-title">'
            f"{escape(self.title)}</text>"
        )


def _bands(events: list[EventRef], scale: _Scale) -> tuple[list[_Band], int]:
    """The events in lanes, and how many lanes there are; those in the holidays are left out."""
    ends: list[float] = []
    bands = []
    for event in events:
        band = _Band(event, scale)
        if band.right <= band.left:
            continue
        free = [lane for lane, end in enumerate(ends) if end <= band.text]
        band.lane = free[0] if free else len(ends)
        ends[band.lane : band.lane + 1] = [band.until]
        bands.append(band)
    return bands, len(ends)


def _head(scale: _Scale, bottom: int) -> Iterator[str]:
    for index, slot in enumerate(scale.slots):
        left, right = scale.edges[index], scale.edges[index + 1]
        name, year = slot.title.rsplit(" ", 1)[0], slot.title.rsplit(" ", 1)[-1]
        lines = (
            (short_slot(slot.title), year)
            if scale.narrow
            else (name, f"{year}, {words.days(slot.days)}")
        )
        yield (
            f'<rect x="{left}" y="{HEAD - 4}" width="{right - left}" '
            f'height="{bottom - HEAD + 4}" class="col{index % 2}"/>'
        )
        css = " tiny" if scale.narrow else ""
        for line, title in enumerate(lines):
            yield (
                f'<text x="{left + (2 if css else 5)}" y="{14 + line * 15}" class="head{line}{css}">'
                f"{escape(title)}</text>"
            )


def _label(shorten: Callable[[str, int], str]) -> Callable[[str], str]:
    """A title in the room there is for it, with the light form named whatever is cut."""

    def cut(title: str) -> str:
        bare = title.removesuffix(LIGHT)
        light = title[len(bare) :]
        return shorten(bare, _LABEL - len(light)) + light

    return cut


def _row(step: Step, label: str, y: int, scale: _Scale, names: Names) -> Iterator[str]:
    hue, edges = names.hue(step.strand), scale.edges
    slip = slips(step, names)
    about = f"{step.title}: {names.when(step)}" + (", must do" if step.must else "")
    about += ", light form" if step.form == "light" else ""
    about += f"; can slip: {slip}" if slip else ""
    yield (
        f"<g><title>{escape(words.clean(about))}</title>"
        f'<text x="8" y="{y + 16}" class="label">'
        f"{escape(label)}</text>"
    )
    for index, slot in enumerate(scale.slots):
        here = [
            phase.phase
            for phase in step.phases
            if names.index.get(phase.starts, 99) <= index <= names.index.get(phase.ends, -1)
        ]
        wide = (edges[index + 1] - edges[index]) / max(1, len(here))
        for turn, phase in enumerate(here):
            thick = 7 if phase == "sustain" else 15
            left = edges[index] + turn * wide
            yield (
                f'<rect x="{left:.1f}" y="{y + 11 - thick / 2:.1f}" width="{wide:.1f}" '
                f'height="{thick}" class="s{hue}-{phase}"/>'
            )
        for time in step.occurrences:
            if time.slot == slot.id:
                x = scale.day(min(max(time.date, slot.starts), slot.ends))
                yield f'<circle cx="{x:.1f}" cy="{y + 11}" r="4" class="time"/>'
    yield from _marks(step, y, scale, names)
    yield "</g>"


def _marks(step: Step, y: int, scale: _Scale, names: Names) -> Iterator[str]:
    """The frame of what can't slip, the whisker to the latest start, the point of being ready."""
    edges, index = scale.edges, names.index
    begins, ends = step.begins, step.finishes
    if step.critical and begins in index and ends in index:
        left, right = edges[index[begins]], edges[index[ends] + 1]
        yield (
            f'<rect x="{left + 1}" y="{y + 2.5}" width="{right - left - 2}" height="17" '
            'class="frame"/>'
        )
    if step.slack > 0 and not step.occurrences and step.starts in index and step.latest in index:
        left, right = edges[index[step.starts]], edges[index[step.latest]]
        yield (
            f'<path d="M{left + 1},{y + 19} V{y + 22.5} H{right + 4} M{right + 4},{y + 18.5} '
            'v6" class="slip"/>'
        )
    if step.ready in index:
        x = edges[index[step.ready] + 1]
        yield f'<path d="M{x - 9},{y + 3} L{x},{y + 11} L{x - 9},{y + 19} Z" class="ready"/>'


_KEY = (
    ('<rect width="26" height="12" class="s0-prepare"/>', "prepare"),
    ('<rect width="26" height="12" class="s0-deliver"/>', "deliver"),
    ('<rect y="3" width="26" height="6" class="s0-sustain"/>', "sustain"),
    ('<path d="M8,0 L18,6 L8,12 Z" class="ready"/>', "ready: what needs it may start"),
    ('<circle cx="13" cy="6" r="4" class="time"/>', "a date"),
    (
        '<rect x="1" y="1" width="24" height="10" class="frame"/>',
        f"{FIXED} in a chain that can't slip",
    ),
    (
        '<path d="M1,1 V7 H24 M24,2 v9" class="slip"/>',
        "can start as late as this, if what waits for it moves too",
    ),
    ('<rect width="26" height="12" class="event"/>', "a dated event"),
)

__all__ = ["gantt"]

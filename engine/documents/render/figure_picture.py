"""A figure as one picture: its drawings beside each other, their titles above and their key below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Literal

from ..tree import Drawing, Figure
from ..words import clean, shorten
from .style import chart_style

_SIZE = re.compile(r'<svg [^>]*?viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_TITLE = 34
"""The room for the title and the line of a drawing that is one of several."""
_ACROSS, _GAP = 3, 24
_KEY_ROW, _LETTER = 20, 6.6
_OWN = (
    'svg text { font-family: "Libertinus Serif"; } svg .event { fill: #e7eaee; stroke: #c3cad1; }'
)
"""The letters are those that come with typst, so that pictures are the same on every machine; a hatching takes
long to draw and much room."""
_LONG = 36
"""So many letters of a title stand above a drawing."""
_SHARP = 1.6
"""Dots for each unit of a drawing."""


def figure_svg(figure: Figure) -> tuple[str, float, float]:
    """Put the drawings of a figure into one SVG with its style; give it with its width and height."""
    parts: list[str] = []
    wide = high = 0.0
    sizes = [_size(one) for one in figure.drawings]
    several = len(sizes) > 1
    for at in range(0, len(sizes), _ACROSS):
        left, lowest = 0.0, high
        for one, (width, height) in list(zip(figure.drawings, sizes, strict=True))[
            at : at + _ACROSS
        ]:
            parts += _titles(one, left, high) if several else ()
            top = high + (_TITLE if several else 0)
            parts.append(
                one.svg.replace("<svg ", f'<svg x="{left:g}" y="{top:g}" ', 1).replace("\n", " ")
            )
            lowest = max(lowest, top + height)
            wide = max(wide, left + width)
            left += width + _GAP
        high = lowest + (_GAP if several else 4)
    key, high = _key(figure, wide, high)
    parts += key
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" '
        f'height="{high:g}"><style>{chart_style()}{_OWN}</style>{"".join(parts)}</svg>',
        wide,
        high,
    )


def figure_png(figure: Figure) -> tuple[bytes, float, float]:
    """Draw a figure; give the picture with its width and height in units of its drawings.

    Raises ImportError where typst is not installed.
    """
    svg, wide, high = figure_svg(figure)
    sheet = (
        f"#set page(width: {wide:g}pt, height: {high:g}pt, margin: 0pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    return typst_made(sheet, "png", {"svg": svg}), wide, high


def typst_made(page: str, form: Literal["pdf", "png"], inputs: dict[str, str]) -> bytes:
    """Have typst make a page, with data that it reads and never runs; only the letters that come with it are used.

    Raises ImportError where typst is not installed.
    """
    import typst

    made = typst.compile(
        page.encode(),
        format=form,
        ppi=72 * _SHARP if form == "png" else None,
        sys_inputs=inputs,
        ignore_system_fonts=True,
        pdf_standards=["ua-1"] if form == "pdf" else [],
    )
    assert isinstance(made, bytes)  # one page is one picture
    return made


def _size(drawing: Drawing) -> tuple[float, float]:
    found = _SIZE.search(drawing.svg)
    assert found, "a drawing begins with its size"
    return float(found[1]), float(found[2])


def _titles(drawing: Drawing, left: float, top: float) -> Iterator[str]:
    yield f'<text x="{left:g}" y="{top + 13:g}" class="group">{escape(shorten(drawing.title, _LONG))}</text>'
    yield f'<text x="{left:g}" y="{top + 28:g}" class="small">{escape(clean(drawing.line))}</text>'


def _key(figure: Figure, wide: float, top: float) -> tuple[list[str], float]:
    """Lay the key out in rows; give it with where it ends."""
    parts: list[str] = []
    left, y = 0.0, top + 4
    for mark, means in figure.key:
        length = 32 + len(means) * _LETTER + 18
        if left and left + length > wide:
            left, y = 0.0, y + _KEY_ROW
        parts.append(
            f'<svg x="{left:g}" y="{y:g}" width="26" height="12" viewBox="0 0 26 12">{mark}</svg>'
            f'<text x="{left + 32:g}" y="{y + 10:g}" class="small">{escape(clean(means))}</text>'
        )
        left += length
    return parts, (y + _KEY_ROW if figure.key else top)


__all__ = ["figure_png", "figure_svg", "typst_made"]

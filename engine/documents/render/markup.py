"""Pieces of HTML: text made safe in it, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ...core import without_unprintable
from .. import words


def text(value: str) -> str:
    """A text on one line, safe in HTML."""
    return escape(words.clean(value))


def running(value: str) -> str:
    """A text among others, safe in HTML, with the space at its ends that keeps it apart."""
    made = text(value)
    return f"{value[:1].isspace() * ' '}{made}{(value[-1:].isspace() and bool(made)) * ' '}"


def text_line(value: str) -> str:
    """A line as it stands, safe in HTML, its spaces kept."""
    return escape(without_unprintable(value))


def table(
    head: Iterable[str], rows: Iterable[Iterable[str]], numbers: int = 99, kind: str = ""
) -> str:
    """A table of HTML parts; from column `numbers` on they are set as numbers."""
    titles = list(head)

    def css(index: int) -> str:
        return ' class="num"' if index >= numbers else ""

    top = "".join(f'<th scope="col"{css(i)}>{title}</th>' for i, title in enumerate(titles))
    body = []
    for row in rows:
        cells = list(row)
        line = f'<th scope="row">{cells[0]}</th>' + "".join(
            f'<td{css(i)} data-t="{titles[i]}">{cell}</td>' for i, cell in enumerate(cells) if i
        )
        body.append(f"<tr>{line}</tr>")
    if not body:
        return ""
    return (
        f'<div class="scroll"><table class="{kind}"><thead><tr>{top}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )

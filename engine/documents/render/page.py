"""The frame of a page of HTML that needs nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from ...core import without_unprintable
from .markup import text
from .style import style

OPENER = (
    '<p class="opener"><label><input type="checkbox" id="open-all"> Open everything, on the screen and in '
    "print</label></p>"
)
"""Opens what is closed without a script: the style sheet asks whether it is ticked."""


def page(title: str, header: str, main: str, footer: str, front: bool = False) -> str:
    """A page; its title is plain text, the rest HTML. In print a `front` has its header on a sheet of its own."""
    css = ' class="front"' if front else ""
    return framed(
        title,
        style(),
        '<a class="skip" href="#main">Skip to what it says</a>\n'
        f'<header{css}><h1>{text(title)}</h1>{header}</header>\n<main id="main" tabindex="-1">\n{main}</main>\n'
        f'<footer class="quiet"><p>{footer}</p></footer>\n',
    )


def framed(title: str, css: str, body: str) -> str:
    """HTML under a title in plain text, with one style sheet. A browser is told to load and to run
    nothing else: no script, no picture, no form, and no style that is not this one."""
    own = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    allowed = f"default-src 'none'; style-src 'sha256-{own}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>{css}</style>\n</head>\n"
        f"<body>\n{without_unprintable(body)}</body>\n</html>\n"
    )


def contents(named: Iterable[tuple[str, str]]) -> str:
    """Links to sections, by name and title."""
    links = "".join(f'<a href="#{name}">{text(title)}</a>' for name, title in named)
    return f'<nav aria-label="Contents">{links}</nav>' if links else ""


def picture(drawn: str, label: str) -> str:
    """A picture that scrolls by itself where the page is narrow."""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(label)}">{drawn}</div>'
    )

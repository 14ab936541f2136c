"""A page may load and run nothing but its own style, and its texts are safe."""

from __future__ import annotations

import base64
import hashlib
import re

from termwise.engine.documents.render.page import contents, framed, page, picture


def test_the_one_style_that_may_be_used_is_the_page_s_own() -> None:
    made = framed("T", "p { color: red }", "<p>x</p>")
    own = base64.b64encode(hashlib.sha256(b"p { color: red }").digest()).decode()
    [policy] = re.findall(r'Security-Policy" content="([^"]*)"', made)
    assert policy.startswith("default-src 'none'; ") and f"style-src 'sha256-{own}'" in policy


def test_titles_are_safe_and_what_can_not_be_seen_is_gone() -> None:
    made = page("A <b>", "", "<p>x\u202e</p>", "end", front=True)
    assert "<title>A &lt;b&gt;</title>" in made and "<h1>A &lt;b&gt;</h1>" in made
    assert "\u202e" not in made and '<header class="front">' in made
    assert "<header>" in page("A", "", "", "")


def test_links_lead_to_sections_and_nothing_is_said_of_none() -> None:
    assert contents([("a", "One & two")]).count('<a href="#a">One &amp; two</a>') == 1
    assert contents([]) == ""
    assert 'aria-label="The &quot;year&quot;"' in picture("<svg/>", 'The "year"')

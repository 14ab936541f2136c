"""Text is safe in HTML, and keeps the spaces that keep it apart."""

from __future__ import annotations

from termwise.engine.documents.render.markup import running, text, text_line


def test_marks_of_html_are_escaped_and_lines_become_one() -> None:
    assert text('<b>\n"A" & B') == "&lt;b&gt; &quot;A&quot; &amp; B"


def test_a_text_among_others_keeps_the_space_at_its_ends() -> None:
    assert running(" and ") == " and "
    assert running("and") == "and"
    assert running(" ") == " "


def test_a_line_keeps_its_spaces_and_loses_what_can_not_be_seen() -> None:
    assert text_line("  a\u200b  <b") == "  a  &lt;b"

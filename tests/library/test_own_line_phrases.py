"""Whose line it is stands before what it replaces."""

from __future__ import annotations

from dataclasses import replace

from termwise.engine.library.own_line_phrases import own_line_words
from termwise.engine.library.own_lines import OwnLine

LINE = OwnLine(
    kind="threshold",
    id="many",
    title="Many",
    how="replaced",
    pack="moor",
    called="the trust",
    layer="trust",
    of="base",
    because="",
    was=-15,
    now=1200.5,
    unit="percent",
)


def test_a_figure_is_told_beside_the_one_it_replaces() -> None:
    assert own_line_words(LINE) == "the trust's own line: 1,200.5 % instead of −15 %"
    pounds = replace(LINE, unit="pounds", was=2000, now=1000)
    assert own_line_words(pounds).endswith("£1,000 instead of £2,000")


def test_a_record_is_told_by_its_kind_and_where_it_stood() -> None:
    rule = replace(LINE, kind="rule", was=None, now=None)
    assert own_line_words(rule) == "the trust's own rule, in place of the one that stands in “base”"
    shipped = replace(rule, kind="audit-form", layer="shipped", called="Moor")
    assert own_line_words(shipped).startswith("the audit form of Moor, in place")


def test_what_is_retired_names_what_is_used_in_its_place() -> None:
    retired = replace(LINE, how="retired")
    assert own_line_words(retired) == "retired by the trust"
    assert own_line_words(replace(retired, replaced_by="few")).endswith(
        "; “few” is used in its place"
    )

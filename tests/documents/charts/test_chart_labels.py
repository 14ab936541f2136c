"""Titles are cut where there is little room, and are told apart all the same."""

from __future__ import annotations

from termwise.engine.documents.charts.chart_labels import apart, shorten_middle
from termwise.engine.documents.words import shorten


def test_a_title_that_fits_stays_and_a_long_one_keeps_its_end() -> None:
    assert shorten_middle("Reading aloud", 13) == "Reading aloud"
    told = shorten_middle("Training for teaching assistants in Year 6", 24)
    assert told == "Training for…in Year 6" and len(told) <= 24


def test_one_long_word_is_cut_at_its_end() -> None:
    assert shorten_middle("now Antidisestablishmentarianism", 12) == "now…"


def test_only_titles_that_begin_alike_are_cut_the_other_way() -> None:
    titles = {"a": "Coaching in reading", "b": "Coaching in number", "c": "Visits to other schools"}
    found = apart(titles, lambda one: shorten(one, 10), lambda one: one[-7:])
    assert found == {"a": "reading", "b": " number", "c": "Visits to…"}


def test_what_has_one_title_is_not_told_apart() -> None:
    titles = {"a": "★ Coaching in reading", "b": "Coaching in reading"}
    found = apart(titles, lambda one: shorten(one, 12), lambda one: "other")
    assert "other" not in found.values()

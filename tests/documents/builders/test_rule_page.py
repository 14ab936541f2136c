"""A rule's page tells all of it in the words of the library it is from."""

from __future__ import annotations

from termwise.engine.documents.builders.rule_page import rule_document
from termwise.engine.documents.tree import texts
from termwise.engine.library.loader import Library

ONE_IN = 5
"""One rule in so many is laid out."""


def test_every_example_source_and_limit_of_a_rule_is_told(library: Library) -> None:
    for rule in list(library.rules.values())[::ONE_IN]:
        document = rule_document(rule, library)
        assert document.title == f"{rule.id}: {rule.title}"
        told = [text for block in document.blocks for text in texts(block)]
        assert {rule.because, rule.why, rule.limits} <= set(told)
        assert {f"{one.expect}: {one.say}" for one in rule.examples} <= set(told)
        for source in rule.sources:
            assert any(one.startswith(library.sources[source].title) for one in told)


def test_an_intervention_is_told_by_its_title_for_and_against(library: Library) -> None:
    rules = [one for one in library.rules.values() if one.recommend or one.advise_against]
    for rule in rules[::ONE_IN]:
        told = [text for block in rule_document(rule, library).blocks for text in texts(block)]
        for one in (*rule.recommend, *rule.advise_against):
            title = library.intervention(one.intervention).title
            assert any(f"{title} ({one.strength})" in text for text in told), rule.id

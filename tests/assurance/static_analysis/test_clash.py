"""Which two statements of rules are opposite, and when a rule says all that another does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from termwise.engine.assurance.phrases import statement
from termwise.engine.assurance.static_analysis.clash import clash, says_all
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule
from termwise.engine.library.statements import Statement

PARTS = {"aut1": 0, "aut2": 1, "spr1": 2}
ANY: Any = None


def said(kind: Any, name: str = "coaching", **more: Any) -> Statement:
    return Statement(ANY, kind, name, (), **more)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (said("for"), said("against"), "argued"),
        (said("for"), said("against", "tutors"), None),
        (said("against"), said("for"), None),
        (said("must", part="aut1"), said("leave_out"), "together"),
        (said("must", part="aut1"), said("not_before", part="aut2"), "together"),
        (said("start_by", part="aut1"), said("not_before", part="spr1"), "together"),
        (said("must", part="aut2"), said("not_before", part="aut2"), None),
        (said("must", part="spr1"), said("not_before", part="aut2"), None),
        (said("must", part="elsewhen"), said("not_before", part="aut2"), None),
        (said("must", part="aut1"), said("replace", by="tutors"), "always"),
        (said("replace", by="tutors"), said("replace", "tutors", by="coaching"), "together"),
        (said("replace", by="tutors"), said("replace", "tutors", by="visits"), None),
        (said("replace", by="tutors"), said("leave_out", "tutors"), "together"),
        (said("replace", by="tutors"), said("leave_out"), None),
        (said("leave_out"), said("bring_forward"), None),
    ],
)
def test_statements_are_opposite_where_one_undoes_the_other(
    one: Statement, other: Statement, how: str | None
) -> None:
    assert clash(one, other, PARTS) == how


def test_a_statement_is_told_with_the_titles_of_what_it_names() -> None:
    titles, parts = {"coaching": "Coaching", "tutors": "Tutors"}, {"aut1": "Autumn 1"}
    assert statement(said("must", part="aut1"), titles, parts) == (
        "has “Coaching” in the plan by Autumn 1"
    )
    assert statement(said("replace", by="tutors"), titles, parts) == (
        "puts “Tutors” in the place of “Coaching”"
    )


def rule(**says: Any) -> Rule:
    example = {"say": "a", "expect": "fires"}
    return Rule.model_validate(
        {"id": "AAA-01", "title": "-", "status": "draft", "since": "2026.1", "about": "school"}
        | {"when": {"indicator": "roll", "above": 1}, "because": "-", "why": "-", "limits": "-a"}
        | {"sources": ["house"], "examples": [example, example | {"expect": "silent"}]}
        | says
    )


def asks(*said: tuple[str, str]) -> dict[str, Any]:
    return {"recommend": [{"intervention": name, "strength": how} for name, how in said]}


@pytest.mark.parametrize(
    ("one", "other", "all_of_it"),
    [
        (asks(("a", "strong"), ("b", "slight")), asks(("a", "moderate")), True),
        (asks(("a", "slight")), asks(("a", "moderate")), False),
        (asks(("a", "moderate")), asks(("a", "moderate")), True),
        (asks(("a", "strong")), asks(("a", "slight"), ("b", "slight")), False),
        (asks(("a", "strong")), {"advise_against": [{"intervention": "a"}]}, False),
        ({"diagnose": {"need": "help"}}, {"diagnose": {"need": "help"}}, True),
        ({"diagnose": {"need": "help"}}, {"diagnose": {"need": "time"}}, False),
        ({"diagnose": {"need": "help"}}, asks(("a", "slight")), False),
        ({"shape": {"leave_out": ["a", "b"]}}, {"shape": {"leave_out": ["a"]}}, True),
        ({"shape": {"leave_out": ["a"]}}, {"shape": {"leave_out": ["a", "b"]}}, False),
    ],
)
def test_a_rule_says_all_that_another_says_where_it_says_it_as_strongly(
    library: Library, one: dict[str, Any], other: dict[str, Any], all_of_it: bool
) -> None:
    both = rule(id="AAA-01", **one), rule(id="AAA-02", **other)
    rules = {each.id: each for each in both}
    assert says_all(replace(library, rules=rules), *both) is all_of_it

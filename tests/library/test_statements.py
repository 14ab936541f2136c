"""What rules say of interventions is found by rule and by intervention."""

from __future__ import annotations

from typing import Any

from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule
from termwise.engine.library.statements import Statements, rules_of


def rule(name: str, **says: Any) -> Rule:
    """A made-up rule; only what follows from it matters here."""
    example = {"say": "a", "expect": "fires"}
    return Rule.model_validate(
        {"id": name, "title": "-", "status": "draft", "since": "2026.1", "about": "school"}
        | {"when": {"indicator": "roll", "above": 1}, "because": "-", "why": "-", "limits": "-a"}
        | {"sources": ["house"], "examples": [example, example | {"expect": "silent"}]}
        | says
    )


ASKS = rule("AAA-01", recommend=[{"intervention": "coaching", "strength": "strong"}])
DENIES = rule("AAA-02", advise_against=[{"intervention": "coaching"}, {"intervention": "tutors"}])
SHAPES = rule(
    "AAA-03",
    shape={
        "must": [{"intervention": "tutors", "part": "aut1"}],
        "not_before": [{"intervention": "coaching", "part": "spr1"}],
        "replace": [{"intervention": "tutors", "by": "coaching"}],
        "leave_out": ["lesson-study"],
        "bring_forward": {"interventions": ["coaching"]},
    },
)
SAID = Statements([ASKS, DENIES, SHAPES])


def test_each_statement_stands_where_the_rule_has_it() -> None:
    found = [(one.rule.id, one.kind, one.intervention, one.place) for one in SAID]
    assert found == [
        ("AAA-01", "for", "coaching", ("recommend", 0)),
        ("AAA-02", "against", "coaching", ("advise_against", 0)),
        ("AAA-02", "against", "tutors", ("advise_against", 1)),
        ("AAA-03", "must", "tutors", ("shape", "must", 0)),
        ("AAA-03", "not_before", "coaching", ("shape", "not_before", 0)),
        ("AAA-03", "replace", "tutors", ("shape", "replace", 0)),
        ("AAA-03", "leave_out", "lesson-study", ("shape", "leave_out", 0)),
        ("AAA-03", "bring_forward", "coaching", ("shape", "bring_forward", "interventions", 0)),
    ]


def test_what_asks_for_something_is_told_from_what_only_names_it() -> None:
    assert [(one.kind, one.strength) for one in SAID.asking("coaching")] == [
        ("for", "strong"),
        ("replace", None),
    ]
    assert rules_of(SAID.asking("coaching")) == [ASKS, SHAPES]
    assert rules_of(SAID.asking("tutors")) == [SHAPES]
    assert rules_of(SAID.about("coaching", "against", "not_before")) == [DENIES, SHAPES]
    assert list(SAID.about("coaching", "replace")) == []
    assert list(SAID.asking("lesson-study")) == list(SAID.naming("nothing")) == []


def test_every_name_has_a_place_in_the_rule_as_it_is_written(library: Library) -> None:
    for said in library.statements:
        for place, name in said.names():
            found: Any = said.rule.model_dump(by_alias=True)
            for key in place:
                found = found[key]
            assert found == name


def test_every_rule_that_speaks_of_interventions_has_a_statement(library: Library) -> None:
    speaking = {one.rule.id for one in library.statements}
    for one in library.rules.values():
        assert (one.id in speaking) or not (one.recommend or one.advise_against)

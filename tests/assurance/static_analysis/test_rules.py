"""A rule that can never fire is told with what excludes what, one that always does with two schools."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from termwise.engine.assurance.static_analysis.rules import always, always_fires, never_fires
from termwise.engine.assurance.static_analysis.symbolic_library import World
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule

FEW, MANY = {"indicator": "roll", "below": 100}, {"indicator": "roll", "above": 300}
KNOWN = {"indicator": "reserves_share", "known": True}


def world(library: Library, when: dict[str, Any]) -> World:
    """With one rule alone, in the place of a shipped one."""
    name = next(rule.id for rule in library.rules.values() if rule.recommend)
    example = {"say": "a", "expect": "fires"}
    rule = Rule.model_validate(
        {"id": name, "title": "-", "status": "draft", "since": "2026.1", "about": "school"}
        | {"when": when, "because": "-", "why": "-", "limits": "made up", "sources": ["house"]}
        | {"examples": [example, example | {"expect": "silent"}]}
        | {"recommend": [{"intervention": "network-days", "strength": "slight"}]}
    )
    return World(replace(library, rules={name: rule}))


def test_a_rule_that_can_fire_and_be_silent_is_neither(library: Library) -> None:
    made = world(library, {"all": [FEW, KNOWN]})
    assert not [*never_fires(made), *always_fires(made)]


def test_the_fewest_conditions_that_exclude_each_other_are_named(library: Library) -> None:
    [defect] = never_fires(world(library, {"all": [KNOWN, FEW, MANY]}))
    assert defect.kind == "never"
    hint = defect.problem.hint
    assert hint.count("“") == 2 and "100" in hint and "300" in hint
    [witness] = defect.witnesses
    assert witness.confirmed and "reserves_share" in witness.given  # all of it holds but one part


def test_one_condition_that_can_never_be_is_told_alone(library: Library) -> None:
    [defect] = never_fires(world(library, {"indicator": "roll", "below": 0}))
    assert "can never be" in defect.problem.what and defect.witnesses[0].confirmed


def test_a_need_that_no_rule_finds_is_told(library: Library) -> None:
    need = next(one.id for one in library.needs.values() if one.about == "school")
    [defect] = never_fires(world(library, {"need": need}))
    assert defect.problem.hint == "no rule finds it"


def test_a_rule_that_always_fires_is_told_with_the_lowest_and_highest_values(
    library: Library,
) -> None:
    known = {"indicator": "roll", "known": True}
    made = world(library, {"any": [known, {"not": known}]})
    [rule] = made.library.rules.values()
    assert always(made, rule)
    [defect] = always_fires(made)
    assert defect.kind == "always" and len(defect.witnesses) == 2
    low, high = (witness.given["roll"] for witness in defect.witnesses)
    assert isinstance(low, int | float) and isinstance(high, int | float) and low < high
    assert all(witness.confirmed for witness in defect.witnesses)

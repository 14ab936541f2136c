"""What rules can bring into a plan, and where: asked for, suitable, and with all it needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from termwise.engine.assurance.static_analysis.logic import FALSE, TRUE, both
from termwise.engine.assurance.static_analysis.reachability import Plans, recommended
from termwise.engine.assurance.static_analysis.symbolic_library import World
from termwise.engine.assurance.static_analysis.synthetic_facts import see
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule

A, B, C = "core-values", "coaching-cycles", "achievement-teams"
FEW, MANY = {"indicator": "roll", "below": 100}, {"indicator": "roll", "above": 300}


def rule(name: str, when: dict[str, Any], **says: Any) -> Rule:
    example = {"say": "a", "expect": "fires"}
    return Rule.model_validate(
        {"id": name, "title": "-", "status": "draft", "since": "2026.1", "about": "school"}
        | {"when": when, "because": "-", "why": "-", "limits": "made up", "sources": ["house"]}
        | {"examples": [example, example | {"expect": "silent"}]}
        | says
    )


def asks(name: str) -> dict[str, Any]:
    return {"recommend": [{"intervention": name, "strength": "slight"}]}


RULES = (
    rule("AAA-01", FEW, **asks(A)),
    rule("AAA-02", FEW, shape={"leave_out": [B]}),
    rule("AAA-03", MANY, shape={"replace": [{"intervention": A, "by": C}]}),
    rule("AAA-04", MANY, advise_against=[{"intervention": A, "strength": "slight"}]),
)


@pytest.fixture(scope="module")
def plans(library: Library) -> Plans:
    nothing: dict[str, Any] = {"requires": (), "requires_one_of": (), "duty": None}
    items = {
        name: library.interventions[name].model_copy(
            update=nothing | {"requires": (B,) if name == A else ()}
        )
        for name in (A, B, C)
    }
    made = replace(library, rules={one.id: one for one in RULES}, interventions=items)
    return Plans(World(made))


def test_what_a_rule_recommends_or_puts_in_another_s_place_is_asked_for(plans: Plans) -> None:
    items, world = plans.library.interventions, plans.world
    assert world.possible(plans.asked(items[A])) and world.possible(plans.asked(items[C]))
    assert plans.asked(items[B]) == FALSE
    duty = items[B].model_copy(update={"duty": object()})
    assert plans.asked(duty) == TRUE


def test_what_a_rule_leaves_out_fits_only_where_that_does_not_fire(plans: Plans) -> None:
    item = plans.library.interventions[B]
    given = plans.world.school(plans.fits(item))
    assert given is not None and not see(given, plans.library).does(RULES[1])


def test_what_needs_something_that_is_left_out_where_it_is_asked_for_can_not_be_had(
    plans: Plans,
) -> None:
    item, world = plans.library.interventions[A], plans.world
    assert set(plans.needed(item)) == {A, B} and set(
        plans.needed(plans.library.interventions[B])
    ) == {B}
    assert world.possible(plans.wanted(item))

    assert not world.possible(both((plans.wanted(item), plans.had(item))))


def test_what_is_wanted_comes_with_what_it_needs_unless_a_rule_leaves_that_out(
    plans: Plans,
) -> None:
    small, large = see({"roll": 50}, plans.library), see({"roll": 400}, plans.library)
    assert A in plans.closed([A], large).names and B in plans.closed([A], large).names
    assert A not in plans.closed([A], small).names


def test_rules_bring_in_what_they_ask_for_and_not_what_they_speak_against(plans: Plans) -> None:
    assert recommended(plans.library, RULES) == {A, C}
    assert recommended(plans.library, RULES[3:]) == set()

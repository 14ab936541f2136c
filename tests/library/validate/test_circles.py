"""What waits for itself in a circle is told step by step; what only starts together is no circle."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from termwise.engine.library.loader import Library
from termwise.engine.library.validate.circles import circle_of_needs, circle_of_order

A, B, C = "core-values", "coaching-cycles", "achievement-teams"
NOTHING: dict[str, Any] = {
    **{"requires": (), "helped_by": (), "requires_one_of": (), "after": (), "together_with": ()}
}


def only(library: Library, **edges: dict[str, Any]) -> Library:
    """The library with three interventions that wait for nothing but what is said."""
    names = {"a": A, "b": B, "c": C}
    items = {
        name: library.interventions[name].model_copy(update=NOTHING | edges.get(letter, {}))
        for letter, name in names.items()
    }
    return replace(library, interventions=items)


def told(library: Library) -> list[str]:
    return [problem.what for problem in circle_of_order(library)]


def test_the_shipped_content_goes_in_no_circle(library: Library) -> None:
    assert not [*circle_of_order(library), *circle_of_needs(library)]


def test_a_chain_is_no_circle(library: Library) -> None:
    assert told(only(library, a={"requires": (B,)}, b={"helped_by": (C,)})) == []


def test_a_circle_is_told_with_each_of_its_steps(library: Library) -> None:
    [what] = told(
        only(library, a={"requires": (B,)}, b={"requires_one_of": ((C,),)}, c={"helped_by": (A,)})
    )
    assert what.startswith("prerequisites go in a circle: ")
    for step in (f"{A} needs {B}", f"{B} needs {C}", f"{C} needs {A}"):
        assert step in what


def test_what_needs_itself_is_a_circle(library: Library) -> None:
    [what] = told(only(library, a={"requires": (A,)}))
    assert f"{A} needs {A}" in what


def test_the_need_of_one_that_starts_together_with_another_counts_for_both(
    library: Library,
) -> None:
    together = {"together_with": (C,)}
    assert told(only(library, a={"requires": (B,)}, b=together)) == []
    [what] = told(only(library, a={"requires": (B,), **together}, b={"requires": (C,)}))
    assert f"{C} starts together with {A}" in what


def test_of_two_that_start_together_the_one_may_help_the_other(library: Library) -> None:
    assert told(only(library, a={"helped_by": (B,), "together_with": (B,)})) == []


def test_rules_that_find_needs_from_each_others_needs_go_in_a_circle(library: Library) -> None:
    by_need = {r.diagnose.need: r for r in library.rules.values() if r.diagnose}
    finders = list(by_need.values())[:2]
    one, other = (rule.diagnose.need for rule in finders if rule.diagnose)
    reads = type(finders[0]).model_validate
    rules = {
        rule.id: reads(
            rule.model_dump(by_alias=True, exclude_unset=True) | {"when": {"need": need}}
        )
        for rule, need in zip(finders, (other, one), strict=True)
    }
    [problem] = circle_of_needs(replace(library, rules=rules))
    assert "reads a need found by" in problem.what
    first, second = rules
    assert not [*circle_of_needs(replace(library, rules={first: rules[first]}))], second

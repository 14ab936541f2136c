"""A mutant is a condition with one thing changed; each is told where it is and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from termwise.engine.assurance.rule_testing.mutants import mutants
from termwise.engine.library.conditions import evaluate
from termwise.engine.library.facts import Value

if TYPE_CHECKING:
    from tests.conftest import World

SIZE, OPEN = {"indicator": "size", "above": 2}, {"indicator": "open", "is": True}


def told(world: World, when: dict[str, Any]) -> list[tuple[str, str]]:
    found = mutants(world.built(when), ("when",), world.vocabulary)
    return [(one.kind, one.words) for one in found]


def test_a_figure_moves_a_step_and_every_other_comparison_is_tried(world: World) -> None:
    assert told(world, SIZE) == [
        ("number", "size: above 2 -> above 3"),
        ("number", "size: above 2 -> above 1"),
        ("comparison", "size: above 2 -> at_least 2"),
        ("comparison", "size: above 2 -> at_most 2"),
        ("comparison", "size: above 2 -> below 2"),
    ]


@pytest.mark.parametrize(
    ("when", "changes"),
    [
        (OPEN, [("negation", "open: is true -> is false")]),
        ({"indicator": "open", "known": True}, [("known", "open: known true -> known false")]),
        ({"need": "help"}, [("negation", "need help -> not")]),
        (
            {"indicator": "kind", "one_of": ["alpha", "beta"]},
            [
                ("member", "kind: one_of [alpha, beta] -> one_of [beta]"),
                ("member", "kind: one_of [alpha, beta] -> one_of [alpha]"),
                ("member", "kind: one_of [alpha, beta] -> one_of [alpha, beta, gamma-ray]"),
                ("negation", "kind: one_of [alpha, beta] -> not"),
            ],
        ),
        (
            {"all": [OPEN, {"need": "help"}]},
            [
                ("joined", "all -> any"),
                ("dropped", "open is -> dropped"),
                ("negation", "open: is true -> is false"),
                ("dropped", "need help -> dropped"),
                ("negation", "need help -> not"),
            ],
        ),
        ({"any": [OPEN]}, [("negation", "open: is true -> is false")]),
    ],
)
def test_each_part_is_changed_in_one_way_at_a_time(
    world: World, when: dict[str, Any], changes: list[tuple[str, str]]
) -> None:
    assert told(world, when) == changes


def test_under_a_not_nothing_is_turned_that_taking_it_away_turns(world: World) -> None:
    found = told(world, {"not": {"need": "help"}})
    assert found == [("negation", "not -> taken away")]


@pytest.mark.parametrize(("grade", "moved"), [("low", ["middling"]), ("top", ["fair"])])
def test_a_grade_moves_to_the_next_and_never_off_its_scale(
    world: World, grade: str, moved: list[str]
) -> None:
    found = told(world, {"indicator": "grade", "is": grade})
    numbers = [words for kind, words in found if kind == "number"]
    assert numbers == [f"grade: is {grade} -> is {other}" for other in moved]


def test_a_threshold_is_told_with_its_name(world: World) -> None:
    found = told(world, {"indicator": "size", "above": {"threshold": "line"}})
    assert any("above 12.5 (line) -> above " in words for _, words in found)


def test_each_stands_where_it_is_written_and_is_the_whole_condition(world: World) -> None:
    when = {"any": [{"not": SIZE}, OPEN]}
    found = list(mutants(world.built(when), ("when",), world.vocabulary))
    moved = next(one for one in found if one.words == "size: above 2 -> above 3")
    assert moved.path == ("when", "any", 0, "not")
    values = {"size": Value(3), "open": Value(False)}
    was, now = (
        evaluate(condition, values.get, world.vocabulary).result
        for condition in (world.built(when), moved.condition)
    )
    assert (was, now) == (False, True)

"""An exception, and the same line further on, are written so on purpose and contradict nothing."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from termwise.engine.assurance.static_analysis.pairs import (
    _is_exception,
    _is_graded,
    contradictions,
    covered,
    implies,
)
from termwise.engine.assurance.static_analysis.symbolic_library import World
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Condition

BUILT: TypeAdapter[Condition] = TypeAdapter(Condition)


def roll(**compared: Any) -> dict[str, Any]:
    return {"indicator": "roll", **compared}


FEW, FEWER, MANY = roll(below=100), roll(below=60), roll(above=300)
HELP = {"need": "help"}


@pytest.mark.parametrize(
    ("narrow", "wide", "exception", "graded"),
    [
        ({"all": [FEW, HELP]}, FEW, True, False),
        (FEW, {"all": [FEW, HELP]}, False, False),
        ({"all": [FEWER, HELP]}, FEW, False, False),
        (FEW, FEW, False, False),  # the same is neither
        (FEWER, FEW, False, True),
        ({"all": [HELP, FEWER]}, {"all": [HELP, FEW]}, False, True),
        (FEW, MANY, False, False),
        (FEW, HELP, False, False),
        (roll(**{"is": 3}), roll(**{"is": 4}), False, False),
    ],
)
def test_a_condition_is_an_exception_of_another_or_further_over_its_line(
    narrow: dict[str, Any], wide: dict[str, Any], exception: bool, graded: bool
) -> None:
    one, other = BUILT.validate_python(narrow), BUILT.validate_python(wide)
    assert (_is_exception(one, other), _is_graded(one, other)) == (exception, graded)


def test_a_rule_implies_one_that_fires_wherever_it_does(library: Library) -> None:
    world = World(library)
    shipped = next(r for r in library.rules.values() if r.about == "school" and r.diagnose)

    def rule(when: dict[str, Any], about: str = "school") -> Any:
        named = {"id": f"{about} {when}", "about": about}  # what a rule means is kept by its id
        return shipped.model_copy(update={"when": BUILT.validate_python(when), **named})

    assert implies(world, rule(roll(below=60)), rule(roll(below=100)))
    assert not implies(world, rule(roll(below=100)), rule(roll(below=60)))
    assert implies(world, rule(roll(below=60), "class"), rule(roll(below=100)))
    assert not implies(world, rule(roll(below=60)), rule(roll(below=100), "class"))


def test_no_two_shipped_rules_are_one_or_opposite(library: Library) -> None:
    world = World(library)
    assert not [*covered(world), *contradictions(world)]

"""An intervention is for a school in one sense, for rules, plans and the search through all schools."""

from __future__ import annotations

from itertools import product

import pytest

from termwise.engine.assurance.static_analysis.logic import holds
from termwise.engine.assurance.static_analysis.symbolic_library import World
from termwise.engine.library.facts import Raw
from termwise.engine.library.loader import Library
from termwise.engine.library.model import Intervention, Suits
from termwise.engine.library.suitability import requirements

SUITS = Suits(phases=("junior", "primary"), roll_from=90, roll_to=200, years=("3", "6"))
SCHOOLS: list[tuple[str, int, frozenset[str], bool]] = [
    ("primary", 90, frozenset("36"), True),
    ("junior", 200, frozenset("6"), True),
    ("infant", 100, frozenset("3"), False),
    ("primary", 89, frozenset("3"), False),
    ("primary", 201, frozenset("3"), False),
    ("primary", 100, frozenset("12"), False),
]


def suited(library: Library, suits: Suits) -> Intervention:
    some = next(iter(library.interventions.values()))
    return some.model_copy(update={"suits": suits})


@pytest.mark.parametrize(("phase", "roll", "years", "fits"), SCHOOLS)
def test_a_school_has_to_meet_all_that_is_asked(
    library: Library, phase: str, roll: int, years: frozenset[str], fits: bool
) -> None:
    known: dict[str, Raw] = {"phase": phase, "roll": roll, "year_groups": years}
    asked = list(requirements(suited(library, SUITS), library))
    assert all(one.met(known[one.key]) for one in asked) is fits
    assert [one.words for one in asked] == [
        "It is for junior or primary schools",
        "It is for schools of 90 pupils or more",
        "It is for schools of up to 200 pupils",
        "It is for Year 3, Year 6, which the school does not have",
    ]


def test_of_what_is_not_known_nothing_is_said(library: Library) -> None:
    assert {one.met(None) for one in requirements(suited(library, SUITS), library)} == {None}
    assert list(requirements(suited(library, Suits()), library)) == []


def test_the_search_finds_an_intervention_suitable_where_its_requirements_are_met(
    library: Library,
) -> None:
    world, phases, rolls = World(library), ("primary", "infant"), (50, 150, 400)
    item = suited(library, Suits(phases=("primary",), roll_from=100, roll_to=300))
    formula = world.suits(item)
    for phase, roll in product(phases, rolls):
        at = {"phase": world.domain("phase"), "roll": world.domain("roll")}
        nearest = min(at["roll"], key=lambda one: abs(float(str(one)) - roll))
        chosen = {
            ("phase", ""): 1 << at["phase"].index(phase),
            ("roll", ""): 1 << at["roll"].index(nearest),
        }
        known: dict[str, Raw] = {"phase": phase, "roll": nearest}
        met = all(one.met(known[one.key]) for one in requirements(item, library))
        assert holds(formula, chosen.__getitem__) is met

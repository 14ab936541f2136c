"""The nearest way for a rule to fire is the one of the fewest comparisons, nearest to their lines, that is
enough."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from termwise.engine.inference.forward_chaining import Inference
from termwise.engine.inference.nearest_rules import NearestTurns, Turns, fixed_last, rank
from termwise.engine.library.conditions import Vocabulary
from termwise.engine.library.facts import Entity, FactBase, Value
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule

if TYPE_CHECKING:
    from tests.conftest import World

SMALL = {"indicator": "size", "below": 10}
FEW = {"indicator": "part", "below": 10}


def rule(when: dict[str, Any]) -> Rule:
    plain = dict.fromkeys(("because", "why", "limits", "title"), "made up")
    said = {"id": "AAA-01", "status": "draft", "since": "2026.1", "about": "school"}
    examples = [{"say": "a", "expect": "fires"}, {"say": "b", "expect": "silent"}]
    rest = {"when": when, "sources": ["house"], "examples": examples}
    return Rule.model_validate({**plain, **said, **rest, "diagnose": {"need": "help"}})


def school(**values: Any) -> Entity:
    return Entity("school", "s", "s", values={name: Value(one) for name, one in values.items()})


def search(vocabulary: Vocabulary) -> NearestTurns:
    library = cast(Library, SimpleNamespace(finders={}))
    return NearestTurns(Inference(FactBase(), vocabulary), library)


def keys(turns: Turns | None) -> list[str] | None:
    return None if turns is None else [turn.leaf.key for turn in turns]


@pytest.mark.parametrize(
    ("when", "values", "expected"),
    [
        ({"any": [SMALL, FEW]}, {"size": 11, "part": 60}, ["size"]),
        ({"any": [SMALL, FEW]}, {"size": 30, "part": 11}, ["part"]),
        ({"any": [{"all": [SMALL, FEW]}, {"indicator": "open", "is": True}]}, {}, ["open"]),
        ({"all": [SMALL, FEW]}, {"size": 11, "part": 5}, ["size"]),
        ({"all": [SMALL, SMALL]}, {"size": 11}, ["size"]),
        ({"not": SMALL}, {"size": 5}, ["size"]),
        (SMALL, {"size": 5}, []),
    ],
)
def test_the_fewest_comparisons_come_first_and_of_those_the_nearest_to_its_line(
    world: World, when: dict[str, Any], values: dict[str, Any], expected: list[str]
) -> None:
    assert keys(search(world.vocabulary).of(rule(when), school(**values))) == expected


def test_one_fact_can_not_be_two_things(world: World) -> None:
    top, low = {"indicator": "grade", "is": "top"}, {"indicator": "grade", "is": "low"}
    both = rule({"all": [top, low]})
    assert search(world.vocabulary).of(both, school(grade=1)) is None
    other = rule({"any": [{"all": [top, low]}, {"all": [SMALL, FEW, {"not": top}]}]})
    one = school(grade=1, size=90, part=90)
    assert keys(search(world.vocabulary).least(other, one)) == ["grade", "grade"]
    assert keys(search(world.vocabulary).of(other, one)) == ["size", "part"]


def test_what_a_thing_is_it_is(world: World) -> None:
    named = rule({"indicator": "kind", "is": "alpha"})
    assert search(world.vocabulary).of(named, school(kind="s")) is None
    assert keys(search(world.vocabulary).of(named, school(kind="beta"))) == ["kind"]


def test_what_is_known_does_not_become_unknown(world: World) -> None:
    unknown = rule({"any": [{"indicator": "size", "known": False}, FEW]})
    assert keys(search(world.vocabulary).of(unknown, school(size=20, part=60))) == ["part"]
    known = rule({"indicator": "size", "known": True})
    assert keys(search(world.vocabulary).least(known, school())) == ["size"]


def test_only_ways_of_as_few_comparisons_are_told_and_what_is_settled_comes_last(
    world: World,
) -> None:
    size = world.vocabulary.indicators["size"].model_copy(update={"settled": True})
    indicators = {**world.vocabulary.indicators, "size": size}
    vocabulary = Vocabulary(
        indicators, world.vocabulary.needs, world.vocabulary.thresholds, world.vocabulary.scales
    )
    pair = {"all": [{"indicator": "open", "is": True}, {"indicator": "balance", "above": 5}]}
    asked, one = rule({"any": [SMALL, FEW, pair]}), school(size=11, part=60, open=False, balance=0)
    ways = search(vocabulary).near(asked, one, 3)
    assert [keys(way) for way in ways] == [["part"], ["size"]]
    assert [fixed_last(way)[0] for way in ways] == [False, True]
    assert rank(ways[0]) > rank(ways[1])
    assert [keys(way) for way in search(vocabulary).near(asked, one, 1)] == [["size"]]

"""The smallest sets of changed facts that could turn a rule are read off its conditions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from termwise.engine.advise import Advice
from termwise.engine.explain.rule_flips import MOST, RuleFlips
from termwise.engine.inference.counterfactual_facts import Change
from termwise.engine.inference.forward_chaining import Inference
from termwise.engine.library.conditions import Vocabulary
from termwise.engine.library.facts import Entity, FactBase, Value
from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule

if TYPE_CHECKING:
    from tests.conftest import World

SMALL = {"indicator": "size", "below": 10}
OPEN = {"indicator": "open", "is": True}


def rule(when: dict[str, Any]) -> Rule:
    plain = dict.fromkeys(("because", "why", "limits", "title"), "made up")
    said = {"id": "AAA-01", "status": "draft", "since": "2026.1", "about": "school"}
    examples = [{"say": "a", "expect": "fires"}, {"say": "b", "expect": "silent"}]
    rest = {"when": when, "sources": ["house"], "examples": examples}
    return Rule.model_validate({**plain, **said, **rest, "diagnose": {"need": "help"}})


def school(**values: Any) -> Entity:
    return Entity("school", "s", "s", values={name: Value(one) for name, one in values.items()})


def flips(
    world: World,
    when: dict[str, Any],
    one: Entity,
    settled: str = "",
    fires: bool = True,
    all_facts: bool = False,
) -> list[dict[str, Any]]:
    """Give each set of changes as what it makes of which fact."""
    indicators = {
        name: each.model_copy(update={"settled": name == settled})
        for name, each in world.vocabulary.indicators.items()
    }
    known = world.vocabulary
    vocabulary = Vocabulary(indicators, known.needs, known.thresholds, known.scales)
    library = cast(Library, SimpleNamespace(finders={}, indicators=indicators))
    search = RuleFlips(Inference(FactBase(), vocabulary), library, all_facts)
    found = search.ways(rule(when), one, fires)
    return [{change.member or change.key: change.value for change in flip} for flip in found]


def test_a_figure_is_moved_to_the_nearest_value_over_its_line(world: World) -> None:
    assert flips(world, SMALL, school(size=20)) == [{"size": 9}]
    assert flips(world, SMALL, school(size=5), fires=False) == [{"size": 10}]
    assert flips(world, SMALL, school(size=5)) == [{}]


def test_alternatives_come_with_the_fewest_changes_first_and_none_that_holds_another(
    world: World,
) -> None:
    when = {"any": [{"all": [SMALL, OPEN]}, {"indicator": "balance", "above": 5}, SMALL]}
    found = flips(world, when, school(size=20, open=False, balance=0))
    assert found == [{"balance": 6}, {"size": 9}]
    assert flips(world, {"all": [SMALL, OPEN]}, school(size=20)) == [{"open": True, "size": 9}]


def test_a_member_of_a_set_is_put_in_or_taken_out(world: World) -> None:
    when = {"indicator": "marks", "includes": "alpha"}
    assert flips(world, when, school(marks=frozenset())) == [{"alpha": True}]
    there = school(marks=frozenset({"alpha"}))
    assert flips(world, when, there, fires=False) == [{"alpha": False}]


def test_a_fact_that_must_be_two_things_is_tried_as_either(world: World) -> None:
    low, top = {"indicator": "grade", "is": "low"}, {"indicator": "grade", "is": "top"}
    found = flips(world, {"all": [low, top]}, school(grade=1))
    assert sorted(one["grade"] for one in found) == [0, 3]


def test_facts_that_can_not_be_otherwise_are_changed_only_when_that_is_asked(world: World) -> None:
    when = {"any": [SMALL, OPEN]}
    one = school(size=20, open=False)
    assert flips(world, when, one, settled="size") == [{"open": True}]
    assert flips(world, when, one, settled="size", all_facts=True) == [{"open": True}, {"size": 9}]


def test_what_a_thing_is_is_not_changed_even_to_tell_what_hangs_on_it(world: World) -> None:
    named = {"indicator": "kind", "is": "alpha"}
    assert flips(world, named, school(kind="s"), settled="kind", all_facts=True) == []
    other = school(kind="beta")
    assert flips(world, named, other, settled="kind", all_facts=True) == [{"kind": "alpha"}]


def test_no_more_changes_are_made_at_once_than_anybody_can_follow(world: World) -> None:
    parts = [
        SMALL,
        OPEN,
        {"indicator": "balance", "above": 5},
        {"indicator": "part", "above": 5},
        {"indicator": "grade", "is": "top"},
    ]
    one = school(size=20, open=False, balance=0, part=0, grade=0)
    assert len(parts) > MOST and flips(world, {"all": parts}, one) == []
    assert [len(way) for way in flips(world, {"all": parts[:MOST]}, one)] == [MOST]


def test_a_share_is_of_those_of_whom_it_is_known_whether_they_count(
    all_advice: dict[str, Advice],
) -> None:
    advice = all_advice["hillside"]
    search = RuleFlips(advice.findings, advice.library)
    shares = [
        (indicator, owner, owner.values[indicator.id].value)
        for indicator in advice.library.indicators.values()
        if indicator.aggregate and indicator.aggregate.kind == "share"
        for owner in advice.findings.facts.of(indicator.about)
        if indicator.id in owner.values
    ]
    assert shares
    for indicator, owner, share in shares:
        assert isinstance(share, int | float)
        counted = share * search.counted(indicator, owner) / 100
        assert counted == pytest.approx(round(counted))


def test_what_changes_figures_comes_after_what_a_file_says(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    search = RuleFlips(advice.findings, advice.library)
    figure = next(one.id for one in advice.library.indicators.values() if one.aggregate)
    worked_out = frozenset({Change("school", "s", figure, 1)})
    written = frozenset({Change("school", "s", "roll", 1)})
    assert (search.figures(worked_out), search.figures(written)) == (1, 0)
    assert search.smallest([worked_out, written, worked_out | written]) == [written, worked_out]

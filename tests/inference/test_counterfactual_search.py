"""The search for what would turn a rule finds every smallest way, and no way that is not enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from termwise.engine.inference.counterfactual_search import CounterfactualSearch, Turn
from termwise.engine.inference.forward_chaining import Inference
from termwise.engine.library.conditions import Verdict as Found
from termwise.engine.library.conditions import Vocabulary, needs_read
from termwise.engine.library.facts import Entity, FactBase, Value
from termwise.engine.library.model import Indicator
from termwise.engine.library.rule import Rule

if TYPE_CHECKING:
    from tests.conftest import World

Leaves = frozenset[int]


def rule(name: str, when: dict[str, Any], **outcome: Any) -> Rule:
    plain = dict.fromkeys(("because", "why", "limits", "title"), "made up")
    examples = [{"say": "a", "expect": "fires"}, {"say": "b", "expect": "silent"}]
    return Rule.model_validate(
        {
            "id": name,
            "status": "draft",
            "since": "2026.1",
            "about": "school",
            "when": when,
            "sources": ["house"],
            "examples": examples,
            **plain,
            **outcome,
        }
    )


class Comparisons(CounterfactualSearch[Leaves]):
    """Every set of comparisons of which none holds another."""

    nothing: Leaves = frozenset()

    def __init__(self, vocabulary: Vocabulary, library: Any) -> None:
        super().__init__(Inference(FactBase(), vocabulary), library)
        self.turns: list[Turn] = []

    def turning(self, turn: Turn) -> list[Leaves]:
        self.turns.append(turn)
        return [frozenset({id(turn.leaf)})]

    def joined(self, one: Leaves, other: Leaves) -> Iterator[Leaves]:
        yield one | other

    def smallest(self, ways: Iterable[Leaves]) -> list[Leaves]:
        kept: list[Leaves] = []
        for way in sorted(set(ways), key=len):
            if not any(other <= way for other in kept):
                kept.append(way)
        return kept


class Finders:
    """A library of which only is asked what finds a need."""

    def __init__(self, *rules: Rule) -> None:
        self.finders: dict[str, list[Rule]] = {}
        for one in rules:
            assert one.diagnose
            self.finders.setdefault(one.diagnose.need, []).append(one)


def turned(found: Found, leaves: Leaves, wanted: bool) -> bool | None:
    """Give what a tree comes to where some comparisons come out as it is wanted of them."""
    if not found.parts:
        return wanted if id(found) in leaves else found.result
    if found.kind == "not":
        part = turned(found.parts[0], leaves, not wanted)
        return None if part is None else not part
    parts = [turned(part, leaves, wanted) for part in found.parts]
    decisive = found.kind == "any"
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


@given(data=st.data(), fires=st.booleans())
def test_it_finds_exactly_the_sets_of_comparisons_that_are_enough_and_hold_no_smaller_one(
    world: World, data: st.DataObject, fires: bool
) -> None:
    when = data.draw(world.conditions)
    asked = rule("AAA-01", when, diagnose={"need": "help"})
    assume(not needs_read(asked.when))
    entity = Entity("school", "s", "s", values=data.draw(world.values))
    search = Comparisons(world.vocabulary, Finders())
    verdict = search.inference.on(asked, entity).verdict
    leaves = [id(leaf) for leaf in verdict.leaves()]
    enough: list[Leaves] = []
    for size in range(len(leaves) + 1):
        for some in map(frozenset, combinations(leaves, size)):
            smaller = any(other <= some for other in enough)
            if not smaller and turned(verdict, some, fires) is fires:
                enough.append(some)
    assert set(search.ways(asked, entity, fires)) == set(enough)


READS_NEED = {"all": [{"need": "help"}, {"indicator": "open", "is": True}]}
SMALL = {"indicator": "size", "below": 10}
POOR = {"indicator": "balance", "below": 0}


@pytest.fixture
def finders() -> Finders:
    helps = {"diagnose": {"need": "help"}}
    return Finders(rule("FND-01", SMALL, **helps), rule("FND-02", POOR, **helps))


def school(needs: dict[str, bool | None], **values: Any) -> Entity:
    known = {name: Value(value) for name, value in values.items()}
    return Entity("school", "s", "s", values=known, needs=needs)


def keys(search: Comparisons, ways: list[Leaves]) -> list[set[str]]:
    known = {id(turn.leaf): turn.leaf.key for turn in search.turns}
    return [{known[leaf] for leaf in way} for way in ways]


def test_one_rule_that_finds_a_need_is_enough_to_find_it(world: World, finders: Finders) -> None:
    search = Comparisons(world.vocabulary, finders)
    asked = rule("AAA-01", READS_NEED, diagnose={"need": "time-off"})
    one = school({}, size=20, balance=5, open=False)
    ways = keys(search, search.ways(asked, one, True))
    assert sorted(map(sorted, ways)) == [["balance", "open"], ["open", "size"]]


def test_all_rules_that_find_a_need_have_to_stay_silent_for_it_not_to_be_found(
    world: World, finders: Finders
) -> None:
    search = Comparisons(world.vocabulary, finders)
    asked = rule("AAA-01", {"need": "help"}, diagnose={"need": "time-off"})
    one = school({"help": True}, size=5, balance=-5)
    assert keys(search, search.ways(asked, one, False)) == [{"size", "balance"}]


def test_a_comparison_behind_a_need_says_which_rule_it_is_of_and_which_need_it_finds(
    world: World, finders: Finders
) -> None:
    search = Comparisons(world.vocabulary, finders)
    asked = rule("AAA-01", READS_NEED, diagnose={"need": "time-off"})
    search.ways(asked, school({}, size=20, balance=5, open=False), True)
    told = {(turn.leaf.key, turn.rule.id, turn.needs) for turn in search.turns}
    assert told == {
        ("open", "AAA-01", ()),
        ("size", "FND-01", ("help",)),
        ("balance", "FND-02", ("help",)),
    }


def test_what_is_so_already_needs_nothing_and_what_nothing_finds_has_no_way(world: World) -> None:
    search = Comparisons(world.vocabulary, Finders())
    asked = rule("AAA-01", {"need": "help"}, diagnose={"need": "time-off"})
    assert search.ways(asked, school({"help": True}), True) == [frozenset()]
    assert search.ways(asked, school({}), True) == []


@pytest.mark.parametrize(
    ("kind", "read", "line", "distance"),
    [
        ("percent", 40, 50, 0.1),
        ("number", 40, 50, 0.2),
        ("number", 0.2, 0.5, 0.3),  # no line is held to be smaller than one
        ("number", None, 50, 1.0),
        ("yes-no", True, False, 1.0),
    ],
)
def test_how_far_a_figure_lies_from_its_line_is_a_share_of_what_it_is_out_of(
    world: World, kind: str, read: Any, line: Any, distance: float
) -> None:
    size: Indicator = world.vocabulary.indicators["size"].model_copy(update={"type": kind})
    leaf = Found(False, "is", key="size", read=None if read is None else Value(read), operand=line)
    asked = rule("AAA-01", SMALL, diagnose={"need": "help"})
    turn = Turn(asked, school({}), leaf, True, size)
    assert turn.distance == pytest.approx(distance)


def test_only_what_is_known_and_declared_so_is_settled(world: World) -> None:
    size = world.vocabulary.indicators["size"]
    asked = rule("AAA-01", SMALL, diagnose={"need": "help"})
    for declared in (True, False):
        for read in (Value(3), None):
            leaf = Found(False, "below", key="size", read=read, operand=10)
            indicator = size.model_copy(update={"settled": declared})
            turn = Turn(asked, school({}), leaf, True, indicator)
            assert turn.settled is (declared and read is not None)

"""Items that exclude each other are blocked by those that are in, and by nothing else."""

from __future__ import annotations

from termwise.engine.scheduling.blocker import Blocker
from termwise.engine.scheduling.constraints.at_most_one import AtMostOne
from termwise.engine.scheduling.constraints.one_of import OneOf
from termwise.engine.scheduling.draft_state import Outline
from termwise.engine.scheduling.problem import Item, Placement, Problem, laid_out

HERE = Placement(0, 0, 0)
ITEMS = tuple(Item(name, laid_out(2, 1)) for name in "abc")
PROBLEM = Problem(slots=2, items=ITEMS)


def test_each_rival_that_is_in_blocks() -> None:
    rule = AtMostOne(("c", "a", "b"))
    others = {"b": HERE, "c": HERE, "d": HERE}
    assert list(rule.blockers(PROBLEM, "a", HERE, others)) == [
        Blocker("alternative", "b"),
        Blocker("alternative", "c"),
    ]
    assert not list(rule.blockers(PROBLEM, "a", HERE, {"a": HERE}))
    assert not list(rule.blockers(PROBLEM, "d", HERE, others))


def test_a_draft_knows_the_rivals_of_each_and_that_one_has_to_be_in() -> None:
    rules = (AtMostOne(("a", "b")), OneOf(("c", "b")))
    draft = Outline(Problem(slots=2, items=ITEMS, relations=rules))
    assert draft.rivals == {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}
    assert draft.one_of == [("b", "c")]


def test_one_of_several_binds_where_a_single_one_is_left_and_no_two_only_where_two_are() -> None:
    assert OneOf(("a", "b")).concerns({"a"}) and not AtMostOne(("a", "b")).concerns({"a"})
    assert AtMostOne(("a", "b")).concerns({"a", "b"})
    assert OneOf(("a", "b")).wants(set()) == {"a", "b"}
    assert AtMostOne(("a", "b")).wants({"a"}) == set()

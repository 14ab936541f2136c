"""Of two items that are both in, one is ready so long before the other starts."""

from __future__ import annotations

from termwise.engine.scheduling.blocker import Blocker
from termwise.engine.scheduling.constraints.follows import Follows
from termwise.engine.scheduling.draft_state import Outline
from termwise.engine.scheduling.problem import Item, Placement, Problem, laid_out

RULE = Follows("a", "b", lag=1)
ITEMS = tuple(Item(name, laid_out(5, 1)) for name in "abc")
PROBLEM = Problem(slots=5, items=ITEMS)
FIRST = {"a": Placement(0, 0, 0)}


def test_what_starts_before_the_other_is_ready_long_enough_is_blocked() -> None:
    assert list(RULE.blockers(PROBLEM, "b", Placement(1, 1, 1), FIRST)) == [
        Blocker("before", "a", 0, lag=1)
    ]
    assert not list(RULE.blockers(PROBLEM, "b", Placement(2, 2, 2), FIRST))
    assert not list(RULE.blockers(PROBLEM, "b", Placement(0, 0, 0), {"c": Placement(4, 4, 4)}))


def test_what_would_be_ready_too_late_for_the_other_is_blocked() -> None:
    behind = {"b": Placement(3, 3, 3)}
    assert list(RULE.blockers(PROBLEM, "a", Placement(2, 2, 2), behind)) == [
        Blocker("behind", "b", 3, lag=1)
    ]
    assert not list(RULE.blockers(PROBLEM, "a", Placement(1, 1, 1), behind))


def test_it_sets_an_order_only_where_both_are_in() -> None:
    both = {"a": Placement(0, 0, 0), "b": Placement(2, 2, 2)}
    assert list(RULE.arcs(PROBLEM, both)) == [("a", "b", 1)]
    assert not list(RULE.arcs(PROBLEM, FIRST))
    assert RULE.concerns({"a", "b"}) and not RULE.concerns({"a", "c"})


def test_a_draft_knows_who_is_ahead_and_behind() -> None:
    draft = Outline(Problem(slots=5, items=ITEMS, relations=(RULE,)))
    assert draft.behind["b"] == [("a", 1)] and draft.ahead["a"] == [("b", 1)]
    assert draft.behind["a"] == draft.ahead["b"] == []

"""One of several has to have started by a slot of its own."""

from __future__ import annotations

from termwise.engine.scheduling.blocker import Blocker
from termwise.engine.scheduling.constraints.started_by import StartedBy
from termwise.engine.scheduling.problem import Item, Placement, Problem, laid_out

RULE = StartedBy((("a", 1), ("b", 2), ("a", 0)))
PROBLEM = Problem(slots=4, items=tuple(Item(name, laid_out(4, 1)) for name in "abc"))


def at(**starts: int) -> dict[str, Placement]:
    return {name: Placement(slot, slot, slot) for name, slot in starts.items()}


def test_it_is_met_by_the_last_slot_and_not_after() -> None:
    assert RULE.met(at(a=1)) and RULE.met(at(a=3, b=2))
    assert not RULE.met(at(a=2, b=3)) and not RULE.met(at(c=0))


def test_an_item_is_blocked_after_its_last_slot_where_no_other_meets_it() -> None:
    late = Placement(2, 2, 2)
    assert list(RULE.blockers(PROBLEM, "a", late, {})) == [Blocker("goal", "a", 1)]
    assert not list(RULE.blockers(PROBLEM, "a", late, at(b=2)))
    assert not list(RULE.blockers(PROBLEM, "a", Placement(1, 1, 1), {}))
    assert not list(RULE.blockers(PROBLEM, "c", late, {}))


def test_each_option_is_named_once_and_any_of_them_binds() -> None:
    assert RULE.names == ("a", "b") and RULE.wants(set()) == {"a", "b"}
    assert RULE.concerns({"b"}) and not RULE.concerns({"c"})

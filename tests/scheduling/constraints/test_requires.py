"""An item is in only when one of its prerequisites is, ready in time."""

from __future__ import annotations

import pytest

from termwise.engine.scheduling.constraints.requires import Requires
from termwise.engine.scheduling.draft_state import Outline
from termwise.engine.scheduling.problem import Item, Placement, Problem, laid_out

RULE = Requires(("a", "b"), "c", lag=1)
ITEMS = tuple(Item(name, laid_out(5, 1), must=name == "c") for name in "abcd")
PROBLEM = Problem(slots=5, items=ITEMS)


def at(**starts: int) -> dict[str, Placement]:
    return {name: Placement(slot, slot, slot) for name, slot in starts.items()}


def test_without_a_prerequisite_in_time_it_is_blocked() -> None:
    assert list(RULE.blockers(PROBLEM, "c", Placement(1, 1, 1), at(a=0)))
    assert list(RULE.blockers(PROBLEM, "c", Placement(4, 4, 4), at(d=0)))
    assert not list(RULE.blockers(PROBLEM, "c", Placement(2, 2, 2), at(a=0, b=4)))


def test_a_prerequisite_may_not_move_behind_what_needs_it_unless_another_will_do() -> None:
    late = Placement(3, 3, 3)
    assert [one.kind for one in RULE.blockers(PROBLEM, "a", late, at(c=3))] == ["behind"]
    assert [one.kind for one in RULE.blockers(PROBLEM, "a", late, at(b=3, c=3))] == ["behind"]
    assert not list(RULE.blockers(PROBLEM, "a", late, at(b=1, c=3)))
    assert not list(RULE.blockers(PROBLEM, "a", Placement(1, 1, 1), at(b=3, c=3)))
    assert not list(RULE.blockers(PROBLEM, "d", late, at(c=3)))


def test_the_option_that_is_ready_first_sets_the_order() -> None:
    assert list(RULE.arcs(PROBLEM, at(a=1, b=0, c=3))) == [("b", "c", 1)]
    assert list(RULE.arcs(PROBLEM, at(a=1, c=3))) == [("a", "c", 1)]
    assert not list(RULE.arcs(PROBLEM, at(a=3, c=3)))
    assert not list(RULE.arcs(PROBLEM, at(a=1, b=0)))


def test_windows_are_narrowed_on_both_sides_of_a_sole_option() -> None:
    sole = Requires(("a",), "c", lag=1)
    first, last = {"a": 1, "c": 0}, {"a": 4, "c": 4}
    sole.narrow(PROBLEM, first, last)
    assert (first, last) == ({"a": 1, "c": 3}, {"a": 2, "c": 4})


def test_what_must_be_done_wants_its_options_and_nothing_is_no_option() -> None:
    assert RULE.wants({"c"}) == {"a", "b"} and RULE.wants({"a"}) == set()
    assert RULE.concerns({"c"}) and not RULE.concerns({"a", "b"})
    with pytest.raises(ValueError, match="one of nothing"):
        Requires((), "c").check()


def test_a_draft_knows_prerequisites_and_heirs() -> None:
    draft = Outline(Problem(slots=5, items=ITEMS, relations=(RULE,)))
    assert draft.needs["c"] == [(("a", "b"), 1)]
    assert draft.heirs["a"] == draft.heirs["b"] == ["c"] and not draft.heirs["c"]

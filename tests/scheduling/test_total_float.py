"""How far an item of a plan can slip by order and dates alone, and how far while all else stays."""

from __future__ import annotations

from termwise.engine.scheduling.constraints import Follows, StartedBy, Together
from termwise.engine.scheduling.problem import Goal, Item, Placement, Problem, laid_out
from termwise.engine.scheduling.total_float import Span, spans

ITEMS = tuple(Item(name, laid_out(6, 1)) for name in "ab")
CHOSEN = {"a": Placement(1, 1, 1), "b": Placement(3, 3, 3)}


def test_an_item_slips_to_the_end_with_all_that_waits_for_it_and_freely_up_to_that() -> None:
    found = spans(Problem(slots=6, items=ITEMS, relations=(Follows("a", "b"),)), CHOSEN)
    assert found == {"a": Span(0, 4, 3, 1), "b": Span(1, 5, 2, 2)}


def test_a_goal_that_only_one_item_meets_holds_it() -> None:
    goal = Goal("g", "coverage", 1, StartedBy((("a", 2), ("b", 1))))
    found = spans(Problem(slots=6, items=ITEMS, goals=(goal,)), CHOSEN)
    assert found["a"] == Span(0, 2, 1, 1) and found["b"].latest == 5


def test_a_date_of_its_own_holds_an_item_and_a_partner_never_slips_alone() -> None:
    late = (Item("a", laid_out(6, 1), latest=2), ITEMS[1])
    both = {"a": Placement(1, 1, 1), "b": Placement(1, 1, 1)}
    found = spans(Problem(slots=6, items=late, relations=(Together(("a", "b")),)), both)
    assert found["a"] == found["b"] == Span(0, 2, 1, 0)

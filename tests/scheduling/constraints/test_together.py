"""Partners start in one slot: whoever is out or elsewhere blocks the others."""

from __future__ import annotations

from termwise.engine.scheduling.blocker import Blocker
from termwise.engine.scheduling.constraints.together import Together
from termwise.engine.scheduling.draft_state import Outline
from termwise.engine.scheduling.problem import Item, Placement, Problem, laid_out

RULE = Together(("a", "b", "c"))
ITEMS = tuple(Item(name, laid_out(3, 1)) for name in "abcd")
PROBLEM = Problem(slots=3, items=ITEMS)


def test_a_partner_that_is_out_or_starts_elsewhere_blocks() -> None:
    others = {"b": Placement(1, 1, 1), "d": Placement(2, 2, 2)}
    assert list(RULE.blockers(PROBLEM, "a", Placement(0, 0, 0), others)) == [
        Blocker("together", "b", 1),
        Blocker("together", "c", None),
    ]
    there = {"b": Placement(1, 1, 1), "c": Placement(1, 2, 2)}
    assert not list(RULE.blockers(PROBLEM, "a", Placement(1, 1, 1), there))
    assert not list(RULE.blockers(PROBLEM, "d", Placement(0, 0, 0), others))


def test_one_that_must_be_done_wants_all_and_one_that_is_left_is_enough_to_bind() -> None:
    assert RULE.wants({"a", "d"}) == {"a", "b", "c"} and RULE.wants({"d"}) == set()
    assert RULE.concerns({"c"}) and not RULE.concerns({"d"})


def test_a_draft_joins_what_overlaps_to_one_unit() -> None:
    rules = (Together(("a", "b")), Together(("b", "c")))
    draft = Outline(Problem(slots=3, items=ITEMS, relations=rules))
    assert draft.unit["c"] == ("a", "b", "c") and draft.unit["d"] == ("d",)

"""A relation that has nothing to say keeps nothing out, wants nothing and sets no order."""

from __future__ import annotations

from termwise.engine.scheduling.constraints.relation import Relation
from termwise.engine.scheduling.problem import Item, Placement, Problem, laid_out


class Silent(Relation):
    """About two items, of which it asks nothing."""

    names = ("a", "b")

    def encode(self, model: object, when: tuple[int, ...]) -> None:
        """Post nothing."""


def test_what_it_does_not_say_is_nothing() -> None:
    problem = Problem(slots=1, items=(Item("a", laid_out(1, 1)),))
    here = Placement(0, 0, 0)
    assert not list(Silent().blockers(problem, "a", here, {"b": here}))
    assert not list(Silent().arcs(problem, {"a": here}))
    assert Silent().wants({"a"}) == set()


def test_it_binds_only_where_two_of_its_items_are_left() -> None:
    assert Silent().concerns({"a", "b", "c"})
    assert not Silent().concerns({"a", "c"})

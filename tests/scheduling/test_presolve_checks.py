"""What can't fit is seen by adding up, before anything is searched."""

from __future__ import annotations

from termwise.engine.scheduling.presolve_checks import ranked


def test_the_greatest_come_first_and_of_equals_the_first_by_name() -> None:
    assert ranked({"b": 1, "a": 1, "c": 5, "d": 0}) == ("c", "a", "b", "d")

"""What hangs on a hair is told with how little it would cost to have it otherwise."""

from __future__ import annotations

from termwise.engine.planning.phrases.hairs import near_equal, rests_near_a_line


def test_what_is_worth_as_much_is_not_said_to_be_worth_less() -> None:
    assert near_equal("Coaching", 0) == "“Coaching” would be worth as much in its place."
    assert "worth 0.4 % less in its place" in near_equal("Coaching", 0.004)


def test_the_figure_near_the_line_is_told_with_whose_it_is() -> None:
    told = rests_near_a_line("4B", "40.1 % at risk")
    assert told.endswith("near its line. 4B: 40.1 % at risk.")

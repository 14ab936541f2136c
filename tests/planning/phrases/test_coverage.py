"""Why nothing covers a priority is told with what would, and with what comes first."""

from __future__ import annotations

from termwise.engine.planning.phrases.coverage import nothing_advised, outranked, too_early


def test_what_comes_first_is_named_by_rank() -> None:
    told = outranked(["Coaching", "Visits"], {2: "Leaders", 1: "Reading"})
    assert told.startswith("“Coaching” or “Visits” would work on it, and can't start in time")
    assert "beside priority 1 (“Reading”) and priority 2 (“Leaders”), which comes first." in told


def test_what_shows_too_late_is_named() -> None:
    assert too_early(["Coaching"]) == (
        "“Coaching” would work on it; none of it can show by its day."
    )


def test_what_only_prepares_is_named_and_else_no_rule_asks() -> None:
    assert nothing_advised(iter(["A review"])) == (
        "What works on it only prepares, reviews or is a duty: “A review”."
    )
    assert nothing_advised([]).startswith("No rule asks for anything")

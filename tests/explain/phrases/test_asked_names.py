"""What a question names is told with what it may mean, and with whom it could be asked for."""

from __future__ import annotations

from termwise.engine.explain.phrases import asked_names as phrases


def test_many_that_a_name_may_mean_are_counted_after_six() -> None:
    assert phrases.several("x", ["a", "b"]) == "“x” may be any of: a, b"
    assert phrases.several("x", list("abcdefgh")).endswith("a, b, c, d, e, f, and 2 more")


def test_whom_it_is_for_is_told_by_kind_and_the_whole_school_first() -> None:
    assert (
        phrases.for_whom(["class", "year"], False) == "for single classes or for single year groups"
    )
    assert phrases.for_whom([], True) == "for the whole school"
    assert phrases.for_whom(["subject"], True) == (
        "for the whole school; it can be asked for single subjects"
    )
    assert phrases.any_of(["class", "year"]) == "class or year group"


def test_near_names_come_with_their_titles() -> None:
    assert phrases.did_you_mean([("a", "A"), ("b", "B")]) == (
        "did you mean “a” (“A”) or “b” (“B”)?"
    )


def test_what_is_in_the_plan_says_for_whom_and_what_is_not_says_why() -> None:
    assert phrases.in_the_plan("A", "why") == "“A” is in the plan: ask why"
    assert phrases.in_the_plan("A", "why", "4B") == "“A” is in the plan for 4B: ask why"
    assert phrases.not_in_the_plan("A", "No room.", "why-not") == (
        "“A” is not in the plan. No room. Ask why-not."
    )

"""The answer that nothing turns it says why it stands, and what was tried."""

from __future__ import annotations

from termwise.engine.explain.phrases.changes import asked_by, decided, needed_by, no_way


def test_few_that_ask_or_need_are_named_and_others_counted() -> None:
    assert asked_by(["RAF-01"]) == "RAF-01 asks for it"
    assert asked_by(["A", "B", "C", "D"]) == "A, B, C and 1 more ask for it"
    assert needed_by(["Coaching"]) == "“Coaching” needs it"
    assert needed_by(["Coaching", "Visits"]) == "“Coaching” and “Visits” need it"
    assert asked_by([]) == needed_by([]) == ""


def test_what_was_tried_is_told_after_why_it_is_advised() -> None:
    assert no_way(True, [asked_by(["A"]), "", decided("accepted")], 3, 2) == (
        "Nothing that was tried would take it out. A asks for it and It was accepted, whatever the "
        "data say. Tried were up to 3 facts at once, no more than 2 of them shares or counts."
    )
    assert no_way(False, [], 3, 2).startswith(
        "Nothing that was tried would bring it in. Tried were"
    )

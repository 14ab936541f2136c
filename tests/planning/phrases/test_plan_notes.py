"""The notes of a plan say for whom, with whom, and what was looked at by somebody else."""

from __future__ import annotations

import datetime

from termwise.engine.library.model import Trial
from termwise.engine.library.review import Review, Reviewable
from termwise.engine.planning.phrases.plan_notes import (
    cant_be_done,
    of_some,
    review_words,
    same_day,
    target_words,
    team_meeting,
    trial_words,
)


def test_whom_a_step_is_for_is_told_by_kind() -> None:
    assert target_words("class", ("4B",), ["Class 4B"]) == "class 4B"
    assert target_words("class", ("4B", "5A"), []) == "classes 4B and 5A"
    assert target_words("teacher", ("t1", "t2"), ["A", "B"]) == "2 teachers: A and B"
    assert target_words("teacher", ("t1",), ["A"]) == "A"


def test_a_trial_tells_its_months_with_their_sign() -> None:
    found = Trial.model_construct(months=2, what="by pupils in England", source="house")
    assert trial_words(found) == "In a trial: +2 months, by pupils in England; this counts here."


def test_reviews_are_counted_and_who_reviewed_is_told_once() -> None:
    seen = Review(role="reader", on=datetime.date(2026, 5, 1))
    records = [
        Reviewable(status="reviewed", review=seen, sources=("house",)),
        Reviewable(status="reviewed", review=seen, sources=("house",)),
        Reviewable(status="checked", sources=("house",)),
        Reviewable(status="draft", sources=("house",)),
    ]
    assert review_words(records) == (
        "Of the 4 rules and interventions it rests on, 2 were reviewed outside this project (reader); "
        "1 were checked by the project against what it read of their sources, and 1 are drafts."
    )
    assert "nobody outside this project has reviewed any" in review_words(records[2:])


def test_what_can_not_be_done_was_promised_or_accepted_by_somebody() -> None:
    assert cant_be_done("Coaching", "", "") == "“Coaching” was promised and can't be done here."
    told = cant_be_done("Coaching", "accepted by the head", "Too small.")
    assert told == "“Coaching” was accepted by the head, and can't be done here. Too small."


def test_a_day_that_is_taken_says_by_whom_and_why() -> None:
    told = same_day("Network Day", ["a", "b", "c", "d"], True)
    assert "(a, b, c and 1 more): the school has set both." in told
    assert "no other school day" in same_day("Network Day", ["a"], False)


def test_sentences_within_others_begin_small_and_meetings_are_counted() -> None:
    assert of_some("4B", "It runs.") == "For 4B: it runs."
    assert team_meeting(["Lower"]) == "Team meeting: Lower"
    assert team_meeting(["Lower", "Upper"]) == "Team meetings: Lower; Upper"

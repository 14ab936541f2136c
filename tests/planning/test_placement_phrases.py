"""Each reason of a placement is a record, and has its sentence in one place."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest

from termwise.engine.advise import Advice
from termwise.engine.planning.phrases.placements import PlacementPhrases
from termwise.engine.planning.placement_reason import (
    CouldStart,
    InPart,
    Narrowed,
    NearestFit,
    NotForAll,
    NotInFull,
    PinnedTooLate,
    Plain,
    RuleAsks,
    SetBySchool,
)
from termwise.engine.scheduling import Blocker


@pytest.fixture(scope="module")
def phrases(all_advice: dict[str, Advice]) -> PlacementPhrases:
    return all_advice["little-fen"].reasons.phrases


def test_every_reason_without_values_has_words(phrases: PlacementPhrases) -> None:
    told = [phrases.why_here(kind) for kind in get_args(Plain)]
    assert all(told)
    assert len(set(told)) == len(told)


def test_a_step_planned_for_some_says_whom_and_what_is_in_the_way_of_the_others(
    phrases: PlacementPhrases,
) -> None:
    late = InPart(("class 5", "class 6"), NotInFull("late"))
    assert phrases.why_here(late) == (
        "It is planned for class 5 and class 6 only: for the others too it would not be done in time."
    )
    when = phrases.slots[0].title
    blocked = NotInFull("blocked", Blocker("pinned", "x", slot=0))
    assert phrases.why_here(InPart((), blocked)) == (
        f"It is planned in its light form: in full, its beginning is set for {when}."
    )
    assert phrases.left_out(NotForAll(blocked)) == (
        f"For them as well its beginning is set for {when}."
    )


def test_a_beginning_set_too_late_names_the_half_term_in_both_sentences(
    phrases: PlacementPhrases,
) -> None:
    when = phrases.slots[1].title
    assert phrases.left_out(PinnedTooLate(1, SetBySchool(("the hall is free.",), ()))) == (
        f"From {when} on it could not be done before the plan ends. "
        f"Its beginning was set for {when}: the hall is free."
    )


def test_what_lies_in_the_way_stands_in_a_row_and_what_was_set_after_it(
    phrases: PlacementPhrases,
) -> None:
    when = phrases.slots[0].title
    ways = (Blocker("earliest", "x", slot=1), Blocker("latest", "x", slot=0))
    told = phrases.left_out(NearestFit(0, None, ways, SetBySchool((), ("half the staff is new",))))
    assert told == (
        f"It comes nearest to fitting in {when}; there it is not to start before "
        f"{phrases.slots[1].title}; it has to start by {when}. "
        "When it may start was narrowed: half the staff is new."
    )


def test_dates_and_rules_that_ask_for_a_time_are_said_with_their_reason(
    phrases: PlacementPhrases,
) -> None:
    day = datetime.date(2027, 1, 5)
    assert phrases.why_here(Narrowed(day, None, "the post is filled then.")) == (
        "It starts not before 5 January 2027: the post is filled then."
    )
    part, title = next(iter(phrases.library.parts.items()))
    assert phrases.why_here(RuleAsks("must", part, "SHP-1", "Why.")) == (
        f"It has to start by {title} (SHP-1): Why."
    )
    assert phrases.why_here(RuleAsks("forward", "", "SHP-1", "Why.")) == (
        "It is brought forward (SHP-1): Why."
    )


def test_an_earlier_start_given_up_says_its_price(phrases: PlacementPhrases) -> None:
    when = phrases.slots[0].title
    assert phrases.why_here(CouldStart(0, None)) == f"It could equally start in {when}."
    assert "at 1.2 % of the plan's value" in phrases.why_here(CouldStart(0, 1.23))

"""What is bought is told with its days and people, and money that stays with why it does."""

from __future__ import annotations

import datetime

from termwise.engine.planning.phrases.purchase_words import bought_words, of_words, unspent_words


def test_what_is_bought_has_its_days_and_for_whom() -> None:
    assert bought_words(15, "of cover", "the SENCO") == "1.5 days of cover for the SENCO"
    assert of_words("of cover", "the SENCO") == "of cover for the SENCO"


def test_money_stays_because_nothing_could_be_paid_or_because_there_was_no_room() -> None:
    assert unspent_words(1500, [], None) == (
        "£1,500 stays: nothing that is advised and left out could be paid from it with what there is."
    )
    told = unspent_words(1500, ["A", "B", "C", "D"], None)
    assert told.startswith("£1,500 stays: “A”, “B”, “C” and 1 more could be paid from it")


def test_a_line_whose_year_goes_on_says_after_which_day() -> None:
    told = unspent_words(10, [], datetime.date(2027, 7, 21))
    assert told.endswith(" The line's year goes on after the plan's end on 21 July 2027.")

"""A goal says by which rule it was made, and a judgement of when it is."""

from __future__ import annotations

import datetime

from termwise.engine.planning.phrases.goal_words import agreed_on, by_rule

DAY = datetime.date(2026, 7, 3)


def test_a_judgement_is_of_a_day() -> None:
    assert agreed_on(DAY) == "agreed on 3 July 2026"


def test_a_rule_names_what_it_holds_the_figure_against_where_there_is_something() -> None:
    assert by_rule("halfway") == "halfway"
    assert by_rule("halfway", "62 %") == "halfway (62 %)"
    assert by_rule("halfway", "62 %", DAY) == "halfway (62 %, July 2026)"

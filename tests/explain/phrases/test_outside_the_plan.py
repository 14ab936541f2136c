"""Why the plan says nothing of something is told with its day, its place and for whom."""

from __future__ import annotations

import datetime

from termwise.engine.explain.phrases import outside_the_plan as phrases
from termwise.engine.explain.phrases.outside_the_plan import no_duty_yet


def test_a_duty_that_is_not_due_tells_when_it_was_last_done() -> None:
    told = no_duty_yet(3, datetime.date(2026, 5, 2))
    assert "comes back every 3 years" in told and told.endswith("last done on 2 May 2026.")


def test_what_is_in_place_advised_or_asked_for_nobody_says_so() -> None:
    assert phrases.in_place("partly") == "It is in place already (partly)."
    assert phrases.no_rule_for("4B") == "No rule asks for it for 4B."
    assert phrases.advised_only("termwise why-not").endswith(
        "termwise why-not tells what keeps it out."
    )
    assert phrases.of_others("4B", "It runs.") == "4B: It runs."

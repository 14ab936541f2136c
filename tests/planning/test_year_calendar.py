"""The calendar of a year has every duty and every milestone once, in the order of days."""

from __future__ import annotations

import pytest

from termwise.engine.advise import Advice
from termwise.engine.documents import rendered
from termwise.engine.planning import calendar_of_year


@pytest.mark.parametrize("name", ["hillside", "little-fen", "carrick-junior"])
def test_duties_and_milestones_are_all_there_in_the_order_of_days(
    name: str, all_advice: dict[str, Advice]
) -> None:
    advice = all_advice[name]
    plan = advice.plan
    found = calendar_of_year(plan, advice.school, advice.library)
    for lines in (found.duties, found.monitoring):
        assert [one.starts for one in lines] == sorted(one.starts for one in lines)
    expected = [one for one in found.duties if one.what.startswith("An inspection may come")]
    rest = len(plan.events) + sum(one.duty for one in plan.calendar)
    assert len(found.duties) - len(expected) == rest
    looked_at = [(one.starts, one.who) for one in found.monitoring]
    for step in plan.steps:
        for milestone in step.milestones:
            assert (milestone.due, (step.monitoring.title,)) in looked_at
    assert "School census, autumn (expected)" in rendered(found, "text")

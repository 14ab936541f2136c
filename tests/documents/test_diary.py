"""The dates of a plan for a diary: all of them once, each under a name that stays."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from termwise.engine.advise import Advice
from termwise.engine.core import UnknownNameError
from termwise.engine.documents.views import Shown, diary_view, shown

EXAMPLES = ("hillside", "little-fen", "carrick-junior")


def seen(advice: Advice) -> Shown:
    return shown(advice.plan, advice.school, advice.library)


@pytest.mark.parametrize("school", EXAMPLES)
def test_every_date_of_the_plan_is_there_once(school: str, all_advice: dict[str, Advice]) -> None:
    plan = all_advice[school].plan
    found = diary_view("full", seen(all_advice[school])).entries
    assert Counter(one.uid for one in found).most_common(1)[0][1] == 1
    told = Counter(one.starts for one in found)
    wanted = Counter(one.date for one in plan.calendar)
    wanted += Counter(one.due for step in plan.steps for one in step.milestones)
    wanted += Counter(one.starts for one in plan.events)
    assert told == wanted


def test_a_day_that_moves_keeps_its_name(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    later = tuple(
        one.model_copy(update={"date": one.date + datetime.timedelta(days=1)})
        for one in advice.plan.calendar
    )
    moved = shown(advice.plan.model_copy(update={"calendar": later}), advice.school, advice.library)
    names = [{one.uid for one in diary_view("full", one).entries} for one in (seen(advice), moved)]
    assert names[0] == names[1]


def test_a_diary_of_one_has_what_names_them(all_advice: dict[str, Advice]) -> None:
    advice = all_advice["hillside"]
    everything = {one.uid for one in diary_view("full", seen(advice)).entries}
    for view in ("teacher:4B", "leader:senco", "adviser", "governors"):
        mine = {one.uid for one in diary_view(view, seen(advice)).entries}
        assert mine and mine < everything, view
    meetings = [
        one.uid for one in diary_view("teacher:4B", seen(advice)).entries if "-middle-" in one.uid
    ]
    assert meetings


def test_a_view_without_dates_of_its_own_is_told(all_advice: dict[str, Advice]) -> None:
    with pytest.raises(UnknownNameError):
        diary_view("premium", seen(all_advice["hillside"]))

"""The document on a partnership tells how things went, each change once."""

from __future__ import annotations

import datetime

from termwise.engine.documents.answers import rendered
from termwise.engine.review import model as view
from tests import made_up_plan

DAY = datetime.date


def test_a_way_is_told_from_then_to_now_beside_the_nations() -> None:
    stages = (
        view.Stage(on=DAY(2026, 9, 1), of=None, value=47.0),
        view.Stage(on=DAY(2027, 9, 1), of="2026-27", value=52.0),
    )
    way = view.Trajectory(
        title="At expected", about="6A", unit="percent", stages=stages, national=62
    )
    told = view.Partnership(
        school=made_up_plan.SCHOOL,
        since=DAY(2026, 9, 1),
        on=DAY(2027, 9, 1),
        notice="No cause is meant.",
        strands=(),
        outcomes=(way,),
        inspections=(),
        years=(
            view.YearDone(
                starts=DAY(2026, 9, 1),
                ends=DAY(2027, 7, 21),
                steps=30,
                done=20,
                stopped=1,
                days=88.5,
                pounds=9000,
            ),
        ),
    )
    text = " ".join(rendered(told, "md").split())
    assert "At expected (6A)" in text and "47 % (September 2026), then 52 % (2026-27)" in text
    assert "62 %" in text and "20 steps done, 1 step stopped" in text
    assert "£9,000" in text and "No cause is meant." in text

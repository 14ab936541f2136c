"""The chart of a plan's steps over time."""

from __future__ import annotations

import re

from termwise.engine.documents.charts.gantt import gantt
from termwise.engine.documents.tree import Column, Table
from termwise.engine.documents.words import Names
from tests import made_up_plan

TABLE = Table((Column("Step"),), ())


def test_every_step_has_a_row_with_its_times_in_words() -> None:
    plan = made_up_plan.plan()
    figure = gantt(plan, Names(plan), TABLE)
    [drawing] = figure.drawings
    assert drawing.svg.count('class="label"') == len(plan.steps)
    assert "Coaching: Autumn 1 2026, must do" in drawing.svg
    assert figure.alt == "3 steps, from 1 September 2026 to 12 February 2027."
    assert figure.table is TABLE


def test_every_mark_of_the_chart_is_in_its_key() -> None:
    plan = made_up_plan.plan()
    figure = gantt(plan, Names(plan), TABLE)
    key = " ".join(mark for mark, _ in figure.key)
    drawn = set(re.findall(r'class="(frame|slip|ready|event|time)"', figure.drawings[0].svg))
    assert drawn >= {"frame", "slip", "ready", "event"}
    assert all(f'class="{css}"' in key for css in drawn)

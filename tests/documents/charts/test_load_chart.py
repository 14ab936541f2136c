"""The small charts of people's time."""

from __future__ import annotations

from termwise.engine.documents.charts.load_chart import load_charts
from termwise.engine.documents.tree import Column, Table
from termwise.engine.documents.words import Names
from termwise.engine.planning.model import Load
from tests import made_up_plan

TABLE = Table((Column("Role"),), ())


def test_the_fullest_comes_first_and_is_told_to_be_over() -> None:
    plan = made_up_plan.plan()
    drawings = load_charts(plan, Names(plan), TABLE).drawings
    assert [drawing.title.split()[0] for drawing in drawings] == ["SENCO", "Headteacher", "Clerk"]
    assert drawings[0].line == "fullest: 125 % in Autumn 2 2026, over"


def test_those_with_much_room_are_in_the_table_only_where_there_are_many() -> None:
    plan = made_up_plan.plan()
    others = tuple(
        Load(
            role=f"other{n}",
            title=f"Other {n}",
            kind="role",
            slot="aut1",
            used=0.1,
            capacity=9.0,
            stated=9.0,
        )
        for n in range(5)
    )
    figure = load_charts(plan.model_copy(update={"load": plan.load + others}), Names(plan), TABLE)
    assert len(figure.drawings) == 6
    assert figure.layout.endswith("2 others, never more than half full, are in the table only.")

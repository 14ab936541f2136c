"""The picture of what needs what."""

from __future__ import annotations

from termwise.engine.documents.charts.prerequisite_graph import graph
from termwise.engine.documents.tree import Column, Table
from termwise.engine.documents.words import Names
from termwise.engine.planning.model import Picture
from tests import made_up_plan

TABLE = Table((Column("First"),), ())


def test_steps_that_neither_need_nor_help_are_not_drawn() -> None:
    plan = made_up_plan.plan()
    figure = graph(plan, Names(plan), TABLE)
    assert figure is not None
    assert figure.alt == "1 need and 0 helps between 2 steps."
    assert "Visits" not in figure.drawings[0].svg


def test_there_is_no_picture_where_nothing_is_linked() -> None:
    nothing = Picture(edges=(), helped=(), longest_chain=())
    plan = made_up_plan.plan().model_copy(update={"picture": nothing})
    assert graph(plan, Names(plan), TABLE) is None

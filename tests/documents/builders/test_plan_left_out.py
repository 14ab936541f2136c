"""What was left out of a plan, each under the kind of its reason."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_left_out import left_out
from termwise.engine.documents.tree import texts
from tests import made_up_plan


def test_each_stands_under_the_kind_of_its_reason() -> None:
    told = list(texts(left_out(made_up_plan.plan())))
    assert told == [
        "What was left out",
        "Too late to be done in time",
        "Tuition",
        "Year 6",
        "It has to be over before the tests.",
    ]


def test_a_plan_that_left_nothing_out_says_so() -> None:
    told = list(texts(left_out(made_up_plan.plan().model_copy(update={"left_out": ()}))))
    assert told[1:] == ["Nothing that was recommended was left out."]

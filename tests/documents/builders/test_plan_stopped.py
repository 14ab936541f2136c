"""What stops, joins or is kept stands apart, with the hours that it gives back."""

from __future__ import annotations

from termwise.engine.documents.builders.plan_stopped import what_stops
from termwise.engine.documents.tree import is_empty, texts
from termwise.engine.documents.words import Names
from termwise.engine.planning.model import FreedTime, Stopped
from tests import made_up_plan

STOPS = Stopped(
    initiative="a",
    title="Old scheme",
    decision="stop",
    hours=3,
    freed=3,
    because=(),
    words="Nobody asks.",
)
JOINS = STOPS.model_copy(
    update={"title": "Reading club", "decision": "join", "into": "Reading for all", "freed": 1}
)


def told(stopped: tuple[Stopped, ...], freed: tuple[FreedTime, ...] = ()) -> list[str]:
    plan = made_up_plan.plan().model_copy(update={"stopped": stopped, "freed": freed})
    return list(texts(what_stops(plan, Names(plan))))


def test_each_stands_under_what_becomes_of_it() -> None:
    found = told((JOINS, STOPS))
    titles = ("Stop", "Old scheme (3 hours a week): Nobody asks.", "Join to another")
    assert [one for one in found if one in titles] == list(titles)
    assert any("(3 hours a week, 1 given back), into “Reading for all”: " in one for one in found)


def test_the_hours_given_back_are_added_and_what_the_plan_counts_on_is_told() -> None:
    assert any("Together it gives back 4 hours a week." in one for one in told((JOINS, STOPS)))
    kept = STOPS.model_copy(update={"decision": "keep", "freed": 0})
    assert any("As it stands nothing gives back time." in one for one in told((kept,)))
    time = tuple(
        FreedTime(people=("x", "y"), slot=slot, days=d) for slot, d in (("aut2", 1), ("spr1", 2))
    )
    assert any(
        "from Autumn 2 2026 on: 1 to 2 days a half-term of 2 people" in one
        for one in told((STOPS,), time)
    )


def test_a_school_without_initiatives_has_no_such_section() -> None:
    plan = made_up_plan.plan().model_copy(update={"stopped": ()})
    assert is_empty(what_stops(plan, Names(plan)))

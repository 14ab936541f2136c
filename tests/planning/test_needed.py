"""What has to be given more is told as days of people, pounds on a line, or room for the new."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from termwise.engine.planning.model import Needed
from termwise.engine.planning.needed import more_needed
from termwise.engine.scheduling.alternatives import More

TIMETABLE: Any = SimpleNamespace(
    time=SimpleNamespace(slots=[SimpleNamespace(id="aut1"), SimpleNamespace(id="aut2")]),
    funds=SimpleNamespace(
        claims={"books": SimpleNamespace(accounts=())}, to_give=lambda name, amount: amount * 2
    ),
)


def needed(*more: More, stated: int = 0) -> list[Needed]:
    return list(more_needed(more, {("head+senco", 1): stated}, TIMETABLE))


def test_people_state_days_and_nothing_is_said_where_they_need_state_none() -> None:
    more = More("capacity", "head+senco", 1, 12)
    assert needed(more, stated=15) == [
        Needed(kind="days", amount=1.5, people=("head", "senco"), slot="aut2")
    ]
    assert needed(more) == []


def test_money_is_told_with_its_line_and_year_or_with_none_where_none_may_pay() -> None:
    assert needed(More("budget", "cover|2026-27", -1, 50)) == [
        Needed(kind="pounds", amount=100, line="cover", year="2026-27")
    ]
    assert needed(More("budget", "books", -1, 50)) == [Needed(kind="pounds", amount=100)]


def test_room_for_the_new_is_of_the_school_or_of_who_leads() -> None:
    assert needed(More("attention", "new", 0, 2), More("attention", "leads head", 0, 1)) == [
        Needed(kind="change", amount=2, slot="aut1"),
        Needed(kind="leads", amount=1, people=("head",), slot="aut1"),
    ]

"""What a plan says of an event and what it does are one: an event is told to keep people from the plan
where their time is less for it, and one of the school's own that takes nothing is asked about."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from termwise.engine.advise import advise
from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.planning.capacity import Capacity
from termwise.engine.school.folder import load_school

if TYPE_CHECKING:
    from tests.conftest import Change, Data

WORKS = {
    "title": "Building works",
    "starts": datetime.date(2026, 11, 2),
    "ends": datetime.date(2026, 12, 18),
}
BY_PART = dict.fromkeys(("aut1", "aut2", "spr1", "spr2", "sum1", "sum2"), 2)


def an_event(**more: Any) -> Any:
    def edit(school: Data) -> None:
        school["calendar"]["events"] = [{**WORKS, **more}]

    return edit


def times(**given: Any) -> Any:
    def edit(staff: Data) -> None:
        for person in staff["people"]:
            person["time"] = given.get(person["id"].replace("-", "_"), person["time"])

    return edit


@pytest.mark.parametrize(
    ("role", "staff", "told", "asked"),
    [
        ("headteacher", times(), [], "takes no time from “headteacher”: what staff.yaml says of their"),
        ("headteacher", times(headteacher=3), ["Headteacher"], ""),
        ("coach", times(), [], "nobody in staff.yaml holds the role “coach”"),
        ("whole-staff", times(), [], "takes no time from “whole-staff”"),
        ("year-6-teacher", times(headteacher=3), ["Year 6 teacher (1 of 2)"], ""),
        ("year-6-teacher", times(headteacher=3, support_lead=1), ["Year 6 teacher"], ""),
        ("teaching-lead", times(teaching_lead=BY_PART), [], "takes no time from “teaching-lead”"),
    ],
)  # fmt: skip
def test_an_event_keeps_from_the_plan_whom_it_is_told_to_keep(
    changed: Change, library: Library, role: str, staff: Any, told: list[str], asked: str
) -> None:
    school = load_school(changed("little-fen", an_event(no_release=[role]), staff), library)
    doubts = [one.what for one in school.doubts]
    assert [asked in what for what in doubts] == ([True] if asked else [])
    plan = advise(school, library).plan
    (event,) = (one for one in plan.events if one.title == WORKS["title"])
    assert list(event.no_release) == told


def test_what_is_told_of_the_calendar_s_events_is_what_they_take(
    library: Library, all_advice: Any
) -> None:
    for name, advice in all_advice.items():
        capacity = Capacity(advice.school, library)
        halves = advice.school.timeline.halves
        for event in capacity.events:
            for role, less, meant in capacity.gives_less(event):
                holders = [w for w in capacity.workers.values() if role in w.roles]
                took = [
                    w.id
                    for w in holders
                    if any(w.tenths(h, len(capacity.busy(w.id, h))) < w.tenths(h) for h in halves)
                ]
                assert less <= len(took), (name, event.title, role)
                assert less <= meant <= len(holders)


def test_an_event_of_years_that_nobody_of_the_role_teaches_is_asked_about(
    changed: Change, library: Library
) -> None:
    edit = an_event(no_release=["teaching-lead"], years=["6"])
    (doubt,) = load_school(changed("little-fen", edit), library).doubts
    assert "nobody with the role “teaching-lead” has a class of these year groups" in doubt.what


def test_an_event_s_id_that_is_nearly_the_calendar_s_is_refused(
    changed: Change, library: Library
) -> None:
    with pytest.raises(ContentError, match="did you mean “ks2-tests”"):
        load_school(changed("little-fen", an_event(id="ks2-test")), library)
    assert not load_school(changed("little-fen", an_event(id="works")), library).doubts

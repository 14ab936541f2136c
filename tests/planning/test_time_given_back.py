"""What stops gives back time: a part of it, to those whose time it took, from the second half-term on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data

Stopping = Callable[..., Advice]
OLD = {"id": "old", "title": "Something old", "since": "2024-01-08", "evidence": "none"}


@pytest.fixture(scope="module")
def stopping(changed: Change, library: Library) -> Stopping:
    """The advice for little-fen with one initiative that can be stopped."""

    def make(hours: float, **more: object) -> Advice:
        def edit(school: Data) -> None:
            school["initiatives"] = [OLD | {"hours_a_week": hours} | more]
            del school["context"]["initiatives_running"]

        return advise(load_school(changed("little-fen", school=edit), library), library)

    return make


def time_of(advice: Advice, person: str) -> list[int]:
    capacity = advice.reasons.timetable.capacity
    halves = advice.school.timeline.halves
    return [capacity.time(frozenset({person}), half) for half in halves]


def test_what_stops_is_time_of_those_who_teach_from_the_half_term_after(
    stopping: Stopping, all_advice: dict[str, Advice], library: Library
) -> None:
    advice, policy = stopping(20), library.planning.initiatives
    before, halves = all_advice["little-fen"], advice.school.timeline.halves
    teachers = [one for one in advice.school.staff.people if "class-teacher" in one.roles]
    for person in advice.school.staff.people:
        more = [
            now - then
            for now, then in zip(
                time_of(advice, person.id), time_of(before, person.id), strict=True
            )
        ]
        for half, tenths in zip(halves, more, strict=True):
            days = 20 * half.days / 5 * policy.planned / policy.hours_a_day / len(teachers)
            later = half.index > halves[0].index and person in teachers
            assert tenths == (int(days * 10) if later else 0), (person.id, half.title)
        assert (sum(more) > 0) is (person in teachers)


def test_the_school_may_say_whose_time_it_takes(
    stopping: Stopping, all_advice: dict[str, Advice]
) -> None:
    advice, before = stopping(20, who=["headteacher"]), all_advice["little-fen"]
    more = {
        one.id: sum(time_of(advice, one.id)) - sum(time_of(before, one.id))
        for one in advice.school.staff.people
    }
    assert [name for name, tenths in more.items() if tenths] == ["headteacher"]
    assert {part.people for part in advice.plan.freed} == {("headteacher",)}


def test_the_plan_says_how_much_time_it_has_of_it(stopping: Stopping) -> None:
    advice = stopping(20)
    slots = [slot.id for term in advice.plan.terms for slot in term.slots]
    assert [part.slot for part in advice.plan.freed] == slots[1:]
    freed = advice.reasons.timetable.capacity.freed
    assert sum(part.days for part in advice.plan.freed) == pytest.approx(sum(freed.values()) / 10)


def test_what_is_kept_and_hours_too_few_for_a_tenth_of_a_day_give_back_nothing(
    stopping: Stopping,
) -> None:
    assert stopping(20, evidence="works").plan.freed == ()
    assert stopping(0.5).plan.freed == ()

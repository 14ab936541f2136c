"""The plan's calendar: all that takes place in it, on days that people can keep."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import pytest

from termwise.engine.advise import Advice, advise
from termwise.engine.library.loader import Library
from termwise.engine.planning import CalendarEntry
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data


@pytest.fixture(scope="module")
def every_plan(all_advice: dict[str, Advice], three_years: Advice) -> list[Advice]:
    return [*all_advice.values(), three_years]


def taking_part(advice: Advice, step: str) -> set[str]:
    """Everybody with a role in what takes place, told from the staff list."""
    capacity, library = advice.reasons.timetable.capacity, advice.library
    roles = [capacity.role(work.role) for work in library.intervention(step).deliver.effort]
    people = {name for role in roles if role for name in capacity.holders(role)}
    if any(role and library.roles[role].kind == "together" for role in roles):
        people |= {person.id for person in advice.school.staff.people if person.teaches}
    return people


def test_no_two_events_of_the_same_people_are_on_one_day(every_plan: list[Advice]) -> None:
    seen = 0
    for advice in every_plan:
        takes_place = [entry for entry in advice.plan.calendar if not entry.by]
        for one, other in combinations(takes_place, 2):
            if one.date == other.date:
                assert not taking_part(advice, one.step) & taking_part(advice, other.step)
        assert all(entry.notes == () for entry in advice.plan.calendar)
        seen += len(takes_place)
    assert seen > 100


def test_what_takes_place_is_on_a_day_the_school_is_open(every_plan: list[Advice]) -> None:
    for advice in every_plan:
        for entry in advice.plan.calendar:
            if not entry.fixed:
                assert advice.school.timeline.is_school_day(entry.date), entry


def test_the_calendar_has_every_time_and_every_duty_once_in_order(
    every_plan: list[Advice],
) -> None:
    for advice in every_plan:
        plan, library = advice.plan, advice.library
        dates = [entry.date for entry in plan.calendar]
        assert dates == sorted(dates)
        takes_place = sorted((e.step, e.date) for e in plan.calendar if not e.by)
        assert takes_place == sorted((s.id, o.date) for s in plan.steps for o in s.occurrences)
        duties = {step.id for step in plan.steps if library.intervention(step.id).duty}
        assert {entry.step for entry in plan.calendar if entry.duty} == duties
        once = [e.step for e in plan.calendar if e.duty and e.by]
        assert len(once) == len(set(once))


def test_where_days_were_set_for_the_first_year_only_the_others_have_proposed_ones(
    three_years: Advice,
) -> None:
    days = [entry for entry in three_years.plan.calendar if entry.step == "network-days"]
    for year, (begins, ends) in enumerate(
        (("2026-08", "2027-08"), ("2027-08", "2028-08"), ("2028-08", "2029-08"))
    ):
        within = [one for one in days if begins < one.date.isoformat() < ends]
        assert len(within) == 12
        assert all(one.fixed is (year == 0) for one in within)


def named(entries: Iterable[CalendarEntry], what: str) -> list[CalendarEntry]:
    return [entry for entry in entries if entry.what == what]


def test_two_that_the_school_set_for_one_day_stay_and_both_lines_say_so(
    changed: Change, library: Library
) -> None:
    def edit(school: Data) -> None:
        school["dates"]["safeguarding-review"] = ["2027-01-20"]

    plan = advise(load_school(changed("hillside", school=edit), library), library).plan
    [review] = named(plan.calendar, "Yearly review of safeguarding")
    days = named(plan.calendar, "Network Day")
    [day] = [entry for entry in days if entry.date == review.date]
    assert review.date.isoformat() == "2027-01-20" and review.fixed
    assert review.notes == (
        "On the same day as Network Day, for the same people (headteacher): the school has set both.",
    )
    assert "On the same day as Yearly review of safeguarding" in day.notes[0]
    assert not any(entry.notes for entry in plan.calendar if entry not in (day, review))


def test_a_return_that_comes_every_year_is_in_the_same_part_of_each_after_the_first(
    three_years: Advice,
) -> None:
    [step] = [one for one in three_years.plan.steps if one.id == "cqa-return"]
    days = [time.date for time in step.occurrences]
    parts = [
        half.part for day in days for half in three_years.school.timeline.halves if half.holds(day)
    ]
    assert len(set(parts)) == 1 and set(parts) <= {"sum1", "sum2"}
    years = [day.year for day in days]
    assert years == list(range(years[0], 2030)) and len(years) > 1


def test_a_very_small_school_in_the_programme_has_network_days(
    all_advice: dict[str, Advice],
) -> None:
    days = [one for one in all_advice["little-fen"].plan.calendar if one.what == "Network Day"]
    assert len(days) == 3

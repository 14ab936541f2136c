from __future__ import annotations

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termwise.engine.library.loader import Library
from termwise.engine.library.model import Calendar
from termwise.engine.school.calendar import CalendarError, Timeline, financial_year, timeline


@pytest.fixture(scope="session")
def england(library: Library) -> Calendar:
    return library.calendars["england"]


def plan(
    calendar: Calendar,
    starts: date = date(2026, 9, 1),
    years: int = 3,
    closed: tuple[date, ...] = (),
) -> Timeline:
    return timeline(calendar, closed, None, starts, years)


@pytest.mark.parametrize("year", ["2026-27", "2027-28", "2028-29"])
def test_a_school_year_has_190_days_for_pupils_and_five_for_staff(
    england: Calendar, year: str
) -> None:
    halves = [half for half in plan(england).halves if half.year == year]
    assert sum(half.days for half in halves) == 190
    assert sum(half.training for half in halves) == 5


@pytest.mark.parametrize(("years", "slots"), [(1, 6), (2, 9), (3, 12)])
def test_the_first_year_is_planned_by_half_terms_and_later_ones_by_terms(
    england: Calendar, years: int, slots: int
) -> None:
    time = plan(england, years=years)
    assert len(time.slots) == slots
    assert [len(slot.halves) for slot in time.slots] == [1] * 6 + [2] * (slots - 6)
    assert [slot.index for slot in time.slots] == list(range(slots))
    assert len(time.halves) == 6 * years


def test_slots_are_named_after_their_part_and_calendar_year(england: Calendar) -> None:
    names = [slot.id for slot in plan(england, years=2).slots]
    assert names == [
        "aut1-2026",
        "aut2-2026",
        "spr1-2027",
        "spr2-2027",
        "sum1-2027",
        "sum2-2027",
        "autumn-2027",
        "spring-2028",
        "summer-2028",
    ]
    titles = [slot.title for slot in plan(england, years=2).slots]
    assert titles[0] == "Autumn 1 2026"
    assert titles[6] == "Autumn term 2027"


def test_a_plan_that_starts_in_mid_year_begins_with_the_half_term_of_that_day(
    england: Calendar,
) -> None:
    time = plan(england, date(2027, 1, 20), 1)
    assert [slot.id for slot in time.slots] == [
        "spr1-2027",
        "spr2-2027",
        "sum1-2027",
        "sum2-2027",
        "aut1-2027",
        "aut2-2027",
    ]


def test_a_plan_that_starts_in_a_holiday_begins_with_the_half_term_after_it(
    england: Calendar,
) -> None:
    assert plan(england, date(2026, 12, 25), 1).slots[0].id == "spr1-2027"
    assert plan(england, date(2026, 8, 1), 1).slots[0].id == "aut1-2026"


def test_a_term_that_the_first_year_ends_in_is_finished_by_half_terms(england: Calendar) -> None:
    time = plan(england, date(2027, 3, 1), 2)
    assert [slot.id for slot in time.slots] == [
        "spr2-2027",
        "sum1-2027",
        "sum2-2027",
        "aut1-2027",
        "aut2-2027",
        "spr1-2028",
        "spr2-2028",
        "summer-2028",
        "autumn-2028",
        "spring-2029",
    ]
    assert [half.part for half in time.slots[-1].halves] == ["spr1"]


@pytest.mark.parametrize(
    ("starts", "years"),
    [
        (date(2025, 6, 1), 1),
        (date(2020, 9, 1), 1),
        (date(2027, 1, 4), 3),
        (date(2029, 7, 21), 1),
        (date(2026, 9, 1), 4),
    ],
)
def test_a_plan_the_calendar_does_not_reach_over_is_refused(
    england: Calendar, starts: date, years: int
) -> None:
    with pytest.raises(CalendarError, match="the calendar “england”"):
        plan(england, starts, years)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 10, 28), "is in the holidays or outside the plan"),
        (date(2026, 12, 25), "is in the holidays or outside the plan"),
        (date(2026, 9, 5), "is at a weekend"),
        (date(2027, 5, 3), "is a bank holiday or a day the school is closed"),
        (date(2026, 11, 20), "is a bank holiday or a day the school is closed"),
        (date(2035, 3, 6), "is in the holidays or outside the plan"),
        (date(2026, 9, 23), None),
    ],
)
def test_a_day_without_school_is_told_with_its_reason(
    england: Calendar, day: date, reason: str | None
) -> None:
    time = plan(england, closed=(date(2026, 11, 20),))
    assert time.why_no_school(day) == reason
    assert time.is_school_day(day) is (reason is None)


def test_pupils_are_not_in_school_on_a_training_day(england: Calendar) -> None:
    assert not plan(england).is_school_day(date(2026, 9, 1))


def test_a_closed_day_is_one_day_less(england: Calendar) -> None:
    day = date(2026, 9, 16)
    usual, shorter = plan(england), plan(england, closed=(day,))
    assert shorter.halves[0].days == usual.halves[0].days - 1
    assert shorter.halves[1:] == usual.halves[1:]


def test_a_school_with_training_days_of_its_own_has_only_those(england: Calendar) -> None:
    time = timeline(england, (), (date(2026, 10, 23),), date(2026, 9, 1), 1)
    assert [half.training for half in time.halves] == [1, 0, 0, 0, 0, 0]
    assert sum(half.days for half in time.halves) == 194


def test_half_terms_follow_each_other_without_overlap(england: Calendar) -> None:
    halves = plan(england).halves
    first = halves[0].index
    assert [half.index for half in halves] == list(range(first, first + 18))
    for half, after in zip(halves, halves[1:], strict=False):
        assert half.starts <= half.ends < after.starts


def test_every_half_term_is_in_one_slot_and_none_beyond_the_horizon(england: Calendar) -> None:
    time = plan(england)
    found = [time.slot_of_half(half.index) for half in time.halves]
    assert found == [0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11]
    assert time.slot_of_half(time.halves[-1].index + 1) is None


@given(days=st.integers(0, 1100))
def test_a_day_belongs_to_the_slot_it_is_in_or_to_the_one_before_the_holiday(
    england: Calendar, days: int
) -> None:
    time = plan(england)
    day = date(2026, 8, 1) + datetime.timedelta(days)
    slot = time.slot_on(day)
    if day < time.slots[0].starts or day > time.slots[-1].ends:
        assert slot is None
    else:
        assert slot is not None
        assert slot.starts <= day
        following = time.slots[slot.index + 1 : slot.index + 2]
        assert all(day < after.starts for after in following)


def test_school_weeks_are_counted_over_holidays(england: Calendar) -> None:
    time = plan(england)
    # The first week begins after the two training days: Thursday to Wednesday.
    assert time.after_weeks(date(2026, 9, 1), 1) == date(2026, 9, 9)
    assert time.after_weeks(date(2026, 10, 19), 2) == date(2026, 11, 9)
    assert time.after_weeks(date(2029, 7, 18), 39) is None


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 9, 1), "2026-27"),
        (date(2027, 3, 31), "2026-27"),
        (date(2027, 4, 1), "2027-28"),
        (date(2000, 1, 1), "1999-00"),
        (date(2009, 4, 1), "2009-10"),
    ],
)
def test_a_financial_year_runs_from_april_to_march(day: date, year: str) -> None:
    assert financial_year(day) == year

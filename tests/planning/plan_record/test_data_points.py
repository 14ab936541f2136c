"""Data points are the school's own and those of the year before in the same weeks, each on a school day."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

from termwise.engine.planning.plan_record.data_points import data_points

DAY = datetime.date
FIRST, LAST = DAY(2026, 9, 1), DAY(2028, 7, 20)


def solved(points: list[tuple[DAY, bool]], next_point: DAY | None, closed: set[DAY]) -> Any:
    days = [FIRST + datetime.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    pupils = SimpleNamespace(
        points=[SimpleNamespace(date=day, baseline=first) for day, first in points],
        next_point=next_point and SimpleNamespace(date=next_point),
    )
    return SimpleNamespace(
        school=SimpleNamespace(file=SimpleNamespace(pupils=pupils)),
        time=SimpleNamespace(
            halves=[
                SimpleNamespace(starts=FIRST, ends=DAY(2026, 10, 23)),
                SimpleNamespace(starts=DAY(2028, 6, 5), ends=LAST),
            ],
            school_days=lambda start: tuple(day for day in days if day not in closed),
        ),
    )


def test_a_point_of_the_year_before_comes_back_each_year() -> None:
    found = data_points(solved([(DAY(2026, 6, 10), False)], None, set()))
    assert found == [DAY(2027, 6, 9), DAY(2028, 6, 7)]


def test_a_baseline_and_what_is_more_than_a_year_old_do_not_come_back() -> None:
    old, baseline = (DAY(2025, 8, 1), False), (DAY(2026, 6, 10), True)
    assert data_points(solved([old, baseline], None, set())) == []


def test_a_day_the_school_is_closed_gives_way_to_the_one_before_and_a_day_is_told_once() -> None:
    day = DAY(2026, 12, 4)
    found = data_points(solved([(day - datetime.timedelta(weeks=52), False)], day, {day}))
    assert found[0] == DAY(2026, 12, 3) and found.count(DAY(2026, 12, 3)) == 1


def test_a_school_without_pupils_data_has_none() -> None:
    none: Any = SimpleNamespace(school=SimpleNamespace(file=SimpleNamespace(pupils=None)))
    assert data_points(none) == []

"""A school as it stood on a day knows nothing that was judged or noted later."""

from __future__ import annotations

import datetime

from termwise.engine.library.loader import Library
from termwise.engine.school.earlier_day import as_it_stood
from termwise.engine.school.school import School


def test_after_the_last_day_it_is_as_it_is(hillside: School, library: Library) -> None:
    late = as_it_stood(hillside, library, datetime.date(2999, 1, 1))
    assert late.pupils == hillside.pupils and late.latest == hillside.latest


def test_results_of_later_points_are_gone_and_earlier_ones_stay(
    hillside: School, library: Library
) -> None:
    asked = hillside.file.pupils
    assert asked is not None
    *_, before, last = asked.points
    then = as_it_stood(hillside, library, last.date - datetime.timedelta(days=1))
    assert then.file.pupils and last not in then.file.pupils.points
    assert before in then.file.pupils.points
    lost = 0
    for was, now in zip(hillside.pupils, then.pupils, strict=True):
        gone = was.results.keys() - now.results.keys()
        assert all(key[2] == last.id for key in gone)
        assert not any(key[2] == last.id for key in now.results)
        lost += len(gone)
    assert lost


def test_before_all_points_no_point_is_the_latest(hillside: School, library: Library) -> None:
    early = as_it_stood(hillside, library, datetime.date(1999, 1, 1))
    assert early.latest == {} and not any(pupil.concern for pupil in early.pupils)

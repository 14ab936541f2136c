"""A team's sheet begins from the last review: the one before the meeting, with what was secured and what goes on."""

from __future__ import annotations

import datetime

from termwise.engine.review.model import PupilMoved
from termwise.engine.review.review_for_teams import last_review
from tests.review.test_reviews_folder import made_up

DAYS = [datetime.date(2026, month, 14) for month in (9, 10, 12)]


def test_the_last_review_before_the_meeting_is_taken() -> None:
    reviews = [made_up(day) for day in DAYS]
    for day in (DAYS[1], DAYS[1] + datetime.timedelta(days=30)):
        found = last_review(reviews, day)
        assert found and found.on == DAYS[1]
    assert last_review(reviews, DAYS[0] - datetime.timedelta(days=1)) is None


def test_what_was_secured_goes_on_and_is_new_is_told_of_each_pupil() -> None:
    skill = {"skill": "5F3", "title": "order fractions"}
    pupil = made_up(DAYS[0]).pupils[0].model_dump(by_alias=True)
    pupils = tuple(
        PupilMoved.model_validate({**pupil, **more})
        for more in ({"secured": [skill]}, {"going_on": [skill]}, {"changed": [skill]}, {})
    )
    found = last_review([made_up(DAYS[0]).model_copy(update={"pupils": pupils})], DAYS[0])
    assert found
    assert [(one.secured, one.going_on, one.changed) for one in found.pupils] == [
        (("order fractions",), False, False),
        ((), True, False),
        ((), False, True),
        ((), False, False),
    ]

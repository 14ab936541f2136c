"""What to prepare for an inspection: each grade in its own framework, a way that ends, and what is asked here."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest

from termwise.engine.advise import Advice
from termwise.engine.documents import rendered
from termwise.engine.planning import InspectionPage, calendar_of_year, prepare_inspection
from termwise.engine.school import School
from termwise.engine.school.model import Inspection

DAY = datetime.date


def _with(advice: Advice, *past: dict[str, Any]) -> School:
    inspections = tuple(Inspection.model_validate(one) for one in past)
    file = advice.school.file.model_copy(update={"inspections": inspections})
    return dataclasses.replace(advice.school, file=file)


def _page(advice: Advice, school: School | None = None) -> InspectionPage:
    return prepare_inspection(advice.plan, advice.findings, school or advice.school, advice.library)


GOOD = {
    "date": DAY(2023, 5, 10),
    "scale": "ofsted-2012",
    "area": "Overall effectiveness",
    "grade": "good",
}
CARD = {
    "date": DAY(2026, 7, 1),
    "scale": "ofsted-2025",
    "area": "Achievement",
    "grade": "needs-attention",
}


@pytest.mark.parametrize(
    ("past", "below", "may_come"),
    [
        ([GOOD], [False], DAY(2026, 11, 8)),
        ([GOOD, CARD], [True, False], DAY(2026, 9, 1)),
        ([], [], None),
    ],
    ids=["good three years ago", "below its line since", "never inspected"],
)
def test_each_grade_is_held_against_its_own_framework_and_says_when_the_next_may_come(
    all_advice: dict[str, Advice],
    past: list[dict[str, Any]],
    below: list[bool],
    may_come: datetime.date | None,
) -> None:
    advice = all_advice["hillside"]
    school = _with(advice, *past)
    page = _page(advice, school)
    assert [one.below for one in page.past] == below
    assert page.may_come_from == may_come
    calendar = calendar_of_year(advice.plan, school, advice.library)
    told = [one.starts for one in calendar.duties if one.what.startswith("An inspection may")]
    assert told == ([may_come] if may_come else [])


def test_the_way_begins_with_what_was_agreed_and_ends_where_it_is_good_enough(
    all_advice: dict[str, Advice],
) -> None:
    page = _page(all_advice["hillside"])
    ways = {one.title: one for one in page.judgements}
    assessment = ways["Assessment for Learning"]
    assert (assessment.now, assessment.agreed) == ("Emerging", True)
    assert assessment.years == ("Developing", "Secure", "Secure")
    for one in page.outcomes:
        figures = [float(value) for value in (one.now, *one.years)]
        assert figures in (sorted(figures), sorted(figures, reverse=True)), one.title
        distances = [abs(value - float(one.good_enough)) for value in figures]
        assert distances == sorted(distances, reverse=True), one.title


def test_a_question_about_a_weakness_is_asked_only_where_it_was_found(
    all_advice: dict[str, Advice],
) -> None:
    asked = {name: rendered(_page(advice), "md") for name, advice in all_advice.items()}
    question = "What did governors find out for themselves"
    assert question in asked["hillside"]
    assert question not in asked["carrick-junior"]
    assert all("What did the last audit find" in page for page in asked.values())

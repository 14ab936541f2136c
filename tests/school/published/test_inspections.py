"""Past inspections, each held against the framework of its day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from termwise.engine.core.errors import ContentError
from termwise.engine.library.loader import Library
from termwise.engine.school.folder import load_school

Given = dict[str, object]
PAST: Given = {
    "date": "2016-05-17",
    "scale": "ofsted-2012",
    "area": "Overall effectiveness",
    "grade": "good",
}


@pytest.fixture
def problems(copy_example: Callable[[str], Path], library: Library) -> Callable[..., list[str]]:
    """What is said of a school with these inspections; nothing where all is well."""

    def said(*inspections: Given) -> list[str]:
        folder = copy_example("carrick-junior")
        path = folder / "school.yaml"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        given = [{**PAST, **one} for one in inspections]
        path.write_text(yaml.safe_dump({**data, "inspections": given}), encoding="utf-8")
        try:
            load_school(folder, library)
        except ContentError as refused:
            return [str(problem) for problem in refused.problems]
        return []

    return said


@pytest.mark.parametrize(
    "past",
    [
        {},
        {"grade": "Requires improvement"},
        {"grade": "RI"},
        {"grade": "grade 2"},
        {"date": "2009-03-03", "scale": "ofsted-to-2012", "grade": "satisfactory"},
        {"date": "2013-03-03", "area": "Behaviour & safety"},
        {"date": "2017-03-03", "area": "Effectiveness of leadership and management"},
        {"date": "2023-03-03", "area": "Quality of Education"},
        {"date": "2025-03-11", "scale": "ofsted-2024", "area": "Early years"},
        {
            "date": "2026-03-11",
            "scale": "ofsted-2025",
            "area": "Personal development and wellbeing",
            "grade": "strong",
        },
    ],
)
def test_an_inspection_in_the_words_of_its_framework_is_taken(
    problems: Callable[..., list[str]], past: Given
) -> None:
    assert problems(past) == []


@pytest.mark.parametrize(
    ("past", "says"),
    [
        # an overall grade, or another area, that the framework has not
        ({"date": "2025-03-11", "scale": "ofsted-2024"}, "it gives no overall grade"),
        (
            {"date": "2026-03-11", "scale": "ofsted-2025", "area": "overall", "grade": "strong"},
            "it gives no overall grade",
        ),
        (
            {
                "date": "2026-03-11",
                "scale": "ofsted-2025",
                "area": "Safeguarding",
                "grade": "strong",
            },
            "met or not met",
        ),
        (
            {
                "date": "2026-03-11",
                "scale": "ofsted-2025",
                "area": "Quality of education",
                "grade": "strong",
            },
            "has no area “Quality of education”",
        ),
        ({"area": "Inclusion"}, "has no area “Inclusion”"),
        ({"area": "Quality of education"}, "“Quality of education” was not graded on 2016-05-17"),
        ({"date": "2020-05-17", "area": "Outcomes for pupils"}, "was not graded on 2020-05-17"),
        # a day outside the framework, or still to come
        ({"date": "2011-05-17"}, "on that day it was scale: ofsted-to-2012"),
        ({"date": "2025-03-11"}, "on that day it was scale: ofsted-2024"),
        (
            {"date": "2025-12-11", "scale": "ofsted-2024", "area": "Personal development"},
            "on that day it was scale: ofsted-2025",
        ),
        ({"date": "1999-05-17", "scale": "ofsted-to-2012"}, "write the day it was held"),
        (
            {"date": "2030-05-17", "scale": "ofsted-2025", "area": "Inclusion", "grade": "strong"},
            "2030-05-17 is after the plan's start",
        ),
        # a grade that can mean two, or none
        ({"grade": "2"}, "“2” is a number, and can mean two grades (Good in Ofsted's own count)"),
        ({"grade": 3}, "“3” is a number"),
        (
            {"date": "2026-03-11", "scale": "ofsted-2025", "area": "Inclusion", "grade": 4},
            "“4” is a number",
        ),
        ({"grade": "satisfactory"}, "“satisfactory” is not on the scale"),
        ({"scale": "point-in-time", "grade": "expected"}, "unknown scale of inspections"),
    ],
)
def test_what_no_inspector_could_have_said_is_refused_with_its_reason(
    problems: Callable[..., list[str]], past: Given, says: str
) -> None:
    [problem] = problems(past)
    assert problem.startswith("school.yaml:") and says in problem


def test_one_area_of_one_day_is_graded_once(problems: Callable[..., list[str]]) -> None:
    [problem] = problems({}, {"area": "overall effectiveness", "grade": "outstanding"})
    assert "stands twice" in problem

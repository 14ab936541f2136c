"""Seven made-up histories of inspection, each grade in the framework of its day: what rules make of them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from termwise.engine.library import evaluate
from termwise.engine.library.loader import Library
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.folder import load_school
from tests.conftest import Change, Data

RULES = ("RPR-12", "RPR-13", "RPR-14", "RPR-15", "SHP-28")
OWN_STEP = {
    "RPR-12": "inspection-answered",
    "RPR-13": "gains-that-last",
    "RPR-14": "look-from-outside",
    "RPR-15": "look-from-outside",
}
OVERALL = "Overall effectiveness"


def graded(day: str, scale: str, grade: str, area: str = OVERALL) -> dict[str, Any]:
    date = datetime.date.fromisoformat(day)
    return {"date": date, "scale": f"ofsted-{scale}", "area": area, "grade": grade}


RI = "requires-improvement"
CARD = ("Curriculum and teaching", "Inclusion", "Leadership and governance")
HISTORIES = {
    "good twice, then not": (
        [
            graded("2009-05-12", "to-2012", "satisfactory"),
            graded("2012-03-06", "to-2012", "satisfactory"),
            graded("2014-06-10", "2012", "good"),
            graded("2019-02-05", "2012", "good"),
            graded("2023-05-16", "2012", RI),
        ],
        {"RPR-12", "RPR-13", "SHP-28"},
    ),
    "up step by step": (
        [
            graded("2011-05-10", "to-2012", "inadequate"),
            graded("2013-05-14", "2012", RI),
            graded("2015-06-09", "2012", "good"),
        ],
        {"RPR-13", "RPR-14"},
    ),
    "up and down": (
        [
            graded("2012-11-06", "2012", RI),
            graded("2014-11-04", "2012", "good"),
            graded("2019-03-05", "2012", RI),
            graded("2022-03-08", "2012", "good"),
        ],
        {"RPR-13", "RPR-14"},
    ),
    "outstanding, then good": (
        [graded("2016-05-10", "2012", "outstanding"), graded("2023-06-13", "2012", "good")],
        {"RPR-14"},
    ),
    "two key judgements": (
        [
            graded("2025-03-11", "2024", RI, "Quality of education"),
            graded("2025-03-11", "2024", RI, "Leadership and management"),
            graded("2025-03-11", "2024", "good", "Behaviour and attitudes"),
        ],
        {"RPR-12", "SHP-28"},
    ),
    "a report card": (
        [
            graded("2026-11-10", "2025", "needs-attention", "Achievement"),
            *(graded("2026-11-10", "2025", "expected-standard", area) for area in CARD),
        ],
        {"RPR-12", "SHP-28"},
    ),
    "never inspected": ([], {"RPR-15"}),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_fires_the_rules_that_it_should(
    name: str, changed: Change, library: Library
) -> None:
    history, expected = HISTORIES[name]

    def edit(school: Data) -> None:
        school["inspections"] = history
        if name == "a report card":
            school["plan"]["starts"] = datetime.date(2027, 1, 4)
            for key in ("dates", "must", "pinned", "windows", "overrides"):
                school.pop(key, None)

    school = load_school(changed("little-fen", edit, meet_later), library)
    facts, vocabulary = entities(school, library).school, library.vocabulary(school.scales)
    fired = {
        rule
        for rule in RULES
        if evaluate(library.rule(rule).when, facts.lookup, vocabulary).result is True
    }
    assert fired == expected
    asked = {item.intervention for rule in fired for item in library.rule(rule).recommend or ()}
    assert asked >= {OWN_STEP[rule] for rule in fired if rule in OWN_STEP} != set()


def meet_later(staff: Data) -> None:
    staff.pop("teams", None)

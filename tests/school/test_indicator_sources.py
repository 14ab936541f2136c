"""What the library says of where an indicator comes from, and what is there, are held against each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from termwise.engine.assurance.static_analysis.check import check_rules
from termwise.engine.core.errors import Mistake
from termwise.engine.library.loader import Library
from termwise.engine.school.derived import formulas
from termwise.engine.school.entity_facts import entities
from termwise.engine.school.indicator_sources import check_sources
from termwise.engine.school.school import School


def spoiled(library: Library, name: str, **said: Any) -> list[Mistake]:
    """Say something else of one indicator, and check."""
    other = library.indicators[name].model_copy(update=said)
    return [*check_sources(replace(library, indicators={**library.indicators, name: other}))]


def test_what_is_shipped_has_a_function_for_each_derived_indicator_and_no_other(
    library: Library,
) -> None:
    assert [*check_sources(library)] == []
    derived = {one.id for one in library.indicators.values() if one.derived}
    assert derived == {name for name, _ in formulas()} and len(derived) > 40


def test_an_indicator_that_is_said_to_be_derived_needs_a_function(library: Library) -> None:
    [told] = spoiled(library, "absence", derived=True)
    assert told.place.file.endswith("indicators.yaml") and told.place.line > 1
    assert told.what == "“absence” is said to be derived, and no function works it out"
    assert "engine/school/derived.py" in (told.hint or "")


def test_a_function_needs_an_indicator_that_is_said_to_be_derived(library: Library) -> None:
    [told] = spoiled(library, "roll", derived=False)
    assert told.place == library.place("indicator", "roll")
    assert "“derived: true”" in (told.hint or "")


def test_a_function_of_no_indicator_is_told_with_its_own_place(library: Library) -> None:
    rest = {name: one for name, one in library.indicators.items() if name != "roll"}
    [told] = check_sources(replace(library, indicators=rest))
    function = dict(formulas())["roll"]
    assert told.place.file == "engine/school/derived.py"
    assert told.place.line == function.__code__.co_firstlineno
    assert told.what == "a function works out “roll”, which is no indicator"


def test_a_key_that_no_record_has_is_told_with_the_near_one(library: Library) -> None:
    [told] = spoiled(library, "teaching_profile", written_as=("profil",))
    assert told.place == library.place("indicator", "teaching_profile")
    assert "“profil”" in told.what and "profile" in (told.hint or "")


def test_checking_the_rules_checks_where_indicators_come_from(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "termwise.engine.assurance.static_analysis.check"
    monkeypatch.setattr(f"{module}.find_defects", lambda _: ())
    monkeypatch.setattr(f"{module}.check_examples", lambda _: ())
    planted = Mistake(library.place("indicator", "roll"), "planted")
    monkeypatch.setattr(f"{module}.check_sources", lambda _: [planted])
    assert [one.what for one in check_rules().problems] == ["planted"]


def test_a_key_that_is_written_under_another_name_is_read_under_it(
    hillside: School, library: Library
) -> None:
    facts, at = entities(hillside, library), hillside.cell
    [support, *_] = [one for one in facts.of("question") if "school_judgement" in one.values]
    read = support.values["school_judgement"]
    assert read.cells == (at("cqa.yaml", "questions", support.id, "school"),)
    given = hillside.cqa.questions[support.id].school
    scale = hillside.scales["judgement"]
    assert given in (scale.grades[int(str(read.value))].id, read.value)
    profiled = {one.id: one for one in hillside.staff.people if one.profile is not None}
    teachers = {one.id: one for one in facts.of("teacher") if one.id in profiled}
    assert teachers
    for index, person in enumerate(hillside.staff.people):
        if person.id in teachers:
            value = teachers[person.id].values["teaching_profile"]
            assert value.cells == (at("staff.yaml", "people", index, "profile"),)

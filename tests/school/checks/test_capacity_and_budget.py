"""Time is given for every part of the plan, and money for its years; each gap is told at its place."""

from __future__ import annotations

from typing import Any

import pytest

from termwise.engine.core.errors import Mistake
from termwise.engine.core.yaml_source.parse import parse_yaml
from termwise.engine.library.loader import Library
from termwise.engine.school.checks.capacity_and_budget import check_money, check_time, told
from termwise.engine.school.checks.folder_checks import SCHOOL, STAFF, Checks
from termwise.engine.school.model import BudgetLine
from termwise.engine.school.school import School

PARTS = ("aut1", "aut2", "spr1", "spr2", "sum1", "sum2")


def time_told(library: Library, school: School, days: dict[str, float]) -> list[str]:
    text = ", ".join(f"{part}: {value}" for part, value in days.items())
    problems: list[Mistake] = []
    document = parse_yaml(f"people:\n- {{id: ada, time: {{{text}}}}}\n", STAFF, problems)
    assert document is not None
    person = school.staff.people[0].model_copy(update={"time": days})
    staff = school.staff.model_copy(update={"people": (person,), "together": {}})
    check_time(Checks(library, {STAFF: document}, problems), staff, school.timeline)
    return [problem.what for problem in problems]


def test_time_is_given_for_every_part_or_for_none(library: Library, little_fen: School) -> None:
    whole = dict.fromkeys(PARTS, 1.0)
    assert time_told(library, little_fen, whole) == []
    less = {part: 1.0 for part in PARTS if part not in ("spr1", "sum2")}
    assert time_told(library, little_fen, less) == ["gives no time for spr1, sum2"]


def test_a_part_that_is_misspelt_is_not_told_as_missing_too(
    library: Library, little_fen: School
) -> None:
    slipped = {("sprg1" if part == "spr1" else part): 1.0 for part in PARTS}
    assert time_told(library, little_fen, slipped) == []


def money_told(library: Library, school: School, *lines: dict[str, Any]) -> list[str]:
    made = tuple(
        BudgetLine.model_validate(
            {"id": f"line-{n}", "title": "-", "year": "academic", "pays_for": ["cover"]} | line
        )
        for n, line in enumerate(lines)
    )
    problems: list[Mistake] = []
    document = parse_yaml("school: {}\n", SCHOOL, problems)
    assert document is not None
    file = school.file.model_copy(
        update={"money": school.file.money.model_copy(update={"lines": made})}
    )
    check_money(Checks(library, {SCHOOL: document}, problems), file, school.timeline)
    return [problem.what for problem in problems]


@pytest.fixture(scope="module")
def year(little_fen: School) -> str:
    return little_fen.timeline.halves[0].year


def test_a_line_with_money_in_a_year_of_the_plan_is_right(
    library: Library, little_fen: School, year: str
) -> None:
    assert money_told(library, little_fen, {"amounts": {year: 1}}) == []
    assert money_told(library, little_fen, {"amounts": {year: 0}}) == []  # a school may have none


def test_a_line_without_money_beside_one_that_has_some_is_told(
    library: Library, little_fen: School, year: str
) -> None:
    [what] = money_told(library, little_fen, {"amounts": {year: 1}}, {"amounts": {year: 0}})
    assert what.startswith("nobody funds “line-1”")


def test_a_line_for_other_years_than_the_plan_s_is_told(
    library: Library, little_fen: School
) -> None:
    [what] = money_told(library, little_fen, {"amounts": {"2019-20": 5}})
    assert what == "“line-0” has no amount for any academic year of the plan"


def test_what_a_line_may_pay_for_has_to_be_there_and_fit(
    library: Library, little_fen: School, year: str
) -> None:
    first, second, *_ = [tier.id for tier in library.costs.tiers]
    line = {"amounts": {year: 5}, "only_for": {"tiers": [first], "because": "Said so."}}
    assert money_told(library, little_fen, line | {"most": {first: 100}}) == []
    assert money_told(library, little_fen, line | {"most": {first: 101}}) == [
        "101 is no percentage"
    ]
    [what] = money_told(library, little_fen, line | {"most": {second: 10}})
    assert what == f"“line-0” pays for nothing of “{second}”: it is only for {first}"
    [what] = money_told(
        library, little_fen, line | {"only_for": {"strands": ["nowhere"], "because": "Said so."}}
    )
    assert what == "unknown strand “nowhere”"


def test_a_mistake_below_a_key_is_known_to_be_told(library: Library) -> None:
    problems: list[Mistake] = []
    document = parse_yaml("a: {b: [1, 2]}\nc: 3\n", SCHOOL, problems)
    assert document is not None
    checks = Checks(library, {SCHOOL: document}, problems)
    checks.wrong(document.place("a", "b", 1), "is wrong")
    assert told(checks, SCHOOL, "a") and told(checks, SCHOOL, "a", "b", 1)
    assert not told(checks, SCHOOL, "c") and not told(checks, SCHOOL, "a", "b", 0)

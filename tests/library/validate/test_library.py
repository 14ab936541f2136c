"""A rule stands in its folder, reads what is known before it, and names what is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from termwise.engine.library.loader import Library
from termwise.engine.library.rule import Rule
from termwise.engine.library.validate.library import check_library


def told(library: Library, folder: str = "recommend", **says: Any) -> list[str]:
    """What is wrong with a rule that stands in place of a shipped one."""
    example = {"say": "a", "given": {"roll": 3}, "expect": "fires"}
    name = next(iter(library.rules))
    rule = Rule.model_validate(
        {"id": name, "title": "-", "status": "draft", "since": "2026.1", "about": "school"}
        | {"when": {"indicator": "roll", "above": 100}, "because": "-", "why": "-"}
        | {"sources": ["house"], "examples": [example, example | {"expect": "silent"}]}
        | {"limits": "made up"}
        | says
    )
    others = {other: one for other, one in library.rules.items() if other != name}
    made = replace(library, rules={name: rule, **others})
    strata = {one.id: f"rules/base/{one.stratum}" for one in library.rules.values()}
    strata[name] = f"rules/base/{folder}"
    return [problem.what for problem in check_library(made, strata)]


ASKS: dict[str, Any] = {"recommend": [{"intervention": "network-days", "strength": "slight"}]}


def test_a_rule_in_its_place_is_right(library: Library) -> None:
    assert told(library, **ASKS) == []


@pytest.mark.parametrize(
    ("folder", "says", "what"),
    [
        ("diagnose", ASKS, "a rule that gives recommend stands in rules/base/diagnose/"),
        ("recommend", {}, "needs one outcome"),
        ("recommend", ASKS | {"sources": ["nobody"]}, "unknown source “nobody”"),
        (
            "recommend",
            {"recommend": [{"intervention": "none", "strength": "slight"}]},
            "unknown intervention “none”",
        ),
        ("recommend", ASKS | {"because": "{nothing}"}, "{nothing} can't be read by a rule about"),
        (
            "screen",
            {"screen": {"state": "at-risk", "reason": "made-up"}},
            "a screening rule is about a pupil-subject",
        ),
        ("diagnose", {"diagnose": {"need": "none"}}, "unknown need “none”"),
        (
            "shape",
            {"about": "class", "shape": {"leave_out": ["coaching-cycles"]}},
            "a shaping rule",
        ),
    ],
)
def test_each_mistake_is_told(
    library: Library, folder: str, says: dict[str, Any], what: str
) -> None:
    found = told(library, folder, **says)
    assert any(one.startswith(what) for one in found), found


def test_what_is_worked_out_after_a_stratum_is_not_read_in_it(library: Library) -> None:
    key = next(
        one.id
        for one in library.indicators.values()
        if one.about == "school" and library.dependencies.level(one) == 1
    )
    when = {"indicator": key, "known": True}
    need = next(one.id for one in library.needs.values() if one.about == "school")
    found = told(library, "diagnose", when=when, diagnose={"need": need})
    assert f"“{key}” is computed only after the rules of this stratum" in found


def test_an_example_gives_what_can_be_read(library: Library) -> None:
    example = {"say": "a", "given": {"rol": 3}, "expect": "fires"}
    examples = [example, example | {"given": {}, "expect": "silent"}]
    assert told(library, **ASKS, examples=examples) == ["unknown indicator “rol”"]
